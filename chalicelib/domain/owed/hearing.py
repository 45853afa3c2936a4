"""Who is told. Hearings, mediation and settlement (第三十一条第六项、第三十三条、第三十六条)."""

from collections.abc import Mapping

from chalicelib.domain.case import PETITIONER, Case
from chalicelib.domain.events import Event
from chalicelib.domain.events.hearing import (
    HearingAnnounced,
    HearingDeclined,
    HearingHeld,
    HearingPostponed,
    HearingRequested,
    MediationHeld,
    PetitionSettled,
)
from chalicelib.domain.owed.base import SITE, SMS, Notice, Rule, Silent


def _agency_beside(case: Case, org: str, text: str) -> tuple[Notice, ...]:
    """The unit whose opinion is looked at has to come; where it holds the hearing itself, it knows."""
    unit = case.agency or case.office
    return () if unit == org else (Notice(f"org:{unit}", SITE, (text,)),)


def _asked(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, HearingRequested)
    return (Notice(f"org:{event.org}", SITE, ("M23",)),)


def _announced(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, HearingAnnounced | HearingPostponed)
    text = "S23" if isinstance(event, HearingAnnounced) else "S23b"
    return (Notice(PETITIONER, SMS, (text,)), *_agency_beside(case, event.org, "M23b"))


def _declined(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, HearingDeclined)
    return (Notice(PETITIONER, SMS, ("S23c",)), *_agency_beside(case, event.org, "M23c"))


OWED: Mapping[type[Event], Rule | Silent] = {
    HearingRequested: _asked,
    HearingDeclined: _declined,
    HearingAnnounced: _announced,
    HearingPostponed: _announced,
    HearingHeld: Silent("听证笔录由参加人签字，听证结论写入意见书，随意见书送达"),
    MediationHeld: Silent("双方当事人参加了调解，结果当场知道"),
    PetitionSettled: lambda case, event: (Notice(PETITIONER, SMS, ("S32", "S11")),),
}
