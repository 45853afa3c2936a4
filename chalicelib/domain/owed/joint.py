"""Who is told. Several departments, one reply (第二十四条)."""

from collections.abc import Mapping

from chalicelib.domain.case import Case
from chalicelib.domain.events import Event
from chalicelib.domain.events.joint import (
    CoordinationHeld,
    DepartmentReleased,
    DepartmentsAsked,
    JointlyAnswered,
    SupportDeclined,
)
from chalicelib.domain.owed.base import SITE, SMS, Notice, Rule, Silent


def _asked(_case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, DepartmentsAsked)
    return tuple(Notice(f"org:{org}", SMS, ("S15c",)) for org in event.orgs)


def _released(_case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, DepartmentReleased)
    return (Notice(f"org:{event.org}", SITE, ("M24c",)),)


def _coordinated(case: Case, event: Event) -> tuple[Notice, ...]:
    """The lead is told, unless it wrote the minutes itself."""
    assert isinstance(event, CoordinationHeld)
    lead = case.agency or case.office
    return () if event.org == lead else (Notice(f"org:{lead}", SITE, ("M24d",)),)


OWED: Mapping[type[Event], Rule | Silent] = {
    DepartmentsAsked: _asked,
    JointlyAnswered: lambda case, event: (Notice(f"org:{case.agency or case.office}", SITE, ("M24a",)),),
    SupportDeclined: lambda case, event: (Notice(f"org:{case.agency or case.office}", SITE, ("M24b",)),),
    DepartmentReleased: _released,
    CoordinationHeld: _coordinated,
}
