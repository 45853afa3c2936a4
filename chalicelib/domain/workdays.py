"""Counting legal days: the working-day calendar of the State Council and the derivation of a due date.

Invariant: a due date is never a bare date; `derive` is pure and returns it together with every reason for it,
and a year whose holidays are not announced is unknown, never free of holidays.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.domain.derivation import HOLIDAY, MAKE_UP, PAUSED, SATURDAY, SUNDAY, Derivation, Skipped
from chalicelib.domain.limits import TimeLimit
from chalicelib.domain.values import value

__all__ = [
    "Calendar",
    "CalendarUnknown",
    "Derivation",
    "Pause",
    "Skipped",
    "add_working_days",
    "days_left",
    "derive",
    "reminders",
]

Pause = tuple[date, date | None]
Announced = tuple[int, frozenset[date], frozenset[date]]
"""One notice: the year it is for, its days off, and the weekend days that are worked."""

_DAY = timedelta(days=1)


class CalendarUnknown(ValueError):
    """The working-day table does not reach back to this day."""


@value
class Calendar:
    """Working days as announced each year by the State Council; they are loaded, they cannot be computed.

    `horizon` is the last day announced. Past it weekdays pass for working days, and whoever asks must
    say that the answer is provisional.
    """

    version: str
    first: date
    horizon: date
    off: frozenset[date]
    make_up: frozenset[date]
    announced: tuple[Announced, ...] = ()
    """What it is made of, year by year: a correction takes the place of one notice, and of no other."""

    def knows(self, day: date) -> bool:
        return self.first <= day <= self.horizon

    def is_working(self, day: date) -> bool:
        return self.why_off(day) is None

    def is_holiday(self, day: date) -> bool:
        """Not a working day: a public holiday, a day off in lieu, or a plain weekend."""
        return not self.is_working(day)

    def is_make_up(self, day: date) -> bool:
        """A Saturday or Sunday that is worked, in exchange for a day off elsewhere."""
        return day.weekday() >= 5 and day in self.make_up

    def why_off(self, day: date) -> str | None:
        """Why nobody works on this day, in Chinese; None for a working day.

        Raises CalendarUnknown for a day before the table begins.
        """
        if day < self.first:
            raise CalendarUnknown(f"calendar {self.version!r} begins on {self.first}, it does not know {day}")
        if day in self.off:
            return HOLIDAY
        if day.weekday() < 5 or day in self.make_up:
            return None
        return SATURDAY if day.weekday() == 5 else SUNDAY

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Calendar":
        """Read `{version, years: {"2026": {off, make_up, papers}}}`; raises ValueError for a table with holes.

        A notice may also name days of the year before its own: 2022-12-31 was announced with 2023.
        """
        years = sorted(int(year) for year in data["years"])
        if not years or years != list(range(years[0], years[-1] + 1)):
            raise ValueError(f"calendar {data['version']!r} should have consecutive years, found {years}")
        announced = tuple((year, *_said(data["years"][str(year)])) for year in years)
        off = frozenset[date]().union(*(off for _, off, _ in announced))
        make_up = frozenset[date]().union(*(worked for _, _, worked in announced))
        if both := off & make_up:
            raise ValueError(f"calendar {data['version']!r} has days both off and worked: {sorted(both)}")
        return cls(
            version=data["version"],
            first=date(years[0], 1, 1),
            horizon=date(years[-1], 12, 31),
            off=off,
            make_up=make_up,
            announced=announced,
        )

    @classmethod
    def shipped(cls) -> "Calendar":
        """The table that comes with this release."""
        return _shipped()


def _said(year: Mapping[str, Any]) -> tuple[frozenset[date], frozenset[date]]:
    off, worked = (frozenset(map(date.fromisoformat, year[kind])) for kind in ("off", "make_up"))
    return off, worked


@cache
def _shipped() -> Calendar:
    return Calendar.of(json.loads(Path(__file__).with_name("calendar_cn.json").read_text(encoding="utf-8")))


def derive(
    limit: TimeLimit,
    start: date,
    *,
    calendar: Calendar,
    days: int | None = None,
    extended_by: int = 0,
    pauses: Sequence[Pause] = (),
    not_before: date | None = None,
) -> Derivation:
    """When `limit` runs out: the day of the event is not counted, counting begins the next day (民法典第二百零一条).

    `days` is the number of a limit that the law leaves open, in the limit's unit. A pause is [from, to):
    its days do not count; one that has no end yet moves nothing and is only told. `not_before` is a date that was
    told under an earlier calendar: the due date does not fall below it. Raises ValueError when there is no number
    or too long an extension, CalendarUnknown when the count meets a day before the table.
    """
    number = _number_of(limit, days, extended_by)
    stopped = _Stopped.of(pauses)

    def why_not(day: date) -> str | None:
        if limit.unit == "working_days" and (why := calendar.why_off(day)):
            return why
        return PAUSED if day in stopped else None

    stat_due, skipped = start, []
    left = number + extended_by
    while left:
        stat_due += _DAY
        if why := why_not(stat_due):
            skipped.append(Skipped(stat_due, why))
        else:
            left -= 1
    legal_due, rolled = _roll(stat_due, calendar)
    if limit.unit == "working_days":
        stat_due = legal_due
    return Derivation(
        limit=limit.name,
        label=limit.label,
        law=limit.law,
        since=limit.since,
        start=start,
        days=number,
        unit=limit.unit,
        of=limit.of,
        statutory=limit.kind == "statutory",
        extended_by=extended_by,
        paused_days=sum(1 for each in skipped if each.why == PAUSED),
        paused_since=stopped.since if stopped.since and stopped.since <= stat_due else None,
        skipped=tuple(skipped),
        make_up=_make_up_counted(limit, start, stat_due, skipped, calendar),
        stat_due=stat_due,
        legal_due=legal_due,
        rolled=rolled,
        provisional=not calendar.knows(legal_due),
        calendar_version=calendar.version,
        note=limit.note,
        set_by_case=limit.number is None,
        not_before=not_before,
    )


def add_working_days(day: date, n: int, calendar: Calendar) -> date:
    """The n-th working day after `day`; for 0 the day itself, or the next working day when nobody works on it."""
    if n < 0:
        raise ValueError(f"expected 0 or more working days, found {n}")
    if n == 0:
        return _roll(day, calendar)[0]
    while n:
        day += _DAY
        n -= calendar.is_working(day)
    return day


def days_left(due: date, today: date) -> int:
    """Calendar days until `due`: 0 on the last day, which is still in time; negative when overdue."""
    return (due - today).days


def reminders(limit: TimeLimit, due: date, calendar: Calendar) -> tuple[date, ...]:
    """The days on which to remind, earliest first: a limit in working days is also reminded in working days."""
    if limit.unit == "days":
        return tuple(sorted(due - timedelta(days=n) for n in limit.remind))
    return tuple(sorted(_working_days_before(due, n, calendar) for n in limit.remind))


def _working_days_before(day: date, n: int, calendar: Calendar) -> date:
    while n:
        day -= _DAY
        n -= calendar.is_working(day)
    return day


def _number_of(limit: TimeLimit, days: int | None, extended_by: int) -> int:
    number = limit.number if days is None else days
    if number is None:
        raise ValueError(f"limit {limit.name!r} has no number of its own, the case must name one")
    if number < 0:
        raise ValueError(f"limit {limit.name!r} needs 0 or more days, found {number}")
    if not 0 <= extended_by <= limit.extendable_by:
        raise ValueError(
            f"limit {limit.name!r} can be extended by 0 to {limit.extendable_by} days, found {extended_by}"
        )
    return number


def _roll(day: date, calendar: Calendar) -> tuple[date, tuple[Skipped, ...]]:
    """A period whose last day is a holiday ends on the first day after it (民法典第二百零三条)."""
    rolled = []
    while why := calendar.why_off(day):
        rolled.append(Skipped(day, why))
        day += _DAY
    return day, tuple(rolled)


@value
class _Stopped:
    """Pauses as a set of days, so that overlapping ones are never counted twice."""

    closed: tuple[tuple[date, date], ...]
    since: date | None

    @classmethod
    def of(cls, pauses: Sequence[Pause]) -> "_Stopped":
        for begins, ends in pauses:
            if ends is not None and ends < begins:
                raise ValueError(f"a pause should end on or after {begins}, found {ends}")
        return cls(
            closed=tuple((begins, ends) for begins, ends in pauses if ends is not None),
            since=min((begins for begins, ends in pauses if ends is None), default=None),
        )

    def __contains__(self, day: date) -> bool:
        return any(begins <= day < ends for begins, ends in self.closed)


def _make_up_counted(
    limit: TimeLimit, start: date, due: date, skipped: Sequence[Skipped], calendar: Calendar
) -> tuple[Skipped, ...]:
    if limit.unit == "days":
        return ()
    not_counted = {each.day for each in skipped}
    counted = (start + _DAY * n for n in range(1, (due - start).days + 1))
    return tuple(Skipped(day, MAKE_UP) for day in counted if calendar.is_make_up(day) and day not in not_counted)
