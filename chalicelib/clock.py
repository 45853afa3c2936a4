"""The only reader of the wall clock. Instants are aware and in Beijing time; legal dates are dates there.

A fixed offset, not a zone: China keeps one time without daylight saving, and a zone database
that changes under us must never move a deadline.
"""

import re
from datetime import date, datetime, timedelta, timezone

from chalicelib.settings import settings

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


def now() -> datetime:
    """This instant, in Beijing time, to the second."""
    return (datetime.now(CHINA) + _OFFSET).replace(microsecond=0)


def today() -> date:
    """The legal day in China, whatever the machine's zone."""
    return now().date()


def skew(other: datetime) -> timedelta:
    """How far this machine's clock is ahead of another one; the offset of the local stage is meant, and left out."""
    return now() - _OFFSET - other


def parse_offset(text: str) -> timedelta:
    """Read `40d`, `-3h`, `90m`, `15s`; empty is no offset."""
    if not text:
        return timedelta()
    match = re.fullmatch(r"([+-]?\d+)([dhms])", text.strip())
    if not match:
        raise ValueError(f"CLOCK_OFFSET {text!r} should look like 40d, -3h, 90m or 15s")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


_OFFSET = parse_offset(settings.clock_offset)
