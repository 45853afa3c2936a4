"""Who is told. Direct answers and the simple procedure (简易办理)."""

from collections.abc import Mapping

from chalicelib.domain import intake
from chalicelib.domain.case import PETITIONER, Case
from chalicelib.domain.events import Event
from chalicelib.domain.events.simple import (
    AdviceAsked,
    AdviceGiven,
    ConvertedToOrdinary,
    PetitionAcceptedSimply,
    SimpleProposed,
    SuggestionDecided,
)
from chalicelib.domain.owed.base import SITE, SMS, Notice, Rule, Silent
from chalicelib.domain.stages import AFTERWARDS, FORWARDED


def _proposed(case: Case, event: Event) -> tuple[Notice, ...]:
    """A unit that has the matter is told at once; another one when it is forwarded."""
    assert isinstance(event, SimpleProposed)
    return (Notice(f"org:{case.agency}", SITE, ("M22a",)),) if case.stage == FORWARDED else ()


def _accepted(_case: Case, event: Event) -> tuple[Notice, ...]:
    """A short text is the notice, unless a written one is wanted."""
    assert isinstance(event, PetitionAcceptedSimply)
    if not event.wants_paper:
        return (Notice(PETITIONER, SMS, ("S04c",)),)
    return (Notice(PETITIONER, SMS, ("S04" if event.track == intake.PETITION_PROCEDURE else "S04b",)),)


def _asked(_case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, AdviceAsked)
    return (Notice(f"org:{event.to}", SMS, ("S15d",)),)


def _decided(case: Case, event: Event) -> tuple[Notice, ...]:
    """Before the reply is served, the reply itself tells it."""
    assert isinstance(event, SuggestionDecided)
    return (Notice(PETITIONER, SMS, ("S10c",)),) if case.stage in AFTERWARDS else ()


OWED: Mapping[type[Event], Rule | Silent] = {
    SimpleProposed: _proposed,
    PetitionAcceptedSimply: _accepted,
    ConvertedToOrdinary: lambda case, event: (Notice(PETITIONER, SMS, ("S04d",)),),
    AdviceAsked: _asked,
    AdviceGiven: lambda case, event: (Notice(f"org:{case.office}", SITE, ("M14a",)),),
    SuggestionDecided: _decided,
}
