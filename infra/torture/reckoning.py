"""A second reckoning of what the product reckons: the moment to look again, and where the table of steps leads."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

from chalicelib.clock import CHINA
from chalicelib.domain import procedures
from chalicelib.domain.case import REPORT, Case
from chalicelib.domain.limits.report import REPORT as REPORT_LIMITS
from chalicelib.domain.procedure import BACK, STAY
from chalicelib.domain.report import PROCEDURE as SEALED
from infra.torture.county import RULES
from infra.traces.oracle import Oracle

LIMITS = {**RULES.limits, **REPORT_LIMITS}
LADDER_DAYS, LINES_UNTIL = (0, 3, 7), 45


def next_look(case: Case, told: Oracle, since: Mapping[tuple[str, str], datetime]) -> datetime | None:
    """When time itself changes something next, reckoned anew from dates, limits, what was told and since when."""
    found = []
    for clock in case.clocks:
        if clock.ended_on is not None or (clock.pauses and clock.pauses[-1][1] is None):
            continue
        rule, due = LIMITS[clock.limit], told.told[clock.limit, clock.about]
        known = [since[clock.limit, clock.about].replace(microsecond=0)]
        known += [datetime.combine(ends, time(), CHINA) for _, ends in clock.pauses[-1:] if ends]
        moments: list[datetime] = []
        ahead = sorted(_before(due, n, rule.unit, told) for n in rule.remind)[clock.reminded :]
        if ahead and not clock.told_overdue and ahead[0] <= due:
            found.append(max(datetime.combine(ahead[0], time(8), CHINA), *known))
            continue
        rungs = LADDER_DAYS[clock.told_overdue :][:1]
        moments += [datetime.combine(due, time(), CHINA) + timedelta(days=1 + days) for days in rungs]
        if clock.told_overdue and clock.line_on:
            moments.append(_line(clock.line_on, due, told))
        found += [max(moment, *known) for moment in moments]
    return min(found, default=None)


def _line(last: date, due: date, told: Oracle) -> datetime:
    """The morning of the next line to whoever is late: every working day, after 45 days of lateness once a week."""
    day = last + timedelta(days=1 if (last - due).days <= LINES_UNTIL else 7)
    while not told.is_working(day):
        day += timedelta(days=1)
    return datetime.combine(day, time(8), CHINA)


def _before(due: date, days: int, unit: str, told: Oracle) -> date:
    while days:
        due -= timedelta(days=1)
        days -= unit == "days" or told.is_working(due)
    return due


def leads(procedure: str, stage: str, came_from: str, wire: str) -> set[tuple[str, str]]:
    """Where an event may lead from here, by the rows of the table."""
    table = SEALED if procedure == REPORT else procedures.PROCEDURES[procedure]
    found = set()
    for row in (*table.steps, *table.automatic):
        if row.emits.wire != wire or stage not in row.frm:
            continue
        to = stage if row.to == STAY else came_from if row.to == BACK else row.to
        found.add((to, came_from if to == stage else stage))
    return found or {(stage, came_from)}


def clock_said(said: dict[str, Any]) -> Any:
    pauses = tuple(
        (date.fromisoformat(begins), date.fromisoformat(ends) if ends else None)
        for begins, ends in said.get("pauses", ())
    )
    return SimpleNamespace(
        limit=said["limit"],
        about=said.get("about"),
        start=date.fromisoformat(said["start"]),
        due=date.fromisoformat(said["due"]),
        days=said.get("days"),
        extended_by=said.get("extended_by"),
        pauses=pauses,
    )
