"""Who is told when petitioners act of their own accord."""

from collections.abc import Mapping

from chalicelib.domain.case import PETITIONER as CITIZEN
from chalicelib.domain.case import Case
from chalicelib.domain.events import Event, MaterialSupplemented, PetitionUrged, PetitionWithdrawn
from chalicelib.domain.owed.base import SITE, SMS, Notice, Rule, Silent


def _unit(case: Case, text: str) -> Notice:
    return Notice(f"org:{case.agency or case.office}", SITE, (text,))


PETITIONER: Mapping[type[Event], Rule | Silent] = {
    MaterialSupplemented: lambda case, event: (_unit(case, "M04"),),
    PetitionUrged: lambda case, event: (Notice(CITIZEN, SMS, ("S22",)), _unit(case, "M05")),
    PetitionWithdrawn: lambda case, event: (Notice(CITIZEN, SMS, ("S28",)), _unit(case, "M06")),
}
