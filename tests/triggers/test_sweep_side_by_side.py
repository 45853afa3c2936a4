"""After an outage much is due at once: the sweep looks at a few side by side, in order, and none holds up another."""

import threading
from collections.abc import Callable
from datetime import timedelta

from chalicelib.domain.offices import OfficeTree
from chalicelib.store import dynamo, keys
from chalicelib.store.memory import MemoryTable
from chalicelib.store.table import Item
from chalicelib.triggers.deadlines import AT_ONCE, PAGE, PARK, Sweeper
from tests.domain.county import MARCH, RULES, TREE, noon
from tests.store.conftest import small_county

AT = noon(MARCH[3])
DUE = 21


def sweeper(carry: Callable[[Item], None], at_once: int, due: int = DUE) -> tuple[Sweeper, MemoryTable]:
    """A sweep over notices that are due one minute after the other, whose way out is `carry`."""
    table = MemoryTable()
    for number in range(due):
        since = AT - timedelta(minutes=due - number)
        table.put({
            "pk": keys.case(f"{number:012d}"), "sk": keys.notice(1, "petitioner", "sms"), "kind": "notice",
            "version": 1, "shard": keys.SHARDS[0], "wake_at": keys.instant(since),
        })  # fmt: skip

    def tree() -> OfficeTree:
        return TREE

    return Sweeper(cases=small_county(table), rules=RULES, carry=carry, tree=tree, at_once=at_once), table


def test_several_are_looked_at_at_the_same_time_and_all_of_them() -> None:
    met, seen = threading.Barrier(4), []

    def carry(hit: Item) -> None:
        if len(seen) < 4:
            met.wait(10)  # breaks unless four are here together
        seen.append(hit["pk"])

    swept = sweeper(carry, at_once=4)[0].run(AT)
    assert (swept.examined, swept.acted, swept.parked) == (DUE, DUE, 0)
    assert len(set(seen)) == DUE


def test_nobody_is_looked_at_before_the_group_that_waits_longer_is_done_with() -> None:
    order: list[int] = []
    sweeper(lambda hit: order.append(int(hit["pk"].removeprefix("CASE#"))), at_once=4)[0].run(AT)
    groups = [sorted(order[start : start + 4]) for start in range(0, DUE, 4)]
    assert [number for group in groups for number in group] == list(range(DUE))


def test_one_that_fails_is_parked_and_the_others_beside_it_go_on() -> None:
    def carry(hit: Item) -> None:
        if hit["pk"].endswith("5"):
            raise ValueError("unreadable")

    sweep, table = sweeper(carry, at_once=8)
    swept = sweep.run(AT)
    assert (swept.acted, swept.parked) == (DUE - 2, 2)
    parked = [item["wake_at"] for item in table.hits("due", keys.SHARDS[0], low=keys.instant(AT)).items]
    assert parked == [keys.instant(AT + PARK)] * 2


def test_a_sweep_whose_time_is_over_stops_and_leaves_the_rest_due() -> None:
    looks = iter([True, True, True, False])
    swept = sweeper(lambda hit: None, at_once=4, due=2 * PAGE)[0].run(AT, lambda: next(looks, False))
    assert swept.examined == 3, "the time is asked for before each"


def test_each_that_looks_side_by_side_has_a_connection_of_its_own() -> None:
    assert dynamo.Row.Meta.max_pool_connections >= AT_ONCE
