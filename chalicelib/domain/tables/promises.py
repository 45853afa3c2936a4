"""After the opinion: promises kept or broken, return visits, relief (第三十二条、第三十七条).

What must be true for a step and what it records stands in `promises.py`, `visiting.py` and `relief.py`.
"""

from collections.abc import Mapping

from chalicelib.domain import aftercare
from chalicelib.domain.case import BUREAU, LEAD, OPEN, PETITIONER, Actor, Case
from chalicelib.domain.duties import DutyKind
from chalicelib.domain.events.promises import (
    CommitmentConfirmed,
    CommitmentProved,
    MatterReopened,
    PetitionRevisited,
    ReliefOffered,
    ReliefRecorded,
)
from chalicelib.domain.procedure import STAY, Automatic, Starts, Step
from chalicelib.domain.stages import (
    AFTERWARDS,
    CONCLUDED,
    HANDLING,
    NOT_TAKEN_AGAIN,
    REDO,
    REPLIED,
    SERVED,
    UNDER_REREVIEW,
    UNDER_REVIEW,
)
from chalicelib.domain.tables.road import HANDLERS, agency

RELIEF = "relief"
SOCIAL, JUDICIAL = "social", "judicial"
RELIEFS = {SOCIAL: "社会救助", JUDICIAL: "司法救助"}
PENDING, GRANTED, REFUSED = "pending", "granted", "refused"
RELIEF_RESULTS = {GRANTED: "已给予救助", REFUSED: "未给予救助", PENDING: "正在审核"}
CARRIED_OUT = {"yes": "已落实", "partly": "部分落实", "no": "没有落实"}

PROMISED = (REDO, REPLIED, UNDER_REVIEW, UNDER_REREVIEW, *AFTERWARDS)
"""Promises stand, and petitioners can be visited, while the opinion is looked at again."""
TAKEN_ON = (*HANDLING, REPLIED, UNDER_REVIEW, UNDER_REREVIEW, *AFTERWARDS, NOT_TAKEN_AGAIN)


def may_help(case: Case, actor: Actor) -> bool:
    """The responsible unit, or the bureau (第三十七条: 各级机关、单位)."""
    desk = case.desk(actor.org)
    return actor.role == BUREAU or (desk is not None and LEAD in desk.capacities)


def waits_for_relief(case: Case) -> bool:
    """Somebody was shown the way to relief, and nobody knows yet what came of it."""
    return bool(case.duties_of(RELIEF, OPEN, PENDING))


STEPS: tuple[Step, ...] = (
    Step(
        action="prove_commitment", label="报告落实情况", law="第三十二条第二款",
        frm=PROMISED, to=STAY, by=HANDLERS, desk=LEAD, emits=CommitmentProved,
        meets=("commitment",), offered_to=aftercare.owes_promise,
    ),
    Step(
        action="confirm_commitment", label="确认落实", button="告诉我们办好没有", law="第三十二条第二款",
        frm=PROMISED, to=STAY, by=(PETITIONER, BUREAU), emits=CommitmentConfirmed,
        starts=(Starts("revisit", aftercare.visitor, aftercare.is_doubted),),
        offered=aftercare.has_promise, offered_to=aftercare.may_confirm,
    ),
    Step(
        action="revisit", label="回访", law="第二十一条、第三十二条第二款",
        frm=PROMISED, to=STAY, by=(BUREAU,), emits=PetitionRevisited, meets=("revisit",),
        starts=(Starts("revisit", aftercare.visitor, aftercare.must_be_tried_again),),
        offered_to=aftercare.is_not_the_answerer,
    ),
    Step(
        action="reopen", label="重新办理", law="第三十二条第二款、第四十条第一款",
        frm=(SERVED, CONCLUDED), to=REDO, by=(BUREAU,), emits=MatterReopened,
        drops=("ask_review", "rating", "revisit"), starts=(Starts("redo_target", agency),),
        offered=aftercare.was_said_not_to_be_solved, offered_to=aftercare.is_not_the_answerer,
    ),
    Step(
        action="offer_relief", label="告知救助途径", law="第三十七条第二款",
        frm=TAKEN_ON, to=STAY, by=HANDLERS, emits=ReliefOffered, offered_to=may_help,
    ),
    Step(
        action="record_relief", label="登记救助结果", law="第三十七条第二款",
        frm=TAKEN_ON, to=STAY, by=HANDLERS, emits=ReliefRecorded, offered=waits_for_relief, offered_to=may_help,
    ),
)  # fmt: skip
AUTOMATIC: tuple[Automatic, ...] = ()
DUTIES: Mapping[str, DutyKind] = {
    aftercare.COMMITMENT: DutyKind(
        "承诺",
        {
            OPEN: "承诺待落实",
            aftercare.PROVED: "已报告落实，待确认",
            aftercare.KEPT: "承诺已落实",
            aftercare.BROKEN: "承诺没有落实",
            aftercare.REPLACED: "由新的处理意见代替",
        },
    ),
    RELIEF: DutyKind("救助", {OPEN: "已告知，待登记结果", **RELIEF_RESULTS}),
}
