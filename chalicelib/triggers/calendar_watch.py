"""The daily look at the calendar: does it reach far enough, and does every open date stand as it counts.

It remembers nothing but that it was done: cut short, it begins anew and finds left what it did not reach, for a case
whose dates were set is passed over. After a new calendar it goes on with every sweep until nothing moves, and once
more when processes that had not heard of it have.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from chalicelib.domain.notices_of_days_off import reaches
from chalicelib.domain.procedure import Rules
from chalicelib.domain.recounting import moves
from chalicelib.store import calendars, keys
from chalicelib.store.calendars import Kept
from chalicelib.store.cases import Cases
from chalicelib.telemetry import metric
from chalicelib.triggers.open_cases import walk

DAILY = timedelta(days=1)
SETTLED = timedelta(minutes=15)
"""By then every warm process has read the calendar (`tenant.KEEP_S`) and the index has caught up."""
PAGE = 100


class Recounter(Protocol):
    """What the sweep brings: cases, the rules in force, and how one case is counted anew."""

    cases: Cases
    rules: Rules
    at_once: int

    def recount(self, case_id: str, at: datetime) -> bool: ...


def look(sweeper: Recounter, kept: Kept, at: datetime, has_time: Callable[[], bool] = lambda: True) -> int:
    """Take the look, if it is time for it; how many cases were counted anew. Raises Busy, Denied.

    A case that fails is told by `RecountFailed` and keeps nothing waiting: the look of the next day comes to it again,
    and its own sweep, before it says that anybody is late.
    """
    calendar = sweeper.rules.calendar
    is_reaching = reaches(calendar, at.astimezone(keys.CHINA).date())
    metric("CalendarEnds", value=0 if is_reaching else 1)
    if not _is_time(kept, at, calendar.version):
        return 0
    today = at.astimezone(keys.CHINA).date()
    walked = walk(
        sweeper.cases.table,
        lambda case: bool(moves(case, on=today, rules=sweeper.rules)),
        lambda case_id: sweeper.recount(case_id, at),
        has_time,
        page=PAGE,
        at_once=sweeper.at_once,
    )
    if walked.is_whole and not walked.tried:  # counted, or somebody was faster: looked at again
        calendars.looked(sweeper.cases.table, kept, at=at, recounted=calendar.version)
    return walked.acted


def _is_time(kept: Kept, at: datetime, version: str) -> bool:
    """Once a day; and while a calendar is new, until it was looked at after everybody had heard of it.

    A table that came with a release is new as well, and nobody confirmed it: it has another name than the last look.
    """
    if kept.watched is None or at - kept.watched >= DAILY or kept.recounted != version:
        return True
    heard = max((keys.moment(each.confirmed_at) for each in kept.versions if each.confirmed_at), default=None)
    return heard is not None and kept.watched < heard + SETTLED
