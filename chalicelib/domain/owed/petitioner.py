"""Who is told when petitioners act of their own accord."""

from collections.abc import Mapping

from chalicelib.domain.case import PETITIONER as CITIZEN
from chalicelib.domain.case import Case
from chalicelib.domain.events import Event, MaterialSupplemented, PetitionUrged, PetitionWithdrawn
from chalicelib.domain.owed.base import SITE, SMS, Notice, Rule, Silent
from chalicelib.domain.owed.urgent import alarm


def _unit(case: Case, text: str) -> Notice:
    return Notice(f"org:{case.agency or case.office}", SITE, (text,))


def _supplemented(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, MaterialSupplemented)
    return (_unit(case, "M04"), *(alarm(case.office) if event.signals else ()))


PETITIONER: Mapping[type[Event], Rule | Silent] = {
    MaterialSupplemented: _supplemented,
    PetitionUrged: lambda case, event: (Notice(CITIZEN, SMS, ("S22",)), _unit(case, "M05")),
    PetitionWithdrawn: lambda case, event: (Notice(CITIZEN, SMS, ("S28",)), _unit(case, "M06")),
}
