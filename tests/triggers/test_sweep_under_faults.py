"""A sweep that hears nothing parks only what is still due."""

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


def test_what_was_not_done_comes_again_when_it_was_left_alone_for_a_while(world: World) -> None:
    sweep(world, writes=False)
    assert wakes_at(world) == keys.instant(world.at + PARK)
