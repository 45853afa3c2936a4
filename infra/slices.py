"""The parts of the procedure, each in files of its own; here they are put together, and nothing is said twice."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


def merged(parts: Iterable[Mapping[K, V]]) -> dict[K, V]:
    """All parts as one, in their order. Raises ValueError when two say the same thing."""
    found: dict[K, V] = {}
    for part in parts:
        twice = found.keys() & part.keys()
        if twice:
            raise ValueError(f"said by two parts: {', '.join(sorted(map(str, twice)))}")
        found.update(part)
    return found
