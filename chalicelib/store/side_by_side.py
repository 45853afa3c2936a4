"""A few things at once, in the order they come: most of the time of each is waiting for the table."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

_Thing = TypeVar("_Thing")
_Done = TypeVar("_Done")


def side_by_side(
    things: Iterable[_Thing], work: Callable[[_Thing], _Done], at_once: int
) -> Iterator[tuple[_Thing, _Done]]:
    """Each thing with what came of it. Raises what `work` raises."""
    if at_once == 1:
        yield from ((thing, work(thing)) for thing in things)
        return
    from concurrent.futures import ThreadPoolExecutor

    left = iter(things)
    with ThreadPoolExecutor(at_once) as pool:
        while group := list(islice(left, at_once)):
            yield from zip(group, pool.map(work, group), strict=True)
