"""From hearing the petitioner to the signed opinion."""

from chalicelib.domain import gates, intake, opinion
from tests.domain import county
from tests.domain.county import HOUSING_CLERK, HOUSING_HEAD, HOUSING_READER, MARCH
from tests.domain.scenes.base import SECRET, Held, Scene, StagesSaid, scene

ACTIONS_SAID: dict[str, str] = {
    "confirm_claims": "确认诉求",
    "hear_petitioner": "听取陈述",
    "investigate": "调查核实",
    "mark_historical": "标记历史遗留",
    "draft_reply": "拟稿",
    "second_read": "核稿",
    "return_draft": "退改",
    "sign": "签发",
}
STAGES_SAID: StagesSaid = {}
READ_OTHERWISE: set[str] = set()
HELD: Held = {"how": set(intake.WAYS)}


def scenes() -> dict[str, Scene]:
    """A scene for each step of this part."""
    answers = tuple(intake.Answer(number, intake.SUPPORT, SECRET, SECRET) for number in (1, 2))
    promise = intake.Commitment(1, SECRET, MARCH[31], SECRET)
    said = intake.Opinion(SECRET, answers, (promise,))
    empty = county.drafted(said=said)
    clerk, reader = {"by": HOUSING_CLERK, "on": MARCH[16]}, {"by": HOUSING_READER, "on": MARCH[16]}
    work = ("visit", MARCH[12], SECRET, SECRET, SECRET)
    return {
        "confirm_claims": scene(opinion.confirm_claims, county.accepted(), (SECRET, SECRET, SECRET), **clerk),
        "hear_petitioner": scene(opinion.hear_petitioner, county.accepted(), *work, **clerk),
        "investigate": scene(opinion.investigate, county.accepted(), *work, **clerk),
        "mark_historical": scene(opinion.mark_historical, county.investigated(), SECRET, **clerk),
        "draft_reply": scene(opinion.draft_reply, county.investigated(), said, claims=(SECRET, SECRET), **clerk),
        "second_read": scene(opinion.second_read, empty, SECRET, SECRET, **reader),
        "return_draft": scene(opinion.return_draft, empty, SECRET, **reader),
        "sign": scene(
            opinion.sign,
            opinion.second_read(empty, "", "说明", rules=county.RULES, **reader).case,
            said.text(),
            tuple(gates.CHECKS),
            SECRET,
            by=HOUSING_HEAD,
            on=MARCH[17],
        ),
    }
