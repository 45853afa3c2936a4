"""DynamoDB's published price rules as pure functions over items in wire form (`{"pk": {"S": "..."}}`).

Nothing here knows where an item came from. Sources: the developer guide's pages on item sizes and on read
and write operations; the GSI guide; for indexes inside transactions (which are not doubled) the figures
published by dynamodb-conformance, measured against the real service. Binary values are `bytes` here.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

WRITE_STEP = 1024
READ_STEP = 4096
CONTAINER_OVERHEAD = 3
ELEMENT_OVERHEAD = 1
TRANSACTION = 2

Item = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Index:
    """A global secondary index. `include` is None for ALL, empty for KEYS_ONLY."""

    name: str
    keys: tuple[str, ...]
    include: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Table:
    """A table's key attributes and its indexes."""

    name: str
    keys: tuple[str, ...]
    indexes: tuple[Index, ...] = ()

    @classmethod
    def from_description(cls, description: dict[str, Any]) -> "Table":
        """Read a DescribeTable answer (or CloudFormation's table properties, which are of the same shape)."""
        return cls(
            name=description["TableName"],
            keys=_key_names(description),
            indexes=tuple(
                Index(index["IndexName"], _key_names(index), _included(index["Projection"]))
                for index in description.get("GlobalSecondaryIndexes", ())
            ),
        )

    def key(self, item: Item) -> tuple[Any, ...]:
        """The primary key of an item, for looking images up."""
        return tuple(next(iter(item[name].values())) for name in self.keys)

    def entry(self, index: Index, item: Item | None) -> Item | None:
        """What `index` stores of `item`: None when a key attribute is missing (a sparse index)."""
        if item is None or not all(name in item for name in index.keys):
            return None
        if index.include is None:
            return item
        return {name: item[name] for name in dict.fromkeys((*index.keys, *self.keys, *index.include)) if name in item}


def item_size(item: Item) -> int:
    """Bytes of an item: names and values in UTF-8."""
    return sum(len(name.encode()) + value_size(value) for name, value in item.items())


def value_size(value: dict[str, Any]) -> int:
    """Bytes of one typed value, without its name."""
    ((kind, content),) = value.items()
    match kind:
        case "S":
            return len(content.encode())
        case "N":
            return _number_size(content)
        case "B":
            return len(content)
        case "BOOL" | "NULL":
            return 1
        case "SS":
            return sum(len(text.encode()) for text in content)
        case "NS":
            return sum(map(_number_size, content))
        case "BS":
            return sum(map(len, content))
        case "L":
            return CONTAINER_OVERHEAD + sum(ELEMENT_OVERHEAD + value_size(element) for element in content)
        case "M":
            return CONTAINER_OVERHEAD + len(content) * ELEMENT_OVERHEAD + item_size(content)
    raise ValueError(f"{kind!r} is not a type of DynamoDB")


def write_units(before: Item | None, after: Item | None) -> int:
    """A write is charged on the larger of the two images, in steps of 1 KB, at least one."""
    return max(_write_steps(item) for item in (before, after, {}) if item is not None)


def index_units(table: Table, index: Index, before: Item | None, after: Item | None) -> int:
    """Put 1, remove 1, key moved 2 (delete and put), stored attributes changed 1, unchanged 0; never doubled."""
    old, new = table.entry(index, before), table.entry(index, after)
    if old == new:
        return 0
    if old is None or new is None:
        return _write_steps(old or new or {})
    if any(old[name] != new[name] for name in index.keys):
        return _write_steps(old) + _write_steps(new)
    return max(_write_steps(old), _write_steps(new))


def get_units(item: Item | None, *, consistent: bool) -> float:
    """GetItem, and each item of BatchGetItem, is rounded for itself; a missing item costs one step."""
    return _read_steps(item_size(item or {})) * (1 if consistent else 0.5)


def query_units(examined: Iterable[Item], *, consistent: bool) -> float:
    """A page of Query or Scan is summed first and rounded once; what a filter drops is paid for."""
    return _read_steps(sum(map(item_size, examined))) * (1 if consistent else 0.5)


def transact_get_units(item: Item | None) -> float:
    """Two units per 4 KB."""
    return get_units(item, consistent=True) * TRANSACTION


def _write_steps(item: Item) -> int:
    return max(1, math.ceil(item_size(item) / WRITE_STEP))


def _read_steps(size: int) -> int:
    return max(1, math.ceil(size / READ_STEP))


def _number_size(text: str) -> int:
    """One byte per two significant digits and one more; leading and trailing zeros do not count."""
    mantissa = re.sub(r"[eE].*$", "", text)
    digits = mantissa.lstrip("+-").replace(".", "").strip("0")
    return math.ceil(len(digits) / 2) + 1 + mantissa.startswith("-")


def _key_names(description: dict[str, Any]) -> tuple[str, ...]:
    return tuple(key["AttributeName"] for key in description["KeySchema"])


def _included(projection: dict[str, Any]) -> tuple[str, ...] | None:
    if projection["ProjectionType"] == "ALL":
        return None
    return tuple(projection.get("NonKeyAttributes", ()))
