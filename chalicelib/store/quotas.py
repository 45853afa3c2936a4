"""How many text messages may go: rates per number and over all, and a budget whose reserve is for legal notices alone.

| kind | rates (`limits` of the profile) | budget | when the counter cannot be asked |
|---|---|---|---|
| code | `send_code`, by the interface | stops before the reserve and `bulk` | refused: a code is asked for again |
| notice | `notice`; one that may ring at any hour waits for none | counted, never stopped: an alarm tells | sent |

Bulk notices have counters of their own beside these (`bulk_quota.py`).

The invariant: each kind counts for itself, and together they stay below what the provider carries, so that no flood
of one kind takes the room of another. And what was not sent is not counted: an outage uses up nothing.
"""

import functools
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta

from chalicelib import clock
from chalicelib.domain.values import value
from chalicelib.profiles.profile import Budget, Limit, current
from chalicelib.store import guard
from chalicelib.store.table import Busy, Denied
from chalicelib.telemetry import logger, metric

CODE, NOTICE = "code", "notice"
USED_UP = {"day": "今天的验证码已发完", "month": "本月的验证码已发完"}


@value
class Quotas:
    """The counters of one tenant: the real ones are `quotas()`; the simulator brings its own."""

    limits: Mapping[str, tuple[Limit, ...]]
    budgets: tuple[Budget, ...]
    count: Callable[[str, Limit, str], None] = guard.count
    uncount: Callable[[str, Limit, str], None] = guard.uncount
    spend: Callable[[str, int, int | None], int | None] = guard.spend
    now: Callable[[], datetime] = clock.now
    unspend: Callable[[str], None] = guard.unspend

    def wait_for_notice(self, number: str, *, at_any_hour: bool = False) -> int:
        """Seconds until a statutory notice may go to this number; 0: now. A broken counter stops none.

        One that may ring at any hour is counted and waits for nobody: a life may be in danger (第二十五条).
        """
        counted: list[Limit] = []
        for rule in self.limits.get(NOTICE, ()):
            try:
                self.count(NOTICE, rule, _subject(rule, number))
            except guard.TooMany as full:
                if at_any_hour:
                    continue
                for each in counted:  # it does not go: it has taken nobody's room
                    self.uncount(NOTICE, each, _subject(each, number))
                return max(1, full.retry_after)
            counted.append(rule)
        return 0

    def notice_went(self) -> None:
        """A notice left, or may have. It is counted whatever the budget says: the law does not wait for money."""
        for budget in self.budgets:
            try:
                spent = self.spend(*self.period(budget), None) or 0
            except (Busy, Denied):
                logger.error("budget not counted", extra={"period": budget.period})
                metric("LimitNotCounted", action=NOTICE)
                continue
            if spent > budget.most - budget.bulk:
                metric("SmsBudgetExceeded", period=budget.period)

    def give_back(self, number: str) -> None:
        """A notice did not leave because the provider was full or down: its number has its room back."""
        for rule in self.limits.get(NOTICE, ()):
            if rule.per == "number":
                self.uncount(NOTICE, rule, number)

    def take_for_code(self) -> None:
        """Count one code. Raises guard.TooMany at the reserve, Busy when nobody can count."""
        taken: list[str] = []
        for budget in self.budgets:
            period, ends = self.period(budget)
            try:
                is_free = self.spend(period, ends, budget.most - budget.reserve - budget.bulk) is not None
            except (Busy, Denied):
                self._give_back(taken)
                raise
            if not is_free:
                self._give_back(taken)
                metric("SmsReserveReached", kind=CODE, period=budget.period)
                wait = max(1, ends - int(self.now().timestamp()))
                raise guard.TooMany(f"{USED_UP[budget.period]}，请改用编号和查询码，或者到窗口、打电话", wait)
            taken.append(period)

    def give_code_back(self) -> None:
        """A code certainly did not leave: it has cost nothing."""
        self._give_back([self.period(budget)[0] for budget in self.budgets])

    def _give_back(self, periods: Sequence[str]) -> None:
        for period in periods:
            self.unspend(period)

    def period(self, budget: Budget) -> tuple[str, int]:
        """The name of the day or month in China, and when it ends."""
        now = self.now()
        first = now.date() if budget.period == "day" else now.date().replace(day=1)
        after = first + timedelta(days=1) if budget.period == "day" else (first + timedelta(days=32)).replace(day=1)
        return first.isoformat()[: 10 if budget.period == "day" else 7], int(
            datetime.combine(after, time(), now.tzinfo).timestamp()
        )


def _subject(rule: Limit, number: str) -> str:
    return number if rule.per == "number" else "*"


@functools.cache
def quotas() -> Quotas:
    """Those of this deployment."""
    tenant = current()
    return Quotas(tenant.limits, tenant.budgets)
