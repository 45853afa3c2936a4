"""What a value is here: data that nobody changes, compared by what it holds.

The type checker enforces it (`frozen_default`). The runtime guard of a frozen dataclass, and a repr that nobody
reads, would double what a hundred of these classes cost a cold start, which is billed and waited for.
"""

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def value(kind: type[T]) -> type[T]:
    """A value whose fields may be given in order."""
    return dataclass(repr=False)(kind)


@dataclass_transform(kw_only_default=True, frozen_default=True)
def happening(kind: type[T]) -> type[T]:
    """An event: a value whose fields are always named."""
    return dataclass(kw_only=True, repr=False)(kind)
