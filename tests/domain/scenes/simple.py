"""Direct answers and the simple procedure: every step taken once, and what its steps are called."""

from chalicelib.domain import direct, intake, simple
from chalicelib.domain.case import Case
from chalicelib.domain.simplicity import SIMPLE_GROUNDS, SUGGESTION_OUTCOMES
from tests.domain import county
from tests.domain.county import BUREAU_CLERK, HOUSING_CLERK, MARCH, RULES, TREE, WATER_CLERK
from tests.domain.scenes.base import SECRET, Held, Scene, StagesSaid, scene

ACTIONS_SAID: dict[str, str] = {
    "consult": "征询",
    "advise": "回复征询",
    "answer_directly": "直接答复",
    "propose_simple": "建议简易办理",
    "accept_simply": "简易受理",
    "convert_to_ordinary": "转为普通办理",
    "decide_suggestion": "采纳情况",
}
STAGES_SAID: StagesSaid = {}
READ_OTHERWISE: set[str] = set()
HELD: Held = {"ground": set(SIMPLE_GROUNDS), "outcome": set(SUGGESTION_OUTCOMES)}


def consulted(*, case: Case | None = None) -> Case:
    """The bureau asked the water department on Tuesday the 3rd."""
    asked = case or county.registered(kind="consultation")
    return direct.consult(asked, "water", "水费何时调整", tree=TREE, by=BUREAU_CLERK, on=MARCH[3], rules=RULES).case


def accepted_simply(*, case: Case | None = None, **changes: object) -> Case:
    """The unit took it on Wednesday the 4th, to be handled simply."""
    forwarded = case or county.forwarded(**changes)
    return simple.accept_simply(forwarded, "clear", "李工", by=HOUSING_CLERK, on=MARCH[4], rules=RULES).case


def scenes() -> dict[str, Scene]:
    """A scene for each step of this part."""
    bureau, unit = {"by": BUREAU_CLERK, "on": MARCH[4]}, {"by": HOUSING_CLERK, "on": MARCH[5]}
    said = f"{SECRET}：已于3月5日核实，依据《青山县水价管理办法》第三条，由县自来水公司负责。"
    answers = tuple(intake.Answer(number, intake.EXPLAIN, said, SECRET) for number in (1, 2))
    suggestion = county.registered(kind="suggestion")
    return {
        "consult": scene(direct.consult, suggestion, "water", SECRET, tree=TREE, **bureau),
        "advise": scene(direct.advise, consulted(), SECRET, by=WATER_CLERK, on=MARCH[4]),
        "answer_directly": scene(direct.answer_directly, suggestion, intake.Opinion(SECRET, answers), **bureau),
        "propose_simple": scene(simple.propose_simple, county.registered(), "clear", **bureau),
        "accept_simply": scene(simple.accept_simply, county.forwarded(), "clear", SECRET, wants_paper=True, **unit),
        "convert_to_ordinary": scene(simple.convert_to_ordinary, accepted_simply(), SECRET, **unit),
        "decide_suggestion": scene(
            direct.decide_suggestion, county.accepted(kind="suggestion"), "partly", SECRET, SECRET, **unit
        ),
    }
