"""Who is told. After the opinion: promises kept or broken, return visits, relief (第三十二条、第三十七条)."""

from collections.abc import Mapping

from chalicelib.domain.case import PETITIONER, Case
from chalicelib.domain.events import Event
from chalicelib.domain.events.promises import (
    CommitmentConfirmed,
    CommitmentProved,
    MatterReopened,
    PetitionRevisited,
    ReliefOffered,
    ReliefRecorded,
)
from chalicelib.domain.owed.base import SITE, SMS, Notice, Rule, Silent


def _confirmed(case: Case, event: Event) -> tuple[Notice, ...]:
    """A broken promise is told to the unit, to the bureau if it does not know, and to who supervises (第四十条)."""
    assert isinstance(event, CommitmentConfirmed)
    if event.kept:
        return (Notice(f"org:{event.org}", SITE, ("M25a",)),)
    bureau = str(case.facts.get("bureau") or case.office)
    told = dict.fromkeys((event.org, *(() if event.visited else (bureau,))))
    above = Notice(f"supervisor:{event.org}", SMS, ("S36",))
    return (*(Notice(f"org:{org}", SITE, ("M25b",)) for org in told), above)


def _revisited(case: Case, event: Event) -> tuple[Notice, ...]:
    """The unit learns that its answer was not enough; that it was is seen in the case."""
    assert isinstance(event, PetitionRevisited)
    failed = event.reached and (event.solved is False or event.carried_out != "yes")
    return (Notice(f"org:{case.agency or case.office}", SITE, ("M25c",)),) if failed else ()


def _reopened(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, MatterReopened)
    return (Notice(PETITIONER, SMS, ("S35",)), Notice(f"org:{event.org}", SITE, ("M25d",)))


OWED: Mapping[type[Event], Rule | Silent] = {
    CommitmentProved: lambda case, event: (Notice(PETITIONER, SMS, ("S24",)),),
    CommitmentConfirmed: _confirmed,
    PetitionRevisited: _revisited,
    MatterReopened: _reopened,
    ReliefOffered: Silent("救助途径是当面或者电话告知的，办理经过里可以查看"),
    ReliefRecorded: Silent("救助结果由受理救助申请的机关告知，办理经过里可以查看"),
}
