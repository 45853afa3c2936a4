"""Notices do not ring at night, and none is lost to it."""

from datetime import datetime, time

import pytest

from chalicelib.clock import CHINA
from chalicelib.notices.window import opens_at

DAY = (time(8), time(20))
OVER_MIDNIGHT = (time(20), time(2))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize("now", ["2026-11-25T08:00:00", "2026-11-25T12:30:00", "2026-11-25T19:59:59"])
def test_the_window_is_open_by_day(now: str) -> None:
    assert opens_at(at(now), DAY) is None


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        ("2026-11-25T07:59:59", "2026-11-25T08:00:00"),
        ("2026-11-25T20:00:00", "2026-11-26T08:00:00"),
        ("2026-11-25T00:00:00", "2026-11-25T08:00:00"),
        ("2026-12-31T23:30:00", "2027-01-01T08:00:00"),
    ],
)
def test_at_night_the_next_opening_is_named(now: str, opening: str) -> None:
    assert opens_at(at(now), DAY) == at(opening)


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        ("2026-11-25T20:00:00", None),
        ("2026-11-26T01:59:59", None),
        ("2026-11-26T02:00:00", "2026-11-26T20:00:00"),
        ("2026-11-26T19:59:59", "2026-11-26T20:00:00"),
    ],
)
def test_a_window_may_reach_over_midnight(now: str, opening: str | None) -> None:
    assert opens_at(at(now), OVER_MIDNIGHT) == (at(opening) if opening else None)


def test_a_login_code_rings_at_any_hour() -> None:
    assert opens_at(at("2026-11-25T03:00:00"), DAY, "S01") is None


@pytest.mark.parametrize("hour", range(24))
def test_a_whole_day_is_open_at_every_hour(hour: int) -> None:
    assert opens_at(at(f"2026-11-25T{hour:02d}:59:59"), (time(0), time.max)) is None
