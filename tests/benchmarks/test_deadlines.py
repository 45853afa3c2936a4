"""The proofs of deadlines, scaled down; in full they are `make soak-deadlines`, `soak-orders` and `soak-zones`."""

from datetime import timedelta

import pytest

from benchmarks.deadlines import oracle, orders, zones
from benchmarks.deadlines.__main__ import county
from benchmarks.deadlines.world import World
from chalicelib.domain import elapsing

SELDOM = timedelta(hours=4)


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


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("early", "premature"),
        ("again", "double"),
    ],
)
def test_the_oracle_lives(fault: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that tells lateness a day early, or every rung twice, is found out too."""
    if fault == "early":
        midnight = elapsing._midnight
        monkeypatch.setattr(elapsing, "_midnight", lambda day: midnight(day - timedelta(days=1)))
        is_overdue = elapsing._acted
        monkeypatch.setattr(
            elapsing,
            "_acted",
            lambda procedure, case, clock, moment, at, rules: is_overdue(
                procedure, case, clock, moment, at + timedelta(days=1), rules
            ),
        )
    else:
        with_clock = elapsing.with_clock
        monkeypatch.setattr(
            elapsing,
            "with_clock",
            lambda case, old, new: with_clock(
                case, old, old if new.told_overdue > old.told_overdue and case.version % 2 else new
            ),
        )
    verdict = oracle.judge(World(5, 60, every=SELDOM).play())
    assert getattr(verdict, kind)


def test_any_order_gives_one_date() -> None:
    found = orders.played(300)
    assert found["wrong"] == []
    assert found["several_dates"] == 0
    assert found["orders"] >= 300


@pytest.mark.parametrize("zone", zones.ZONES)
def test_dates_are_the_same_in_every_zone(zone: str) -> None:
    ran = zones.run(zone, zones.INSTANTS[1], ("tests/domain/test_workdays.py", "tests/domain/test_recounting.py"))
    assert ran["said"] == ""
    assert ran["passed"] > 80
