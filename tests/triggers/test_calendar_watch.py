"""The look at the calendar: dates counted anew by a sweep that may be cut short, and one alarm before it ends."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.clock import CHINA
from chalicelib.domain.notices_of_days_off import DaysOff, with_notice
from chalicelib.domain.workdays import Calendar
from chalicelib.store import calendars, keys, tenant
from chalicelib.store.command import Command
from chalicelib.store.table import Busy, Denied
from chalicelib.triggers import calendar_watch
from chalicelib.triggers.deadlines import Sweeper
from tests.triggers.world import TREE, World

AT = datetime(2026, 12, 18, 10, 0, tzinfo=CHINA)
HAS_TIME_FOR_TWO = (True, True, True, False)
"""A page and two of its cases."""
NOTICE = DaysOff(2027, tuple(date(2027, 1, 1) + timedelta(days=n) for n in range(3)), (), ("示例",))


@pytest.fixture
def world() -> World:
    """Petitions that are to be routed by 1 January 2027, a day nobody has said anything about."""
    world = World(at=datetime(2026, 12, 17, 9, 0, tzinfo=CHINA))
    for number in range(6):
        world.file(number=7919 * number + 123)
    return world


def announce(world: World, at: datetime = AT, notice: DaysOff = NOTICE) -> None:
    number = calendars.propose(world.table, notice, by="admin1", at=at, command=Command.of("a", str(at), "")).number
    calendars.confirm(world.table, number, by="security1", at=at, command=Command.of("b", str(at), ""))


def sweeper(world: World) -> Sweeper:
    rules = tenant.rules_of(calendars.load(world.table))
    return Sweeper(cases=world.cases, rules=rules, carry=lambda hit: None, tree=lambda: TREE)


def look(world: World, at: datetime, *budget: bool) -> int:
    left = list(budget)
    return calendar_watch.look(
        sweeper(world), calendars.load(world.table), at, lambda: left.pop(0) if left else not budget
    )


def open_cases(world: World) -> list[str]:
    hits = [hit for shard in keys.SHARDS for hit in world.table.hits("due", shard, limit=1000).items]
    return [hit["pk"].removeprefix("CASE#") for hit in hits if hit["kind"] == "case"]


def kinds(world: World, case_id: str) -> list[str]:
    return [event.type for event in world.cases.read(case_id).events]


def recounted(world: World) -> int:
    """How many of the events say so."""
    return sum(kinds(world, case_id).count("petition.date_recounted") for case_id in open_cases(world))


def test_every_open_date_is_counted_anew_once(world: World) -> None:
    announce(world)
    assert look(world, AT) == 6
    assert recounted(world) == 6
    assert [look(world, AT + timedelta(minutes=5 * n)) for n in range(1, 8)] == [0] * 7
    assert recounted(world) == 6


def test_cut_short_it_goes_on_where_something_is_left(world: World) -> None:
    announce(world)
    counts = [look(world, AT + timedelta(minutes=5 * n), *HAS_TIME_FOR_TWO) for n in range(3)]
    assert counts == [2, 2, 2]
    assert recounted(world) == 6


def test_a_sweep_that_has_no_time_left_begins_no_look(world: World, monkeypatch: Any) -> None:
    announce(world)
    monkeypatch.setattr(world.table, "hits", None)  # not even the index is asked
    assert look(world, AT, False) == 0


def test_the_time_is_looked_at_before_every_page(world: World, monkeypatch: Any) -> None:
    """Nothing moves, and yet a walk over a large county ends in time; cut short, it is not written down."""
    monkeypatch.setattr(calendar_watch, "PAGE", 2)
    asked: list[int] = []
    assert look(world, AT, True, True, False) == 0
    assert calendars.load(world.table).watched is None
    swept = calendar_watch.look(sweeper(world), calendars.load(world.table), AT, lambda: asked.append(1) is None)
    assert (swept, len(asked) > 3) == (0, True)
    assert calendars.load(world.table).watched == AT


def test_a_case_written_by_a_process_that_had_not_heard_is_found_within_the_quarter_of_an_hour(world: World) -> None:
    announce(world)
    look(world, AT)
    look(world, AT + timedelta(minutes=5))
    world.at = AT + timedelta(minutes=6)
    world.file(number=999_331)  # its process still counts with the calendar it read before
    assert look(world, AT + timedelta(minutes=15)) == 1


def test_a_sweep_counts_the_dates_of_a_case_before_it_says_that_it_is_late(world: World) -> None:
    announce(world)
    sweeper(world).run(datetime(2027, 1, 2, 0, 0, tzinfo=CHINA))
    said = [kinds(world, case_id)[-2:] for case_id in open_cases(world)]
    assert said == [["petition.date_recounted", "petition.overdue"]] * 6


def test_the_look_is_taken_once_a_day(world: World) -> None:
    assert look(world, AT) == 0
    assert calendars.load(world.table).watched == AT
    look(world, AT + timedelta(hours=23))
    assert calendars.load(world.table).watched == AT
    look(world, AT + timedelta(hours=24))
    assert calendars.load(world.table).watched == AT + timedelta(hours=24)


class Failing:
    """A sweep that fails over one case."""

    def __init__(self, sweep: Sweeper, case_id: str, error: Exception | None = None) -> None:
        self.cases, self.rules, self.at_once, self._sweep = sweep.cases, sweep.rules, sweep.at_once, sweep
        self._case_id, self._error = case_id, error or ValueError("a fault of ours")

    def recount(self, case_id: str, at: datetime) -> bool:
        if case_id == self._case_id:
            raise self._error
        return self._sweep.recount(case_id, at)


def test_a_case_that_fails_keeps_no_other_waiting_and_is_tried_again(world: World) -> None:
    announce(world)
    failing = Failing(sweeper(world), open_cases(world)[0])
    assert calendar_watch.look(failing, calendars.load(world.table), AT) == 5
    assert look(world, AT + timedelta(minutes=5)) == 1


@pytest.mark.parametrize("error", [Busy("no answer"), Denied("no grant")])
def test_a_table_that_refuses_leaves_the_rest_for_the_next_sweep(world: World, error: Exception) -> None:
    """Also when only the last case is left: it was not looked at, and the look is not done."""
    announce(world)
    for _ in range(2):
        refused = Failing(sweeper(world), open_cases(world)[5], error)
        calendar_watch.look(refused, calendars.load(world.table), AT + timedelta(minutes=20))
        assert (recounted(world), calendars.load(world.table).watched) == (5, None)
    assert look(world, AT + timedelta(minutes=25)) == 1


def test_a_case_that_always_fails_does_not_keep_the_look_going_for_ever(world: World, capsys: Any) -> None:
    announce(world)
    failing = Failing(sweeper(world), open_cases(world)[0])
    for minutes in (0, 5, 15):
        calendar_watch.look(failing, calendars.load(world.table), AT + timedelta(minutes=minutes))
    assert capsys.readouterr().out.count('"RecountFailed": 1') == 3
    assert calendars.load(world.table).watched == AT + timedelta(minutes=15)
    calendar_watch.look(failing, calendars.load(world.table), AT + timedelta(minutes=20))
    assert "RecountFailed" not in capsys.readouterr().out, "told once a day from now on"
    calendar_watch.look(failing, calendars.load(world.table), AT + timedelta(days=2))
    assert "RecountFailed" in capsys.readouterr().out


def test_a_case_that_cannot_be_read_keeps_no_other_waiting(world: World, capsys: Any) -> None:
    announce(world)
    broken = world.table.get(keys.case(open_cases(world)[0]), keys.CASE)
    assert broken is not None
    world.table.put(broken | {"snapshot": b"not a snapshot"})
    assert look(world, AT) == 5
    assert '"RecountFailed": 1' in capsys.readouterr().out


def test_a_table_that_came_with_a_release_is_looked_at_at_once(world: World, monkeypatch: Any) -> None:
    assert [look(world, AT + timedelta(minutes=n)) for n in (0, 5)] == [0, 0]
    shipped = Calendar.shipped()
    newer = with_notice(shipped, NOTICE, "cn-2027.1")
    monkeypatch.setattr(Calendar, "shipped", classmethod(lambda _: newer))
    assert look(world, AT + timedelta(minutes=10)) == 6


@pytest.mark.parametrize(
    ("at", "ends"), [(datetime(2026, 10, 2, tzinfo=CHINA), 0), (datetime(2026, 10, 3, tzinfo=CHINA), 1)]
)
def test_ninety_days_before_the_calendar_ends_it_is_said(at: datetime, ends: int, capsys: Any) -> None:
    look(World(at=at), at)
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "CalendarEnds" in line]
    assert [each["CalendarEnds"] for each in said] == [ends]
