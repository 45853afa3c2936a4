"""The wire between the product and its table: faults are put around `MemoryTable`, never into it.

Like the real one it tries again what met traffic or got no answer. A fault that outlasts every try reaches the product
in the words of `store/table.py`; one that does not may have been applied, and then the next try meets its own write.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from chalicelib.store import keys
from chalicelib.store.memory import MemoryTable
from chalicelib.store.table import INDEXES, Busy, Cancelled, Condition, Item, Page, Put, Reason, Write
from infra.torture.faults import Faults, Killed

APPLIED = ("lost_answer", "error_500_applied")
LASTING = 0.3
"""How often a fault outlasts every try; otherwise the second try of the call is fine."""
LAG = timedelta(minutes=5)
"""The most that the index lags behind the table."""
SLOWEST_S = 50


class Watched(MemoryTable):
    """The healthy table, which tells what was written."""

    def __init__(self) -> None:
        super().__init__()
        self.changed: dict[str, None] = {}
        self.written: list[tuple[Item | None, Item, datetime]] = []
        self.moves: dict[str, list[tuple[datetime, Item | None, Item]]] = defaultdict(list)
        self.now: Callable[[], datetime] = lambda: datetime.min

    def _write(self, item: Item) -> None:
        before = self._items.get((item["pk"], item["sk"]))
        super()._write(item)
        self.changed[item["pk"]] = None
        self.written.append((before, item, self.now()))
        if "wake_at" in item or (before and "wake_at" in before):
            shard = (item if "shard" in item else before or item)["shard"]
            moves = self.moves[shard]
            moves.append((self.now(), before, item))
            if len(moves) > 40:
                del moves[:20]

    def get(self, pk: str, sk: str) -> Item | None:
        """Not a copy: an item is never changed in the product, it is written anew."""
        return self._items.get((pk, sk))

    def query(self, pk: str, **how: Any) -> Page:
        """A whole partition is handed out as it is held; anything else as the table does it."""
        if any(how.get(name) for name in ("prefix", "limit", "after", "newest_first")):
            return super().query(pk, **how)
        return Page([self._items[pk, sk] for sk in self._sorted.get(pk, ())], None)

    def standing(self, pk: str, sk: str) -> Item | None:
        """An item as it is held, not to be changed: for the checks, which look at many."""
        return self._items.get((pk, sk))

    def places(self, pk: str) -> list[str]:
        """The sort keys of a partition."""
        return self._sorted.get(pk, [])

    def tokens_forgotten(self) -> None:
        """DynamoDB remembers a token for ten minutes; nobody here repeats one later."""
        self._tokens.clear()


class FaultyTable:
    """The `Table` protocol over a healthy one, through a wire that fails."""

    def __init__(self, table: Watched, faults: Faults, interleave: Callable[[], None], slow: Callable[[int], None]):
        self.table, self.faults, self.interleave, self.slow = table, faults, interleave, slow
        self.troubled: dict[tuple[str, str], datetime] = {}
        """Rows whose write met a fault, and when it did last."""

    def get(self, pk: str, sk: str) -> Item | None:
        return self._read(lambda: self.table.get(pk, sk))

    def get_many(self, keys_: Sequence[tuple[str, str]]) -> list[Item]:
        return self._read(lambda: self.table.get_many(keys_))

    def query(self, pk: str, **how: Any) -> Page:
        return self._read(lambda: self.table.query(pk, **how))

    def hits(self, index: str, name: str, **how: Any) -> Page:
        page = self._read(lambda: self.table.hits(index, name, **how))
        if index == "due" and self.faults.chance.random() < 0.03 * self.faults.rate:
            stale = self._stale(page, name, how)
            if stale.items != page.items:
                self.faults.note("stale_index")
            return stale
        return page

    def count(self, index: str, name: str, **how: Any) -> int:
        return self._read(lambda: self.table.count(index, name, **how))

    def put(self, item: Item, when: Condition | None = None) -> None:
        self._written(lambda: self.table.put(item, when), [(item["pk"], item["sk"])])

    def transact(self, writes: Sequence[Write], token: str) -> None:
        touched = [(write.item["pk"], write.item["sk"]) for write in writes if isinstance(write, Put)]
        self._written(lambda: self.table.transact(writes, token), touched, len(writes))

    def _read(self, read: Callable[[], Any]) -> Any:
        kind = self.faults.of_table(writes=False)
        self.interleave()
        if not kind:
            return read()
        self.faults.note(kind)
        if kind == "killed":
            raise Killed
        if kind == "slow":
            found = read()
            self.slow(self.faults.chance.randint(5, SLOWEST_S))
            return found
        if self.faults.chance.random() < LASTING:
            raise Busy(kind)
        return read()

    def _written(self, write: Callable[[], None], touched: list[tuple[str, str]], size: int = 1) -> None:
        """One call: which tries of it fail, whether one of those was applied, and what the product is told."""
        kind = self.faults.of_table(writes=True)
        self.interleave()
        if not kind:
            write()
            return
        self.faults.note(kind)
        self.troubled.update(dict.fromkeys(touched, self.table.now()))
        if kind in ("killed", "slow"):
            self._cut_off(kind, write)
            return
        lasts = self.faults.chance.random() < LASTING
        if kind in APPLIED:
            self._unheard(write)
        if not lasts:
            write()  # the same request with the same token again: a put meets its own earlier write
        elif kind == "conflict" and size > 1:
            reasons = [Reason("")] * size
            reasons[self.faults.chance.randrange(size)] = Reason("conflict")
            raise Cancelled(tuple(reasons))
        else:
            raise Busy(f"{kind} outlasted every try")

    def _cut_off(self, kind: str, write: Callable[[], None]) -> None:
        if kind == "slow":
            write()
            self.slow(self.faults.chance.randint(5, SLOWEST_S))
            return
        if self.faults.chance.random() < 0.5:
            write()
        raise Killed

    @staticmethod
    def _unheard(write: Callable[[], None]) -> None:
        try:
            write()
        except Exception:  # its answer, a refusal, was lost too
            return

    def _stale(self, page: Page, shard: str, how: dict[str, Any]) -> Page:
        """The index as it stood a while ago: without the youngest moves, with what they took away."""
        since = self.table.now() - LAG * self.faults.chance.random()
        young = [move for move in self.table.moves[shard] if move[0] > since]
        hidden = {(item["pk"], item["sk"]) for _, _, item in young}
        items = [item for item in page.items if (item["pk"], item["sk"]) not in hidden]
        high = how.get("high", "\uffff")
        for _, before, _ in young:
            if before and before.get("shard") == shard and before.get("wake_at", "\uffff") <= high:
                names = (*INDEXES["due"], "pk", "sk", "kind")
                items.append({name: before[name] for name in names})
        return Page(items, page.after)


def oldest_due(table: MemoryTable) -> str | None:
    """The first moment that stands in the due index."""
    first = (table._index["due"][shard] for shard in keys.SHARDS)
    return min((entries[0][0] for entries in first if entries), default=None)


def is_put_of(write: Write, kind: str) -> bool:
    """A put of this kind of item."""
    return isinstance(write, Put) and write.item["kind"] == kind
