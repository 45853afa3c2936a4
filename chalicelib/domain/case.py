"""A case and its parts: values only. What may happen to them stands in `procedure.py` and `petition.py`.

The invariant: a case holds no personal data and no free text; those are sealed beside it.
"""

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date, datetime, timedelta
from typing import Any

from chalicelib.domain.events import Event
from chalicelib.domain.values import value
from chalicelib.domain.workdays import Pause

PETITIONER = "petitioner"
WINDOW, CLERK, UNIT_HEAD, BUREAU = "window", "clerk", "unit_head", "bureau"
JOINT_MEETING, LEADER, SUPERVISOR = "joint_meeting", "leader", "supervisor"
SYSTEM_ADMIN, SECURITY_ADMIN, AUDIT_ADMIN = "system_admin", "security_admin", "audit_admin"
LAW = "law"
"""The actor of what happens by itself when a limit runs out."""
ROLES = (WINDOW, CLERK, UNIT_HEAD, BUREAU, JOINT_MEETING, LEADER, SUPERVISOR)
ADMINISTRATORS = (SYSTEM_ADMIN, SECURITY_ADMIN, AUDIT_ADMIN)

INTAKE, LEAD = "intake", "lead"
"""Capacities of a desk: the organ that registered the matter, and the one that handles it."""


@value
class Actor:
    """Who does something. A petitioner has no office and no user id."""

    role: str
    org: str | None = None
    user: str | None = None


BY_LAW = Actor(LAW)


@value
class Clock:
    """A running or ended time limit of one case. Overdue means today > due; the last day itself is in time."""

    limit: str
    owner: str
    start: date
    due: date
    legal_due: date
    stat_due: date
    provisional: bool = False
    calendar: str = ""
    days: int | None = None
    extended_by: int = 0
    pauses: tuple[Pause, ...] = ()
    reminded: int = 0
    told_overdue: bool = False
    ended_on: date | None = None
    ending: str = ""

    @property
    def is_running(self) -> bool:
        """False once it was met, lapsed, or lost its object."""
        return self.ended_on is None

    @property
    def is_stopped(self) -> bool:
        """It runs, but its days are not counted at present."""
        return self.is_running and bool(self.pauses) and self.pauses[-1][1] is None

    def is_overdue(self, today: date) -> bool:
        """Late now, or ended late. While it is stopped nobody is late."""
        return not self.is_stopped and (self.ended_on or today) > self.due

    def days_late(self, today: date) -> int:
        """Days past the due date until it ended or until today; days it was stopped are nobody's lateness."""
        late = (self.due + timedelta(days=n) for n in range(1, ((self.ended_on or today) - self.due).days + 1))
        return sum(
            not any(begins <= day and (ends is None or day < ends) for begins, ends in self.pauses) for day in late
        )

    def end(self, on: date, ending: str) -> "Clock":
        """Stop it: `met` | `lapsed` | `moot`."""
        return replace(self, ended_on=on, ending=ending)


@value
class Desk:
    """An office that has to do with the case, and in which capacities."""

    org: str
    capacities: tuple[str, ...]


@value
class Case:
    """One GetItem decides everything: this is what it gives. `version` is the number of events so far."""

    id: str
    procedure: str
    stage: str
    received_on: date
    registered_at: datetime
    office: str
    version: int = 0
    head: bytes = b""
    agency: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    clocks: tuple[Clock, ...] = ()
    desks: tuple[Desk, ...] = ()
    accused: tuple[str, ...] = ()

    def clock(self, limit: str) -> Clock | None:
        """The clock of a limit; a run before a return is history and stands in the events."""
        return next((clock for clock in self.clocks if clock.limit == limit), None)

    def running(self, limit: str) -> Clock | None:
        """The clock of a limit, if it runs."""
        clock = self.clock(limit)
        return clock if clock and clock.is_running else None

    def desk(self, org: str | None) -> Desk | None:
        """An office's desk, if it has one."""
        return next((desk for desk in self.desks if desk.org == org), None)

    def due_of(self, owner: str) -> date | None:
        """The first date this owner has to meet; None when it owes nothing now."""
        return min((clock.due for clock in self.clocks if clock.is_running and clock.owner == owner), default=None)

    def due(self) -> date | None:
        """The first date any organ has to meet."""
        return min((clock.due for clock in self.clocks if clock.is_running and clock.owner != PETITIONER), default=None)

    def with_facts(self, **facts: Any) -> "Case":
        """The case with some facts set anew."""
        return replace(self, facts={**self.facts, **facts})

    def with_desk(self, org: str, capacity: str) -> "Case":
        """The case with an office in a capacity; the capacity leaves whoever held it before."""
        kept = (
            replace(desk, capacities=tuple(held for held in desk.capacities if held != capacity)) for desk in self.desks
        )
        others = [desk for desk in kept if desk.capacities and desk.org != org]
        held = self.desk(org)
        mine = Desk(org, tuple(dict.fromkeys((*(held.capacities if held else ()), capacity))))
        return replace(self, desks=(*others, mine))

    def without_desk(self, capacity: str) -> "Case":
        """The case with nobody in a capacity: the material was handed back."""
        kept = (
            replace(desk, capacities=tuple(held for held in desk.capacities if held != capacity)) for desk in self.desks
        )
        return replace(self, desks=tuple(desk for desk in kept if desk.capacities))


@value
class Happened:
    """An event together with who did it."""

    event: Event
    by: Actor


@value
class Change:
    """What a step makes of a case, and what happened on the way. Committed as one transaction or not at all."""

    case: Case
    happened: tuple[Happened, ...] = ()
    granted: tuple[str, ...] = ()

    @property
    def events(self) -> tuple[Event, ...]:
        """The events in order."""
        return tuple(each.event for each in self.happened)

    def then(self, later: "Change") -> "Change":
        """This change followed by another one."""
        return Change(later.case, self.happened + later.happened, self.granted + later.granted)
