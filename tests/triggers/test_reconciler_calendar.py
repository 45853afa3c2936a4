"""New days off make nothing wrong: what the sweep set by them stands, and what they shift is set right unheard."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pytest

from chalicelib.clock import CHINA
from chalicelib.domain.notices_of_days_off import DaysOff
from chalicelib.domain.procedure import Rules
from chalicelib.store import calendars, findings, keys, tenant
from chalicelib.store.command import Command
from chalicelib.triggers.deadlines import Sweeper
from chalicelib.triggers.reconciler import Reconciled, Reconciler
from tests.triggers.many import REPORT_RULES, everything
from tests.triggers.world import RULES, TREE, World

OLD = {False: RULES, True: REPORT_RULES}
NOTICE = DaysOff(2027, (date(2027, 1, 1), date(2027, 1, 5)), (), ("示例",))
NEXT_RUNG = "2027-01-01T16:00:00Z"
"""Seven days late: told at midnight, and now before the next line."""


@pytest.fixture
def late(world: object) -> World:
    """A petition that nobody routed in time: its office hears of it every working day, next on 1 January 2027."""
    county = World(at=datetime(2026, 12, 10, 9, 0, tzinfo=CHINA))
    county.file()
    for day in (26, 31):
        county.at = datetime(2026, 12, day, 8, 5, tzinfo=CHINA)
        swept(county)
    return county


def in_force(county: World) -> Mapping[bool, Rules]:
    return {False: tenant.rules_of(calendars.load(county.table)), True: REPORT_RULES}


def sweeper(county: World) -> Sweeper:
    return Sweeper(cases=county.cases, rules=in_force(county)[False], carry=lambda hit: None, tree=lambda: TREE)


def swept(county: World) -> None:
    sweeper(county).run(county.at)


def announce(county: World) -> None:
    number = calendars.propose(county.table, NOTICE, by="admin1", at=county.at, command=Command.of("a", "", "")).number
    calendars.confirm(county.table, number, by="security1", at=county.at, command=Command.of("b", "", ""))


def pk(county: World) -> str:
    (found,) = {row["pk"] for row in everything(county) if row["kind"] == "case"}
    return str(found)


def wakes(county: World) -> str:
    """The moment by which the sweep finds the case."""
    row = county.table.get(pk(county), keys.CASE)
    assert row is not None
    return str(row["wake_at"])


def of_the_case(done: Reconciled) -> list[str]:
    """What was wrong with its own row; its notices were carried by nobody here."""
    return [fault.kind for fault in done.found if fault.sk == keys.CASE]


def told(county: World) -> list[str]:
    """What the administrator reads of it."""
    items, _ = findings.page(findings.MENDED, limit=50)
    return [each.kind for each in items if each.sk == keys.CASE]


def reconciled(reconciler: Reconciler, county: World) -> Reconciled:
    county.at += timedelta(minutes=20)
    return reconciler.run(county.at)


def test_a_line_that_a_new_holiday_shifts_is_set_right_and_no_alarm_is_raised(late: World) -> None:
    assert wakes(late) == "2027-01-01T00:00:00Z"
    announce(late)
    assert of_the_case(reconciled(Reconciler(late.cases, in_force(late)), late)) == ["calendar_moved"]
    assert wakes(late) == NEXT_RUNG
    assert told(late) == []
    assert of_the_case(reconciled(Reconciler(late.cases, in_force(late)), late)) == []


def test_what_was_set_by_a_calendar_younger_than_the_walk_is_not_wrong(late: World) -> None:
    announce(late)
    reconciled(Reconciler(late.cases, in_force(late)), late)
    late.at = datetime(2027, 1, 4, 8, 5, tzinfo=CHINA)
    swept(late)
    assert wakes(late) == "2027-01-06T00:00:00Z", "the 5th is off"
    _, wrong = Reconciler(late.cases, OLD).look(pk(late), late.at)
    assert "wake_wrong" in [fault.kind for fault in wrong], "by a calendar it has not heard of"
    assert of_the_case(reconciled(Reconciler(late.cases, OLD, lambda: in_force(late)), late)) == []
    assert wakes(late) == "2027-01-06T00:00:00Z"


def test_a_moment_that_no_calendar_gives_is_a_damage(late: World) -> None:
    announce(late)
    row = late.table.get(pk(late), keys.CASE)
    assert row is not None
    late.table.put(row | {"wake_at": "2027-03-01T00:00:00Z"})
    assert of_the_case(reconciled(Reconciler(late.cases, in_force(late)), late)) == ["wake_wrong"]
    assert told(late) == ["wake_wrong"]
    assert wakes(late) == NEXT_RUNG
