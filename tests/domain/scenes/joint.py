"""Several organs at one matter: every step taken once, and what its steps are called."""

from chalicelib.domain import joint
from chalicelib.domain.case import Case
from tests.domain import county
from tests.domain.county import HOUSING_CLERK, MARCH, RULES, TREE, WATER_CLERK
from tests.domain.scenes.base import SECRET, Held, Scene, StagesSaid, scene

ACTIONS_SAID: dict[str, str] = {
    "ask_departments": "请协办单位",
    "answer_jointly": "反馈协办意见",
    "decline_support": "说明不属于职责",
    "release_department": "解除协办",
    "coordinate": "协调会议纪要",
}
STAGES_SAID: StagesSaid = {}
READ_OTHERWISE: set[str] = set()
HELD: Held = {
    "orgs": set(TREE.offices),
    "attended": set(TREE.offices),
    "answered": {1, 2},  # type: ignore[arg-type]  # numbers of claims
}


def asked(*orgs: str, case: Case | None = None) -> Case:
    """The lead asked the water department (and others) on Thursday the 5th, for Monday the 16th."""
    return joint.ask_departments(
        case or county.accepted(),
        orgs or ("water",),
        "请说明排水设施由谁管理",
        MARCH[16],
        tree=TREE,
        by=HOUSING_CLERK,
        on=MARCH[5],
        rules=RULES,
    ).case


def scenes() -> dict[str, Scene]:
    """A scene for each step of this part."""
    lead, support = {"by": HOUSING_CLERK, "on": MARCH[9]}, {"by": WATER_CLERK, "on": MARCH[9]}
    return {
        "ask_departments": scene(
            joint.ask_departments, county.accepted(), ("water", "property"), SECRET, MARCH[16], tree=TREE, **lead
        ),
        "answer_jointly": scene(joint.answer_jointly, asked(), SECRET, (1, 2), **support),
        "decline_support": scene(joint.decline_support, asked(), SECRET, **support),
        "release_department": scene(joint.release_department, asked(), "water", SECRET, **lead),
        "coordinate": scene(
            joint.coordinate, county.accepted(), SECRET, ("housing", "water"), MARCH[6], tree=TREE, **lead
        ),
    }
