"""Forty function processes killed in the middle of their work, while people use the system (`make soak-kill`: more)."""

from typing import Any

import pytest

from benchmarks import soak_kill
from infra.faults.audit import WRONG
from infra.faults.campaign import FUNCTIONS

KILLS = 40


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    """A campaign over a stack of its own."""
    return soak_kill.soak(KILLS, seed=40, days=(0,), workers=3)


def test_nothing_acknowledged_is_lost_and_nothing_is_done_twice(found: dict[str, Any]) -> None:
    figures = found["figures"]
    assert {name: figures[name] for name in WRONG} == dict.fromkeys(WRONG, 0)
    assert figures["acknowledged_cases"] > 0
    assert figures["notices"] > 0


def test_forty_died_in_every_function_of_the_way(found: dict[str, Any]) -> None:
    assert found["figures"]["kills"] >= KILLS
    assert {point.split("|")[0] for point in found["kills_per_point"]} == set(FUNCTIONS)


DONE = ("kills", "points", "acknowledged_cases", "texts_carried", "reports", "functions_killed")


@pytest.mark.parametrize("wrong", [*WRONG, *DONE])
def test_a_campaign_that_found_something_or_did_nothing_does_not_hold(found: dict[str, Any], wrong: str) -> None:
    sound = found["figures"] | dict.fromkeys(WRONG, 0) | {"points": KILLS}
    assert soak_kill.held(found["figures"])
    assert soak_kill.held(sound)
    assert not soak_kill.held(sound | {wrong: 1 if wrong in WRONG else 0})
