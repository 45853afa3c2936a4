"""Which organ a matter goes to, and back."""

from chalicelib.domain import disputes, handed_down, intake, reaching
from chalicelib.domain.case import WINDOW, Actor
from tests.domain import county, routed
from tests.domain.county import A_LEADER, BUREAU_CLERK, MARCH, TREE
from tests.domain.scenes.base import SECRET, Held, Scene, StagesSaid, scene

ACTIONS_SAID: dict[str, str] = {
    "consult_units": "协商",
    "submit_dispute": "提请裁定",
    "designate": "指定办理",
    "succeed": "承继办理",
    "report_completion": "办结报告",
    "complete_contact": "补全联系方式",
    "record_notice": "登记告知结果",
}
STAGES_SAID: StagesSaid = {
    "disputed": ("争议待裁定", "正在协调由哪个单位办"),
}
READ_OTHERWISE: set[str] = set()
HELD: Held = {
    "units": set(TREE.offices),
    "agreed": set(TREE.offices),
    "from_above": set(intake.LEVELS_ABOVE),
    "how": set(intake.TOLD_HOW),
    "told": set(range(1, 100)),  # type: ignore[arg-type]  # numbers of events
}


def scenes() -> dict[str, Scene]:
    """A scene for each step of this part."""
    by_bureau = {"by": BUREAU_CLERK, "on": MARCH[16]}
    who = intake.Contact(SECRET, SECRET, SECRET, SECRET)
    return {
        "consult_units": scene(
            disputes.consult_units, routed.bounced(), ["housing", "water"], SECRET, "water", tree=TREE, **by_bureau
        ),
        "submit_dispute": scene(disputes.submit_dispute, routed.consulted(), SECRET, tree=TREE, **by_bureau),
        "designate": scene(
            disputes.designate, routed.disputed(), "water", SECRET, tree=TREE, by=A_LEADER, on=MARCH[17]
        ),
        "succeed": scene(
            disputes.succeed, county.accepted(), "water", SECRET, tree=routed.WITHOUT_HOUSING, **by_bureau
        ),
        "report_completion": scene(
            handed_down.report_completion, routed.served_from_above(), SECRET, by=BUREAU_CLERK, on=MARCH[20]
        ),
        "complete_contact": scene(
            reaching.complete_contact, routed.forwarded_without_a_name(), who, "hash", **by_bureau
        ),
        "record_notice": scene(
            reaching.record_notice,
            county.forwarded(),
            [2],
            "phone",
            MARCH[5],
            SECRET,
            by=Actor(WINDOW, "bureau", "window1"),
            on=MARCH[6],
        ),
    }
