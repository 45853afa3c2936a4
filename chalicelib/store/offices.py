"""The office tree in the table: one ORG item per office, and TREE, whose version every grant of a case checks.

The invariant: whoever reads the tree at a version reads the offices of that version or a later one, never a mixture
that is kept: ORG items are written before TREE moves, and the cache goes by the version.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import asdict

from chalicelib.domain.offices import Office, OfficeTree
from chalicelib.store import items, keys
from chalicelib.store.dynamo import CasesTable
from chalicelib.store.table import Absent, Condition, ConditionFailed, Holds, Item, Put, Table

KEEP_S = 60
BATCH = 100
table: Table = CasesTable()
_held: tuple[float, OfficeTree] | None = None


def tree() -> OfficeTree:
    """The tree, at most a minute old in this process; a grant on an older version is refused by its transaction."""
    global _held
    now = time.monotonic()
    if _held and now - _held[0] < KEEP_S:
        return _held[1]
    item = table.get(*keys.TREE)
    if _held is None or item is None or item["version"] != _held[1].version:
        _held = (now, _read(item))
    else:
        _held = (now, _held[1])
    return _held[1]


def forget() -> None:
    """Read the tree anew on the next call: the one that changed it must not work on the old one."""
    global _held
    _held = None


def load(offices: Sequence[Office]) -> bool:
    """Make the table's tree this one. Loading it again changes nothing and says False.

    Raises ValueError for a broken tree, ConditionFailed when somebody else changed it meanwhile.
    """
    OfficeTree.of(offices)
    item = table.get(*keys.TREE)
    standing = _read(item).offices if item else {}
    changed = [office for office in offices if standing.get(office.id) != office]
    if item and not changed and set(standing) == {office.id for office in offices}:
        return False
    for office in changed:
        table.put({"pk": keys.org(office.id), "sk": keys.ORG, "kind": items.ORG, "version": 1, "state": _state(office)})
    _move(item, [office.id for office in offices])
    forget()
    return True


def _move(item: Item | None, ids: list[str]) -> None:
    version = item["version"] if item else 0
    when: Condition = Holds("version", version) if item else Absent()
    pk, sk = keys.TREE
    put = Put({"pk": pk, "sk": sk, "kind": items.TREE, "version": version + 1, "state": json.dumps(ids)}, when)
    table.put(put.item, put.when)


def _read(item: Item | None) -> OfficeTree:
    if item is None:
        raise ConditionFailed()
    ids = json.loads(item["state"])
    found = []
    for start in range(0, len(ids), BATCH):
        found += table.get_many([(keys.org(each), keys.ORG) for each in ids[start : start + BATCH]])
    return OfficeTree.of((_office(json.loads(each["state"])) for each in found), item["version"])


def _state(office: Office) -> str:
    return json.dumps(asdict(office), ensure_ascii=False)


def _office(state: dict[str, object]) -> Office:
    return Office(**{**state, "duties": tuple(state["duties"])})  # type: ignore[arg-type]
