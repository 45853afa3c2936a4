"""A petition filed, accepted and let go late at one instant: the day is that of China, whatever zone the machine is in.

`benchmarks/deadlines/zones.py` runs it in three zones at six instants, which it tells by `PINNED_AT`; the days that are
expected are counted from that text and not from the product's clock.
"""

import os
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone

import pytest

from chalicelib import clock
from chalicelib.store.tenant import cases
from tests.stories.conftest import Petitioner, sweep

BEIJING = timezone(timedelta(hours=8))
NEW_YEAR = "2027-01-01T00:00:30+08:00"
"""Where nobody pins the clock: in most of the world it is still the year before."""
FIFTEEN, SIXTY = timedelta(days=15), timedelta(days=60)


@pytest.fixture
def instant(later: Callable[..., None]) -> datetime:
    """The instant at which everything happens."""
    at = datetime.fromisoformat(os.environ.get("PINNED_AT") or NEW_YEAR)
    if "PINNED_AT" not in os.environ:
        later(seconds=(at - clock.now()).total_seconds())
    return at.astimezone(BEIJING)


def clock_of(view: dict, limit: str) -> dict:
    return next(each for each in view["clocks"] if each["limit"] == limit)


def dates(view: dict, limit: str) -> tuple[str, str, int]:
    found = clock_of(view, limit)
    return found["start"], found["due"], found["light"]["days_left"]


def test_what_happens_now_happens_on_the_day_of_china(instant, client, world, at_work):
    day = instant.date()
    number = Petitioner(client, world).signs_in().files()["case_number"]
    bureau, unit = at_work("bureau1"), at_work("housing-clerk")
    filed = bureau.get(f"/cases/{number}")
    assert filed["received_on"] == day.isoformat()
    assert dates(filed, "route") == (day.isoformat(), (day + FIFTEEN).isoformat(), 15)
    bureau.step(number, "forward", {"to": "housing"})
    unit.step(number, "accept", {"track": "petition_procedure", "undertaker": "李工"})
    accepted = unit.get(f"/cases/{number}")
    assert dates(accepted, "handle") == (day.isoformat(), (day + SIXTY).isoformat(), 60)
    assert {each["on"] for each in accepted["timeline"]} == {day.isoformat()}


def test_it_is_late_from_midnight_in_china_on(instant, client, world, later):
    number = Petitioner(client, world).signs_in().files()["case_number"]
    due = instant.date() + FIFTEEN
    for at in (morning(due - timedelta(days=5)), morning(due - timedelta(days=2))):
        turn_to(at, later)
        sweep()
    turn_to(midnight_after(due) - timedelta(minutes=2), later)
    sweep()
    assert kinds(number)[-2:] == ["petition.reminded", "petition.reminded"]
    turn_to(midnight_after(due), later)
    sweep()
    late = cases().read(number).events[-1]
    assert (late.type, late.data["due"], late.data["days"]) == ("petition.overdue", due.isoformat(), 1)
    assert late.data["expected_at"] == midnight_after(due).isoformat()


def kinds(number: str) -> list[str]:
    return [each.type for each in cases().read(number).events]


def morning(day: date) -> datetime:
    return datetime.combine(day, time(8, 0, 5), BEIJING)


def midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(0), BEIJING)


def turn_to(at: datetime, later: Callable[..., None]) -> None:
    later(seconds=(at - clock.now()).total_seconds() + 1)
