"""What must hold for every date, limit and pause, not only for those in the tables."""

import os
import random
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.limits import PETITION, TimeLimit
from chalicelib.domain.workdays import Calendar, Derivation, Pause, add_working_days, derive

CAL = Calendar.shipped()
ROOT = Path(__file__).parents[2]

days = st.dates(min_value=date(2019, 1, 1), max_value=date(2027, 12, 31))
limits = st.sampled_from([limit for limit in PETITION.values() if limit.number is not None])


@st.composite
def closed_pauses(draw: st.DrawFn) -> tuple[date, date]:
    begins = draw(days)
    return begins, begins + timedelta(days=draw(st.integers(0, 40)))


pauses = st.lists(closed_pauses(), max_size=6)
near_pauses = st.lists(st.tuples(st.integers(-10, 90), st.integers(0, 30)), max_size=6)


def derived(limit: TimeLimit, start: date, spans: list[tuple[int, int]]) -> Derivation:
    return derive(limit, start, calendar=CAL, pauses=pauses_around(start, spans))


def pauses_around(start: date, spans: list[tuple[int, int]]) -> list[Pause]:
    return [
        (start + timedelta(days=offset), start + timedelta(days=offset + length))
        for offset, length in spans
        if start + timedelta(days=offset) >= CAL.first
    ]


@given(limits, days, near_pauses)
def test_every_day_after_the_start_is_counted_or_told(
    limit: TimeLimit, start: date, spans: list[tuple[int, int]]
) -> None:
    found = derived(limit, start, spans)
    assert (found.stat_due - start).days == found.days + len(found.skipped)
    assert all(start < each.day <= found.stat_due for each in found.skipped)
    assert len({each.day for each in found.skipped}) == len(found.skipped)


@given(limits, days, near_pauses)
def test_the_legal_date_is_a_working_day_and_nothing_between_is(
    limit: TimeLimit, start: date, spans: list[tuple[int, int]]
) -> None:
    found = derived(limit, start, spans)
    assert CAL.is_working(found.legal_due)
    assert found.stat_due <= found.legal_due
    assert [each.day for each in found.rolled] == [
        found.stat_due + timedelta(days=n) for n in range((found.legal_due - found.stat_due).days)
    ]
    assert all(CAL.is_holiday(each.day) for each in found.rolled)
    assert found.provisional == (found.legal_due > CAL.horizon)


@given(limits, days, st.integers(1, 30), near_pauses)
def test_a_later_start_never_gives_an_earlier_due_date(
    limit: TimeLimit, start: date, later: int, spans: list[tuple[int, int]]
) -> None:
    paused = pauses_around(start, spans)
    earlier = derive(limit, start, calendar=CAL, pauses=paused)
    after = derive(limit, start + timedelta(days=later), calendar=CAL, pauses=paused)
    assert earlier.stat_due <= after.stat_due
    assert earlier.legal_due <= after.legal_due


@given(days, st.integers(0, 29))
def test_a_longer_extension_never_gives_an_earlier_due_date(start: date, extended_by: int) -> None:
    handle = PETITION["handle"]
    shorter = derive(handle, start, calendar=CAL, extended_by=extended_by)
    longer = derive(handle, start, calendar=CAL, extended_by=extended_by + 1)
    assert longer.stat_due == shorter.stat_due + timedelta(days=1)
    assert longer.legal_due >= shorter.legal_due


@given(limits, days, near_pauses, st.tuples(st.integers(-10, 90), st.integers(0, 30)))
def test_one_more_pause_never_gives_an_earlier_due_date(
    limit: TimeLimit, start: date, spans: list[tuple[int, int]], one_more: tuple[int, int]
) -> None:
    assert derived(limit, start, spans).stat_due <= derived(limit, start, [*spans, one_more]).stat_due


@given(limits, days, near_pauses, st.randoms(use_true_random=False))
def test_the_order_and_repetition_of_pauses_does_not_matter(
    limit: TimeLimit, start: date, spans: list[tuple[int, int]], dice: random.Random
) -> None:
    shuffled = [*spans, *spans]
    dice.shuffle(shuffled)
    assert derived(limit, start, spans) == derived(limit, start, shuffled)


@given(limits, days, st.integers(1, 20), st.integers(1, 20), st.integers(0, 60))
def test_two_pauses_end_to_end_are_one(limit: TimeLimit, start: date, first: int, second: int, offset: int) -> None:
    apart = derived(limit, start, [(offset, first), (offset + first, second)])
    assert apart == derived(limit, start, [(offset, first + second)])


@given(limits, days, near_pauses)
def test_a_pause_without_an_end_changes_the_text_but_not_the_date(
    limit: TimeLimit, start: date, spans: list[tuple[int, int]]
) -> None:
    closed = derived(limit, start, spans)
    still_paused: list[Pause] = [*pauses_around(start, spans), (closed.stat_due, None)]
    found = derive(limit, start, calendar=CAL, pauses=still_paused)
    assert (found.stat_due, found.legal_due) == (closed.stat_due, closed.legal_due)
    assert "起停止计时" in found.text()


@given(limits, days, pauses)
def test_deriving_again_gives_the_same_derivation(limit: TimeLimit, start: date, spans: list[Pause]) -> None:
    assert derive(limit, start, calendar=CAL, pauses=spans) == derive(limit, start, calendar=CAL, pauses=spans)


@given(days, st.integers(1, 30), st.integers(0, 30))
def test_working_days_add_up(day: date, some: int, more: int) -> None:
    assert add_working_days(day, some + more, CAL) == add_working_days(add_working_days(day, some, CAL), more, CAL)


@given(days, st.integers(1, 30))
def test_the_nth_working_day_has_n_working_days_up_to_it(day: date, n: int) -> None:
    due = add_working_days(day, n, CAL)
    between = [day + timedelta(days=k) for k in range(1, (due - day).days + 1)]
    assert sum(CAL.is_working(each) for each in between) == n
    assert CAL.is_working(due)


@given(limits, days, near_pauses)
@settings(max_examples=50)
def test_the_text_names_the_start_the_due_date_and_the_article(
    limit: TimeLimit, start: date, spans: list[tuple[int, int]]
) -> None:
    found = derived(limit, start, spans)
    text = found.text()
    for day in (found.start, found.due):
        assert f"{day.year}年{day.month}月{day.day}日" in text
    assert limit.law in text
    assert "。。" not in text
    assert text.endswith("。")


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/New_York"])
def test_the_tables_hold_whatever_zone_the_machine_is_in(zone: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/domain/test_workdays.py"],
        cwd=ROOT,
        env={**os.environ, "TZ": zone},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
