"""The parts of the procedure, each in files of its own; here they are put together, and nothing is said twice."""

import importlib
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import TypeVar

from chalicelib.domain.petition import SLICES

K = TypeVar("K")
V = TypeVar("V")


def parts(package: str) -> tuple[ModuleType, ...]:
    """The module that each chapter of the procedure has in this package, in the order of the chapters."""
    return tuple(importlib.import_module(f"{package}.{each.__name__.rsplit('.', 1)[-1]}") for each in SLICES)


def merged(parts: Iterable[Mapping[K, V]]) -> dict[K, V]:
    """All parts as one, in their order. Raises ValueError when two say the same thing."""
    found: dict[K, V] = {}
    for part in parts:
        twice = found.keys() & part.keys()
        if twice:
            raise ValueError(f"said by two parts: {', '.join(sorted(map(str, twice)))}")
        found.update(part)
    return found
