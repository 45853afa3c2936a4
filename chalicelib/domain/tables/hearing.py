"""Hearings, mediation and settlement (第三十一条第六项、第三十三条、第三十六条).

A hearing is a duty beside the road: of whoever handles, reviews or re-reviews. What must be true stands in
`hearing.py` and `settling.py`.
"""

from collections.abc import Mapping

from chalicelib.domain import intake
from chalicelib.domain.case import (
    LEAD,
    PETITIONER,
    Actor,
    Case,
)
from chalicelib.domain.duties import DutyKind
from chalicelib.domain.events import PetitionConcluded
from chalicelib.domain.events.hearing import (
    HearingAnnounced,
    HearingDeclined,
    HearingHeld,
    HearingPostponed,
    HearingRequested,
    MediationHeld,
    PetitionSettled,
)
from chalicelib.domain.procedure import STAY, Automatic, Starts, Step
from chalicelib.domain.stages import (
    AFTERWARDS,
    CONCLUDED,
    HANDLING,
    REPLIED,
    SETTLED,
    UNDER_REREVIEW,
    UNDER_REVIEW,
)
from chalicelib.domain.tables.review import CAPACITY, DECIDERS, REREVIEW, REVIEW
from chalicelib.domain.tables.road import HANDLERS, agency, has_right_to_review, nothing_is_left

HEARING = "hearing"
ORDER_HANDLING = "handling"
HEARD_IN = (*HANDLING, UNDER_REVIEW, UNDER_REREVIEW)
CLOSED_FOR = {"state_secret": "涉及国家秘密", "trade_secret": "涉及商业秘密", "privacy": "涉及个人隐私"}
"""Why a hearing is not public: a closed list."""
SETTLEMENTS = {"mediation": "调解协议书", "settlement": "和解协议书"}


def order_of(case: Case) -> str:
    """In which of the three looks at the matter the case stands."""
    return {UNDER_REVIEW: REVIEW, UNDER_REREVIEW: REREVIEW}.get(case.stage, ORDER_HANDLING)


def hearing_office(case: Case) -> str:
    """The office that would hold it now."""
    order = order_of(case)
    return agency(case) if order == ORDER_HANDLING else str(case.facts[order]["office"])


def holds_hearings(case: Case, actor: Actor) -> bool:
    """Of the organ that handles, reviews or re-reviews now."""
    desk = case.desk(actor.org)
    capacity = CAPACITY.get(order_of(case), LEAD)
    return desk is not None and capacity in desk.capacities


def owes_hearing(case: Case, actor: Actor) -> bool:
    """Of the organ that a hearing was asked of, or that announced it, wherever the case stands meanwhile."""
    desk = case.desk(actor.org)
    held = desk.capacities if desk else ()
    duties = case.duties_of(HEARING, "open", "announced")
    return any(CAPACITY.get(duty.facts["order"], LEAD) in held for duty in duties)


def can_be_heard(case: Case) -> bool:
    """On the petition procedure, with no hearing asked for or announced."""
    return has_right_to_review(case) and not case.duties_of(HEARING, "open", "announced")


def may_be_announced(case: Case) -> bool:
    """On the petition procedure, with none announced: asked for, or of the organ's own accord."""
    return has_right_to_review(case) and not case.duties_of(HEARING, "announced")


def is_announced(case: Case) -> bool:
    """A hearing has its day."""
    return bool(case.duties_of(HEARING, "announced"))


def is_pending(case: Case) -> bool:
    """A hearing was asked for or announced."""
    return bool(case.duties_of(HEARING, "open", "announced"))


def may_be_mediated(case: Case) -> bool:
    """申诉求决类事项 on the petition procedure (第三十三条)."""
    return case.facts.get("kind") == intake.GRIEVANCE and has_right_to_review(case)


def _petitioner(_case: Case) -> str:
    return PETITIONER


STEPS: tuple[Step, ...] = (
    Step(
        action="request_hearing", label="申请听证", law="第三十一条第六项、第三十六条第二款",
        frm=HEARD_IN, to=STAY, by=(PETITIONER,), emits=HearingRequested,
        starts=(Starts("hearing_answer"),), offered=can_be_heard,
    ),
    Step(
        action="announce_hearing", label="听证通知", law="第三十一条第六项、第三十六条第二款",
        frm=HEARD_IN, to=STAY, by=DECIDERS, emits=HearingAnnounced,
        meets=("hearing_answer",), starts=(Starts("hearing"),),
        offered=may_be_announced, offered_to=holds_hearings,
    ),
    Step(
        action="postpone_hearing", label="延期听证", law="第三十一条第六项、第三十六条第二款",
        frm=HEARD_IN, to=STAY, by=DECIDERS, emits=HearingPostponed, starts=(Starts("hearing"),),
        offered=is_announced, offered_to=owes_hearing,
    ),
    Step(
        action="hold_hearing", label="举行听证", law="第三十一条第六项、第三十六条第二款",
        frm=HEARD_IN, to=STAY, by=DECIDERS, emits=HearingHeld, meets=("hearing",),
        offered=is_announced, offered_to=owes_hearing,
    ),
    Step(
        action="decline_hearing", label="不举行听证", law="第三十一条第六项、第三十六条第二款",
        frm=(*HEARD_IN, REPLIED, *AFTERWARDS), to=STAY, by=DECIDERS, emits=HearingDeclined,
        meets=("hearing_answer",), drops=("hearing",), offered=is_pending, offered_to=owes_hearing,
    ),
    Step(
        action="mediate", label="调解", law="第三十三条",
        frm=HANDLING, to=STAY, by=HANDLERS, desk=LEAD, emits=MediationHeld, offered=may_be_mediated,
    ),
    Step(
        action="settle", label="达成协议", law="第三十三条",
        frm=HANDLING, to=SETTLED, by=HANDLERS, desk=LEAD, emits=PetitionSettled,
        meets=("handle", "redo", "redo_target", "report_back", "simple_handle"),
        drops=("hearing_answer", "hearing", "joint_answer"),
        starts=(Starts("rating", _petitioner),), offered=may_be_mediated,
    ),
)  # fmt: skip
AUTOMATIC: tuple[Automatic, ...] = (
    Automatic(frm=(SETTLED,), to=CONCLUDED, when=nothing_is_left, emits=PetitionConcluded),
)
DUTIES: Mapping[str, DutyKind] = {
    HEARING: DutyKind(
        "听证", {"open": "待答复", "announced": "已通知", "held": "已举行", "declined": "不举行", "moot": "不再需要"}
    ),
}
