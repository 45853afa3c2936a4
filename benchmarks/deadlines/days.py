"""The notices that the simulated years bring, and what of the limits the oracle knows: written out, not looked up.

2027 and 2028 are invented: nobody has announced them. Both name a day of the December before.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chalicelib.clock import CHINA
from chalicelib.domain.notices_of_days_off import DaysOff


def _span(first: str, days: int) -> list[date]:
    begins = date.fromisoformat(first)
    return [begins + timedelta(days=n) for n in range(days)]


def _listed(*texts: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(text) for text in texts)


_OFF_2027 = (
    _span("2026-12-31", 4) + _span("2027-02-05", 8) + _span("2027-04-03", 3) + _span("2027-05-01", 5)
    + _span("2027-06-09", 3) + _span("2027-09-15", 3) + _span("2027-10-01", 7)
)  # fmt: skip
NOTICE_2027 = DaysOff(
    2027,
    tuple(_OFF_2027),
    _listed("2027-01-30", "2027-02-20", "2027-05-08", "2027-06-12", "2027-09-18", "2027-09-26", "2027-10-09"),
    ("示例通知2027",),
)
NOTICE_2027_CORRECTED = DaysOff(
    2027,
    (*_OFF_2027, *_span("2027-07-06", 2)),
    (*NOTICE_2027.make_up, *_listed("2027-07-17", "2027-07-18")),
    ("示例通知2027更正",),
)
NOTICE_2028 = DaysOff(
    2028,
    tuple(_span("2027-12-31", 4) + _span("2028-01-25", 8) + _span("2028-04-04", 3) + _span("2028-05-01", 5)
          + _span("2028-05-28", 1) + _span("2028-10-01", 8)),
    _listed("2028-01-22", "2028-02-05", "2028-04-29", "2028-10-14"),
    ("示例通知2028",),
)  # fmt: skip


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


SWITCHES = (
    (_at("2026-12-18T10:20:00"), NOTICE_2027),
    (_at("2027-06-28T16:05:00"), NOTICE_2027_CORRECTED),
    (_at("2027-12-10T09:40:00"), NOTICE_2028),
)
"""When a notice comes into force: two years, and between them a correction of the one that runs."""
BEGINS, ENDS = _at("2026-01-05T00:00:00"), _at("2029-01-05T00:00:00")


@dataclass(frozen=True)
class Known:
    """What the oracle knows of a limit."""

    days: int
    working: bool
    right: bool
    remind: tuple[int, ...]
    lapses: bool = False


LIMITS = {
    "route": Known(15, False, False, (5, 2)),
    "inform": Known(15, False, False, (5, 2)),
    "handle": Known(60, False, False, (10, 3)),
    "object": Known(5, True, False, (), lapses=True),
    "consultation_target": Known(10, True, False, ()),
    "hearing_answer": Known(5, True, False, (1,)),
    "decide_recusal": Known(3, True, False, (1,)),
    "ask_review": Known(30, False, True, (), lapses=True),
    "rating": Known(30, False, True, (3,), lapses=True),
}
RUNGS = (0, 3, 7)
DAILY_UNTIL = 45
