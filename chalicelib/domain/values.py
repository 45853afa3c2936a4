"""What a value is here: data that nobody changes, compared by what it holds.

The type checker enforces it (`frozen_default`). A dataclass compiles code for every class it makes: the runtime
guard and a repr that nobody reads are left out, for events even `__init__`, and that of other values is compiled when
the first of its kind is made: a cold start is waited for, and makes half of the kinds.
"""

from dataclasses import MISSING, Field, dataclass, fields
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def value(kind: type[T]) -> type[T]:
    """A value whose fields may be given in order."""
    if hasattr(kind, "__post_init__"):  # few check themselves
        return _compared(dataclass(repr=False, eq=False)(kind))
    made = dataclass(repr=False, init=False, eq=False)(kind)
    made.__init__ = _first_of_its_kind  # type: ignore[assignment,method-assign]
    return _compared(made)


@dataclass_transform(kw_only_default=True, frozen_default=True)
def happening(kind: type[T]) -> type[T]:
    """An event: a value whose fields are always named."""
    made = dataclass(kw_only=True, repr=False, init=False, eq=False)(kind)
    made.__init__ = _fill  # type: ignore[assignment,method-assign]
    return _compared(made)


def _compared(kind: type[T]) -> type[T]:
    kind.__eq__ = _holds_the_same  # type: ignore[method-assign]
    kind.__hash__ = None  # type: ignore[assignment]
    return kind


def _holds_the_same(this: object, other: object) -> Any:
    return this.__dict__ == other.__dict__ if type(this) is type(other) else NotImplemented


def _first_of_its_kind(made: Any, *given: Any, **named: Any) -> None:
    kind: Any = next(each for each in type(made).__mro__ if each.__dict__.get("__init__") is _first_of_its_kind)
    kind.__init__ = _compiled(kind)
    kind.__init__(made, *given, **named)


def _compiled(kind: Any) -> Any:
    """What `dataclass` would write, without the types of what is given: reading those takes it twice as long."""
    each_field = fields(kind)
    known: dict[str, Any] = {"_made": {each.name: each.default_factory for each in each_field}, "_MISSING": MISSING}
    known |= {f"_{each.name}": each.default for each in each_field}
    by_place = [_taken(each) for each in each_field if not each.kw_only]
    by_name = [_taken(each) for each in each_field if each.kw_only]
    head = ", ".join(["self", *by_place, *(["*", *by_name] if by_name else [])])
    body = "".join(f"\n self.{each.name} = {_set(each)}" for each in each_field)
    exec(f"def __init__({head}):{body or ' pass'}", known)
    known["__init__"].__qualname__ = f"{kind.__qualname__}.__init__"
    return known["__init__"]


def _taken(each: "Field[Any]") -> str:
    has_default = each.default is not MISSING or each.default_factory is not MISSING
    return f"{each.name}=_{each.name}" if has_default else each.name


def _set(each: "Field[Any]") -> str:
    name = each.name
    return name if each.default_factory is MISSING else f"_made[{name!r}]() if {name} is _MISSING else {name}"


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
