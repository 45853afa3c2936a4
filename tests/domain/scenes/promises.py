"""What a unit promised to have done by a date, return visits, and relief: every step taken once."""

from dataclasses import replace
from datetime import date

from chalicelib.domain import gates, intake, opinion, promises, relief, visiting
from chalicelib.domain.case import Actor, Case
from chalicelib.domain.intake import Commitment
from tests.domain import county
from tests.domain.county import BUREAU_CLERK, CITIZEN, HOUSING_CLERK, HOUSING_HEAD, HOUSING_READER, MARCH, RULES
from tests.domain.scenes.base import SECRET, Held, Scene, StagesSaid, scene

ACTIONS_SAID: dict[str, str] = {
    "prove_commitment": "报告落实情况",
    "confirm_commitment": "确认落实",
    "revisit": "回访",
    "reopen": "重新办理",
    "offer_relief": "告知救助途径",
    "record_relief": "登记救助结果",
}
STAGES_SAID: StagesSaid = {}
READ_OTHERWISE: set[str] = set()
HELD: Held = {
    "satisfied": set(intake.RATINGS),
    "carried_out": {"yes", "partly", "no"},
    "relief": {"social", "judicial"},
    "result": {"granted", "refused", "pending"},
}
PROMISES = (Commitment(1, "退还多收的停车费", MARCH[31], "物业科"),)
SAYS_YES = visiting.Answers(True, "satisfied", "yes", True)
SAYS_NO = visiting.Answers(True, "not_satisfied", "no", False)
APRIL_1 = date(2026, 4, 1)


def signed(
    *made: Commitment,
    case: Case | None = None,
    on: date = MARCH[16],
    findings: tuple[str, ...] = ("support", "explain"),
) -> Case:
    """An opinion that promises to be carried out by Tuesday the 31st, signed on Monday the 16th."""
    said = replace(county.opinion(*findings), commitments=made or PROMISES)
    ready = case or county.investigated()
    drafted = opinion.draft_reply(ready, said, claims=county.CLAIMS, by=HOUSING_CLERK, on=on, rules=RULES).case
    read = opinion.second_read(drafted, "", "已核对", by=HOUSING_READER, on=on, rules=RULES).case
    return opinion.sign(read, said.text(), tuple(gates.CHECKS), "同意", by=HOUSING_HEAD, on=on, rules=RULES).case


def promised(*made: Commitment, on: date = MARCH[17]) -> Case:
    """Served on Tuesday the 17th."""
    return county.served(case=signed(*made), on=on)


def proved(case: Case | None = None, on: date = MARCH[27]) -> Case:
    """The unit says on Friday the 27th that it is done."""
    return promises.prove_commitment(
        case or promised(), "已退还", on, "commitment.1", by=HOUSING_CLERK, on=on, rules=RULES
    ).case


def confirmed(case: Case, *, kept: bool, by: Actor = CITIZEN, on: date = APRIL_1) -> Case:
    """Somebody says whether it was done."""
    return promises.confirm_commitment(case, kept, "说明", "commitment.1", by=by, on=on, rules=RULES).case


def visited(
    case: Case | None = None, answers: visiting.Answers = SAYS_NO, *, on: date = APRIL_1, by: Actor = BUREAU_CLERK
) -> Case:
    """The bureau reached the petitioner on Wednesday the 1st of April."""
    return visiting.revisit(case or promised(), answers, "电话回访", "本人", by=by, on=on, rules=RULES).case


def offered(case: Case | None = None, kind: str = "social") -> Case:
    """The unit told of relief on Monday the 9th."""
    return relief.offer_relief(
        case or county.accepted(), kind, "可以向民政部门申请", by=HOUSING_CLERK, on=MARCH[9], rules=RULES
    ).case


def scenes() -> dict[str, Scene]:
    """A scene for each step of this part."""
    clerk, bureau = {"by": HOUSING_CLERK, "on": MARCH[20]}, {"by": BUREAU_CLERK, "on": MARCH[20]}
    return {
        "prove_commitment": scene(promises.prove_commitment, promised(), SECRET, MARCH[20], **clerk),
        "confirm_commitment": scene(
            promises.confirm_commitment, visited(confirmed(proved(), kept=False)), True, SECRET, by=CITIZEN, on=APRIL_1
        ),
        "revisit": scene(visiting.revisit, promised(), SAYS_NO, SECRET, SECRET, **bureau),
        "reopen": scene(visiting.reopen, visited(), SECRET, by=BUREAU_CLERK, on=APRIL_1),
        "offer_relief": scene(relief.offer_relief, county.accepted(), "social", SECRET, SECRET, **clerk),
        "record_relief": scene(relief.record_relief, offered(), "pending", SECRET, **clerk),
    }
