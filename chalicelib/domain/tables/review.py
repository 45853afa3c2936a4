"""Review and re-review (第三十五条、第三十六条): two looks from above, one like the other, and the way back from one.

What must be true for a step and what it records stands in `review.py` (asking) and `reviewing.py` (deciding).
An organ that has no desk in this system, and a government, act through a petition bureau: `office` is who holds the
desk and owes the dates, `organ` in whose name it is done.
"""

from collections.abc import Callable, Mapping

from chalicelib.domain.case import (
    BUREAU,
    CLERK,
    LAW,
    LEADER,
    PETITIONER,
    REREVIEWING,
    REVIEWING,
    SUPERVISOR,
    UNIT_HEAD,
    Actor,
    Case,
)
from chalicelib.domain.duties import DutyKind
from chalicelib.domain.events import PetitionConcluded
from chalicelib.domain.events.review import (
    FileSent,
    HandlingReopened,
    LateRequestDecided,
    RereviewDecided,
    RereviewOpened,
    RereviewRequested,
    RereviewRequestedLate,
    RereviewServed,
    ReviewDecided,
    ReviewOpened,
    ReviewPeriodClosed,
    ReviewRequested,
    ReviewRequestedLate,
    ReviewServed,
)
from chalicelib.domain.procedure import STAY, Automatic, Starts, Step
from chalicelib.domain.stages import (
    CONCLUDED,
    REDO,
    REREVIEWED,
    REVIEWED,
    SERVED,
    UNDER_REREVIEW,
    UNDER_REVIEW,
)
from chalicelib.domain.tables.road import STAFF, agency, has_right_to_review, nothing_is_left

REVIEW, REREVIEW = "review", "rereview"
ORDERS = {REVIEW: "复查", REREVIEW: "复核"}
CAPACITY = {REVIEW: REVIEWING, REREVIEW: REREVIEWING}
UPHOLD, REVOKE, CHANGE = "uphold", "revoke", "change"
OUTCOMES = {UPHOLD: "维持", REVOKE: "撤销，责令重新办理", CHANGE: "变更"}
LAST_OUTCOMES = {UPHOLD: "维持", CHANGE: "变更"}
"""Nothing can be handled anew after the last opinion (第三十六条第三款): whoever finds it wrong puts it right."""
LATE = "late_request"
DECIDERS = (CLERK, UNIT_HEAD, BUREAU, LEADER, SUPERVISOR)


def reviewer(order: str) -> Callable[[Case], str]:
    """The office that does the work of this order."""

    def office(case: Case) -> str:
        return str(case.facts.get(order, {}).get("office", CAPACITY[order]))

    office.__doc__ = f"{ORDERS[order]}机关"
    return office


def may_ask(order: str) -> Callable[[Case, Actor], bool]:
    """In time; or, for staff, what was posted in time and came after."""
    asks = f"ask_{order}"

    def offered(case: Case, actor: Actor) -> bool:
        clock = case.clock(asks)
        if clock is None or not has_right_to_review(case):
            return False
        return clock.is_running or (clock.ending == "lapsed" and actor.role != PETITIONER)

    return offered


def may_ask_late(order: str) -> Callable[[Case], bool]:
    """The period has run out, and no late request waits."""
    asks = f"ask_{order}"

    def offered(case: Case) -> bool:
        clock = case.clock(asks)
        return bool(
            clock and clock.ending == "lapsed" and has_right_to_review(case) and not case.duties_of(LATE, "open")
        )

    return offered


def is_admitted(order: str) -> Callable[[Case], bool]:
    """The latest late request was of this order, and was admitted."""

    def admitted(case: Case) -> bool:
        late = case.duties_of(LATE)
        return bool(late and late[-1].state == "admitted" and late[-1].facts["order"] == order)

    return admitted


def has_open_late_request(case: Case) -> bool:
    """A late request waits for its decision."""
    return bool(case.duties_of(LATE, "open"))


def decides_late_request(case: Case, actor: Actor) -> bool:
    """Whoever would decide the review decides whether it comes to one."""
    desk = case.desk(actor.org)
    held = desk.capacities if desk else ()
    return any(CAPACITY[duty.facts["order"]] in held for duty in case.duties_of(LATE, "open"))


def hands(case: Case, order: str) -> tuple[str, ...]:
    """Who drafted, read and signed what is looked at now: they do not decide about it (第二十八条第三款).

    Who records the act of an organ outside decides nothing.
    """
    if case.facts.get(order, {}).get("external"):
        return ()
    earlier = case.facts.get(REVIEW, {}) if order == REREVIEW else {}
    reviewed_by = () if earlier.get("external") else (earlier.get("by"),)
    return tuple(user for user in (*case.facts.get("signed", ()), *reviewed_by) if user)


def is_unbiased(order: str) -> Callable[[Case, Actor], bool]:
    """Offered to nobody who had a hand in the opinion."""
    return lambda case, actor: actor.user not in hands(case, order)


def is_external(case: Case) -> bool:
    """The reviewing organ stands outside this system: its file is sent, its acts are recorded."""
    order = REREVIEW if case.stage == UNDER_REREVIEW else REVIEW
    return bool(case.facts.get(order, {}).get("external"))


def holds_the_file(case: Case, actor: Actor) -> bool:
    """The office that stands for the organ outside."""
    order = REREVIEW if case.stage == UNDER_REREVIEW else REVIEW
    return bool(case.facts.get(order, {}).get("office") == actor.org)


def is_revoked(case: Case) -> bool:
    """复查意见撤销原处理意见"""
    return bool(case.facts.get(REVIEW, {}).get("outcome") == REVOKE)


def is_not_revoked(case: Case) -> bool:
    """复查意见维持或者变更原处理意见"""
    return not is_revoked(case)


def runs(limit: str) -> Callable[[Case], bool]:
    """This limit runs."""

    def running(case: Case) -> bool:
        return case.running(limit) is not None

    return running


must_be_reviewed, must_be_rereviewed, must_be_redone = runs("review_decide"), runs("rereview_decide"), runs("redo")


def _petitioner(_case: Case) -> str:
    return PETITIONER


STEPS: tuple[Step, ...] = (
    Step(
        action="request_review", label="受理复查申请", button="申请复查", law="第三十五条",
        frm=(SERVED, CONCLUDED), to=UNDER_REVIEW, by=(PETITIONER, *STAFF), emits=ReviewRequested,
        meets=("ask_review",), starts=(Starts("review_decide", reviewer(REVIEW)),), offered_to=may_ask(REVIEW),
    ),
    Step(
        action="request_late_review", label="登记超过期限的复查申请", button="申请复查（已过期限）", law="第三十五条",
        frm=(SERVED, CONCLUDED), to=STAY, by=(PETITIONER, *STAFF), emits=ReviewRequestedLate,
        starts=(Starts(LATE),), offered=may_ask_late(REVIEW),
    ),
    Step(
        action="decide_late_request", label="审核超过期限的申请", law="第三十五条、第三十六条第一款",
        frm=(SERVED, REVIEWED, CONCLUDED), to=STAY, by=DECIDERS, emits=LateRequestDecided, meets=(LATE,),
        starts=(
            Starts("review_decide", reviewer(REVIEW), is_admitted(REVIEW)),
            Starts("rereview_decide", reviewer(REREVIEW), is_admitted(REREVIEW)),
        ),
        offered=has_open_late_request, offered_to=decides_late_request,
    ),
    Step(
        action="send_file", label="移送案卷", law="第三十五条、第三十六条第一款",
        frm=(UNDER_REVIEW, UNDER_REREVIEW), to=STAY, by=(BUREAU,), emits=FileSent,
        offered=is_external, offered_to=holds_the_file,
    ),
    Step(
        action="decide_review", label="作出复查意见", law="第三十五条",
        frm=(UNDER_REVIEW,), to=REVIEWED, by=DECIDERS, desk=REVIEWING, emits=ReviewDecided,
        offered_to=is_unbiased(REVIEW),
    ),
    Step(
        action="serve_review", label="送达复查意见", law="第三十五条",
        frm=(REVIEWED,), to=STAY, by=DECIDERS, desk=REVIEWING, emits=ReviewServed, meets=("review_decide",),
        starts=(Starts("ask_rereview", _petitioner, is_not_revoked), Starts("redo", agency, is_revoked)),
        offered=must_be_reviewed,
    ),
    Step(
        action="conclude_review", label="复核申请期届满", law="第三十六条第一款",
        frm=(REVIEWED,), to=CONCLUDED, by=(LAW,), emits=ReviewPeriodClosed,
    ),
    Step(
        action="request_rereview", label="受理复核申请", button="申请复核", law="第三十六条第一款",
        frm=(REVIEWED, CONCLUDED), to=UNDER_REREVIEW, by=(PETITIONER, *STAFF), emits=RereviewRequested,
        meets=("ask_rereview",), starts=(Starts("rereview_decide", reviewer(REREVIEW)),),
        offered_to=may_ask(REREVIEW),
    ),
    Step(
        action="request_late_rereview", label="登记超过期限的复核申请", button="申请复核（已过期限）",
        law="第三十六条第一款",
        frm=(REVIEWED, CONCLUDED), to=STAY, by=(PETITIONER, *STAFF), emits=RereviewRequestedLate,
        starts=(Starts(LATE),), offered=may_ask_late(REREVIEW),
    ),
    Step(
        action="decide_rereview", label="作出复核意见", law="第三十六条第一款",
        frm=(UNDER_REREVIEW,), to=REREVIEWED, by=DECIDERS, desk=REREVIEWING, emits=RereviewDecided,
        offered_to=is_unbiased(REREVIEW),
    ),
    Step(
        action="serve_rereview", label="送达复核意见", law="第三十六条",
        frm=(REREVIEWED,), to=STAY, by=DECIDERS, desk=REREVIEWING, emits=RereviewServed,
        meets=("rereview_decide",), offered=must_be_rereviewed,
    ),
)  # fmt: skip
AUTOMATIC: tuple[Automatic, ...] = (
    Automatic(frm=(SERVED, CONCLUDED), to=UNDER_REVIEW, when=must_be_reviewed, emits=ReviewOpened),
    Automatic(frm=(REVIEWED, CONCLUDED), to=UNDER_REREVIEW, when=must_be_rereviewed, emits=RereviewOpened),
    Automatic(frm=(REVIEWED,), to=REDO, when=must_be_redone, emits=HandlingReopened),
    Automatic(frm=(REREVIEWED,), to=CONCLUDED, when=nothing_is_left, emits=PetitionConcluded),
)
DUTIES: Mapping[str, DutyKind] = {
    LATE: DutyKind("超过期限的申请", {"open": "待审核", "admitted": "准予受理", "refused": "不予受理"}),
}
