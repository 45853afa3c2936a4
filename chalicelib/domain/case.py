"""A case and its parts: values only. What may happen to them stands in `procedure.py` and `petition.py`.

The invariant: a case holds no personal data and no free text; those are sealed beside it.
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime, timedelta
from typing import Any

from chalicelib.domain.events import Event
from chalicelib.domain.values import replace, value
from chalicelib.domain.workdays import Pause

PETITIONER = "petitioner"
WINDOW, CLERK, UNIT_HEAD, BUREAU = "window", "clerk", "unit_head", "bureau"
JOINT_MEETING, LEADER, SUPERVISOR = "joint_meeting", "leader", "supervisor"
SYSTEM_ADMIN, SECURITY_ADMIN, AUDIT_ADMIN = "system_admin", "security_admin", "audit_admin"
LAW = "law"
"""The actor of what happens by itself when a limit runs out."""
ROLES = (WINDOW, CLERK, UNIT_HEAD, BUREAU, JOINT_MEETING, LEADER, SUPERVISOR)
ADMINISTRATORS = (SYSTEM_ADMIN, SECURITY_ADMIN, AUDIT_ADMIN)

REPORT = "report"
"""The procedure whose cases are sealed: reports of misconduct (第三十条)."""

INSPECTION = "inspection"
"""The procedure of a task of supervision: it is of a unit, and of no petitioner (第三十八条至第四十条)."""

INTAKE, LEAD = "intake", "lead"
SUPPORTING, ADVISING = "supporting", "advising"
REVIEWING, REREVIEWING = "reviewing", "rereviewing"
SUPERVISED, INSTRUCTED, ANSWERING, DECIDING = "supervised", "instructed", "answering", "deciding"
RECUSING, VISITING = "recusing", "visiting"
CAPACITIES = (
    INTAKE, LEAD, SUPPORTING, ADVISING, REVIEWING, REREVIEWING, SUPERVISED, INSTRUCTED, ANSWERING, DECIDING,
    RECUSING, VISITING,
)  # fmt: skip
"""Capacities of a desk: the organ that registered the matter, the one that handles it, and those beside it.
Who is `answering` owes an answer to a complaint or a recommendation; who is `deciding` says which unit is competent,
who is `recusing` whether somebody stands back, who is `visiting` asks the petitioner afterwards."""


PRINCIPAL, REPRESENTATIVE, PROXY, SIGNER, CODE = "principal", "representative", "proxy", "signer", "code"
"""As whom a petitioner acts: by his own telephone, by that of somebody who acts or signed with him, or by the code."""


@value
class Actor:
    """Who does something. A petitioner has no office and no user id, but acts as somebody."""

    role: str
    org: str | None = None
    user: str | None = None
    standing: str = PRINCIPAL
    """Empty for a petitioner who has nothing to do with the case."""


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
    told_overdue: int = 0
    """How many rungs of the ladder were told that it is late."""
    line_on: date | None = None
    """The last day on which somebody was told that it is late."""
    not_before: date | None = None
    """A date that was told and below which no later calendar may pull the due date."""
    ended_on: date | None = None
    ending: str = ""
    about: str = ""
    """The duty it belongs to, where each duty has a clock of its own."""
    set_at: datetime | None = None
    """When its date was set, where something was to be done by then already: nobody could have noticed it before."""

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
class Duty:
    """Something owed beside the main road: an order, a department's answer, a promise.

    `seq` is the event that began it; `facts` hold codes, numbers and dates; what was said is sealed with its events.
    """

    kind: str
    no: int
    org: str
    state: str
    seq: int
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """What clocks and events call it."""
        return f"{self.kind}.{self.no}"


EXCUSED = "excused"
"""The fact that holds days lost to 不可抗力, as pairs of first and last day: a right that begins later has them not."""

OPEN = "open"
"""The state every duty begins in; what it may become, its kind says."""


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
    duties: tuple[Duty, ...] = ()

    def clock(self, limit: str, about: str = "") -> Clock | None:
        """The clock of a limit (of a duty); a run before a return is history and stands in the events."""
        return next((clock for clock in self.clocks if clock.limit == limit and clock.about == about), None)

    def running(self, limit: str, about: str = "") -> Clock | None:
        """The clock of a limit, if it runs."""
        clock = self.clock(limit, about)
        return clock if clock and clock.is_running else None

    def duty(self, duty_id: str) -> Duty | None:
        """A duty by its id."""
        return next((duty for duty in self.duties if duty.id == duty_id), None)

    def duties_of(self, kind: str, *states: str) -> tuple[Duty, ...]:
        """The duties of a kind, oldest first; in some states only, if any are named."""
        return tuple(duty for duty in self.duties if duty.kind == kind and (not states or duty.state in states))

    def with_new_duty(self, kind: str, org: str, /, **facts: Any) -> tuple["Case", Duty]:
        """The case with one duty more, begun by the event that comes next."""
        duty = Duty(kind, len(self.duties_of(kind)) + 1, org, OPEN, self.version + 1, facts)
        return replace(self, duties=(*self.duties, duty)), duty

    def with_duty(self, duty: Duty, state: str, /, **facts: Any) -> "Case":
        """The case with a duty in another state."""
        new = replace(duty, state=state, facts={**duty.facts, **facts})
        return replace(self, duties=tuple(new if each.id == duty.id else each for each in self.duties))

    def desk(self, org: str | None) -> Desk | None:
        """An office's desk, if it has one."""
        return next((desk for desk in self.desks if desk.org == org), None)

    def due_of(self, owner: str) -> date | None:
        """The first date this owner has to meet; None when it owes nothing now."""
        return min((clock.due for clock in self.clocks if clock.is_running and clock.owner == owner), default=None)

    def due(self) -> date | None:
        """The first date any organ has to meet."""
        return min((clock.due for clock in self.clocks if clock.is_running and clock.owner != PETITIONER), default=None)

    def days_lost(self, since: date) -> tuple[Pause, ...]:
        """Days after this one that by a recorded decision nobody could use (不可抗力), as pauses: [from, to).

        In the order in which they end, not in which they were decided: a clock is the same whatever came first.
        """
        spans = ([date.fromisoformat(day) for day in held] for held in self.facts.get(EXCUSED, ()))
        lost = ((begins, ends + timedelta(days=1)) for begins, ends in spans if ends > since)
        return tuple(sorted(lost, key=lambda pause: (pause[1], pause[0])))

    def pauses_of(self, clock: Clock) -> tuple[Pause, ...]:
        """The days that do not count for a clock, by all that the case knows now: whoever dates it anew takes these.

        A decision that leaves a right its last day (its days vanish in a weekend at the end, or below a day that is
        kept) is not written into the clock: an event that tells a date sends the petitioner a message of another day,
        and a clock never holds what no event told. But the days count as soon as others come to them, so they are
        taken up again from the case. An organ's clock has its own pauses and no others.
        """
        lost = self.days_lost(clock.start) if clock.owner == PETITIONER else ()
        return tuple(dict.fromkeys((*lost, *clock.pauses)))  # its own last: it is the last one that may be open

    def with_facts(self, **facts: Any) -> "Case":
        """The case with some facts set anew."""
        return replace(self, facts={**self.facts, **facts})

    def with_desk_beside(self, org: str, capacity: str) -> "Case":
        """The case with one more office in a capacity that several may hold."""
        held = self.desk(org)
        mine = Desk(org, tuple(dict.fromkeys((*(held.capacities if held else ()), capacity))))
        return replace(self, desks=(*(desk for desk in self.desks if desk.org != org), mine))

    def without_desk_of(self, org: str, capacity: str) -> "Case":
        """The case in which this office no longer holds a capacity; with no other one, it has no desk any more."""
        left = [
            replace(desk, capacities=tuple(held for held in desk.capacities if desk.org != org or held != capacity))
            for desk in self.desks
        ]
        return replace(self, desks=tuple(desk for desk in left if desk.capacities))

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
