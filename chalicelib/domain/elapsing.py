"""What time alone makes of a case: reminders, lateness told rung by rung, rights that lapse.

It needs no memory of earlier runs: looking twice, late or after a gap gives the same events, only later.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone

from chalicelib.domain.case import BY_LAW, Case, Change, Clock, Happened
from chalicelib.domain.events import ClockOverdue, ClockReminded
from chalicelib.domain.procedure import Procedure, Rules, take, with_clock
from chalicelib.domain.workdays import days_left, reminders

CHINA = timezone(timedelta(hours=8))
REMIND_AT = time(8, 0)
"""Reminders go out when offices open; a limit has run out at midnight (民法典第二百零三条: 二十四时)."""
LADDER = (0, 3, 7)
"""After how many days of lateness the next rung is told; who stands on which rung, `owed` says."""
MOST_AT_ONCE = 20
"""Clocks that one look acts on: what is told of each, with its notices, has to fit one transaction of 100 writes.
What is left has a moment that has come, so the next look finds it."""


def wake_at(case: Case, rules: Rules) -> datetime | None:
    """The next instant at which time itself may change something; None when no clock waits for it."""
    moments = (_moment(clock, rules) for clock in case.clocks if clock.is_running)
    return min((moment for moment in moments if moment is not None), default=None)


def elapse(procedure: Procedure, case: Case, *, at: datetime, rules: Rules) -> Change | None:
    """What time alone makes of a case at this instant: reminders, overdue dates, rights that lapse. None: nothing.

    It needs no memory of earlier runs: doing it twice, late or after a gap gives the same events, only later.
    """
    change, acted = Change(case), 0
    for clock in case.clocks:
        if acted == MOST_AT_ONCE:
            break
        if not clock.is_running or change.case.running(clock.limit, clock.about) != clock:
            continue
        moment = _moment(clock, rules)
        if moment is None or moment > at:
            continue
        today, acted = at.astimezone(CHINA).date(), acted + 1
        if today <= clock.due:
            change = change.then(remind(change.case, clock, on=today, rules=rules))
        elif rules.limits[clock.limit].then is None:
            change = change.then(overdue(change.case, clock, on=today))
        else:
            change = change.then(lapse(procedure, change.case, clock, on=today, rules=rules))
    return change if change.happened else None


def remind(case: Case, clock: Clock, *, on: date, rules: Rules) -> Change:
    """Say once that a date comes near. Reminders missed in a gap are said as one, with today's count."""
    passed = sum(1 for day in reminders(rules.limits[clock.limit], clock.due, rules.calendar) if day <= on)
    told = replace(clock, reminded=passed)
    event = ClockReminded(
        limit=clock.limit,
        owner=clock.owner,
        due=clock.due,
        days_left=days_left(clock.due, on),
        about=clock.about or None,
    )
    return Change(with_clock(case, clock, told), (Happened(event, BY_LAW),))


def overdue(case: Case, clock: Clock, *, on: date) -> Change:
    """Say that somebody is late, rung by rung (第四十条: 及时督办). Rungs missed in a gap are told as one."""
    late = (on - clock.due).days - 1
    rung = sum(late >= days for days in LADDER)
    event = ClockOverdue(
        limit=clock.limit,
        owner=clock.owner,
        due=clock.due,
        days=clock.days_late(on),
        rung=rung,
        about=clock.about or None,
    )
    return Change(with_clock(case, clock, replace(clock, told_overdue=rung)), (Happened(event, BY_LAW),))


def lapse(procedure: Procedure, case: Case, clock: Clock, *, on: date, rules: Rules) -> Change:
    """Take the step that the law takes by itself when a limit runs out."""
    step = procedure.step(rules.limits[clock.limit].then or "")
    ended = with_clock(case, clock, clock.end(on, "lapsed"))
    told = {"limit": clock.limit, "due": clock.due, **({"about": clock.about} if clock.about else {})}
    event = step.emits(**told)  # type: ignore[arg-type]  # proved by the soundness test
    return take(procedure, ended, step.action, event, by=BY_LAW, on=on, rules=rules, about=clock.about)


def _moment(clock: Clock, rules: Rules) -> datetime | None:
    if clock.is_stopped or clock.told_overdue >= len(LADDER):
        return None
    rule = rules.limits[clock.limit]
    days = reminders(rule, clock.due, rules.calendar)
    if not clock.told_overdue and clock.reminded < len(days) and days[clock.reminded] <= clock.due:
        return datetime.combine(days[clock.reminded], REMIND_AT, CHINA)
    return datetime.combine(clock.due + timedelta(days=1 + LADDER[clock.told_overdue]), time(0), CHINA)
