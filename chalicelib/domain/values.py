"""What a value is here: data that nobody changes, compared by what it holds.

The type checker enforces it (`frozen_default`). A dataclass compiles code for every class it makes: the runtime
guard, a repr that nobody reads, and for events even `__init__` are left out, because a cold start is waited for.
"""

from dataclasses import MISSING, dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from dataclasses import replace as replace  # so that what is given is checked against the fields

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def value(kind: type[T]) -> type[T]:
    """A value whose fields may be given in order."""
    return _compared(dataclass(repr=False, eq=False)(kind))


@dataclass_transform(kw_only_default=True, frozen_default=True)
def happening(kind: type[T]) -> type[T]:
    """An event: a value whose fields are always named."""
    made = dataclass(kw_only=True, repr=False, init=False, eq=False)(kind)
    made.__init__ = _fill  # type: ignore[assignment,method-assign]
    return _compared(made)


if not TYPE_CHECKING:

    def replace(this: T, /, **given: Any) -> T:
        """The same value, some fields anew. `dataclasses.replace` goes field by field, ten times as slow: a step takes
        some forty. Raises TypeError for a field that there is not.
        """
        made = object.__new__(type(this))
        held = made.__dict__
        held.update(this.__dict__)
        held.update(given)
        if len(held) > len(this.__dict__):
            raise TypeError(f"{type(this).__name__} has no {', '.join(given.keys() - this.__dict__.keys())}")
        if hasattr(made, "__post_init__"):
            made.__post_init__()
        return made


def _compared(kind: type[T]) -> type[T]:
    kind.__eq__ = _holds_the_same  # type: ignore[method-assign]
    kind.__hash__ = None  # type: ignore[assignment]
    return kind


def _holds_the_same(this: object, other: object) -> Any:
    return this.__dict__ == other.__dict__ if type(this) is type(other) else NotImplemented


def _fill(made: Any, **given: Any) -> None:
    for each in fields(made):
        if each.name in given:
            found = given.pop(each.name)
        elif each.default is not MISSING:
            found = each.default
        elif each.default_factory is not MISSING:
            found = each.default_factory()
        else:
            raise TypeError(f"{type(made).__name__} needs {each.name}")
        setattr(made, each.name, found)
    if given:
        raise TypeError(f"{type(made).__name__} has no {', '.join(given)}")
