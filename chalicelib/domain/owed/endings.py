"""Who is told when a matter ends with a second reader."""

from collections.abc import Mapping

from chalicelib.domain.case import PETITIONER
from chalicelib.domain.events import Event, PetitionDeclined, PetitionDiverted
from chalicelib.domain.events.endings import (
    EndingProposed,
    EndingReturned,
    PetitionNotTakenAgain,
    PetitionTransferred,
)
from chalicelib.domain.owed.base import SITE, SMS, Notice, Rule, Silent
from chalicelib.domain.tables.road import agency

OWED: Mapping[type[Event], Rule | Silent] = {
    EndingProposed: lambda case, event: (Notice(f"org:{agency(case)}", SITE, ("M19a",)),),
    EndingReturned: lambda case, event: (Notice(f"org:{agency(case)}", SITE, ("M19b",)),),
    PetitionDeclined: lambda case, event: (Notice(PETITIONER, SMS, ("S05a",)),),
    PetitionDiverted: lambda case, event: (Notice(PETITIONER, SMS, ("S05b",)),),
    PetitionTransferred: lambda case, event: (Notice(PETITIONER, SMS, ("S05d",)),),
    PetitionNotTakenAgain: lambda case, event: (Notice(PETITIONER, SMS, ("S05c",)),),
}
