"""The walk over all cases that time may still change: bounded by time, and one that fails keeps nobody waiting.

It remembers nothing: cut short, it begins anew, and what was acted on meanwhile is passed over by whoever asks.
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from chalicelib.domain.case import Case
from chalicelib.store import keys, lists
from chalicelib.store.cases import unpacked
from chalicelib.store.side_by_side import side_by_side
from chalicelib.store.table import Busy, Denied, Item, Table
from chalicelib.telemetry import came_through, logger, metric


@dataclass
class Walked:
    """What one walk did: cases wanted and tried, acted on, and failed; and whether it came to the end."""

    tried: int = 0
    acted: int = 0
    failed: int = 0
    is_whole: bool = False
    is_refused: bool = False
    """The table was Busy or Denied while one was acted on."""


def walk(
    table: Table,
    wanted: Callable[[Case], bool],
    act: Callable[[str], bool],
    has_time: Callable[[], bool],
    *,
    page: int,
    at_once: int = 1,
) -> Walked:
    """Act on each case that is wanted, by what stands in it unopened. Raises Busy, Denied while it reads a page.

    A case that fails is told by `RecountFailed`: its dates are not what they should be. A table that is Busy or Denied
    is told so too and is no fault of the case: the walk stops, and has not come to its end.
    """
    walked = Walked()

    def done(case_id: str) -> bool | Exception:
        try:
            return act(case_id)
        except Exception as error:
            return error

    found = read(table, wanted, has_time, walked, page=page)
    in_time = itertools.takewhile(lambda _: not walked.is_refused and has_time(), found)
    for case_id, came in side_by_side(in_time, done, at_once):
        if isinstance(came, Exception):
            walked.is_refused |= isinstance(came, Busy | Denied)
            walked.failed += not isinstance(came, Busy | Denied)
            _say(came, keys.case(case_id))
        else:
            walked.tried += 1
            walked.acted += came
    walked.is_whole &= not walked.is_refused
    return walked


def read(
    table: Table, wanted: Callable[[Case], bool], has_time: Callable[[], bool], walked: Walked, *, page: int
) -> Iterator[str]:
    """The number of each case that is wanted; `walked` says what could not be read, and whether this was the end."""
    place: Item | None = None
    while has_time():
        found, place = lists.open_from(table, place, limit=page)
        for item in found:
            if case_id := _wanted(item, wanted, walked):
                yield case_id
        if place is None:
            walked.is_whole = True
            return


def _wanted(item: Item, wanted: Callable[[Case], bool], walked: Walked) -> str:
    try:
        case = unpacked(item)
        return case.id if wanted(case) else ""
    except Exception as error:
        _say(error, item["pk"])
        walked.failed += 1
        return ""


def _say(error: Exception, pk: str) -> None:
    logger.error("not recounted", extra={"error": type(error).__name__, "through": came_through(error), "pk": pk})
    metric("RecountFailed")
