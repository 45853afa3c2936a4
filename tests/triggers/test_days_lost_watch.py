"""A decision on 不可抗力 comes into every open case by sweeps that may be cut short, one event for each case."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.clock import CHINA
from chalicelib.domain.case import Actor
from chalicelib.domain.days_lost import Decision
from chalicelib.domain.offices import OfficeTree
from chalicelib.store import days_lost, keys
from chalicelib.store.command import Command
from chalicelib.store.days_lost import Laid, Progress
from chalicelib.store.table import Busy, Denied
from chalicelib.triggers import days_lost_watch
from chalicelib.triggers.deadlines import Sweeper
from tests.triggers.world import RULES, TREE, World

AT = datetime(2026, 11, 27, 10, 0, tzinfo=CHINA)
HAS_TIME = (True, True, True, True)
"""To begin, for a decision, to count, and for a page."""
TYPE = "petition.force_majeure"


@pytest.fixture
def world() -> World:
    """Six petitions, two of them handed to a township."""
    world = World()
    for number in range(6):
        case_id = world.file(number=7919 * number + 123)
        if number < 2:
            world.forward(case_id, "town-qingxi")
    world.at = AT
    return world


def decide(world: World, *places: str, key: str = "") -> None:
    day = AT.date()
    said = Decision(day - timedelta(days=3), day, "公告第3号", "青山县人民政府", "山洪", places or ("county",))
    laid = days_lost.propose(world.table, said, by="bureau1", at=AT, command=Command.of("a", key, ""))
    leader = Actor("leader", "county", "leader1")
    days_lost.confirm(world.table, laid.number, by=leader, at=AT, command=Command.of("b", key, ""))


def sweeper(world: World) -> Sweeper:
    return Sweeper(cases=world.cases, rules=RULES, carry=lambda hit: None, tree=lambda: TREE)


def look(world: World, *budget: bool, **later: float) -> int:
    left = list(budget)
    at = AT + timedelta(**later)
    return days_lost_watch.look(sweeper(world), at, lambda: left.pop(0) if left else not budget)


def progress(world: World) -> Progress:
    return days_lost.load(world.table)[0].progress


def numbers(progress: Progress) -> tuple[int | None, int, int]:
    return progress.total, progress.done, progress.failed


def all_cases(world: World) -> list[str]:
    hits = [hit for shard in keys.SHARDS for hit in world.table.hits("due", shard, limit=1000).items]
    return [hit["pk"].removeprefix("CASE#") for hit in hits if hit["kind"] == "case"]


def recorded(world: World) -> list[int]:
    """How often each case has it."""
    return sorted(sum(event.type == TYPE for event in world.cases.read(each).events) for each in all_cases(world))


def test_what_waits_for_a_second_person_does_nothing(world: World) -> None:
    said = Decision(AT.date(), AT.date(), "公告", "县政府", "山洪", ("county",))
    days_lost.propose(world.table, said, by="bureau1", at=AT, command=Command.of("a", "", ""))
    assert look(world) == 0
    assert recorded(world) == [0] * 6


def test_every_open_case_has_it_once_however_often_it_is_looked_at(world: World) -> None:
    decide(world)
    assert look(world) == 6
    assert numbers(progress(world)) == (6, 6, 0)
    assert [look(world, minutes=5 * n) for n in range(1, 6)] == [0] * 5
    assert recorded(world) == [1] * 6
    event = next(each for each in world.cases.read(all_cases(world)[0]).events if each.type == TYPE)
    assert event.by["user"] == "leader1"


def test_only_the_cases_of_the_place(world: World) -> None:
    decide(world, "town-qingxi")
    assert look(world) == 2
    assert numbers(progress(world)) == (2, 2, 0)
    assert recorded(world) == [0, 0, 0, 0, 1, 1]


def test_cut_short_it_goes_on_where_something_is_left_and_says_how_far_it_is(world: World) -> None:
    decide(world)
    assert look(world, *HAS_TIME, True, True, False) == 2
    assert numbers(progress(world)) == (6, 2, 0)
    assert look(world, True, True, True, True, True, False, minutes=5) == 2
    assert progress(world).total == 6
    assert look(world, minutes=10) == 2
    assert numbers(progress(world)) == (6, 6, 0)
    assert recorded(world) == [1] * 6


def test_without_time_to_count_nothing_is_begun(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(days_lost_watch, "PAGE", 2)
    decide(world)
    assert look(world, True, True, True, False) == 0
    assert numbers(progress(world)) == (None, 0, 0)
    assert recorded(world) == [0] * 6


class Failing:
    """A sweep that fails over one case."""

    def __init__(self, sweep: Sweeper, case_id: str, error: Exception | None = None) -> None:
        self.cases, self.tree, self.at_once, self._sweep = sweep.cases, sweep.tree, sweep.at_once, sweep
        self._case_id, self._error = case_id, error or ValueError("a fault of ours")

    def excuse(self, case_id: str, laid: Laid, at: datetime) -> bool:
        if case_id == self._case_id:
            raise self._error
        return self._sweep.excuse(case_id, laid, at)


def test_a_case_that_fails_is_told_keeps_no_other_waiting_and_is_tried_every_day(world: World, capsys: Any) -> None:
    decide(world)
    failing = Failing(sweeper(world), all_cases(world)[0])
    assert days_lost_watch.look(failing, AT) == 5
    assert capsys.readouterr().out.count('"RecountFailed": 1') == 1
    assert numbers(progress(world)) == (6, 5, 1)
    days_lost_watch.look(failing, AT + timedelta(minutes=20))
    capsys.readouterr()
    days_lost_watch.look(failing, AT + timedelta(minutes=25))
    assert "RecountFailed" not in capsys.readouterr().out, "told once a day from now on"
    assert look(world, days=30) == 1
    assert numbers(progress(world)) == (6, 6, 0)


@pytest.mark.parametrize("error", [Busy("no answer"), Denied("no grant")])
def test_a_table_that_refuses_leaves_the_rest_for_the_next_sweep(world: World, error: Exception) -> None:
    decide(world)
    refused = Failing(sweeper(world), all_cases(world)[2], error)
    assert days_lost_watch.look(refused, AT + timedelta(minutes=20)) == 2
    assert numbers(progress(world)) == (6, 2, 0), "none of the cases has failed"
    assert not progress(world).looked
    assert look(world, minutes=25) == 4
    assert numbers(progress(world)) == (6, 6, 0)


def test_a_sweep_that_was_down_on_the_day_after_takes_the_last_look_when_it_is_up_again(world: World) -> None:
    decide(world)
    for minutes in (0, 20):
        look(world, minutes=minutes)
    world.at = AT + timedelta(hours=4)
    world.file(number=999_331)
    assert look(world, days=3) == 1
    assert look(world, days=3, minutes=5) == 0
    assert numbers(progress(world)) == (7, 7, 0)
    looked = progress(world).looked
    look(world, days=9)
    assert progress(world).looked == looked, "it was the last"


def test_what_cannot_be_counted_in_time_is_recorded_uncounted(world: World) -> None:
    decide(world)
    left = [True] * 5
    assert days_lost_watch.look(sweeper(world), AT, lambda: left.pop() if left else False, lambda: False) == 2
    assert numbers(progress(world)) == (None, 2, 0)
    assert days_lost_watch.look(sweeper(world), AT + timedelta(minutes=5), may_count=lambda: False) == 4
    assert numbers(progress(world)) == (6, 6, 0)
    assert recorded(world) == [1] * 6


def test_several_are_recorded_side_by_side(world: World) -> None:
    decide(world)
    assert days_lost_watch.look(Together(sweeper(world), 3), AT) == 6
    assert numbers(progress(world)) == (6, 6, 0)
    assert recorded(world) == [1] * 6


class Together:
    """A sweep in which so many have to be at a case at the same time: one alone waits and fails."""

    def __init__(self, sweep: Sweeper, at_once: int) -> None:
        self.cases, self.tree, self.at_once, self._sweep = sweep.cases, sweep.tree, at_once, sweep
        self._met = threading.Barrier(at_once)

    def excuse(self, case_id: str, laid: Laid, at: datetime) -> bool:
        self._met.wait(10)
        return self._sweep.excuse(case_id, laid, at)


def test_what_is_filed_while_such_days_last_gets_it_the_next_day_and_later_filings_do_not(world: World) -> None:
    decide(world)
    for minutes in (0, 20):
        look(world, minutes=minutes)
    assert progress(world).looked
    world.at = AT + timedelta(hours=4)
    world.file(number=999_331)
    assert look(world, hours=5) == 0
    world.at = AT + timedelta(hours=20)
    world.file(number=888_331)
    assert look(world, hours=25) == 1
    assert numbers(progress(world)) == (7, 7, 0)
    assert recorded(world) == [0, *[1] * 7]
    assert look(world, days=40) == 0


def test_a_decision_that_is_over_is_not_looked_at_for_ever(world: World, monkeypatch: Any) -> None:
    decide(world)
    for late in ({"minutes": 0}, {"minutes": 20}, {"days": 1, "minutes": 20}):
        look(world, **late)
    assert numbers(progress(world)) == (6, 6, 0)
    monkeypatch.setattr(world.table, "hits", None)  # the index is not asked
    assert look(world, days=3) == 0


def test_two_decisions_over_the_same_days_record_them_once(world: World) -> None:
    decide(world, "town-qingxi", key="1")
    decide(world, key="2")
    assert look(world) == 6
    assert recorded(world) == [1] * 6
    assert [numbers(each.progress) for each in days_lost.load(world.table)] == [(2, 2, 0), (6, 6, 0)]


def test_somebody_who_was_faster_leaves_it_for_the_next_sweep(world: World) -> None:
    """While the decision is brought into a case, the bureau forwards it: the step stands, and the decision waits."""
    decide(world)
    waiting = next(each for each in all_cases(world) if world.cases.load(each).case.agency is None)

    def tree() -> OfficeTree:
        if sweep.is_between and world.cases.load(waiting).case.agency is None:
            world.forward(waiting)
        return TREE

    sweep = Between(world, waiting, tree)
    assert days_lost_watch.look(sweep, AT + timedelta(minutes=20)) == 5
    assert world.cases.load(waiting).case.agency == "housing"
    assert numbers(progress(world)) == (6, 5, 0)
    assert not progress(world).looked
    assert look(world, minutes=25) == 1
    assert recorded(world) == [1] * 6


class Between:
    """A sweep during which somebody takes a step, after it has read one case and before it writes it."""

    def __init__(self, world: World, case_id: str, tree: Callable[[], OfficeTree]) -> None:
        self.cases, self.tree, self.at_once, self.is_between = world.cases, tree, 1, False
        self._sweep, self._case_id = replace(sweeper(world), tree=tree), case_id

    def excuse(self, case_id: str, laid: Laid, at: datetime) -> bool:
        self.is_between = case_id == self._case_id
        return self._sweep.excuse(case_id, laid, at)
