"""What fails without an error at once: a clock that is wrong, a key that is refused, a calendar that comes to its end.
Told with every sweep.

The invariant: a sign that cannot be read is never taken for a good one.
"""

from datetime import date, timedelta

from chalicelib import clock
from chalicelib.domain.workdays import Calendar
from chalicelib.store import dynamo
from chalicelib.store.table import Busy, Denied
from chalicelib.store.tenant import cases
from chalicelib.telemetry import logger, metric

AHEAD = timedelta(days=90)
"""A matter that is accepted today may be due in so many days: 60 and 30 (第三十四条)."""
UNKNOWN_SKEW_S = 3600


def tell(calendar: Calendar, today: date) -> None:
    """One point of each sign."""
    metric("CalendarEnds", value=int(calendar.horizon < today + AHEAD))
    metric("KeyRefused", value=int(not opens()))
    metric("ClockSkewSeconds", value=clock_skew_s(), unit="Seconds")


def opens() -> bool:
    """Can the keys of both classes be had? A warm process would go on for minutes without noticing."""
    try:
        cases().keys.staff_key()
        cases().keys.index("vital sign", "")
    except (Busy, Denied):
        logger.error("the keys cannot be unwrapped")
        return False
    return True


def clock_skew_s() -> float:
    """How far our clock and the table's are apart; an hour when the table does not tell."""
    try:
        return abs(clock.skew(dynamo.server_time()).total_seconds())
    except (Busy, Denied, KeyError, ValueError):
        logger.error("the table does not tell what time it is")
        return UNKNOWN_SKEW_S
