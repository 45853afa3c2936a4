"""The figures that do not depend on the machine are kept by every build: units, transactions, what a sweep looks at."""

import pytest

from benchmarks import sweep
from benchmarks.process import environment, result_of
from benchmarks.run import GOALS


@pytest.fixture(scope="module")
def units(tmp_path_factory):
    return result_of("-m", "benchmarks.journey", tmp_path_factory.mktemp("bench") / "recording.json", env=environment())


@pytest.mark.parametrize("goal", [goal for goal in GOALS if goal.where[0] == "units"], ids=lambda goal: goal.what)
def test_no_step_of_a_petition_costs_more_than_was_promised(units, goal):
    assert goal.found({"units": units}) <= goal.limit


def test_every_unit_of_a_step_is_named(units):
    for step in units.values():
        assert step["all_write_units"] == sum(call["write_units"] for call in step["calls"])
        assert step["all_read_units"] == sum(call["read_units"] for call in step["calls"])
        assert all(call["items"] for call in step["calls"] if call["tables"])


def test_a_sweep_looks_at_what_is_due_and_at_nothing_else():
    assert sweep.measure(1_000, 10)["examined"] == 10
