"""The walk over all cases that time may still change: bounded by time, and one that fails keeps nobody waiting.

It remembers nothing: cut short, it begins anew, and what was acted on meanwhile is passed over by whoever asks.
"""

from collections.abc import Callable
from dataclasses import dataclass

from chalicelib.domain.case import Case
from chalicelib.store import lists
from chalicelib.store.cases import unpacked
from chalicelib.store.table import Item, Table
from chalicelib.telemetry import came_through, logger, metric


@dataclass
class Walked:
    """What one walk did: cases wanted and tried, acted on, and failed; and whether it came to the end."""

    tried: int = 0
    acted: int = 0
    failed: int = 0
    is_whole: bool = False


def walk(
    table: Table,
    wanted: Callable[[Case], bool],
    act: Callable[[str], bool],
    has_time: Callable[[], bool],
    *,
    page: int,
) -> Walked:
    """Act on each case that is wanted, by what stands in it unopened. Raises Busy, Denied while it reads a page.

    A case that fails is told by `RecountFailed`: its dates are not what they should be.
    """
    walked, place = Walked(), None
    while has_time():
        found, place = lists.open_from(table, place, limit=page)
        for item in found:
            case_id = _wanted(item, wanted, walked)
            if not case_id:
                continue
            if not has_time():
                return walked
            try:
                walked.acted += act(case_id)
            except Exception as error:
                _say(error, item["pk"], walked)
            else:
                walked.tried += 1
        if place is None:
            walked.is_whole = True
            break
    return walked


def _wanted(item: Item, wanted: Callable[[Case], bool], walked: Walked) -> str:
    try:
        case = unpacked(item)
        return case.id if wanted(case) else ""
    except Exception as error:
        _say(error, item["pk"], walked)
        return ""


def _say(error: Exception, pk: str, walked: Walked) -> None:
    logger.error("not recounted", extra={"error": type(error).__name__, "through": came_through(error), "pk": pk})
    metric("RecountFailed")
    walked.failed += 1
