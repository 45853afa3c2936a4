"""A second reckoning, from the events alone: every date and what was said of it, the moment to look again, who leads.

Nothing is taken from the product's snapshot; the snapshot is compared with what is reckoned here (I5, I6, I10).
"""

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

from chalicelib.clock import CHINA
from chalicelib.domain import procedures
from chalicelib.domain.case import PETITIONER, REPORT, Case
from chalicelib.domain.limits.report import REPORT as REPORT_LIMITS
from chalicelib.domain.procedure import BACK, STAY
from chalicelib.domain.report import PROCEDURE as SEALED
from chalicelib.domain.tracks import LIMIT_OF_TRACK
from chalicelib.store import keys
from infra.traces.oracle import Key, Oracle
from infra.traces.world import RULES

LIMITS = {**RULES.limits, **REPORT_LIMITS}
LADDER_DAYS, LINES_UNTIL = (0, 3, 7), 45
OWN_LADDERS = {"urgent_report": (0, 1, 3), "check_signal": (0, 1, 3)}
REMINDED, OVERDUE, STILL = "petition.reminded", "petition.overdue", "petition.still_overdue"
EXTENDED, MAJEURE, RECOUNTED = "petition.extended", "petition.force_majeure", "petition.date_recounted"
GOES_ON = (EXTENDED, MAJEURE, RECOUNTED, "petition.succeeded", "petition.hearing_declined", "petition.hearing_held")
"""Events that set a running date anew; any other event that sets a date begins one."""
HANDED_TO = ("petition.forwarded", "petition.assigned", "petition.designated", "petition.succeeded")
DAY = timedelta(days=1)


@dataclass
class Date:
    """One limit (of one duty) as the events have it: until when, and what was said of it so far."""

    limit: str
    about: str
    owner: str
    start: date
    due: date
    pauses: tuple[tuple[date, date | None], ...]
    reminded: int = 0
    rung: int = 0
    line_on: date | None = None
    has_ended: bool = False
    since: datetime | None = None
    """When this date began to stand: nobody could heed it before."""

    @property
    def is_stopped(self) -> bool:
        """Its days are not counted at present."""
        return bool(self.pauses) and self.pauses[-1][1] is None

    def plain(self) -> tuple[Any, ...]:
        """What the snapshot must say too."""
        return self.owner, self.start, self.due, self.pauses, self.reminded, self.rung, self.line_on


@dataclass
class Told:
    """Follows the events of one case."""

    days: Oracle
    dates: dict[Key, Date] = field(default_factory=dict)
    office: str = ""
    agency: str | None = None

    def hear(self, procedure: str, places: Iterable[tuple[str, str]], event: Any) -> Iterator[str]:
        """Take in one event that came while the case stood at one of these places; yield what it says wrongly."""
        on = keys.moment(event.at).astimezone(CHINA).date()
        about = event.data.get("about") or ""
        self._moves_on(event)
        if event.wire in (REMINDED, OVERDUE, STILL):
            yield from self._said(self.dates[event.data["limit"], about], event, on)
            return
        if event.data.get("limit") and event.wire != RECOUNTED:
            yield from self._lapsed(self.dates[event.data["limit"], about], event, on)
        self._by_itself(event, about, on)
        for row in _rows(procedure, event.wire):
            if any(stage in row.frm for stage, _ in places):
                self._end((*row.meets, *row.drops), about)
                break
        for said in event.clocks:
            self._set(said, event.wire, keys.moment(event.at).astimezone(CHINA))

    def next_look(self) -> datetime | None:
        """When time itself changes something next."""
        return min((moment for each in self.running() for moment in self._moments(each)), default=None)

    def running(self) -> list[Date]:
        """The dates that have not ended."""
        return [each for each in self.dates.values() if not each.has_ended]

    def differs(self, case: Case) -> Iterator[str]:
        """What the snapshot says otherwise."""
        shown = {
            (c.limit, c.about): (c.owner, c.start, c.due, c.pauses, c.reminded, c.told_overdue, c.line_on)
            for c in case.clocks
            if c.ended_on is None
        }
        mine = {(each.limit, each.about): each.plain() for each in self.running()}
        for key in mine.keys() | shown.keys():
            if mine.get(key) != shown.get(key):
                yield f"{key} stands as {shown.get(key)}, by the events it is {mine.get(key)}"
        if case.procedure != REPORT and (case.office, case.agency) != (self.office, self.agency):
            yield f"{case.office} and {case.agency} have it, by the events {self.office} and {self.agency}"

    def entries(self) -> dict[str, date]:
        """Each organ that owes something, and its first date."""
        found: dict[str, date] = {}
        for each in self.running():
            if each.owner != PETITIONER:
                found[each.owner] = min(each.due, found.get(each.owner, each.due))
        return found

    # -- what an event does ------------------------------------------------------------------------------------

    def _moves_on(self, event: Any) -> None:
        """Who registered it, and who has to act."""
        if event.wire == "petition.registered":
            self.office = event.data["office"]
        elif event.wire in HANDED_TO:
            is_whole = event.wire == "petition.succeeded" and self.agency is None
            self.office, self.agency = (event.data["to"], None) if is_whole else (self.office, event.data["to"])
        elif event.wire == "petition.objection_upheld":
            self.agency = None

    def _said(self, held: Date, event: Any, on: date) -> Iterator[str]:
        """What time alone said: each has its day, and says as much as that day asks for."""
        if event.data["due"] != held.due.isoformat() or held.has_ended or held.is_stopped:
            yield f"{event.wire}: {held.limit} is due {held.due} and runs, the event says {event.data['due']}"
        if event.wire == REMINDED:
            passed = sum(day <= on for day in self._reminders(held))
            if passed <= held.reminded or on > held.due:
                yield f"{event.wire}: {held.limit} due {held.due} was said to come near on {on}"
            held.reminded = passed
            return
        rung = sum((on - held.due).days - 1 >= days for days in _ladder(held))
        if event.wire == OVERDUE and (event.data["rung"] != rung or rung <= held.rung):
            yield f"{event.wire}: {held.limit} due {held.due} says rung {event.data['rung']} on {on}, it is {rung}"
        if event.wire == STILL and (not held.rung or held.line_on is None or on <= held.line_on):
            yield f"{event.wire}: {held.limit} due {held.due} was said to be late on {held.line_on}, again on {on}"
        held.rung, held.line_on = rung if event.wire == OVERDUE else held.rung, on

    @staticmethod
    def _lapsed(held: Date, event: Any, on: date) -> Iterator[str]:
        if on <= held.due or event.data["due"] != held.due.isoformat() or held.has_ended or held.is_stopped:
            yield f"{event.wire}: {held.limit} due {held.due} lapsed on {on}"
        held.has_ended = True

    def _by_itself(self, event: Any, about: str, on: date) -> None:
        """What the table of steps does not say: these events end, stop or revive a date on their own account."""
        data = event.data
        if event.wire == "petition.reclassified" and data.get("track") != data.get("track_before"):
            self._end(LIMIT_OF_TRACK.values(), "")
        elif event.wire == "petition.review_served" and data["outcome"] == "revoke":
            self._end(("rating",), "")
        elif event.wire == "petition.late_request_decided" and data["admitted"]:
            self._end((f"ask_{data['order']}",), "")
        elif event.wire == "petition.commitment_confirmed" and ("commitment", about) in self.dates:
            self.dates["commitment", about].has_ended = data["kept"]
        elif event.wire == "petition.hearing_announced":
            held = self.dates.get(("rereview_decide", ""))
            if held is not None and not held.has_ended and not held.is_stopped:
                held.pauses = (*held.pauses, (on, None))

    def _end(self, limits: Iterable[str], about: str) -> None:
        named = tuple(limits)
        for each in self.dates.values():
            if each.limit in named and (not about or each.about in ("", about)):
                each.has_ended = True

    def _set(self, said: Any, wire: str, at: datetime) -> None:
        on, key = at.date(), (said.limit, said.about or "")
        held, new = self.dates.get(key), Date(*key, said.owner, said.start, said.due, tuple(said.pauses or ()))
        self.dates[key] = new
        stood = held is not None and not held.has_ended and not held.is_stopped
        new.since = held.since if held and stood and (held.start, held.due) == (new.start, new.due) else at
        if wire not in GOES_ON or held is None:
            return
        new.reminded, new.rung, new.line_on = held.reminded, held.rung, held.line_on
        passed = sum(day < on for day in self._reminders(new))
        if wire in (EXTENDED, MAJEURE) or (wire == RECOUNTED and new.due > held.due):
            new.reminded = passed
        if wire == RECOUNTED and new.due < held.due:
            new.reminded = max(passed, held.reminded)
        if wire == RECOUNTED and new.due >= on:
            new.rung, new.line_on = 0, None
        if held.is_stopped and not new.is_stopped and held.line_on:
            new.line_on = new.pauses[-1][1]

    # -- moments -----------------------------------------------------------------------------------------------

    def _moments(self, held: Date) -> Iterator[datetime]:
        known = [held.since.replace(microsecond=0)] if held.since else []
        known += [datetime.combine(ends, time(), CHINA) for _, ends in held.pauses[-1:] if ends]
        yield from (max(moment, *known) for moment in self._by_days(held))

    def _by_days(self, held: Date) -> Iterator[datetime]:
        if held.is_stopped:
            return
        ahead = self._reminders(held)[held.reminded :]
        if ahead and not held.rung and ahead[0] <= held.due:
            yield datetime.combine(ahead[0], time(8), CHINA)
            return
        for days in _ladder(held)[held.rung :][:1]:
            yield datetime.combine(held.due, time(), CHINA) + timedelta(days=1 + days)
        if held.rung and held.line_on:
            yield self._line(held.line_on, held.due)

    def _line(self, last: date, due: date) -> datetime:
        """The morning of the next line to whoever is late: every working day, after 45 days of it once a week."""
        day = last + timedelta(days=1 if (last - due).days <= LINES_UNTIL else 7)
        while not self.days.is_working(day):
            day += DAY
        return datetime.combine(day, time(8), CHINA)

    def _reminders(self, held: Date) -> list[date]:
        """The days on which its coming is said, the earliest first."""
        rule = LIMITS[held.limit]
        return sorted(self._before(held.due, n, rule.unit) for n in rule.remind)

    def _before(self, due: date, days: int, unit: str) -> date:
        while days:
            due -= DAY
            days -= unit == "days" or self.days.is_working(due)
        return due


def _ladder(held: Date) -> tuple[int, ...]:
    """On which days of lateness somebody higher is told."""
    return OWN_LADDERS.get(held.limit, LADDER_DAYS)


@functools.cache
def _rows(procedure: str, wire: str) -> tuple[Any, ...]:
    """The rows of the table whose event this is; moves that follow by themselves end no date."""
    table = SEALED if procedure == REPORT else procedures.PROCEDURES[procedure]
    return tuple(row for row in table.steps if row.emits.wire == wire)


@functools.cache
def leads(procedure: str, stage: str, came_from: str, wire: str) -> frozenset[tuple[str, str]]:
    """Where an event may lead from here, by the rows of the table."""
    table = SEALED if procedure == REPORT else procedures.PROCEDURES[procedure]
    found = set()
    for row in (*table.steps, *table.automatic):
        if row.emits.wire != wire or stage not in row.frm:
            continue
        to = stage if row.to == STAY else came_from if row.to == BACK else row.to
        found.add((to, came_from if to == stage else stage))
    return frozenset(found or {(stage, came_from)})


def clock_said(said: dict[str, Any]) -> Any:
    """A date as an event says it."""
    pauses = tuple(
        (date.fromisoformat(begins), date.fromisoformat(ends) if ends else None)
        for begins, ends in said.get("pauses", ())
    )
    return SimpleNamespace(
        limit=said["limit"],
        about=said.get("about"),
        owner=said["owner"],
        start=date.fromisoformat(said["start"]),
        due=date.fromisoformat(said["due"]),
        days=said.get("days"),
        extended_by=said.get("extended_by"),
        pauses=pauses,
    )
