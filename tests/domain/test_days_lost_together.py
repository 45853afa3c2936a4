"""Several decisions on 不可抗力: a right ends on the day that all lost days together give, whatever was decided first.

Served on Thursday 5 November 2026, the thirtieth day is Saturday 5 December, so the right ends on Monday the 7th: one
day lost or two vanish in the weekend, three do not.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.case import PETITIONER, Case, Clock
from chalicelib.domain.force_majeure import record_force_majeure, rights_moved
from chalicelib.domain.owed import owed
from chalicelib.domain.procedure import Rules, dated
from chalicelib.domain.recounting import moves, recount
from chalicelib.domain.workdays import derive
from tests.domain import county
from tests.domain.county import BUREAU_CLERK, RULES

NOV, DEC = ({n: date(2026, month, n) for n in range(1, 31)} for month in (11, 12))
DAY = timedelta(days=1)
Span = tuple[date, date]
A, B, BOTH = (NOV[16], NOV[16]), (NOV[24], NOV[25]), (NOV[24], NOV[26])
TODAY = NOV[27]
SAID = ("公告第3号", "青山县人民政府", "山洪")


def with_right(start: date, rules: Rules = RULES) -> Case:
    """A case with one right of the petitioner, and the organ's clocks that it had."""
    case = county.accepted()
    right = dated(Clock("ask_review", PETITIONER, start, start, start, start), rules)
    return replace(case, clocks=(*case.clocks, right))


def decided(case: Case, *spans: Span, on: date = TODAY, rules: Rules = RULES) -> Case:
    for begins, ends in spans:
        case = record_force_majeure(case, begins, ends, *SAID, by=BUREAU_CLERK, on=on, rules=rules).case
    return case


def under(name: str, off: Iterable[date] = (), make_up: Iterable[date] = ()) -> Rules:
    """The rules when these days are announced to be off, and these to be worked."""
    shipped, gone, worked = RULES.calendar, frozenset(off), frozenset(make_up)
    calendar = replace(shipped, version=name, off=(shipped.off | gone) - worked, make_up=shipped.make_up | worked)
    return Rules(calendar, RULES.limits, {shipped.version: shipped})


def recounted(case: Case, rules: Rules, on: date = TODAY) -> Case:
    change = recount(case, on=on, rules=rules)
    return change.case if change else case


def right(case: Case) -> Clock:
    clock = case.running("ask_review")
    assert clock is not None
    return clock


def test_one_day_and_two_move_nothing_alone_and_one_day_together() -> None:
    case = with_right(NOV[5])
    assert [right(each).due for each in (case, decided(case, A), decided(case, B))] == [DEC[7]] * 3
    assert right(decided(case, A, B)).due == DEC[8]
    assert right(decided(case, A, B)) == right(decided(case, B, A)), "the whole clock, not its day alone"
    assert right(decided(case, BOTH)).due == DEC[8], "three days in one decision"


def test_the_decision_that_moves_it_tells_all_the_days_and_the_one_before_it_writes_to_nobody() -> None:
    case = with_right(NOV[5])
    first = record_force_majeure(case, *A, *SAID, by=BUREAU_CLERK, on=TODAY, rules=RULES)
    assert (first.events[0].clocks, right(first.case).pauses) == ((), ())
    assert "petitioner" not in {each.recipient for each in owed(first.case, first.events[0])}
    assert rights_moved(first.case, *B, TODAY, RULES) == 1, "the preview counts them too"
    second = record_force_majeure(first.case, *B, *SAID, by=BUREAU_CLERK, on=TODAY, rules=RULES)
    (said,) = second.events[0].clocks
    assert (said.due, said.pauses) == (DEC[8], ((NOV[16], NOV[17]), (NOV[24], NOV[26])))
    assert right(second.case).pauses == said.pauses, "whoever has the events has the clock"


def test_days_that_a_clock_holds_already_are_taken_up_once() -> None:
    """A clock may hold one of the two already, and is counted with each of them once."""
    case = decided(with_right(NOV[5]), A)
    held = replace(right(case), pauses=((NOV[16], NOV[17]),))
    case = replace(case, clocks=tuple(held if each.limit == "ask_review" else each for each in case.clocks))
    assert right(decided(case, B)).pauses == ((NOV[16], NOV[17]), (NOV[24], NOV[26]))


def test_days_before_a_right_began_are_none_of_its_days() -> None:
    case = with_right(NOV[17])
    assert right(decided(case, A, B)) == right(decided(case, B))


@pytest.mark.parametrize("spans", [(A, B), (B, A)])
def test_other_days_off_announced_between_forget_none(spans: tuple[Span, Span]) -> None:
    worked = under("weekend.worked", make_up=(DEC[5], DEC[6]))
    case = recounted(decided(with_right(NOV[5]), spans[0]), worked)
    assert right(case).due == DEC[7], "never before the day he was told"
    assert right(decided(case, spans[1], rules=worked)).due == DEC[8]


def test_counting_anew_takes_up_the_days_that_vanished_in_a_weekend() -> None:
    """Two days lost, and the 7th is off now while Sunday the 6th is worked: without them the right would end on it."""
    rules = under("seventh.off", off=(DEC[7],), make_up=(DEC[6],))
    lost, without = decided(with_right(NOV[5]), (NOV[16], NOV[17])), with_right(NOV[5])
    assert right(lost) == right(without)
    assert (right(recounted(without, rules)).due, right(recounted(lost, rules)).due) == (DEC[7], DEC[8])
    (moved,) = (each for each in moves(lost, on=TODAY, rules=rules) if each.before.owner == PETITIONER)
    assert moved.after.pauses == ((NOV[16], NOV[18]),)
    assert moves(recounted(lost, rules), on=TODAY, rules=rules) == (), "and looking again changes nothing"


def test_days_below_a_day_that_is_kept_count_when_others_come() -> None:
    """Kept at the 9th though the 7th is counted: two days more are the 9th, a third one the 10th."""
    kept = replace(right(with_right(NOV[5])), not_before=DEC[9])
    case = with_right(NOV[5])
    case = replace(case, clocks=(*(each for each in case.clocks if each.limit != "ask_review"), dated(kept, RULES)))
    assert [right(decided(case, *spans)).due for spans in ((A,), (B,), (A, B))] == [DEC[9]] * 3
    assert right(decided(case, A, B, (NOV[10], NOV[11]))).due == DEC[10]
    assert right(decided(case, (NOV[10], NOV[11]), B, A)).due == DEC[10]


def test_an_organs_clock_has_none_of_it() -> None:
    case = with_right(NOV[5])
    after = recounted(decided(case, A, B), under("other", off=(DEC[7],)))
    for clock in case.clocks:
        if clock.owner != PETITIONER:
            now = after.clock(clock.limit, clock.about)
            assert now is not None
            assert (now.due, now.pauses) == (clock.due, clock.pauses)


LATER = date(2027, 2, 1)
spans = st.tuples(st.integers(0, 60), st.integers(0, 9)).map(
    lambda drawn: (NOV[1] + DAY * drawn[0], NOV[1] + DAY * (drawn[0] + drawn[1]))
)
several = st.lists(spans, min_size=1, max_size=5, unique=True)
starts = st.integers(0, 27).map(lambda n: NOV[1] + DAY * n)
some_days = st.sets(st.integers(0, 45).map(lambda n: DEC[1] + DAY * n), max_size=12)


def at_once(start: date, decisions: Sequence[Span], rules: Rules = RULES) -> date:
    """The last day, counted from the start with all these days at once."""
    lost = [(begins, ends + DAY) for begins, ends in decisions]
    return derive(rules.limits["ask_review"], start, calendar=rules.calendar, pauses=lost).due


@given(starts, several, st.randoms(use_true_random=False))
def test_in_any_order_it_is_the_day_of_all_at_once(start: date, decisions: list[Span], dice: random.Random) -> None:
    other = list(decisions)
    dice.shuffle(other)
    one, two = (decided(with_right(start), *order, on=LATER) for order in (decisions, other))
    assert right(one).due == right(two).due == at_once(start, decisions)


def _then_all(case: Case, rest: list[Span], rules: Rules) -> Case:
    return decided(recounted(case, rules, LATER), *rest, on=LATER, rules=rules)


def _all_then(case: Case, rest: list[Span], rules: Rules) -> Case:
    """Decided under the new days off before the timer came to count anew."""
    return recounted(decided(case, *rest, on=LATER, rules=rules), rules, LATER)


@pytest.mark.parametrize("goes_on", [_then_all, _all_then])
@given(start=starts, decisions=several, told=st.integers(0, 5), off=some_days, worked=some_days)
def test_also_when_other_days_off_come_between_and_never_before_a_day_that_was_told(
    goes_on: Callable[[Case, list[Span], Rules], Case],
    start: date,
    decisions: list[Span],
    told: int,
    off: set[date],
    worked: set[date],
) -> None:
    rules = under("drawn", off, worked)
    before, rest = decisions[:told], decisions[told:]
    case = goes_on(decided(with_right(start), *before, on=LATER), rest, rules)
    assert right(case).due == max(at_once(start, decisions, rules), at_once(start, before))
