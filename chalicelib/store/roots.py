"""The nightly root: a tree of RFC 6962 over the heads of all cases, signed, and chained to the root before it.

Each night's tree is a new one, for heads move: what binds the nights is the hash of the root before, in every root.
The invariant: a leaf names no case (its id is blinded with a salt that its reader gets); what no longer agrees with
the night before is told before anything is written over that night; and the tiles are written before the root that
needs them, so that a root that stands can be proved. One run at a time (the function's reserved concurrency).
"""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from chalicelib.domain import merkle
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.tables.inspection import STAGES as INSPECTION_STAGES
from chalicelib.domain.values import value
from chalicelib.store import chain, items, keys
from chalicelib.store.cases import may_be_report
from chalicelib.store.fault import Fault
from chalicelib.store.sealing import Keys
from chalicelib.store.side_by_side import side_by_side
from chalicelib.store.signing import Envelope, Signer
from chalicelib.store.table import Absent, Busy, ConditionFailed, Item, Older, Table

TILE = 256
PACKED = 100
"""Bytes of a stored leaf: blind id, head, tree (32 each) and count (4)."""
AT_ONCE = 100
WALKS = 2
"""A case that moves from one list to another while they are walked is found by the second walk."""


@value
class Leaf:
    """One case: which (to who knows its salt), the hash of its last event, the tree over its events, how many."""

    blind: bytes
    head: bytes
    tree: bytes
    count: int

    @property
    def body(self) -> bytes:
        """The bytes that are hashed."""
        said = {"blind": self.blind.hex(), "count": self.count, "head": self.head.hex(), "tree": self.tree.hex()}
        return chain.coded(said)


@value
class Compared:
    """What does not agree with what was published the night before: that is never published silently."""

    wrong: tuple[Fault, ...] = ()
    """Cases whose chain does not hold, or no longer begins as it did."""
    sealed: frozenset[str] = frozenset()
    """Partitions of those that are reports of misconduct, or of which nobody can tell."""
    gone: tuple[str, ...] = ()
    """Blinded names of the night before whose cases were not found."""

    @property
    def missing(self) -> int:
        """How many these are."""
        return len(self.gone)


@value
class Published:
    """What one night published, and what it found."""

    envelope: Envelope
    compared: Compared


@value
class _Read:
    """A case as it was read for its leaf; no leaf for one that nobody can say anything of."""

    leaf: Leaf | None
    fault: Fault | None
    is_sealed: bool


def salt(of: Keys, case_id: str) -> bytes:
    """What blinds a case's number: only who may see the case gets it."""
    return hmac.digest(of.secret("roots"), case_id.encode(), "sha256")[:16]


def blind(salt_: bytes, case_id: str) -> bytes:
    """How a leaf names a case."""
    return hashlib.sha256(salt_ + case_id.encode()).digest()


def publish(
    table: Table,
    of: Keys,
    cases: set[str],
    signer: Signer,
    at: datetime,
    *,
    tell: Callable[[Compared], None],
    keep: Callable[[Envelope, bytes], None],
    at_once: int = 1,
) -> Published | None:
    """Make the root of these cases for this day, keep it where nobody can change it, then publish it.

    None when the day has one. `tell` hears what was found before `keep`: whoever dies after it leaves the tree of
    the night before half written over, and the next run could no longer see what changed. Raises Busy, Denied and
    whatever both raise: the next run does it again.
    """
    on = at.date().isoformat()
    if table.get(keys.ROOTS, on) is not None:
        return None
    before = next(iter(table.query(keys.ROOTS, limit=1, newest_first=True).items), None)
    number, previous = (before["version"] + 1, hashlib.sha256(_statement(before)).hexdigest()) if before else (1, "")
    leaves, compared = _compared(table, of, cases, at_once)
    tell(compared)
    hashes = [merkle.leaf(leaf.body) for leaf in leaves]
    envelope = signer.signed(
        {
            "v": 1,
            "kind": "root",
            "no": number,
            "on": on,
            "at": at.isoformat(),
            "size": len(leaves),
            "root": merkle.root(hashes).hex(),
            "previous": previous,
        }
    )
    keep(envelope, b"".join(leaf.body + b"\n" for leaf in leaves))
    _lay_out(table, number, leaves, hashes)
    row: Item = {"pk": keys.ROOTS, "sk": on, "kind": items.ROOT, "version": number}
    try:
        table.put(row | {"state": chain.coded(envelope).decode()}, Absent())
    except ConditionFailed:
        return None
    return Published(envelope, compared)


def found(table: Table, tree: OfficeTree) -> set[str]:
    """The partitions of all cases, reports of misconduct too: each is in one list of one office, so nobody scans."""
    return {
        hit["pk"]
        for _ in range(WALKS)
        for name in _lists(tree)
        for hit in _walk(table, name)
        if hit["kind"] == items.CASE
    }


def published(table: Table, *, limit: int, before: str = "") -> list[Envelope]:
    """The roots, newest first; `before` is the day of the last one seen."""
    after = {"pk": keys.ROOTS, "sk": before} if before else None
    rows = table.query(keys.ROOTS, limit=limit, after=after, newest_first=True).items
    return [chain.decoded(row["state"]) for row in rows]


def inclusion(table: Table, of: Keys, case_id: str) -> dict[str, Any] | None:
    """The proof that a case stands in the newest root; None when it does not (yet). Raises Busy.

    The newest tree alone is kept in tiles; those of other nights can be made again from the file beside each root.
    """
    newest = next(iter(table.query(keys.ROOTS, limit=1, newest_first=True).items), None)
    top = table.get(keys.LEAVES, keys.TOP)
    if newest is None or top is None:
        return None
    if top["version"] != newest["version"]:
        raise Busy("a new tree is being laid out")
    mine, salt_ = blind(salt(of, case_id), case_id), salt(of, case_id)
    firsts, roots = _unpacked_top(top["body"])
    number = sum(first <= mine for first in firsts) - 1
    held = table.get(keys.LEAVES, keys.tile(number)) if number >= 0 else None
    if held is None:
        return None
    if held["version"] != newest["version"]:
        raise Busy("a new tree is being laid out")
    leaves = _unpacked(held["body"])
    place = next((place for place, leaf in enumerate(leaves) if leaf.blind == mine), None)
    if place is None:
        return None
    # A tile is a whole subtree, so the tiles' roots stand to the root as leaves do.
    path = [*merkle.path(place, [merkle.leaf(leaf.body) for leaf in leaves]), *merkle.path(number, roots)]
    return {
        "case": case_id,
        "salt": salt_.hex(),
        "leaf": leaves[place].body.decode(),
        "index": number * TILE + place,
        "path": [each.hex() for each in path],
        "root": chain.decoded(newest["state"]),
    }


def _lists(tree: OfficeTree) -> Iterator[str]:
    for org in sorted(tree.offices):
        yield from (keys.worklist(org), keys.closed(org), keys.sealed(org))
        yield from (keys.inspections(org, stage) for stage in INSPECTION_STAGES)


def _walk(table: Table, name: str) -> Iterator[Item]:
    after: Item | None = None
    while True:
        page = table.hits("lists", name, limit=AT_ONCE, after=after)
        yield from page.items
        if page.after is None:
            return
        after = page.after


def _compared(table: Table, of: Keys, cases: set[str], at_once: int) -> tuple[list[Leaf], Compared]:
    """The leaves of all cases in the order of the tree, and what does not agree with the night before."""
    known = {leaf.blind: leaf for leaf in _newest(table)}
    secret = of.secret("roots")  # asked for once, before several ask at the same time
    assert secret
    leaves, wrong, sealed = [], [], set()
    for pk, read in side_by_side(sorted(cases), lambda pk: _leaf(table, of, pk, known), at_once):
        leaves += [read.leaf] if read.leaf else []
        if read.fault:
            wrong.append(read.fault)
            sealed |= {pk} if read.is_sealed else set()
    leaves.sort(key=lambda leaf: leaf.blind)
    gone = sorted(known.keys() - {leaf.blind for leaf in leaves})
    return leaves, Compared(tuple(wrong), frozenset(sealed), tuple(each.hex() for each in gone))


def _leaf(table: Table, of: Keys, pk: str, known: Mapping[bytes, Leaf]) -> _Read:
    """The leaf of a case; with a fault when its chain does not hold or does not go on from what was published of it.

    Of a case that cannot be read stands what was published last: one damaged row holds up no night's root. What is
    committed while it is read is left for the next night.
    """
    case_id = pk.removeprefix(keys.case(""))
    named = blind(salt(of, case_id), case_id)
    old, item = known.get(named), table.get(pk, keys.CASE)
    if item is None or not {"head", "version"} <= item.keys():
        return _Read(old, Fault("case_missing", pk, keys.CASE), is_sealed=True)
    rows = table.query(pk, prefix=keys.EVENTS).items[: item["version"]]
    try:
        chain.verify(rows, item["head"])
    except chain.ChainBroken:
        return _Read(old, Fault("chain_broken", pk, keys.EVENTS), may_be_report(item))
    hashes = [chain.digest(chain.unpack(row["body"])) for row in rows]
    leaf = Leaf(named, item["head"], merkle.root(hashes), item["version"])
    goes_on = old is None or (old.count <= len(hashes) and merkle.root(hashes[: old.count]) == old.tree)
    return _Read(leaf, None if goes_on else Fault("rewritten", pk, keys.EVENTS), may_be_report(item))


def _newest(table: Table) -> Iterator[Leaf]:
    """The leaves of the night before."""
    top = table.get(keys.LEAVES, keys.TOP)
    for number in range(len(top["body"]) // 64 if top else 0):
        held = table.get(keys.LEAVES, keys.tile(number))
        yield from _unpacked(held["body"]) if held else ()


def _lay_out(table: Table, number: int, leaves: Sequence[Leaf], hashes: Sequence[bytes]) -> None:
    """The newest tree in tiles. What a dead run of this number left is overwritten, a newer tree is not."""
    tiles = [(leaves[at : at + TILE], hashes[at : at + TILE]) for at in range(0, len(leaves), TILE)]
    for place, (held, _) in enumerate(tiles):
        _put(table, number, keys.tile(place), items.TILE, b"".join(map(_packed, held)))
    top = b"".join(held[0].blind + merkle.root(hashed) for held, hashed in tiles)
    _put(table, number, keys.TOP, items.TILE, top)


def _put(table: Table, number: int, sk: str, kind: str, body: bytes) -> None:
    row: Item = {"pk": keys.LEAVES, "sk": sk, "kind": kind, "version": number, "body": body}
    try:
        table.put(row, Older("version", number + 1))
    except ConditionFailed:
        raise Busy("a newer tree was laid out meanwhile") from None


def _packed(leaf: Leaf) -> bytes:
    return leaf.blind + leaf.head + leaf.tree + leaf.count.to_bytes(4, "big")


def _unpacked(body: bytes) -> list[Leaf]:
    rows = (body[at : at + PACKED] for at in range(0, len(body), PACKED))
    return [Leaf(row[:32], row[32:64], row[64:96], int.from_bytes(row[96:], "big")) for row in rows]


def _unpacked_top(body: bytes) -> tuple[list[bytes], list[bytes]]:
    rows: Iterable[bytes] = [body[at : at + 64] for at in range(0, len(body), 64)]
    return [row[:32] for row in rows], [row[32:] for row in rows]


def _statement(row: Item) -> bytes:
    """The signed bytes of a stored root."""
    envelope: Envelope = chain.decoded(row["state"])
    return envelope["statement"].encode()
