"""The sweep: the oldest first over all shards, nothing remembered, what fails put off for longer each time."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.clock import CHINA
from chalicelib.store import keys, proofs
from chalicelib.store.table import Item
from chalicelib.triggers import notices
from chalicelib.triggers.deadlines import LONGEST_PARK, PARK, Sweeper, park_for
from tests.triggers.world import RULES, TREE, World

ROUTED_LATE = timedelta(days=16)


@pytest.fixture
def world() -> World:
    return World(vacant={"city", "province"})


def sweeper(world: World, carried: list[str] | None = None) -> Sweeper:
    def carry(hit: Item) -> None:
        if carried is not None:
            carried.append(hit["pk"])

    return Sweeper(cases=world.cases, rules=RULES, carry=carry, tree=lambda: TREE)


def filed(world: World, many: int) -> list[str]:
    """So many petitions, an hour apart."""
    found = []
    for number in range(many):
        found.append(world.file(number=7919 * number + 123))
        world.pass_time(hours=1)
    return found


def events(world: World, case_id: str, kind: str) -> list[dict]:
    return [each.data for each in world.cases.read(case_id).events if each.type == kind]


def test_a_sweep_cut_short_has_begun_with_what_waited_longest_whichever_shard_holds_it(world: World) -> None:
    cases, looked = filed(world, 12), []
    assert len({keys.shard(each) for each in cases}) == 4
    budget = iter([True] * 5 + [False] * 100)
    sweeper(world, looked).run(world.at + timedelta(minutes=10), lambda: next(budget))
    assert looked == [keys.case(each) for each in cases[:5]]


def test_what_a_sweep_cut_short_did_not_reach_the_next_one_finds(world: World) -> None:
    cases, at = filed(world, 8), world.at + ROUTED_LATE
    for case_id in cases:  # their notices have gone out
        world.deliver(case_id)
    for _ in range(8):
        budget = iter([True, False])
        sweeper(world).run(at, lambda budget=budget: next(budget))
    assert [len(events(world, each, "petition.overdue")) for each in cases] == [1] * 8


def test_a_sweep_says_how_long_the_oldest_had_waited(world: World) -> None:
    filed(world, 1)
    late = world.at - timedelta(hours=1) + proofs.SAFETY + timedelta(minutes=40)
    assert sweeper(world).run(late).oldest_s == 40 * 60
    assert sweeper(World()).run(late).oldest_s == 0


def test_lateness_is_written_down_with_both_instants(world: World) -> None:
    case_id = world.file()  # on 25 November: to be routed by 10 December
    at = datetime(2026, 12, 13, 9, 30, tzinfo=CHINA)
    sweeper(world).run(at)
    (late,) = events(world, case_id, "petition.overdue")
    assert late["due"] == "2026-12-10"
    assert late["expected_at"] == "2026-12-11T00:00:00+08:00"
    assert late["detected_at"] == at.isoformat()


def test_who_is_reached_minutes_after_the_sweep_began_is_late_by_these_minutes(world: World) -> None:
    """Two cases in one sweep, and two minutes for each."""
    cases, began = filed(world, 2), datetime(2026, 12, 13, 9, 30, tzinfo=CHINA)
    seen = (began + timedelta(minutes=2 * number) for number in (1, 2))
    slow = replace(sweeper(world), now=lambda: next(seen))
    slow.run(began)
    found = [event for each in cases for event in world.cases.read(each).events if event.type == "petition.overdue"]
    said = ["2026-12-13T09:32:00+08:00", "2026-12-13T09:34:00+08:00"]  # both are due at one instant: either comes first
    assert sorted(each.data["detected_at"] for each in found) == said
    assert sorted(each.at for each in found) == [began + timedelta(minutes=2), began + timedelta(minutes=4)]


def test_what_a_person_committed_while_the_sweep_ran_is_not_followed_by_an_earlier_event(world: World) -> None:
    case_id, began = world.file(), datetime(2026, 12, 13, 9, 30, tzinfo=CHINA)
    world.at = began + timedelta(minutes=3)

    def meanwhile() -> bool:
        world.forward(case_id)
        return True

    budget = iter([meanwhile])
    slow = replace(sweeper(world), now=lambda: world.at + timedelta(minutes=1))
    slow.run(began, lambda: next(budget, lambda: True)())
    instants = [each.at for each in world.cases.read(case_id).events]
    assert instants == sorted(instants)


def test_a_clock_that_is_behind_sets_nothing_before_the_sweep_itself(world: World) -> None:
    case_id, began = world.file(), datetime(2026, 12, 13, 9, 30, tzinfo=CHINA)
    replace(sweeper(world), now=lambda: began - timedelta(minutes=3)).run(began)
    (late,) = events(world, case_id, "petition.overdue")
    assert late["detected_at"] == began.isoformat()


def test_what_fails_is_put_off_for_longer_each_time_and_holds_up_nobody(world: World) -> None:
    broken, sound = filed(world, 2)
    item = world.table.get(keys.case(broken), keys.CASE)
    assert item is not None
    world.table.put(item | {"snapshot": b"not a snapshot"})
    at, waits = world.at + ROUTED_LATE, []
    for _ in range(4):
        assert sweeper(world).run(at).parked == 1
        put_off = keys.moment(world.table.get(keys.case(broken), keys.CASE)["wake_at"])  # type: ignore[index]
        waits.append(put_off - at)
        assert sweeper(world).run(put_off - timedelta(seconds=1)).parked == 0
        at = put_off
    assert waits == [PARK, 2 * PARK, 4 * PARK, 8 * PARK]
    assert len(events(world, sound, "petition.overdue")) == 1


def test_nothing_is_put_off_for_longer_than_half_a_day() -> None:
    assert [park_for(times) for times in (1, 2, 3)] == [PARK, 2 * PARK, 4 * PARK]
    assert park_for(50) == LONGEST_PARK == timedelta(hours=12)


def test_what_was_put_right_is_no_longer_counted_as_failing(world: World) -> None:
    case_id = world.file()
    item = world.table.get(keys.case(case_id), keys.CASE)
    assert item is not None
    world.table.put(item | {"parked": 3})
    world.forward(case_id)
    assert "parked" not in world.table.get(keys.case(case_id), keys.CASE)  # type: ignore[operator]


def test_two_sweeps_at_the_same_instant_do_everything_once(world: World) -> None:
    cases, at = filed(world, 4), world.at + ROUTED_LATE
    first = sweeper(world)
    first.run(at, lambda: bool(sweeper(world).run(at)))
    first.run(at)
    assert [len(events(world, each, "petition.overdue")) for each in cases] == [1] * 4


def test_a_notice_that_waits_is_carried_by_the_sweep(world: World) -> None:
    case_id = world.file()
    other = world.file(number=7919)
    world.deliver(other)
    sent = len(world.carrier.sent)
    sweep = replace(sweeper(world), carry=lambda hit: notices.send_due(hit, lambda: world.post))
    sweep.run(world.at)
    assert world.proof(case_id).state == proofs.OWED, "its own way out has the first five minutes"
    world.pass_time(minutes=6)
    sweep.run(world.at)
    assert world.proof(case_id).state == proofs.SENT
    assert len(world.carrier.sent) == 2 * sent, "and nothing twice"
