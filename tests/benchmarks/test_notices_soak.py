"""The soak of notices in small: our design keeps its promise, and each naive one fails the same checker."""

from dataclasses import replace
from datetime import timedelta

import pytest

from benchmarks.notice_world import FLOOD, Plan, World, naive
from benchmarks.notices import check, delays, figures, first_tries, is_held, ran
from chalicelib.store import proofs

PLAN = Plan(cases=170, codes_per_second=0)
"""510 notices."""


@pytest.fixture(scope="module")
def world() -> World:
    return ran(PLAN)


def test_each_notice_ends_with_a_telephone_or_a_person_and_none_is_repeated_without_a_doubt_on_record(
    world: World,
) -> None:
    found = figures(world)
    assert found["notices"] == 510
    assert found["delivered"] + found["with_a_person"] == 510
    assert not any(check(world).values())
    assert found["parked"] == 0
    assert sum(name.startswith("fault: ") for name in found) >= 15
    assert found["notices_owed_in_the_outage"] > 30
    assert found["notices_owed_in_the_outage_and_never_tried"] == 0
    assert found["minutes_after_the_outage_until_all_were_tried"] < 180


@pytest.mark.parametrize("name", ["sends again whatever was not confirmed", "takes OK for delivered"])
def test_a_naive_design_fails_the_checker(name: str) -> None:
    assert any(check(ran(naive(PLAN)[name])).values())


def test_a_flood_of_codes_delays_no_notice_unless_both_have_one_quota() -> None:
    flooded = Plan(cases=400, days=1, flood=(FLOOD[0], FLOOD[0] + timedelta(minutes=25)))
    calm = ran(replace(flooded, codes_per_second=0))
    ours = delays(ran(flooded), calm)
    assert len(ours) >= 20
    assert max(ours) <= 600
    assert max(delays(ran(naive(flooded)["gives codes and notices one quota"]), calm)) > 600


def test_what_the_flood_kept_from_being_tried_is_delayed_for_ever(world: World) -> None:
    calm = ran(Plan(cases=60, days=1, hours=2.5, codes_per_second=0))
    flooded = ran(Plan(cases=60, days=1, hours=2.5, codes_per_second=0))
    assert set(delays(flooded, calm)) == {0.0}
    case_id = next(case_id for case_id, _, _ in first_tries(calm))
    for row in proofs.of_case(flooded.table, case_id):
        proofs.save(flooded.table, row, replace(row, attempts=()))
    assert float("inf") in delays(flooded, calm)


def test_a_broken_promise_is_told(world: World) -> None:
    flood = {"flood_notices_compared": 1_000, "flood_notices_never_tried": 0, "flood_longest_delay_s": 0.0}
    kept = figures(world) | flood | {"naive: x": "lost 1"}
    assert is_held(kept)
    for wrong in (
        {"lost": 1}, {"unrecorded_repeats": 1}, {"delivered": 1}, {"flood_longest_delay_s": 601.0}, {"naive: x": ""},
        {"parked": 1}, {"flood_notices_compared": 999}, {"flood_notices_never_tried": 1},
        {"notices_owed_in_the_outage_and_never_tried": 1},
        {"minutes_after_the_outage_until_all_were_tried": 961.0},
        {"minutes_after_the_outage_until_99_of_100_were_tried": 121.0},
    ):  # fmt: skip
        assert not is_held(kept | wrong)
