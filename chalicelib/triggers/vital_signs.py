"""What fails without an error at once: a clock that is wrong, a key that is refused. Told with every sweep.

The invariant: a sign that cannot be read is never taken for a good one.
"""

from chalicelib import clock
from chalicelib.store import dynamo
from chalicelib.store.table import Busy, Denied
from chalicelib.store.tenant import cases
from chalicelib.telemetry import logger, metric

UNKNOWN_SKEW_S = 3600


def tell() -> None:
    """One point of each sign."""
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
