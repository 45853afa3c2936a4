"""Room and money for bulk notices: rates and a budget of their own, so that they take those of nobody else.

What a code or a statutory notice may do is decided without looking at a single counter of this file. The other way
round, no bulk text goes once everything that was sent has used up the budget but its reserve. And a counter that
cannot be asked stops bulk notices, as does a profile that gives them no money: the law owes nobody one.
"""

import functools
from collections.abc import Callable

from chalicelib.domain.announcements import Pace
from chalicelib.domain.values import value
from chalicelib.profiles.profile import BULK, Budget, Limit, may_send_bulk
from chalicelib.store import guard
from chalicelib.store.quotas import Quotas, quotas
from chalicelib.telemetry import metric

SECONDS_OF_A_DAY = 86_400


@value
class Full:
    """There is no room before so many seconds: for this number, or for anybody."""

    wait_s: int
    of_number: bool = False


@value
class BulkQuota:
    """The counters of bulk notices, beside those of everything else."""

    all_texts: Quotas
    spent: Callable[[str], int] = guard.spent

    @property
    def is_given(self) -> bool:
        """The tenant has rates and money for bulk notices; without either none may go."""
        return bool(self._rules()) and may_send_bulk(self.all_texts.budgets)

    def take(self, number: str) -> Full | None:
        """Count one bulk text to this number; what is full, if anything is, and then nothing is counted.

        Raises Busy, Denied: nobody knows, and nothing goes.
        """
        if not self.is_given:
            metric("BulkNoticeWaitsForMoney")
            return Full(SECONDS_OF_A_DAY)
        counted: list[Limit] = []
        for rule in self._rules():
            try:
                self.all_texts.count(BULK, rule, _subject(rule, number))
            except guard.TooMany as full:
                self._uncount(counted, number)
                return Full(max(1, full.retry_after), of_number=rule.per == "number")
            except Exception:
                self._uncount(counted, number)
                raise
            counted.append(rule)
        try:
            wait_s = self._spend()
        except Exception:
            self._uncount(counted, number)
            raise
        if wait_s:
            self._uncount(counted, number)
            return Full(wait_s)
        return None

    def give_back(self, number: str) -> None:
        """It certainly did not leave: it has cost nothing, and the number has its room back."""
        self._uncount(self._rules(), number)
        for budget in self.all_texts.budgets:
            self.all_texts.unspend(_own(self.all_texts.period(budget)[0]))

    def pace(self) -> Pace:
        """How fast they may go at best, where they may go at all: what a profile must say of it, it says."""
        by_second = [rule.most for rule in self._rules() if (rule.per, rule.window_s) == ("everybody", 1)]
        return Pace(min(by_second), min(budget.bulk for budget in self.all_texts.budgets))

    def _spend(self) -> int:
        """Count one in each budget; 0, or how many seconds until the first of them that is used up begins anew."""
        taken: list[str] = []
        for budget in self.all_texts.budgets:
            period, ends = self.all_texts.period(budget)
            try:
                is_free = self._has_room(budget, period, ends)
            except Exception:
                self._unspend(taken)
                raise
            if not is_free:
                self._unspend(taken)
                metric("BulkNoticeWaitsForMoney", period=budget.period)  # no alarm: it is what was meant
                return max(1, ends - int(self.all_texts.now().timestamp()))
            taken.append(_own(period))
        return 0

    def _has_room(self, budget: Budget, period: str, ends: int) -> bool:
        """Within its own part, and within what is left of all but the reserve."""
        sent = self.all_texts.spend(_own(period), ends, budget.bulk)
        if sent is None:
            return False
        if self.spent(period) + sent <= budget.most - budget.reserve:
            return True
        self.all_texts.unspend(_own(period))
        return False

    def _rules(self) -> tuple[Limit, ...]:
        return self.all_texts.limits.get(BULK, ())

    def _uncount(self, rules: "tuple[Limit, ...] | list[Limit]", number: str) -> None:
        for rule in rules:
            self.all_texts.uncount(BULK, rule, _subject(rule, number))

    def _unspend(self, periods: list[str]) -> None:
        for period in periods:
            self.all_texts.unspend(period)


def _own(period: str) -> str:
    return f"{period}|{BULK}"


def _subject(rule: Limit, number: str) -> str:
    return number if rule.per == "number" else "*"


@functools.cache
def bulk_quota() -> BulkQuota:
    """That of this deployment."""
    return BulkQuota(quotas())
