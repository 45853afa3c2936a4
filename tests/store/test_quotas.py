"""Room and money for text messages: what did not leave has taken nothing, and what a life hangs on waits for nobody."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest

from chalicelib.clock import CHINA
from chalicelib.profiles import load
from chalicelib.profiles.profile import Budget, Limit
from chalicelib.store import guard
from chalicelib.store.bulk_quota import BulkQuota
from chalicelib.store.quotas import Quotas
from chalicelib.store.table import Busy

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=CHINA)
BULK_RATES = {"bulk": (Limit("everybody", 1, 9, True), Limit("number", 86_400, 9, True))}
TWO = BULK_RATES | {"notice": (Limit("number", 86_400, 39), Limit("everybody", 1, 2))}


@dataclass
class Counted:
    """The counters of one second, by name."""

    n: Counter[str] = field(default_factory=Counter)
    broken: str = ""
    """A period that cannot be counted."""

    def count(self, action: str, rule: Limit, subject: str) -> None:
        name = f"{action} {rule.per} {subject}"
        if self.n[name] >= rule.most:
            raise guard.TooMany("", 1 if rule.window_s == 1 else 14 * 3600)
        self.n[name] += 1

    def uncount(self, action: str, rule: Limit, subject: str) -> None:
        self.n[f"{action} {rule.per} {subject}"] -= 1

    def spend(self, period: str, _ends: int, most: int | None) -> int | None:
        if period == self.broken:
            raise Busy
        if most is not None and self.n[period] >= most:
            return None
        self.n[period] += 1
        return self.n[period]

    def unspend(self, period: str) -> None:
        self.n[period] -= 1

    def quotas(self, *budgets: Budget) -> Quotas:
        return Quotas(TWO, budgets, self.count, self.uncount, self.spend, lambda: NOW, self.unspend)


def test_a_notice_that_waits_for_the_room_of_all_keeps_that_of_its_number() -> None:
    counted = Counted()
    of = counted.quotas()
    assert [of.wait_for_notice("a") for _ in range(2)] == [0, 0]
    for _ in range(100):
        assert of.wait_for_notice("b") == 1
    assert counted.n["notice number b"] == 0
    counted.n["notice everybody *"] = 0
    assert of.wait_for_notice("b") == 0, "its day was not used up by waiting"


def test_a_full_number_takes_no_room_of_all() -> None:
    counted = Counted(Counter({"notice number a": 39}))
    assert counted.quotas().wait_for_notice("a") == 14 * 3600
    assert counted.n["notice everybody *"] == 0


def test_what_may_ring_at_any_hour_is_counted_and_waits_for_nobody() -> None:
    counted = Counted(Counter({"notice number a": 39, "notice everybody *": 1}))
    assert [counted.quotas().wait_for_notice("a", at_any_hour=True) for _ in range(3)] == [0, 0, 0]
    assert counted.n["notice everybody *"] == 2


def test_asking_for_room_costs_no_money_and_going_does() -> None:
    counted = Counted()
    of = counted.quotas(Budget("day", 3, 2), Budget("month", 9, 5))
    of.wait_for_notice("a")
    assert counted.n["2026-11-25"] == 0
    of.notice_went()
    assert (counted.n["2026-11-25"], counted.n["2026-11"]) == (1, 1)


@pytest.mark.parametrize(
    ("most_of_month", "words"), [(1, "本月的验证码已发完"), (9, "今天的验证码已发完")], ids=["month", "day"]
)
def test_a_code_that_is_refused_costs_nothing_and_says_which_budget_is_used_up(most_of_month: int, words: str) -> None:
    counted = Counted()
    of = counted.quotas(Budget("day", 4, 2), Budget("month", 1 + most_of_month, 1))
    taken = min(2, most_of_month)
    for _ in range(taken):
        of.take_for_code()
    for _ in range(3):
        with pytest.raises(guard.TooMany, match=words):
            of.take_for_code()
    assert (counted.n["2026-11-25"], counted.n["2026-11"]) == (taken, taken)


def test_a_code_that_did_not_leave_is_given_back_and_so_is_one_that_was_half_counted() -> None:
    counted = Counted()
    of = counted.quotas(Budget("day", 4, 2), Budget("month", 9, 1))
    of.take_for_code()
    of.give_code_back()
    assert counted.n.total() == 0
    counted.broken = "2026-11"
    with pytest.raises(Busy):
        of.take_for_code()
    assert counted.n["2026-11-25"] == 0


def test_an_outage_with_many_owed_notices_stops_no_code() -> None:
    county = load("county")
    counted = Counted()
    of = Quotas(county.limits, county.budgets, counted.count, counted.uncount, counted.spend, lambda: NOW)
    for number in range(5_000):  # five thousand notices found no line
        of.wait_for_notice(f"{number}")
        of.give_back(f"{number}")
        counted.n["notice everybody *"] = 0
    of.take_for_code()


def test_what_is_kept_for_bulk_notices_is_neither_a_codes_nor_a_notices() -> None:
    counted = Counted()
    of = counted.quotas(Budget("day", 7, 3, 2))
    for _ in range(2):
        of.take_for_code()
    with pytest.raises(guard.TooMany):
        of.take_for_code()


def test_bulk_notices_change_nothing_that_a_code_or_a_notice_is_decided_by() -> None:
    alone, beside = Counted(), Counted()
    budget = Budget("day", 9, 5, 2)
    bulk = BulkQuota(beside.quotas(budget), lambda period: beside.n[period])
    assert [bulk.take(number) for number in ("a", "b")] == [None, None]
    full = bulk.take("c")
    assert full is not None
    assert (full.wait_s, full.of_number) == (14 * 3600, False), "until midnight"
    for counted in (alone, beside):
        of = counted.quotas(budget)
        of.take_for_code()
        of.notice_went()
        assert (of.wait_for_notice("a"), of.wait_for_notice("b"), of.wait_for_notice("c")) == (0, 0, 1)
    assert {name: n for name, n in beside.n.items() if "bulk" not in name} == dict(alone.n)


@pytest.mark.parametrize(
    ("limits", "budgets"),
    [
        (BULK_RATES, ()),
        (BULK_RATES, (Budget("day", 9, 5, 2), Budget("month", 9, 5))),
        ({}, (Budget("day", 9, 5, 2),)),
        ({"bulk": ()}, (Budget("day", 9, 5, 2),)),
    ],
    ids=["no budget", "none of the month", "no rates", "empty rates"],
)
def test_what_a_profile_leaves_out_is_no_licence(
    limits: dict[str, tuple[Limit, ...]], budgets: tuple[Budget, ...]
) -> None:
    counted = Counted()
    bulk = BulkQuota(replace(counted.quotas(*budgets), limits=limits), lambda period: counted.n[period])
    full = bulk.take("a")
    assert full is not None
    assert not full.of_number
    assert not bulk.is_given
    assert counted.n.total() == 0


def test_a_bulk_text_that_did_not_leave_has_taken_nothing() -> None:
    counted = Counted()
    bulk = BulkQuota(counted.quotas(Budget("day", 9, 5, 2), Budget("month", 9, 5, 2)), lambda period: counted.n[period])
    assert bulk.take("a") is None
    bulk.give_back("a")
    counted.broken = "2026-11|bulk"
    with pytest.raises(Busy):
        bulk.take("a")
    assert counted.n.total() == 0
