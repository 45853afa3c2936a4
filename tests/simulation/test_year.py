"""A small year: its figures add up, its lateness is counted again by the oracle, and a seed repeats it."""

from collections import Counter
from datetime import timedelta

import pytest

from infra.traces.oracle import oracle
from infra.traces.world import RULES
from infra.year import figures
from infra.year.__main__ import table
from infra.year.play import Played, YearWorld, play
from infra.year.staff import UNITS, units

COUNT, DAY = 45, timedelta(days=1)


@pytest.fixture(scope="module")
def year() -> Played:
    """A few weeks' worth of petitions, spread over the year."""
    return play(("3", 0, COUNT))


def test_every_petition_is_in_it_and_no_invariant_broke(year: Played) -> None:
    assert year.wrong == []
    assert len(year.rows) == len({row.case_id for row in year.rows}) == COUNT
    assert sum(row.online for row in year.rows) == COUNT * 2 // 3


def test_the_units_add_up_to_the_county(year: Played) -> None:
    by_unit, total = figures.sums(year.rows)
    for name in (
        "received",
        "online",
        "late",
        "late_days",
        "reviewed",
        "supervised",
        "escalated",
        "rating_lapsed",
        "open",
    ):
        assert sum(getattr(each, name) for each in by_unit.values()) == getattr(total, name), name
    for name in ("accepted", "answered", "forwarded", "ratings"):
        added = sum((getattr(each, name) for each in by_unit.values()), Counter())
        assert added == getattr(total, name), name
    assert total.received == COUNT
    assert set(by_unit) <= {*UNITS, "bureau"}


def test_people_were_late_and_the_lateness_is_what_counting_again_gives(year: Played) -> None:
    told, recounted = oracle(RULES.limits), Counter[str]()
    for row in year.rows:
        for clock in row.clocks:
            assert clock.ended_on is not None
            stopped = {begins + DAY * n for begins, ends in clock.pauses if ends for n in range((ends - begins).days)}
            number = clock.days or RULES.limits[clock.limit].number or 0
            due = told.count(clock.limit, clock.start, number + clock.extended_by, stopped)
            over = {due + DAY * n for n in range(1, (clock.ended_on - due).days + 1)} - stopped
            recounted["dates"] += 1
            recounted["late"] += clock.ended_on > due
            recounted["days"] += len(over)
    _, total = figures.sums(year.rows)
    assert (total.late, total.late_days) == (recounted["late"], recounted["days"])
    assert 0 < total.late < recounted["dates"]


def test_everything_came_to_rest(year: Played) -> None:
    _, total = figures.sums(year.rows)
    assert total.open == 0
    assert year.counts["notices"] == sum(
        year.counts[f"notices_{state}"] for state in ("sent", "delivered", "handed_to_person", "needless", "spread")
    )


def test_a_rate_without_cases_is_empty() -> None:
    assert (figures.rate(0, 0), figures.rate(0, 4), figures.rate(1, 3)) == ("", "0.0%", "33.3%")


def test_the_table_names_every_unit_and_the_county(year: Played) -> None:
    said = table(year, "3")
    assert f"共 {COUNT} 件" in said
    for unit in {row.unit for row in year.rows}:
        assert figures.name_of(unit) in said
    assert "合计" in said
    assert "信访部门及时受理率" in said


def test_the_same_seed_is_the_same_year(year: Played) -> None:
    again = play(("3", 0, COUNT))
    assert _told(again) == _told(year)
    assert units("3", YearWorld.start) == units("3", YearWorld.start) != units("4", YearWorld.start)


def _told(played: Played) -> list[figures.Row]:
    return sorted(played.rows, key=lambda row: row.case_id)
