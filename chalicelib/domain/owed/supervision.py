"""Who is told. Supervision (第三十八条至第四十条): orders, leaders' instructions, recommendations."""

from collections.abc import Mapping

from chalicelib.domain.case import PETITIONER, Case
from chalicelib.domain.events import Event
from chalicelib.domain.events.supervision import (
    ChargeClosed,
    ComplaintAnswered,
    InstructionReported,
    LeaderTookCharge,
    MeasureImposed,
    OrderAnswered,
    OrderVerified,
    PetitionComplained,
    PetitionInstructed,
    PetitionPressed,
    PetitionSupervised,
    RecommendationAnswered,
    RecommendationMade,
)
from chalicelib.domain.owed.base import SITE, SMS, Notice, Rule, Silent
from chalicelib.domain.owed.urgent import alarm, at_once


def _supervised(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, PetitionSupervised)
    return (Notice(f"org:{event.org}", SMS, ("S18",)),)


def _verified(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, OrderVerified)
    to = f"org:{event.org}"
    return (Notice(to, SITE, ("M62",)),) if event.accepted else (Notice(to, SMS, ("S18",)),)


def _pressed(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, PetitionPressed)
    return (Notice(f"org:{event.org}", SMS, ("S16b",)),)


def _complained(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, PetitionComplained)
    told = (Notice(PETITIONER, SMS, ("S22b",)), Notice(f"org:{event.to}", SITE, ("M63",)))
    if not event.signals:
        return told
    reader = alarm(event.to) if event.to == case.facts.get("bureau") else (at_once(f"supervisor:{event.to}"),)
    return (*told, *reader)


def _imposed(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, MeasureImposed)
    dated = (Notice(f"org:{event.org}", SMS, ("S18c",)),) if event.due else ()
    return (*dated, Notice(f"org:{event.org}", SITE, ("M64",)))


def _recommended(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, RecommendationMade)
    return (Notice(f"org:{event.org}", SITE, ("M65",)),)


def _instructed(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, PetitionInstructed)
    return (Notice(f"org:{event.org}", SMS, ("S18b",)),)


def _to_who_began_it(text: str) -> Rule:
    """Back to the office that gave the order, the instruction, the recommendation."""

    def told(case: Case, event: Event) -> tuple[Notice, ...]:
        assert isinstance(event, OrderAnswered | RecommendationAnswered | InstructionReported)
        duty = case.duty(event.about)
        return (Notice(f"org:{duty.facts['by']}", SITE, (text,)),) if duty else ()

    return told


def _charge(text: str) -> Rule:
    """The unit and the bureau know who leads."""

    def told(case: Case, event: Event) -> tuple[Notice, ...]:
        to = dict.fromkeys((case.agency or case.office, str(case.facts.get("bureau") or case.office)))
        return tuple(Notice(f"org:{org}", SITE, (text,)) for org in to)

    return told


OWED: Mapping[type[Event], Rule | Silent] = {
    PetitionSupervised: _supervised,
    OrderAnswered: _to_who_began_it("M61"),
    OrderVerified: _verified,
    PetitionPressed: _pressed,
    PetitionComplained: _complained,
    ComplaintAnswered: lambda case, event: (Notice(PETITIONER, SMS, ("S22c",)),),
    MeasureImposed: _imposed,
    RecommendationMade: _recommended,
    RecommendationAnswered: _to_who_began_it("M66"),
    PetitionInstructed: _instructed,
    InstructionReported: _to_who_began_it("M67"),
    LeaderTookCharge: _charge("M68"),
    ChargeClosed: _charge("M69"),
}
