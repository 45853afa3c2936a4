"""Recusal (第二十八条第三款). What must be true for a step and what it records stands in `recusing.py`."""

from collections.abc import Mapping

from chalicelib.domain.case import BUREAU, CLERK, LEADER, PETITIONER, UNIT_HEAD, WINDOW, Actor, Case
from chalicelib.domain.duties import DutyKind
from chalicelib.domain.events.recusal import RecusalAsked, RecusalDecided
from chalicelib.domain.procedure import STAY, Automatic, Starts, Step
from chalicelib.domain.stages import AFTERWARDS, UNDER_WAY

RECUSAL = "recusal"
GRANTED, REFUSED = "granted", "refused"
OPEN_STAGES = (*UNDER_WAY, *AFTERWARDS)
"""A decision that came late is still given."""
HANDLERS = (WINDOW, CLERK, UNIT_HEAD, BUREAU)


def awaits_decision(case: Case) -> bool:
    """Somebody has asked, and nobody has decided."""
    return bool(case.duties_of(RECUSAL, "open"))


def decides(case: Case, by: Actor) -> bool:
    """An application lies with this person's office, and it is not about himself."""
    return any(duty.org == by.org and duty.facts.get("user") != by.user for duty in case.duties_of(RECUSAL, "open"))


def may_ask(case: Case, by: Actor) -> bool:
    """A petitioner always; of staff, whoever's office has to do with the case."""
    return by.role == PETITIONER or case.desk(by.org) is not None


STEPS: tuple[Step, ...] = (
    Step(
        action="ask_recusal", label="申请回避", law="第二十八条第三款",
        frm=UNDER_WAY, to=STAY, by=(PETITIONER, *HANDLERS), emits=RecusalAsked,
        starts=(Starts("decide_recusal"),), offered_to=may_ask,
    ),
    Step(
        action="decide_recusal", label="决定回避", law="第二十八条第三款",
        frm=OPEN_STAGES, to=STAY, by=(UNIT_HEAD, LEADER), emits=RecusalDecided,
        meets=("decide_recusal",), offered=awaits_decision, offered_to=decides,
    ),
)  # fmt: skip
AUTOMATIC: tuple[Automatic, ...] = ()
DUTIES: Mapping[str, DutyKind] = {
    RECUSAL: DutyKind("回避申请", {"open": "等候决定", GRANTED: "同意回避", REFUSED: "不同意回避"}),
}
