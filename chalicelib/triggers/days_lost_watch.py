"""Decisions on 不可抗力 that are in force come into every open case they concern, by the timer.

It remembers nothing but how far it came: a case that has the decision is passed over. It goes on with every sweep until
nothing is left and everybody has heard; then once a day until such days are over and once more after them, for what was
filed meanwhile, and as long as a case fails.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from chalicelib.domain.case import Case
from chalicelib.domain.days_lost import concerns, has
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.values import replace
from chalicelib.store import days_lost, keys
from chalicelib.store.cases import Cases
from chalicelib.store.days_lost import Laid, Progress
from chalicelib.telemetry import logger
from chalicelib.triggers.open_cases import Walked, read, walk

DAILY = timedelta(days=1)
SETTLED = timedelta(minutes=15)
"""By then what was written when it was confirmed stands in the index."""
PAGE = 100


class Excuser(Protocol):
    """What the sweep brings: cases, offices, and how a decision comes into one case."""

    cases: Cases
    tree: Callable[[], OfficeTree]
    at_once: int

    def excuse(self, case_id: str, laid: Laid, at: datetime) -> bool: ...


def look(
    sweeper: Excuser,
    at: datetime,
    has_time: Callable[[], bool] = lambda: True,
    may_count: Callable[[], bool] = lambda: True,
) -> int:
    """Bring every decision that is in force into the cases that lack it; into how many it came. Raises Busy, Denied.

    `may_count` is how long cases may be counted first; when that is over they are recorded uncounted.
    """
    if not has_time():
        return 0
    found = 0
    for laid in days_lost.in_force(sweeper.cases.table):
        if _is_time(laid, at) and has_time():
            found += _spread(sweeper, laid, at, has_time, lambda: may_count() and has_time())
    return found


def _spread(
    sweeper: Excuser, laid: Laid, at: datetime, has_time: Callable[[], bool], may_count: Callable[[], bool]
) -> int:
    before = laid.progress
    if before.total is None:  # counted first, so that people see how far it is
        before = _counted(sweeper, laid, may_count)
    seen = _Seen(laid, sweeper)

    def act(case_id: str) -> bool:
        came = sweeper.excuse(case_id, laid, at)
        if came:
            seen.done.add(case_id)
        return came

    walked = walk(sweeper.cases.table, seen.lacks, act, has_time, page=PAGE, at_once=sweeper.at_once)
    is_quiet = walked.is_whole and not walked.tried
    has_settled = at >= keys.moment(laid.confirmed_at) + SETTLED
    done = len(seen.done) if walked.is_whole else max(before.done + walked.acted, len(seen.done))
    total = len(seen.concerned) if walked.is_whole else before.total
    now = Progress(
        total=None if total is None else max(total, done),
        done=done,
        failed=walked.failed,
        looked=keys.instant(at) if is_quiet and has_settled else "",
    )
    if now != replace(laid.progress, version=0):
        days_lost.came(sweeper.cases.table, laid, now)
    if walked.tried or walked.failed:
        logger.info(
            "days lost recorded", extra={"decision": laid.number, "cases": walked.acted, "failed": walked.failed}
        )
    return walked.acted


def _counted(sweeper: Excuser, laid: Laid, may_count: Callable[[], bool]) -> Progress:
    """How many cases it concerns and how many of them have it; as it was, when there is no time to read them all."""
    seen, walked = _Seen(laid, sweeper), Walked()
    for _ in read(sweeper.cases.table, seen.lacks, may_count, walked, page=PAGE):
        pass
    if not walked.is_whole:
        return laid.progress
    return replace(laid.progress, total=len(seen.concerned), done=len(seen.done))


class _Seen:
    """The cases that one walk met: each once, for a case that was acted on moves in the index and may be met again."""

    def __init__(self, laid: Laid, sweeper: Excuser) -> None:
        self._decision, self._tree = laid.decision, sweeper.tree()
        self.concerned: set[str] = set()
        self.done: set[str] = set()

    def lacks(self, case: Case) -> bool:
        """Is the decision about this case, which does not have it?"""
        if not concerns(case, self._decision, self._tree):
            return False
        self.concerned.add(case.id)
        if not has(case, self._decision):
            return True
        self.done.add(case.id)
        return False


def _is_time(laid: Laid, at: datetime) -> bool:
    if not laid.progress.looked:
        return True
    looked = keys.moment(laid.progress.looked)
    # The look, not today: however long no sweep came, one comes after the last of these days.
    was_before_the_end = looked.astimezone(keys.CHINA).date() <= laid.decision.ends
    return (was_before_the_end or laid.progress.failed > 0) and at - looked >= DAILY
