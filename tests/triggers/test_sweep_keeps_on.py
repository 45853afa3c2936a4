"""A sweep keeps on while something comes due from second to second: a wait for room is not one of five minutes."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.store import proofs
from chalicelib.store.table import Item
from chalicelib.triggers.deadlines import STOP_BEFORE_MS, Sweeper, time_for
from tests.triggers.test_sweep import filed, sweeper
from tests.triggers.world import World


@pytest.fixture
def world() -> World:
    return World(vacant={"city", "province"})


def in_a_hurry(world: World, many: int, at_a_time: int) -> tuple[list[str], Sweeper]:
    """So many notices are due, and so many in a second have room: as `triggers/notices.py` postpones the rest."""
    cases, went = filed(world, many), []
    world.pass_time(minutes=6)
    seconds: Counter[datetime] = Counter()

    def carry(hit: Item) -> None:
        proof = proofs.at(world.table, hit["pk"], hit["sk"])
        assert proof is not None
        if seconds[world.at] < at_a_time:
            seconds[world.at] += 1
            went.append(proof.case_id)
            proofs.save(world.table, proof, proofs.needless(proof, "went"))
        else:
            proofs.save(world.table, proof, proofs.postpone(proof, world.at + timedelta(seconds=1)))

    assert len(cases) == many
    return went, replace(sweeper(world), carry=carry)


def test_what_had_to_wait_a_second_for_room_goes_with_the_same_sweep(world: World) -> None:
    went, sweep = in_a_hurry(world, many=30, at_a_time=4)
    began = world.at
    sweep.run(began)
    assert len(went) == 4
    sweep.keep_on(began, lambda: True, now=lambda: world.at, pause=lambda s: world.pass_time(seconds=-(-s // 1)))
    assert len(set(went)) == len(went) == 30
    assert world.at - began < timedelta(seconds=15)


def test_a_sweep_that_keeps_on_stops_in_time_and_one_with_nothing_to_wait_for_at_once(world: World) -> None:
    went, sweep = in_a_hurry(world, many=30, at_a_time=1)
    sweep.run(world.at)
    until = world.at + timedelta(seconds=5)
    sweep.keep_on(
        world.at,
        lambda: world.at < until,
        now=lambda: world.at,
        pause=lambda s: world.pass_time(seconds=-(-s // 1)),
    )
    assert 1 < len(went) <= 7

    def never(_: float) -> None:
        raise AssertionError("there is nothing to wait for")

    idle = World()
    idle.deliver(idle.file())
    sweeper(idle).keep_on(idle.at, lambda: True, now=lambda: idle.at, pause=never)


def test_what_is_stuck_in_the_index_does_not_keep_a_sweep_going(world: World) -> None:
    world.file()
    looked: list[str] = []
    world.pass_time(minutes=5)
    began = world.at
    sweeper(world, looked).run(began)
    sweeper(world, looked).keep_on(
        began, lambda: True, now=lambda: world.at, pause=lambda s: world.pass_time(seconds=1)
    )
    assert len(looked) < 10
    assert world.at - began < timedelta(seconds=10)


def test_a_look_at_every_case_takes_a_share_of_the_time_and_leaves_the_rest_for_what_comes_due() -> None:
    left = [STOP_BEFORE_MS + 240_000]
    whole, quarter = (time_for(lambda: left[0], share) for share in (1, 1 / 4))
    for now, has in (
        (240_000, (True, True)),
        (180_001, (True, True)),
        (180_000, (True, False)),
        (1, (True, False)),
        (0, (False, False)),
    ):
        left[0] = STOP_BEFORE_MS + now
        assert (whole(), quarter()) == has
    for _ in range(2):
        assert not time_for(lambda: left[0], 1 / 4)(), "a sweep that has to stop begins no look"
        left[0] -= 5_000
