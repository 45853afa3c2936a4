"""The hash chain of a case: each event's canonical bytes hold the hash of the one before, CASE holds the last.

The invariant: what is stored is exactly what was hashed, deflated; nobody re-serialises an event to check it.
"""

import json
import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chalicelib.domain import merkle
from chalicelib.domain.case import PROXY, REPRESENTATIVE, Case, Happened
from chalicelib.domain.events import plain
from chalicelib.domain.values import value
from chalicelib.store import keys, sealing
from chalicelib.store.table import Item

FORMAT = 1
digest = merkle.leaf
"""Hash of one event: that of a leaf of RFC 6962, so that a tree over them needs no other."""
ACTING_FOR = (REPRESENTATIVE, PROXY)
"""As whom a petitioner acted is told of those who act for somebody else."""


@value
class Recorded:
    """An event as it stands in the table. `data` are its open facts, `clocks` the dates it set."""

    seq: int
    type: str
    at: datetime
    by: dict[str, str]
    data: dict[str, Any]
    clocks: tuple[dict[str, Any], ...]
    text_digest: str
    body: bytes
    """The exact bytes that were hashed."""
    hash: bytes
    command: bytes
    fingerprint: bytes


class ChainBroken(Exception):
    """An event was changed, removed or put in between."""


def canonical(case: Case, seq: int, happened: Happened, text: bytes, at: datetime, prev: bytes) -> bytes:
    """The bytes of one event: sorted keys, no spaces, UTF-8, no floats."""
    by = {
        "role": happened.by.role,
        "org": happened.by.org,
        "user": happened.by.user,
        "as": happened.by.standing if happened.by.standing in ACTING_FOR else None,
    }
    body = {
        "v": FORMAT,
        "case": case.id,
        "seq": seq,
        "type": happened.event.wire,
        "at": keys.instant(at),
        "by": {name: value for name, value in by.items() if value},
        "data": happened.event.facts(),
        "clocks": [
            {name: plain(held) for name, held in vars(each).items() if held is not None}
            for each in happened.event.clocks
        ],
        "text": sealing.digest(text) if text else "",
        "prev": prev.hex(),
    }
    return coded(body)


def coded(body: Any) -> bytes:
    """The one form in which anything is hashed or signed: sorted keys, no spaces, UTF-8."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def decoded(text: str) -> Any:
    """Back from `coded`."""
    return json.loads(text)


def text_bytes(text: dict[str, Any]) -> bytes:
    """The free text of an event as it is sealed and digested; nothing for an event without any."""
    return coded(text) if text else b""


def pack(body: bytes) -> bytes:
    """As it is stored."""
    return zlib.compress(body, 9)


def unpack(packed: bytes) -> bytes:
    """The bytes that were hashed."""
    return zlib.decompress(packed)


def read(item: Item) -> Recorded:
    """An EVENT item as a record."""
    body = unpack(item["body"])
    found = json.loads(body)
    return Recorded(
        seq=found["seq"],
        type=found["type"],
        at=keys.moment(found["at"]).astimezone(keys.CHINA),
        by=found["by"],
        data=found["data"],
        clocks=tuple(found["clocks"]),
        text_digest=found["text"],
        body=body,
        hash=digest(body),
        command=item.get("command", b""),
        fingerprint=item.get("fingerprint", b""),
    )


def verify(items: Sequence[Item], head: bytes) -> None:
    """Check a case's events, in order, against the head in CASE. Raises ChainBroken with the first bad number."""
    prev = b""
    for seq, item in enumerate(items, start=1):
        try:
            body = unpack(item["body"])
            found = json.loads(body)
            follows = (found["seq"], found["prev"]) == (seq, prev.hex())
        except (zlib.error, ValueError, KeyError, TypeError):
            raise ChainBroken(f"event {seq} cannot be read") from None
        if not follows or pack(body) != item["body"]:
            raise ChainBroken(f"event {seq} does not follow from the one before")
        prev = digest(body)
    if prev != head:
        raise ChainBroken(f"the chain of {len(items)} events does not end in the head of the case")
