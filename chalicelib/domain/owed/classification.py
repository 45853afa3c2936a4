"""Who is told when the kind or the track of a matter is corrected."""

from collections.abc import Mapping

from chalicelib.domain.case import PETITIONER, Case
from chalicelib.domain.events import Event
from chalicelib.domain.events.classification import PetitionReclassified
from chalicelib.domain.owed.base import SITE, SMS, Notice, Rule, Silent
from chalicelib.domain.tables.road import agency


def _reclassified(case: Case, event: Event) -> tuple[Notice, ...]:
    """The petitioner when another track leads to another date; the organ that handles it, if another one did it."""
    assert isinstance(event, PetitionReclassified)
    told = (Notice(PETITIONER, SMS, ("S04e",)),) if event.track != event.track_before else ()
    return told if event.org == agency(case) else (*told, Notice(f"org:{agency(case)}", SITE, ("M19c",)))


OWED: Mapping[type[Event], Rule | Silent] = {PetitionReclassified: _reclassified}
