"""A sweep that hears nothing parks only what is still due; one that has no time begins with what waited longest."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.store import keys
from chalicelib.store.cases import Cases
from chalicelib.store.memory import MemoryTable
from chalicelib.store.table import Busy, Write
from chalicelib.triggers.deadlines import PARK, Sweeper
from tests.triggers.world import RULES, TREE, World


class Unanswered:
    """A table that does not answer transactions: after it wrote them, or instead."""

    def __init__(self, table: MemoryTable, *, writes: bool) -> None:
        self._table, self._writes = table, writes

    def __getattr__(self, name: str) -> Any:
        return getattr(self._table, name)

    def transact(self, writes: Sequence[Write], token: str) -> None:
        if self._writes:
            self._table.transact(writes, token)
        raise Busy("no answer")


@pytest.fixture
def world() -> World:
    """A petition of which nobody has heard for ten days: the first reminder of its forwarding is due."""
    world = World()
    world.file()
    world.pass_time(days=10)
    return world


def sweep(world: World, *, writes: bool) -> None:
    table = Unanswered(world.table, writes=writes)
    swept = Sweeper(Cases(table, world.cases.keys), RULES, lambda _: None, lambda: TREE).run(world.at)
    assert swept.parked == 1


def wakes_at(world: World) -> str:
    (case,) = [item for item in world.table._items.values() if item["kind"] == "case"]
    return str(case["wake_at"])


def test_what_was_done_although_no_answer_came_keeps_its_next_moment(world: World) -> None:
    sweep(world, writes=True)
    assert wakes_at(world) == keys.instant(world.at.replace(hour=8) + timedelta(days=3))


def test_what_was_not_done_comes_again_in_half_an_hour(world: World) -> None:
    sweep(world, writes=False)
    assert wakes_at(world) == keys.instant(world.at + PARK)


def test_a_sweep_without_time_does_what_has_waited_longest_whichever_shard_holds_it() -> None:
    world = World()
    filed = []
    for number in range(6):
        filed.append(world.file(number=number * 1_000_003))
        world.pass_time(days=1)
    world.pass_time(days=14)
    assert len({keys.shard(case_id) for case_id in filed}) > 1
    carried: list[str] = []
    time_for = iter(range(3))
    sweeper = Sweeper(world.cases, RULES, lambda hit: carried.append(hit["pk"]), lambda: TREE)
    sweeper.run(world.at, lambda: next(time_for, None) is not None)
    assert carried == [keys.case(case_id) for case_id in filed[:3]]
