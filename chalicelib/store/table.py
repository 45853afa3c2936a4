"""The seam to storage: reads, and writes whose conditions are data.

Two implementations, `dynamo.CasesTable` and `memory.MemoryTable`, pass one contract suite.
The invariant: a `transact` happens wholly or not at all, and its failure names each reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from chalicelib.domain.values import value

Item = dict[str, Any]
"""`pk`, `sk`, `kind` and attributes; values are str, int or bytes, absent ones are left out."""


@value
class Absent:
    """No item stands under this key."""


@value
class Holds:
    """The item stands and its attribute has this value."""

    attribute: str
    value: str | int | bytes


@value
class Older:
    """No item stands, or its attribute is below this value."""

    attribute: str
    value: int


Condition = Absent | Holds | Older


@value
class Put:
    """Write the whole item, if the condition holds."""

    item: Item
    when: Condition | None = None


@value
class Check:
    """Write nothing, but fail the transaction unless the condition holds."""

    pk: str
    sk: str
    when: Condition


Write = Put | Check


@value
class Page:
    """Items in key order and where to go on; `after` is None on the last page."""

    items: list[Item]
    after: Item | None = None


@value
class Reason:
    """Why one write of a cancelled transaction failed; `item` is what stood there (`condition` only)."""

    code: str  # "" (this one was fine) | condition | conflict | throttled | denied | unknown
    item: Item | None = None


@dataclass
class Cancelled(Exception):
    """A transaction was refused as a whole; reasons stand in the order of the writes."""

    reasons: tuple[Reason, ...] = field(default=())

    def has(self, code: str) -> bool:
        """True when any write failed for this reason."""
        return any(reason.code == code for reason in self.reasons)


@dataclass
class ConditionFailed(Exception):
    """A single put found another state; `item` is what stood there, if anything."""

    item: Item | None = None


class Busy(Exception):
    """The table answered neither yes nor no within our bounds: try again later."""


class Denied(Exception):
    """The role may not do this. A fault of deployment, never taken for a conflict."""


class Table(Protocol):
    """The business table. Every write is a conditional put: nothing is updated in place, nothing is deleted."""

    def get(self, pk: str, sk: str) -> Item | None:
        """One item, read consistently."""

    def get_many(self, keys: Sequence[tuple[str, str]]) -> list[Item]:
        """Items in the order of their keys; those that do not exist are left out. At most 100."""

    def query(
        self,
        pk: str,
        *,
        prefix: str = "",
        limit: int | None = None,
        after: Item | None = None,
        newest_first: bool = False,
    ) -> Page:
        """Items of one partition in key order, read consistently; without `limit` all of them."""

    def hits(
        self,
        index: str,
        name: str,
        *,
        low: str = "",
        high: str = "\uffff",
        limit: int = 50,
        after: Item | None = None,
        newest_first: bool = False,
    ) -> Page:
        """Pointers (keys and kind only) of an index between two sort keys, both included."""

    def walk(self, *, limit: int, after: Item | None = None) -> Page:
        """Keys of all items, consistently, those of one partition together. The reconciler's role alone may."""

    def count(self, index: str, name: str, *, low: str = "", high: str = "\uffff") -> int:
        """How many pointers stand in the range."""

    def put(self, item: Item, when: Condition | None = None) -> None:
        """One conditional put. Raises ConditionFailed, Busy, Denied."""

    def transact(self, writes: Sequence[Write], token: str) -> None:
        """All writes or none. The same token within ten minutes has one effect. Raises Cancelled, Busy, Denied."""


INDEXES: dict[str, tuple[str, str]] = {"lists": ("list_name", "list_key"), "due": ("shard", "wake_at")}
"""Index name -> its hash and range attribute. Sparse: an item without both is not in the index."""
