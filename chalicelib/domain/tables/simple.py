"""Direct answers and the simple procedure (简易办理). What must be true stands in `direct.py` and `simple.py`."""

from collections.abc import Mapping

from chalicelib.domain import intake
from chalicelib.domain.case import ADVISING, BUREAU, INTAKE, LEAD, OPEN, Actor, Case, Duty
from chalicelib.domain.duties import DutyKind
from chalicelib.domain.events import OpinionGiven
from chalicelib.domain.events.simple import (
    AdviceAsked,
    AdviceGiven,
    ConvertedToOrdinary,
    PetitionAcceptedSimply,
    SimpleProposed,
    SuggestionDecided,
)
from chalicelib.domain.procedure import STAY, Automatic, Starts, Step
from chalicelib.domain.simplicity import qualifies_for_simple
from chalicelib.domain.stages import (
    ACCEPTED,
    AFTERWARDS,
    ASSIGNED,
    FORWARDED,
    HANDLING,
    REGISTERED,
    REPLIED,
    UNDER_WAY,
)
from chalicelib.domain.tables.road import HANDLERS, agency, is_on, may_be_handled_here, office

ADVICE = "advice"
ANSWERED, NOT_NEEDED = "answered", "not_needed"


def may_be_simple(case: Case) -> bool:
    """Whoever has it may handle it, and nothing known of it excludes the simple procedure."""
    return may_be_handled_here(case) and not qualifies_for_simple(case)


def may_be_proposed(case: Case) -> bool:
    """Not proposed yet, and nothing known of it excludes it."""
    return not case.facts.get("simple_proposed") and not qualifies_for_simple(case)


def waits_for_forwarding(case: Case) -> bool:
    """Proposed while it still lies with the sender."""
    return case.stage == REGISTERED


def was_forwarded(case: Case) -> bool:
    """Proposed when the unit had it already."""
    return case.stage == FORWARDED


def is_simple(case: Case) -> bool:
    """Being handled simply."""
    return bool(case.facts.get("simple"))


def may_be_answered_directly(case: Case) -> bool:
    """Questions and suggestions always; a grievance only when it is simple (第二十二条)."""
    return case.facts["kind"] in ANSWERABLE and (
        case.facts["kind"] != intake.GRIEVANCE or not qualifies_for_simple(case)
    )


ANSWERABLE = (intake.CONSULTATION, intake.SUGGESTION, intake.GRIEVANCE)
"""Kinds that may be answered directly, or asked about; a report of somebody goes to no third party (第三十条)."""


def open_advice(case: Case) -> Duty | None:
    """What some unit was asked and has not said yet."""
    return next(iter(case.duties_of(ADVICE, OPEN)), None)


def may_consult(case: Case) -> bool:
    """Nobody is being asked already."""
    return case.facts["kind"] in ANSWERABLE and open_advice(case) is None


def owes_advice(case: Case, by: Actor) -> bool:
    """This person's unit was asked."""
    duty = open_advice(case)
    return duty is not None and duty.org == by.org


def awaits_outcome(case: Case) -> bool:
    """A suggestion of which nobody has said yet whether it is adopted as a whole."""
    return bool(case.facts["kind"] == intake.SUGGESTION and case.facts.get("outcome") != "adopted")


ON_ITS_TRACK = (
    Starts("handle", agency, is_on(intake.PETITION_PROCEDURE)),
    Starts("suggestion_target", agency, is_on(intake.SUGGESTION)),
    Starts("consultation_target", agency, is_on(intake.CONSULTATION)),
)
"""What runs until the answer reaches the petitioner, as after any acceptance."""

STEPS: tuple[Step, ...] = (
    Step(
        action="consult", label="征询", law="第十四条",
        frm=(REGISTERED,), to=STAY, by=(BUREAU,), desk=INTAKE, emits=AdviceAsked,
        starts=(Starts("advise"),), offered=may_consult,
    ),
    Step(
        action="advise", label="回复征询", law="第十四条、第十五条",
        frm=UNDER_WAY, to=STAY, by=HANDLERS, desk=ADVISING, emits=AdviceGiven,
        meets=("advise",), offered_to=owes_advice,
    ),
    Step(
        action="answer_directly", label="直接答复", law="第二十二条、第二十三条、第二十九条",
        frm=(REGISTERED,), to=REPLIED, by=HANDLERS, desk=INTAKE, emits=OpinionGiven,
        meets=("route", "inform_direct", "decide_acceptance_direct", "relay_county"), drops=("advise", "simple_relay"),
        starts=(*ON_ITS_TRACK, Starts("simple_handle", agency, is_simple)), offered=may_be_answered_directly,
    ),
    Step(
        action="propose_simple", label="建议简易办理", law="第二十二条",
        frm=(REGISTERED, FORWARDED), to=STAY, by=HANDLERS, desk=INTAKE, emits=SimpleProposed,
        starts=(
            Starts("simple_relay", office, waits_for_forwarding), Starts("simple_accept", agency, was_forwarded),
        ),
        offered=may_be_proposed,
    ),
    Step(
        action="accept_simply", label="简易受理", law="第二十三条、第三十一条",
        frm=(REGISTERED, FORWARDED, ASSIGNED), to=ACCEPTED, by=HANDLERS, desk=LEAD, emits=PetitionAcceptedSimply,
        meets=(
            "inform", "inform_direct", "decide_acceptance", "decide_acceptance_direct", "route", "relay_county",
            "simple_accept",
        ),
        drops=("object", "simple_relay"),
        starts=(*ON_ITS_TRACK, Starts("simple_handle", agency)), offered=may_be_simple,
    ),
    Step(
        action="convert_to_ordinary", label="转为普通办理", law="第三十一条、第三十四条",
        frm=HANDLING, to=STAY, by=HANDLERS, desk=LEAD, emits=ConvertedToOrdinary,
        drops=("simple_handle",), offered=is_simple,
    ),
    Step(
        action="decide_suggestion", label="采纳情况", law="第二十九条",
        frm=(*HANDLING, REPLIED, *AFTERWARDS), to=STAY, by=HANDLERS, desk=LEAD, emits=SuggestionDecided,
        offered=awaits_outcome,
    ),
)  # fmt: skip
AUTOMATIC: tuple[Automatic, ...] = ()
DUTIES: Mapping[str, DutyKind] = {
    ADVICE: DutyKind("征询", {OPEN: "待回复", ANSWERED: "已回复", NOT_NEEDED: "不再需要"}, shown=False)
}
