"""How many text messages may go: rates per number and over all, and a budget whose reserve is for legal notices alone.

| kind | rates (`limits` of the profile) | budget | when the counter cannot be asked |
|---|---|---|---|
| code | `send_code`, counted by the interface | stops before the reserve | refused: a code is asked for again |
| notice | `notice` | counted, never stopped: an alarm tells | sent: the law does not wait for a counter |
| bulk | `bulk` | stops before the reserve | waits |

The invariant: each kind counts for itself, and together they stay below what the provider carries, so that no flood
of one kind takes the room of another.
"""

import functools
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta

from chalicelib import clock
from chalicelib.domain.values import value
from chalicelib.profiles.profile import Budget, Limit, current
from chalicelib.store import guard
from chalicelib.store.table import Busy, Denied
from chalicelib.telemetry import logger, metric

CODE, NOTICE, BULK = "code", "notice", "bulk"
WAIT_FOR_COUNTER_S = 60


@value
class Quotas:
    """The counters of one tenant: the real ones are `quotas()`; the simulator brings its own."""

    limits: Mapping[str, tuple[Limit, ...]]
    budgets: tuple[Budget, ...]
    count: Callable[[str, Limit, str], None] = guard.count
    uncount: Callable[[str, Limit, str], None] = guard.uncount
    spend: Callable[[str, int, int | None], int | None] = guard.spend
    now: Callable[[], datetime] = clock.now

    def wait_for_notice(self, number: str) -> int:
        """Seconds until a statutory notice may go to this number; 0: now. No budget and no broken counter stops it."""
        wait = self._rates(NOTICE, number)
        if wait:
            return wait
        for budget in self.budgets:
            try:
                spent = self.spend(*self._period(budget), None) or 0
            except (Busy, Denied):
                logger.error("budget not counted", extra={"period": budget.period})
                metric("LimitNotCounted", action=NOTICE)
                continue
            if spent > budget.most:
                metric("SmsBudgetExceeded", period=budget.period)
        return 0

    def give_back(self, number: str) -> None:
        """A notice did not leave because the provider was full or down: its number has its room back."""
        for rule in self.limits.get(NOTICE, ()):
            if rule.per == "number":
                self.uncount(NOTICE, rule, number)

    def take_for_code(self) -> None:
        """Count one code. Raises guard.TooMany at the reserve, Busy when nobody can count."""
        wait = self._budget(CODE)
        if wait:
            raise guard.TooMany("今天的验证码已发完，请改用编号和查询码，或者到窗口、打电话", wait)

    def wait_for_bulk(self, number: str) -> int:
        """Seconds until an announcement may go to this number; 0: now."""
        try:
            return self._rates(BULK, number) or self._budget(BULK)
        except (Busy, Denied):
            return WAIT_FOR_COUNTER_S

    def _rates(self, kind: str, number: str) -> int:
        for rule in self.limits.get(kind, ()):
            try:
                self.count(kind, rule, number if rule.per == "number" else "*")
            except guard.TooMany as full:
                return max(1, full.retry_after)
        return 0

    def _budget(self, kind: str) -> int:
        for budget in self.budgets:
            period, ends = self._period(budget)
            if self.spend(period, ends, budget.most - budget.reserve) is None:
                metric("SmsReserveReached", kind=kind, period=budget.period)
                return max(1, ends - int(self.now().timestamp()))
        return 0

    def _period(self, budget: Budget) -> tuple[str, int]:
        """The name of the day or month in China, and when it ends."""
        now = self.now()
        first = now.date() if budget.period == "day" else now.date().replace(day=1)
        after = first + timedelta(days=1) if budget.period == "day" else (first + timedelta(days=32)).replace(day=1)
        return first.isoformat()[: 10 if budget.period == "day" else 7], int(
            datetime.combine(after, time(), now.tzinfo).timestamp()
        )


@functools.cache
def quotas() -> Quotas:
    """Those of this deployment."""
    tenant = current()
    return Quotas(tenant.limits, tenant.budgets)
