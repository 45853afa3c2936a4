"""The main road of a petition. A row says who, from where, and which clocks stop and start.

What must be true for a step and what it records stands in `receiving.py` (第三章) and `handling.py` (第四章).
"""

from collections.abc import Callable, Mapping

from chalicelib.domain import aftercare, intake
from chalicelib.domain.case import (
    BUREAU,
    CLERK,
    INTAKE,
    LAW,
    LEAD,
    PETITIONER,
    UNIT_HEAD,
    WINDOW,
    Case,
)
from chalicelib.domain.duties import DutyKind
from chalicelib.domain.events import (
    ForwardingObjected,
    HandlingExtended,
    ObjectionPeriodClosed,
    ObjectionRejected,
    ObjectionUpheld,
    OpinionGiven,
    OpinionServed,
    PetitionAccepted,
    PetitionAssigned,
    PetitionConcluded,
    PetitionForwarded,
    PetitionRated,
    PetitionRegistered,
    RatingLapsed,
)
from chalicelib.domain.procedure import BACK, NEW, STAY, Automatic, Starts, Step
from chalicelib.domain.stages import (
    ACCEPTED,
    AFTERWARDS,
    ASSIGNED,
    CONCLUDED,
    FORWARDED,
    HANDLING,
    OBJECTED,
    REGISTERED,
    REPLIED,
    SERVED,
    UNDER_REREVIEW,
    UNDER_REVIEW,
    WITHDRAWN,
)


def office(case: Case) -> str:
    """The organ that registered the matter."""
    return case.office


def agency(case: Case) -> str:
    """The organ that has to handle the matter; before a forwarding, the one that has it."""
    return case.agency or case.office


def _petitioner(_case: Case) -> str:
    return PETITIONER


def is_with_bureau(case: Case) -> bool:
    """Registered by a petition bureau, which forwards within 15 days (第二十二条)."""
    return not case.facts["direct"]


def is_handed_down(case: Case) -> bool:
    """Handed down to a petition bureau from above: its share of the fifteen days that all levels have together."""
    return bool(case.facts.get("from_above")) and is_with_bureau(case)


def is_assigned_from_above(case: Case) -> bool:
    """交办 from above: the result has to be reported there by a date."""
    return bool(case.facts.get("above_due"))


def owes_direct_notice(case: Case) -> bool:
    """Made directly to a unit, by somebody who can be told (第二十三条第二款)."""
    return bool(case.facts["direct"] and case.facts["notifiable"])


def owes_notice(case: Case) -> bool:
    """Somebody is there to be told (第二十三条)."""
    return bool(case.facts["notifiable"])


def owes_direct_decision(case: Case) -> bool:
    """Made directly to a unit by somebody who cannot be told: it is still decided whether it is accepted."""
    return bool(case.facts["direct"] and not case.facts["notifiable"])


def owes_decision(case: Case) -> bool:
    """Nobody can be told (第二十三条第二款): what the unit owes is the decision alone, and it has a date too."""
    return not owes_notice(case)


def is_on(track: str) -> Callable[[Case], bool]:
    """Accepted on this track."""

    def accepted_on(case: Case) -> bool:
        return bool(case.facts.get("track") == track)

    accepted_on.__doc__ = f"办理途径为{intake.TRACKS[track]}"
    return accepted_on


def is_on_procedure(case: Case) -> bool:
    """第三十一条第六项 in full: the petitioner is heard, the matter investigated, two people and the head decide."""
    return bool(case.facts.get("track") == intake.PETITION_PROCEDURE and not case.facts.get("simple"))


def is_answered_directly(case: Case) -> bool:
    """A suggestion, a question, or a matter of the simple procedure: one step gives the answer."""
    return not is_on_procedure(case)


def has_right_to_review(case: Case) -> bool:
    """Only a 信访处理意见 of 第三十一条第六项 can be reviewed (第三十五条)."""
    return bool(case.facts.get("track") == intake.PETITION_PROCEDURE)


def is_proposed_simple(case: Case) -> bool:
    """Whoever forwards it says that it is simple enough."""
    return bool(case.facts.get("simple_proposed"))


def raises_signals(case: Case) -> bool:
    """Something written has to be looked at by a person at once, and nobody is at it yet (第二十五条)."""
    return bool(case.facts.get("signals")) and case.running("check_signal") is None


def nothing_is_left(case: Case) -> bool:
    """No right and no duty runs any more."""
    return not any(clock.is_running for clock in case.clocks)


def may_be_handled_here(case: Case) -> bool:
    """A bureau answers suggestions and questions itself; a grievance goes to who has the power (第二十二条)."""
    return not (case.agency is None and is_with_bureau(case) and case.facts["kind"] == intake.GRIEVANCE)


def can_still_be_objected(case: Case) -> bool:
    """The five working days run (第二十三条第三款)."""
    return case.running("object") is not None


def can_be_extended(case: Case) -> bool:
    """Only the 60 days can be extended, and only once (第三十四条)."""
    clock = case.running("handle")
    return clock is not None and not clock.extended_by


def can_be_rated(case: Case) -> bool:
    """The window is open and nobody has rated yet (第二十一条)."""
    return case.running("rating") is not None


STAFF = (WINDOW, CLERK, UNIT_HEAD, BUREAU)
HANDLERS = (CLERK, UNIT_HEAD, BUREAU)
RATED_IN = (*AFTERWARDS, UNDER_REVIEW, UNDER_REREVIEW)
"""The window stays open while the petitioner's rights are used."""

STEPS: tuple[Step, ...] = (
    Step(
        action="register", label="登记", law="第二十二条、第二十三条",
        frm=(NEW,), to=REGISTERED, by=(PETITIONER, *STAFF), emits=PetitionRegistered,
        starts=(
            Starts("route", office, is_with_bureau), Starts("inform_direct", office, owes_direct_notice),
            Starts("decide_acceptance_direct", office, owes_direct_decision),
            Starts("relay_county", office, is_handed_down), Starts("report_above", office, is_assigned_from_above),
            Starts("check_signal", office, raises_signals),
        ),
    ),
    Step(
        action="forward", label="转送", law="第二十二条第一款、第二十三条第一款",
        frm=(REGISTERED,), to=FORWARDED, by=HANDLERS, desk=INTAKE, emits=PetitionForwarded,
        meets=("route", "inform_direct", "decide_acceptance_direct", "relay_county", "simple_relay"),
        starts=(
            Starts("inform", agency, owes_notice), Starts("decide_acceptance", agency, owes_decision),
            Starts("object", agency),
            Starts("simple_accept", agency, is_proposed_simple),
        ),
    ),
    Step(
        action="assign", label="交办", law="第二十二条第一款第三项",
        frm=(REGISTERED,), to=ASSIGNED, by=HANDLERS, desk=INTAKE, emits=PetitionAssigned,
        meets=("route", "inform_direct", "decide_acceptance_direct", "relay_county", "simple_relay"),
        starts=(
            Starts("inform", agency, owes_notice), Starts("decide_acceptance", agency, owes_decision),
            Starts("object", agency), Starts("report_back", agency),
            Starts("simple_accept", agency, is_proposed_simple),
        ),
    ),
    Step(
        action="object", label="提出异议", law="第二十三条第三款",
        frm=(FORWARDED, ASSIGNED), to=OBJECTED, by=HANDLERS, desk=LEAD, emits=ForwardingObjected,
        meets=("object",), starts=(Starts("decide_objection", office),), offered=can_still_be_objected,
    ),
    Step(
        action="uphold_objection", label="同意退回", law="第二十三条第三款",
        frm=(OBJECTED,), to=REGISTERED, by=HANDLERS, desk=INTAKE, emits=ObjectionUpheld,
        meets=("decide_objection",), drops=("inform", "decide_acceptance", "report_back", "simple_accept"),
        resumes=("route", "inform_direct", "decide_acceptance_direct", "relay_county"),
    ),
    Step(
        action="reject_objection", label="不同意退回", law="第二十三条第三款",
        frm=(OBJECTED,), to=BACK, by=HANDLERS, desk=INTAKE, emits=ObjectionRejected,
        meets=("decide_objection",),
    ),
    Step(
        action="close_objection", label="异议期届满", law="第二十三条第三款",
        frm=(FORWARDED, ASSIGNED), to=STAY, by=(LAW,), emits=ObjectionPeriodClosed,
    ),
    Step(
        action="accept", label="受理", law="第二十三条、第三十一条",
        frm=(REGISTERED, FORWARDED, ASSIGNED), to=ACCEPTED, by=HANDLERS, desk=LEAD, emits=PetitionAccepted,
        meets=(
            "inform", "inform_direct", "decide_acceptance", "decide_acceptance_direct", "route", "relay_county",
            "simple_accept",
        ),
        drops=("object", "simple_relay"),
        starts=(
            Starts("handle", agency, is_on(intake.PETITION_PROCEDURE)),
            Starts("perform_duty", agency, is_on(intake.PERFORM_DUTY)),
            Starts("suggestion_target", agency, is_on(intake.SUGGESTION)),
            Starts("consultation_target", agency, is_on(intake.CONSULTATION)),
        ),
        offered=may_be_handled_here,
    ),
    Step(
        action="extend", label="延长办理期限", law="第三十四条",
        frm=(ACCEPTED,), to=STAY, by=(UNIT_HEAD,), desk=LEAD, emits=HandlingExtended,
        offered=can_be_extended,
    ),
    Step(
        action="reply", label="作出处理意见", law="第三十二条",
        frm=HANDLING, to=REPLIED, by=HANDLERS, desk=LEAD, emits=OpinionGiven, offered=is_answered_directly,
    ),
    Step(
        action="serve", label="送达", law="第三十四条、第三十五条",
        frm=(REPLIED,), to=SERVED, by=HANDLERS, desk=LEAD, emits=OpinionServed,
        meets=(
            "handle", "redo", "redo_target", "perform_duty", "suggestion_target", "consultation_target", "report_back",
            "simple_handle",
        ),
        drops=("advise", "commitment", "revisit"),
        starts=(
            Starts("ask_review", _petitioner, has_right_to_review), Starts("rating", _petitioner),
            Starts("commitment", when=aftercare.has_undated_promise),
            Starts("revisit", aftercare.visitor, aftercare.must_be_visited),
        ),
    ),
    Step(
        action="rate", label="评价", law="第二十一条",
        frm=RATED_IN, to=STAY, by=(PETITIONER, WINDOW, BUREAU), emits=PetitionRated, meets=("rating",),
        starts=(Starts("revisit", aftercare.visitor, aftercare.is_dissatisfied),),
        offered=can_be_rated, offered_to=aftercare.may_rate,
    ),
    Step(
        action="close_rating", label="评价期届满", law="第二十一条",
        frm=(*RATED_IN, WITHDRAWN), to=STAY, by=(LAW,), emits=RatingLapsed,
    ),
    Step(
        action="conclude", label="结案", law="第三十五条",
        frm=(SERVED,), to=CONCLUDED, by=(LAW,), emits=PetitionConcluded,
    ),
)  # fmt: skip
AUTOMATIC: tuple[Automatic, ...] = (
    Automatic(frm=(SERVED,), to=CONCLUDED, when=nothing_is_left, emits=PetitionConcluded),
)
DUTIES: Mapping[str, DutyKind] = {}
