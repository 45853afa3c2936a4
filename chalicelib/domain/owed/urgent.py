"""Who is told of urgent matters, at any hour (S27)."""

from collections.abc import Mapping

from chalicelib.domain.case import Case
from chalicelib.domain.events import Event
from chalicelib.domain.events.urgent import (
    MeasureTaken,
    SignalChecked,
    UrgencyEnded,
    UrgencyMarked,
    UrgencyReported,
    UrgencyTold,
)
from chalicelib.domain.owed.base import SITE, SMS, Notice, Rule, Silent


def alarm(org: str) -> tuple[Notice, ...]:
    """Whoever is on duty there, and its head."""
    return at_once(f"org:{org}"), at_once(f"head:{org}")


def at_once(recipient: str) -> Notice:
    """An urgent SMS to one post."""
    return Notice(recipient, SMS, ("S27",))


def _marked(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, UrgencyMarked)
    told = alarm(event.org)
    return told if event.org == case.office else (*told, *alarm(case.office))


OWED: Mapping[type[Event], Rule | Silent] = {
    SignalChecked: Silent("核查由收到事项的单位自己进行；属于紧急情况的，标明时另行告知"),
    UrgencyMarked: _marked,
    UrgencyTold: Silent("登记的就是已经通报的情况"),
    UrgencyReported: lambda case, event: (Notice(f"org:{case.agency or case.office}", SITE, ("M40",)),),
    MeasureTaken: Silent("措施记入办理过程，各单位在事项中查看"),
    UrgencyEnded: lambda case, event: (Notice(f"org:{case.agency or case.office}", SITE, ("M41",)),),
}
