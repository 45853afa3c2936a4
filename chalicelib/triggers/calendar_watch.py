"""The daily look at the calendar: does it reach far enough, and does every open date stand as it counts.

It remembers nothing but that it was done: cut short, it begins anew and finds left what it did not reach, for a case
whose dates were set is passed over. After a new calendar it goes on with every sweep until nothing moves, and once
more when processes that had not heard of it have.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Protocol

from chalicelib.domain.case import REPORT
from chalicelib.domain.notices_of_days_off import reaches
from chalicelib.domain.procedure import Rules
from chalicelib.domain.recounting import moves
from chalicelib.store import calendars, items, keys
from chalicelib.store.calendars import Kept
from chalicelib.store.cases import Cases, unpacked
from chalicelib.store.table import Item, Table
from chalicelib.telemetry import came_through, logger, metric

DAILY = timedelta(days=1)
SETTLED = timedelta(minutes=15)
"""By then every warm process has read the calendar (`tenant.KEEP_S`) and the index has caught up."""
PAGE = 100


class Recounter(Protocol):
    """What the sweep brings: cases, the rules in force, and how one case is counted anew."""

    cases: Cases
    rules: Rules

    def recount(self, case_id: str, at: datetime) -> bool: ...


def look(sweeper: Recounter, kept: Kept, at: datetime, has_time: Callable[[], bool] = lambda: True) -> int:
    """Take the look, if it is time for it; how many cases were counted anew. Raises Busy, Denied."""
    is_reaching = reaches(sweeper.rules.calendar, at.astimezone(keys.CHINA).date())
    metric("CalendarEnds", value=0 if is_reaching else 1)
    if not _is_time(kept, at):
        return 0
    counted, is_finished = 0, True
    for case_id in _open_cases(sweeper, at):
        if not has_time():
            is_finished = False
            break
        try:
            if sweeper.recount(case_id, at):
                counted += 1
            else:  # somebody was faster: looked at again
                is_finished = False
        except Exception as error:
            is_finished = False
            logger.error(
                "not recounted",
                extra={"error": type(error).__name__, "through": came_through(error), "case": case_id},
            )
            metric("RecountFailed")
    if is_finished and not counted:
        calendars.looked(sweeper.cases.table, kept, at=at, recounted=sweeper.rules.calendar.version)
    return counted


def _is_time(kept: Kept, at: datetime) -> bool:
    """Once a day; and while a calendar is new, until it was looked at after everybody had heard of it."""
    if kept.watched is None or at - kept.watched >= DAILY:
        return True
    heard = max((keys.moment(each.confirmed_at) for each in kept.versions if each.confirmed_at), default=None)
    return heard is not None and kept.watched < heard + SETTLED


def _open_cases(sweeper: Recounter, at: datetime) -> Iterator[str]:
    """The cases with a date that would move, of all that time may still change: read, not opened."""
    today, table = at.astimezone(keys.CHINA).date(), sweeper.cases.table
    for hits in pages(table):
        for item in table.get_many([(hit["pk"], hit["sk"]) for hit in hits]):
            case = unpacked(item)
            if case.procedure != REPORT and moves(case, on=today, rules=sweeper.rules):
                yield case.id


def pages(table: Table) -> Iterator[list[Item]]:
    """Pointers to every case in the index of what is due, a page at a time. A list, for what is acted on moves."""
    for shard in keys.SHARDS:
        after: Item | None = None
        while True:
            page = table.hits("due", shard, limit=PAGE, after=after)
            if found := [hit for hit in page.items if hit["kind"] == items.CASE]:
                yield found
            if page.after is None:
                break
            after = page.after
