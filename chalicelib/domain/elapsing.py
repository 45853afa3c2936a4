"""What time alone makes of a case: reminders, lateness told rung by rung, rights that lapse.

It needs no memory of earlier runs: looking twice, late or after a gap gives the same events, only later, and each
says by when it was to be noticed and when it was.
"""

from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from chalicelib.domain.case import BY_LAW, Case, Change, Clock, Happened
from chalicelib.domain.events import ClockOverdue, ClockReminded
from chalicelib.domain.events.passing import ClockStillOverdue
from chalicelib.domain.limits import TimeLimit
from chalicelib.domain.owed import owed
from chalicelib.domain.procedure import Procedure, Rules, take, with_clock
from chalicelib.domain.values import replace
from chalicelib.domain.workdays import Calendar, days_left, reminders

CHINA = timezone(timedelta(hours=8))
REMIND_AT = time(8, 0)
"""Reminders go out when offices open; a limit has run out at midnight (民法典第二百零三条: 二十四时)."""
WEEK = timedelta(days=7)
MOST_AT_ONCE, MOST_WRITES = 20, 80
"""Clocks that one look acts on, and events with what they owe: they have to fit one transaction of 100 writes beside
the case and its desks. What is left has a moment that has come, so the next look finds it."""


def wake_at(case: Case, rules: Rules) -> datetime | None:
    """The next instant at which time itself may change something; None when no clock waits for it."""
    moments = ((clock, _moment(clock, rules)) for clock in case.clocks if clock.is_running)
    return min((_noticeable(moment, case, clock) for clock, moment in moments if moment is not None), default=None)


def set_at(before: Case | None, after: Case, *, at: datetime, rules: Rules) -> Case:
    """The case as it is committed at this instant: a date set only now, whose moment had come, says when it was set.

    A service entered late, an extension, a right whose days went on: what it asked for before, nobody could notice.
    """
    now = at.astimezone(CHINA).replace(microsecond=0)
    clocks = tuple(
        clock if not clock.is_running or _stood(before, clock) else replace(clock, set_at=_late(clock, now, rules))
        for clock in after.clocks
    )
    return after if clocks == after.clocks else replace(after, clocks=clocks)


def elapse(procedure: Procedure, case: Case, *, at: datetime, rules: Rules) -> Change | None:
    """What time alone makes of a case at this instant: reminders, overdue dates, rights that lapse. None: nothing.

    It needs no memory of earlier runs: doing it twice, late or after a gap gives the same events, only later.
    """
    change, acted, writes = Change(case), 0, 0
    for clock in case.clocks:
        if acted == MOST_AT_ONCE or writes >= MOST_WRITES:
            break
        if not clock.is_running or change.case.running(clock.limit, clock.about) != clock:
            continue
        moment = _moment(clock, rules)
        if moment is None or _noticeable(moment, case, clock) > at:
            continue
        later = _acted(procedure, change.case, clock, moment, at, rules)
        acted, writes = acted + 1, writes + sum(1 + len(owed(later.case, event)) for event in later.events)
        change = change.then(later)
    return change if change.happened else None


def _acted(procedure: Procedure, case: Case, clock: Clock, moment: datetime, at: datetime, rules: Rules) -> Change:
    """What this clock's moment does, looked at now: after its last day it is no longer a reminder."""
    rule, today = rules.limits[clock.limit], at.astimezone(CHINA).date()
    if today <= clock.due:
        return remind(case, clock, expected=_noticeable(moment, case, clock), at=at, rules=rules)
    if rule.then is not None:
        return lapse(procedure, case, clock, at=at, rules=rules)
    rung = _rung_at(clock, rule)
    if rung is not None and rung <= at:
        return overdue(case, clock, expected=_noticeable(rung, case, clock), at=at, rules=rules)
    return still_overdue(case, clock, expected=_noticeable(moment, case, clock), at=at)


def remind(case: Case, clock: Clock, *, expected: datetime, at: datetime, rules: Rules) -> Change:
    """Say once that a date comes near. Reminders missed in a gap are said as one, with today's count."""
    on = at.astimezone(CHINA).date()
    passed = sum(1 for day in reminders(rules.limits[clock.limit], clock.due, rules.calendar) if day <= on)
    told = replace(clock, reminded=passed)
    event = ClockReminded(
        limit=clock.limit,
        owner=clock.owner,
        due=clock.due,
        days_left=days_left(clock.due, on),
        about=clock.about or None,
        expected_at=expected,
        detected_at=at.astimezone(CHINA),
    )
    return Change(with_clock(case, clock, told), (Happened(event, BY_LAW),))


def overdue(case: Case, clock: Clock, *, expected: datetime, at: datetime, rules: Rules) -> Change:
    """Say that somebody is late, rung by rung (第四十条: 及时督办). Rungs missed in a gap are told as one."""
    on = at.astimezone(CHINA).date()
    late = (on - clock.due).days - 1
    rung = sum(late >= days for days in rules.limits[clock.limit].ladder)
    event = ClockOverdue(
        limit=clock.limit,
        owner=clock.owner,
        due=clock.due,
        days=clock.days_late(on),
        rung=rung,
        about=clock.about or None,
        expected_at=expected,
        detected_at=at.astimezone(CHINA),
    )
    return Change(with_clock(case, clock, replace(clock, told_overdue=rung, line_on=on)), (Happened(event, BY_LAW),))


def still_overdue(case: Case, clock: Clock, *, expected: datetime, at: datetime) -> Change:
    """The line of a working day on which somebody still is late: to whoever owes, and to no citizen."""
    on = at.astimezone(CHINA).date()
    event = ClockStillOverdue(
        limit=clock.limit,
        owner=clock.owner,
        due=clock.due,
        days=clock.days_late(on),
        about=clock.about or None,
        expected_at=expected,
        detected_at=at.astimezone(CHINA),
    )
    return Change(with_clock(case, clock, replace(clock, line_on=on)), (Happened(event, BY_LAW),))


def lapse(procedure: Procedure, case: Case, clock: Clock, *, at: datetime, rules: Rules) -> Change:
    """Take the step that the law takes by itself when a limit runs out."""
    on = at.astimezone(CHINA).date()
    step = procedure.step(rules.limits[clock.limit].then or "")
    ended = with_clock(case, clock, clock.end(on, "lapsed"))
    about: dict[str, Any] = {"about": clock.about} if clock.about else {}
    event = step.emits(  # type: ignore[call-arg]  # proved by the soundness test
        limit=clock.limit,
        due=clock.due,
        expected_at=_noticeable(_midnight(clock.due + timedelta(days=1)), case, clock),
        detected_at=at.astimezone(CHINA),
        **about,
    )
    return take(procedure, ended, step.action, event, by=BY_LAW, on=on, rules=rules, about=clock.about)


def _moment(clock: Clock, rules: Rules) -> datetime | None:
    if clock.is_stopped:
        return None
    rule = rules.limits[clock.limit]
    days = reminders(rule, clock.due, rules.calendar)
    if not clock.told_overdue and clock.reminded < len(days) and days[clock.reminded] <= clock.due:
        return datetime.combine(days[clock.reminded], REMIND_AT, CHINA)
    rung, line = _rung_at(clock, rule), _line_at(clock, rule, rules.calendar)
    return min(rung, line) if rung and line else rung or line


def _rung_at(clock: Clock, rule: TimeLimit) -> datetime | None:
    """The midnight at which the next rung is told; None when the ladder ends."""
    if clock.told_overdue >= len(rule.ladder):
        return None
    return _midnight(clock.due + timedelta(days=1 + rule.ladder[clock.told_overdue]))


def _line_at(clock: Clock, rule: TimeLimit, calendar: Calendar) -> datetime | None:
    """The morning of the next line while it is late: each working day, and once a week when nobody heeds them."""
    if not clock.told_overdue or clock.line_on is None:
        return None
    is_heeded = (clock.line_on - clock.due).days <= rule.lines_until
    day = clock.line_on + (timedelta(days=1) if is_heeded else WEEK)
    while not calendar.is_working(day):
        day += timedelta(days=1)
    return datetime.combine(day, REMIND_AT, CHINA)


def _noticeable(moment: datetime, case: Case, clock: Clock) -> datetime:
    """The instant by which it was to be noticed: not before it was registered and its date was set, nor while its
    days did not count.
    """
    resumed = [ends for _, ends in clock.pauses if ends is not None and _midnight(ends) > moment]
    known = case.registered_at.astimezone(CHINA).replace(microsecond=0)
    return max(moment, known, clock.set_at or known, *(_midnight(ends) for ends in resumed[-1:]))


def _stood(before: Case | None, clock: Clock) -> bool:
    """Did the clock run to this date before the change?"""
    held = before.running(clock.limit, clock.about) if before else None
    return held is not None and not held.is_stopped and (held.start, held.due) == (clock.start, clock.due)


def _late(clock: Clock, now: datetime, rules: Rules) -> datetime | None:
    moment = _moment(clock, rules)
    return now if moment is not None and moment < now else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), CHINA)
