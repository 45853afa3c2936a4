"""Who is owed a notice on the main road: one row per kind of event."""

from collections.abc import Mapping

from chalicelib.domain import intake
from chalicelib.domain.aftercare import COMMITMENT
from chalicelib.domain.case import PETITIONER, Case
from chalicelib.domain.events import (
    ClockOverdue,
    ClockReminded,
    Event,
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
from chalicelib.domain.oversight import COMPLAINT
from chalicelib.domain.owed.base import SITE, SMS, Notice, Rule, Silent
from chalicelib.domain.owed.urgent import alarm


def _registered(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, PetitionRegistered)
    first = "S03" if event.assisted else ("S02b" if case.facts["direct"] else "S02")
    filed_by_proxy = event.proxy and not event.assisted
    told = (Notice(PETITIONER, SMS, (*(("S29",) if filed_by_proxy else ()), first, "S02c")),)
    return (*told, *alarm(case.office)) if event.signals else told


def _handed_over(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, PetitionForwarded | PetitionAssigned)
    told = "S15" if case.facts["notifiable"] else "S15b"
    simple = (Notice(f"org:{event.to}", SITE, ("M22a",)),) if case.facts.get("simple_proposed") else ()
    return (
        Notice(PETITIONER, SMS, ("S21" if event.again else "S06",)),
        Notice(f"org:{event.to}", SMS, (told,)),
        *simple,
    )


def _accepted(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, PetitionAccepted)
    return (Notice(PETITIONER, SMS, ("S04" if event.track == intake.PETITION_PROCEDURE else "S04b",)),)


def _extended(case: Case, event: Event) -> tuple[Notice, ...]:
    """The petitioner learns the reason (第三十四条), and the bureau of the area that the date has moved."""
    bureau = str(case.facts.get("bureau", ""))
    told = (Notice(PETITIONER, SMS, ("S09",)),)
    return (*told, Notice(f"org:{bureau}", SITE, ("M09",))) if bureau and bureau != case.agency else told


def _served(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, OpinionServed)
    first = {intake.PETITION_PROCEDURE: "S10", intake.SUGGESTION: "S10b", intake.PERFORM_DUTY: "S10d"}.get(
        event.track, "S08"
    )
    return (Notice(PETITIONER, SMS, (first, "S11")),)


def _reminded(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, ClockReminded)
    if event.owner == PETITIONER:
        return (Notice(PETITIONER, SMS, ("S25",)),) if event.limit == "rating" else ()
    if event.limit == COMMITMENT and event.days_left == 0:
        return (Notice(PETITIONER, SMS, ("S24",)),)
    return (Notice(f"org:{event.owner}", SMS, ("S16",)),)


def _overdue(case: Case, event: Event) -> tuple[Notice, ...]:
    """Rung by rung: the unit, its head and the bureau; the bureau's head; the government's leader and supervision.

    The bureau's own lateness goes up from itself. A complaint that is not the bureau's to read goes past it.
    """
    assert isinstance(event, ClockOverdue)
    owner, bureau = event.owner, str(case.facts.get("bureau") or event.owner)
    first = "S17c" if event.limit == COMPLAINT else "S17"
    passes_bureau = owner != bureau and event.limit != COMPLAINT
    told = {f"org:{owner}": (SMS, first), f"head:{owner}": (SMS, first)}
    if passes_bureau:
        told[f"org:{bureau}"] = (SITE, "M17")
    if event.rung >= 2:
        told[f"head:{bureau}" if passes_bureau else f"supervisor:{owner}"] = (SMS, "S17b")
    if event.rung >= 3:
        told |= {f"leader:{owner}": (SMS, "S17b"), f"supervisor:{owner}": (SMS, "S17b")}
    return tuple(Notice(recipient, channel, (text,)) for recipient, (channel, text) in told.items())


def _concluded(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, PetitionConcluded)
    return (Notice(PETITIONER, SMS, ("S31",)),) if event.limit == "ask_review" else ()


ROAD: Mapping[type[Event], Rule | Silent] = {
    PetitionRegistered: _registered,
    PetitionForwarded: _handed_over,
    PetitionAssigned: _handed_over,
    ForwardingObjected: lambda case, event: (Notice(f"org:{case.office}", SITE, ("M01",)),),
    ObjectionUpheld: Silent("信访人在重新转送时收到S21，原单位已交还材料"),
    ObjectionRejected: lambda case, event: (Notice(f"org:{case.agency}", SITE, ("M02",)),),
    ObjectionPeriodClosed: Silent("异议期是责任单位的权利，期满时原定的告知期限照常计算"),
    PetitionAccepted: _accepted,
    HandlingExtended: _extended,
    OpinionGiven: Silent("意见书作出后即送达，送达时告知"),
    OpinionServed: _served,
    PetitionRated: lambda case, event: (Notice(f"org:{case.agency or case.office}", SITE, ("M03",)),),
    RatingLapsed: Silent("评价期届满前已提醒一次，超期未评价不再打扰"),
    PetitionConcluded: _concluded,
    ClockReminded: _reminded,
    ClockOverdue: _overdue,
}
