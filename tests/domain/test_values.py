"""A value with some fields anew is what the standard library would have made of it, and refuses what it refuses."""

import dataclasses
from datetime import date

import pytest

from chalicelib.domain.case import Clock
from chalicelib.domain.limits import LIMITS
from chalicelib.domain.values import replace

ON = date(2026, 3, 2)
CLOCK = Clock("handle", "housing", ON, ON, ON, ON, about="1")


def test_only_what_is_given_changes_and_the_first_one_stays() -> None:
    later = replace(CLOCK, due=date(2026, 5, 2))
    assert later == dataclasses.replace(CLOCK, due=date(2026, 5, 2))
    assert (CLOCK.due, later.due, later.about) == (ON, date(2026, 5, 2), "1")
    assert replace(CLOCK) == CLOCK
    assert replace(CLOCK) is not CLOCK


def test_a_field_that_there_is_not_is_refused() -> None:
    with pytest.raises(TypeError, match="Clock has no dew"):
        replace(CLOCK, dew=ON)  # type: ignore[call-arg]


def test_what_a_value_checks_of_itself_is_checked_again() -> None:
    with pytest.raises(ValueError, match="either days or working days"):
        replace(LIMITS[0], days=60, working_days=15)
