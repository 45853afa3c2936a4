"""Random traces that go on while the days off are announced otherwise, three times, and days are lost to a disaster."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from chalicelib.clock import CHINA
from chalicelib.domain import procedures
from chalicelib.domain.case import BUREAU, Actor, Case, Change
from chalicelib.domain.elapsing import elapse
from chalicelib.domain.errors import DomainError
from chalicelib.domain.force_majeure import record_force_majeure
from chalicelib.domain.procedure import Rules
from chalicelib.domain.recounting import recount
from infra.traces.drive import trace
from infra.traces.exports import exported_for, recorded
from infra.traces.world import RULES
from infra.verify.logs import check_export

BY = Actor(BUREAU, "bureau", "bureau1")


def corrected(seed: int, *readers: Actor) -> list[dict[str, Any]]:
    """The exports of one trace for these readers, after three corrections of the calendar."""
    return [check_export(data) for data in corrected_bytes(seed, *readers)]


def corrected_bytes(seed: int, *readers: Actor) -> list[bytes]:
    """The same, as they are taken away."""
    found, chance = trace(seed, keep=True), random.Random(seed)
    changes = list(found.kept or [])
    case, on, rules = (
        replace(changes[-1][1].case, version=sum(len(each.happened) for _, each in changes)),
        found.on,
        RULES,
    )
    for no in (1, 2, 3):
        on += timedelta(days=chance.choice((0, 1, 3, 9)))
        rules = _announced(rules, no, case)
        for change in _goes_on(case, on, rules, chance):
            changes.append((on, change))
            case = replace(change.case, version=case.version + len(change.happened))
    file, at = recorded(changes, on)
    return [exported_for(by, file, at, rules) for by in readers]


def _announced(rules: Rules, no: int, case: Case) -> Rules:
    """By turns, everybody is off on the days on which something is due, and works again as it was before."""
    shipped, dues = RULES.calendar, {clock.due for clock in case.clocks if clock.is_running} if no % 2 else set()
    calendar = replace(
        shipped, version=f"corrected.{no}", off=shipped.off | dues, make_up=frozenset(shipped.make_up - dues)
    )
    return replace(rules, calendar=calendar, earlier={**rules.earlier, rules.calendar.version: rules.calendar})


def _goes_on(case: Case, on: date, rules: Rules, chance: random.Random) -> Iterator[Change]:
    """What the sweep does that day, after a decision on lost days that an office may have recorded."""
    version = case.version
    if chance.random() < 0.5:
        try:
            lost = record_force_majeure(
                case, on - timedelta(days=2), on, "3号", "县政府", "山洪", by=BY, on=on, rules=rules
            )
        except DomainError:  # it has ended, or the bureau is nobody here
            pass
        else:
            yield lost
            case, version = replace(lost.case, version=version + len(lost.happened)), version + len(lost.happened)
    for act in (
        lambda held: recount(held, on=on, rules=rules),
        lambda held: elapse(procedures.of(held), held, at=datetime.combine(on, time(9), CHINA), rules=rules),
    ):
        while change := act(case):
            yield change
            version += len(change.happened)
            case = replace(change.case, version=version)
