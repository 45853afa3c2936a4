"""Who is told of a recusal: whoever has to decide, the petitioner of the decision, and the unit that goes on."""

from collections.abc import Mapping

from chalicelib.domain.case import PETITIONER, Case
from chalicelib.domain.events import Event
from chalicelib.domain.events.recusal import RecusalAsked, RecusalDecided
from chalicelib.domain.owed.base import SITE, SMS, Notice, Rule, Silent


def _asked(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, RecusalAsked)
    return (Notice(f"org:{event.org}", SITE, ("M33",)),)


def _decided(case: Case, event: Event) -> tuple[Notice, ...]:
    """Of what somebody reported of himself and was not granted, the petitioner need not be told."""
    assert isinstance(event, RecusalDecided)
    if event.granted:
        unit = Notice(f"org:{case.agency or case.office}", SITE, ("M34",))
        return (Notice(PETITIONER, SMS, ("S33",)), unit)
    return () if event.own else (Notice(PETITIONER, SMS, ("S34",)),)


OWED: Mapping[type[Event], Rule | Silent] = {RecusalAsked: _asked, RecusalDecided: _decided}
