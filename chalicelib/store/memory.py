"""The business table in memory: for the simulator and for fast tests. Same contract as DynamoDB, no network.

It answers like a table that is always healthy; faults are put around it, never into it.
"""

import bisect
from collections import defaultdict
from collections.abc import Sequence

from chalicelib.store.table import (
    INDEXES,
    Absent,
    Cancelled,
    Check,
    Condition,
    ConditionFailed,
    Holds,
    Item,
    Page,
    Put,
    Reason,
    Write,
)


class MemoryTable:
    """Items by key, with sorted keys per partition and per index entry."""

    def __init__(self) -> None:
        self._items: dict[tuple[str, str], Item] = {}
        self._sorted: dict[str, list[str]] = defaultdict(list)
        self._index: dict[str, dict[str, list[tuple[str, str, str]]]] = {name: defaultdict(list) for name in INDEXES}
        self._tokens: set[str] = set()

    def get(self, pk: str, sk: str) -> Item | None:
        item = self._items.get((pk, sk))
        return dict(item) if item else None

    def get_many(self, keys: Sequence[tuple[str, str]]) -> list[Item]:
        return [dict(self._items[key]) for key in keys if key in self._items]

    def query(
        self,
        pk: str,
        *,
        prefix: str = "",
        limit: int | None = None,
        after: Item | None = None,
        newest_first: bool = False,
    ) -> Page:
        names = [sk for sk in self._sorted[pk] if sk.startswith(prefix)]
        if newest_first:
            names.reverse()
        if after:
            names = [sk for sk in names if (sk < after["sk"] if newest_first else sk > after["sk"])]
        shown = names if limit is None else names[:limit]
        items = [dict(self._items[pk, sk]) for sk in shown]
        more = len(shown) < len(names)
        return Page(items, {"pk": pk, "sk": shown[-1]} if more and shown else None)

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
        hash_name, range_name = INDEXES[index]
        entries = self._range(index, name, low, high)
        if newest_first:
            entries = entries[::-1]
        if after:
            last = (after[range_name], after["pk"], after["sk"])
            entries = [entry for entry in entries if (entry < last if newest_first else entry > last)]
        shown = entries[:limit]
        items = [self._pointer(hash_name, name, range_name, entry) for entry in shown]
        more = len(entries) > len(shown)
        return Page(items, {key: items[-1][key] for key in ("pk", "sk", hash_name, range_name)} if more else None)

    def walk(self, *, limit: int, after: Item | None = None) -> Page:
        names = [(pk, sk) for pk in sorted(self._sorted) for sk in self._sorted[pk]]
        begin = bisect.bisect_right(names, (after["pk"], after["sk"])) if after else 0
        shown = [{"pk": pk, "sk": sk} for pk, sk in names[begin : begin + limit]]
        return Page(shown, shown[-1] if begin + limit < len(names) else None)

    def count(self, index: str, name: str, *, low: str = "", high: str = "\uffff") -> int:
        return len(self._range(index, name, low, high))

    def put(self, item: Item, when: Condition | None = None) -> None:
        standing = self._items.get((item["pk"], item["sk"]))
        if not _holds(when, standing):
            raise ConditionFailed(dict(standing) if standing else None)
        self._write(item)

    def transact(self, writes: Sequence[Write], token: str) -> None:
        if token in self._tokens:
            return
        reasons = tuple(self._reason(write) for write in writes)
        if any(reason.code for reason in reasons):
            raise Cancelled(reasons)
        for write in writes:
            if isinstance(write, Put):
                self._write(write.item)
        self._tokens.add(token)

    def _reason(self, write: Write) -> Reason:
        pk, sk = (write.pk, write.sk) if isinstance(write, Check) else (write.item["pk"], write.item["sk"])
        standing = self._items.get((pk, sk))
        if _holds(write.when, standing):
            return Reason("")
        return Reason("condition", dict(standing) if standing else None)

    def _write(self, item: Item) -> None:
        key = (item["pk"], item["sk"])
        before = self._items.get(key)
        if before is None:
            bisect.insort(self._sorted[item["pk"]], item["sk"])
        for index, (hash_name, range_name) in INDEXES.items():
            old = before and hash_name in before and (before[hash_name], (before[range_name], *key))
            new = hash_name in item and (item[hash_name], (item[range_name], *key))
            if old == new:
                continue
            if old:
                self._index[index][old[0]].remove(old[1])
            if new:
                bisect.insort(self._index[index][new[0]], new[1])
        self._items[key] = {name: value for name, value in item.items() if value is not None}

    def _range(self, index: str, name: str, low: str, high: str) -> list[tuple[str, str, str]]:
        entries = self._index[index][name]
        return entries[bisect.bisect_left(entries, (low,)) : bisect.bisect_right(entries, (high, "\uffff"))]

    def _pointer(self, hash_name: str, name: str, range_name: str, entry: tuple[str, str, str]) -> Item:
        kind = self._items[entry[1], entry[2]]["kind"]
        return {hash_name: name, range_name: entry[0], "pk": entry[1], "sk": entry[2], "kind": kind}


def _holds(when: Condition | None, standing: Item | None) -> bool:
    if when is None:
        return True
    if isinstance(when, Absent):
        return standing is None
    if isinstance(when, Holds):
        return standing is not None and standing.get(when.attribute) == when.value
    return standing is None or when.attribute not in standing or standing[when.attribute] < when.value
