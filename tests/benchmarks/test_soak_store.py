"""The soak of the store, small: what it counts, and that it can fail."""

from typing import Any

import pytest

from benchmarks import soak_store


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    """A run over an emulator of its own."""
    return soak_store.soak(commands=40, faulty=60, seed=7)


def test_every_command_has_one_effect_and_every_copy_the_same_answer(found: dict[str, Any]) -> None:
    figures = found["figures"]
    assert found["held"], figures
    assert (figures["effects"], figures["equal_answers"]) == (40, 120)
    assert figures["effects_with_faults"] == figures["effects_in_the_storm"] == 60


def test_each_kind_of_fault_was_met_and_ridden_out_within_four_tries(found: dict[str, Any]) -> None:
    figures = found["figures"]
    assert all(figures[f"faults_{kind}"] for kind in soak_store.ODDS)
    assert 1 < figures["most_tries_with_faults"] <= soak_store.MOST_TRIES
    assert figures["most_tries_in_the_storm"] == soak_store.MOST_TRIES, "it fails by chance alone now and then"
    assert figures["told_to_come_again"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"effects": 39},
        {"equal_answers": 119},
        {"double_with_faults": 1},
        {"false_failures": 1},
        {"most_tries_with_faults": 5},
        {"effects_in_the_storm": 59},
        {"faults": 0},
    ],
    ids=str,
)
def test_a_store_that_did_otherwise_does_not_hold(found: dict[str, Any], wrong: dict[str, int]) -> None:
    assert not soak_store.held(found["figures"] | wrong)
