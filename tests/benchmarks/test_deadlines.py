"""The proofs of deadlines, scaled down; in full they are `make soak-deadlines`, `soak-orders` and `soak-zones`."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest

from benchmarks.deadlines import oracle, orders, zones
from benchmarks.deadlines.__main__ import county
from benchmarks.deadlines.world import World
from chalicelib.domain import elapsing, procedure

ASKS_THE_CLOCK = "tests/stories/test_dates_at_any_instant.py"
BRING_THEIR_DAYS = ("tests/domain/test_workdays.py", "tests/domain/test_recounting.py")
DAY, SELDOM = timedelta(days=1), timedelta(hours=4)


def test_no_deadline_is_missed_premature_or_double_in_three_years() -> None:
    found = county(5, 250, every=SELDOM)
    assert found["first_wrong"] == []
    assert [found[name] for name in ("missed", "premature", "double", "miscounted")] == [0, 0, 0, 0]
    assert found["obligations"] >= 250
    assert found["demanded"] > 500
    assert found["dates_recounted"] > 0
    assert found["longest_outage_hours"] == 72
    assert min(found[name] for name in ("index_hits_hidden", "index_ghosts", "processes_killed", "outages")) > 0


def test_a_sweep_that_looks_at_what_came_due_since_its_last_run_is_found_out() -> None:
    found = county(5, 250, naive=True, every=SELDOM)
    assert found["missed"] > 0


def a_day_early(monkeypatch: pytest.MonkeyPatch) -> None:
    midnight, acted = elapsing._midnight, elapsing._acted
    monkeypatch.setattr(elapsing, "_midnight", lambda day: midnight(day - timedelta(days=1)))
    monkeypatch.setattr(
        elapsing,
        "_acted",
        lambda procedure, case, clock, moment, at, rules: acted(
            procedure, case, clock, moment, at + timedelta(days=1), rules
        ),
    )


def every_rung_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    with_clock = elapsing.with_clock
    monkeypatch.setattr(
        elapsing,
        "with_clock",
        lambda case, old, new: with_clock(
            case, old, old if new.told_overdue > old.told_overdue and case.version % 2 else new
        ),
    )


def reminders_at_midnight(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only those: a line told at midnight is found out by another sentence of the oracle."""
    line_at = elapsing._line_at
    monkeypatch.setattr(elapsing, "REMIND_AT", time(0))
    monkeypatch.setattr(elapsing, "_line_at", lambda *given: (at := line_at(*given)) and at.replace(hour=8))


def a_day_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    derive = procedure.derive
    monkeypatch.setattr(procedure, "derive", lambda limit, start, **how: derive(limit, start + DAY, **how))


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (a_day_early, "premature"),
        (every_rung_twice, "double"),
        (reminders_at_midnight, "premature"),
        (a_day_too_many, "miscounted"),
    ],
)
def test_the_oracle_lives(
    fault: Callable[[pytest.MonkeyPatch], None], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An engine that is early, tells twice or counts wrongly is found out too."""
    fault(monkeypatch)
    verdict = oracle.judge(World(5, 60, every=SELDOM).play())
    assert getattr(verdict, kind)


def test_any_order_gives_one_date() -> None:
    found = orders.played(300)
    assert found["wrong"] == []
    assert found["several_dates"] == 0
    assert found["orders"] >= 300


@pytest.mark.parametrize("zone", zones.ZONES)
def test_dates_are_the_same_in_every_zone(zone: str) -> None:
    ran = zones.run(zone, zones.INSTANTS[2], (*BRING_THEIR_DAYS, ASKS_THE_CLOCK))
    assert ran["said"] == ""
    assert ran["passed"] > 80


def test_the_zones_live() -> None:
    """A product that takes the machine's day for the legal one is right in China, and in New York it is not."""
    fault = "tests.benchmarks.local_day"
    right, wrong = (zones.run(zone, zones.INSTANTS[2], (ASKS_THE_CLOCK,), plugin=fault) for zone in zones.ZONES[1:])
    assert (right["failed"], wrong["failed"] > 0) == (0, True)


def test_an_instant_that_is_not_shown_is_found_out() -> None:
    """The days expected are counted from the text of the instant: a clock that stands elsewhere fails them."""
    ran = zones.run("UTC", zones.INSTANTS[0], (ASKS_THE_CLOCK,), plugin="tests.benchmarks.unpinned")
    assert ran["failed"] > 0
