"""Exports of cases: form, digest, chain, tree and texts. The first thing that does not hold is the fault.

`web/assets/proof.js` checks the same in a browser and shares no line with this file: both name the same first fault,
in the same words.
"""

import hashlib
import json
import re
from typing import Any

BEGINS, FOLLOWS = b'{"digest":"', b'","export":'
HEX = re.compile(r"[0-9a-f]{64}")
SAFE = 2**53 - 1
DEEPEST = 40


class Fault(Exception):
    """The first thing that does not hold; its text is the code that both verifiers use."""


def sha256(data: bytes) -> bytes:
    """SHA-256."""
    return hashlib.sha256(data).digest()


def leaf_hash(body: bytes) -> bytes:
    """RFC 6962, 2.1."""
    return sha256(b"\x00" + body)


def tree_hash(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, over leaf hashes."""
    if not leaves:
        return sha256(b"")
    row = list(leaves)
    while len(row) > 1:  # pairs from the left, an odd one goes up as it is: the same tree as the recursive definition
        row = [sha256(b"\x01" + row[i] + row[i + 1]) if i + 1 < len(row) else row[i] for i in range(0, len(row), 2)]
    return row[0]


def root_of_path(index: int, size: int, leaf: bytes, path: list[bytes]) -> bytes:
    """The root that a path of inclusion leads to (RFC 9162, 2.1.3.2). Raises Fault."""
    if not 0 <= index < size:
        raise Fault("path")
    at, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise Fault("path")
        if at % 2 or at == last:
            found = sha256(b"\x01" + sibling + found)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            found = sha256(b"\x01" + found + sibling)
        at, last = at >> 1, last >> 1
    if last:
        raise Fault("path")
    return found


def read_canonical(data: bytes, code: str) -> Any:
    """JSON in the one form: sorted keys, no spaces, UTF-8, whole numbers. Raises Fault(code) for any other form."""
    try:
        text = data.decode("utf-8")
        value = json.loads(text, parse_float=_no, parse_constant=_no)
        _plain(value, 0)
        same = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")) == text
    except (ValueError, RecursionError):
        raise Fault(code) from None
    if not same:
        raise Fault(code)
    return value


def _no(_text: str) -> Any:
    raise ValueError


def _plain(value: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise ValueError
    if isinstance(value, dict):
        for name, each in value.items():
            if not name.isascii():
                raise ValueError
            _plain(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            _plain(each, depth + 1)
    elif isinstance(value, str):
        value.encode("utf-8")
    elif isinstance(value, int) and not isinstance(value, bool) and abs(value) > SAFE:
        raise ValueError


def is_hash(value: Any) -> bool:
    return isinstance(value, str) and HEX.fullmatch(value) is not None


def check_export(data: bytes) -> dict[str, Any]:
    """The export in a file, if every byte of it holds. Raises Fault."""
    a, b = len(BEGINS), len(BEGINS) + 64
    if not (data.startswith(BEGINS) and data[b : b + len(FOLLOWS)] == FOLLOWS and data.endswith(b"}")):
        raise Fault("form")
    inner = data[b + len(FOLLOWS) : -1]
    if sha256(inner).hex().encode() != data[a:b]:
        raise Fault("digest")
    found = read_canonical(inner, "form")
    check_chain(found)
    return dict(found)


def check_chain(export: Any) -> None:
    """Events, head, tree and texts, whatever the file's own digest says. Raises Fault."""
    if not isinstance(export, dict) or not isinstance(export.get("events"), list):
        raise Fault("form")
    hashes: list[bytes] = []
    events: list[Any] = []
    for seq, entry in enumerate(export["events"], start=1):
        events.append(_event(export, seq, entry, hashes))
    if export.get("count") != len(hashes) or not hashes:
        raise Fault("count")
    if export.get("head") != hashes[-1].hex():
        raise Fault("head")
    if export.get("tree") != tree_hash(hashes).hex():
        raise Fault("tree")
    _texts(export, events)


def _event(export: dict[str, Any], seq: int, entry: Any, hashes: list[bytes]) -> Any:
    code = f"event:{seq}"
    if not isinstance(entry, dict) or len(entry) != 1:
        raise Fault(code)
    if is_hash(entry.get("hash")):
        hashes.append(bytes.fromhex(entry["hash"]))
        return None
    if not isinstance(entry.get("body"), str):
        raise Fault(code)
    body = entry["body"].encode("utf-8")
    event = read_canonical(body, code)
    prev = hashes[-1].hex() if hashes else ""
    if not isinstance(event, dict) or (event.get("case"), event.get("seq")) != (export.get("case"), seq):
        raise Fault(code)
    if event.get("prev") != prev or isinstance(event["seq"], bool):
        raise Fault(code)
    hashes.append(leaf_hash(body))
    return event


def _texts(export: dict[str, Any], events: list[Any]) -> None:
    texts = export.get("texts")
    if not isinstance(texts, list):
        raise Fault("form")
    for each in texts:
        seq = each.get("seq") if isinstance(each, dict) else None
        if not isinstance(seq, int) or isinstance(seq, bool) or not 1 <= seq <= len(events):
            raise Fault("text")
        event, said = events[seq - 1], each.get("text")
        if event is None or not isinstance(said, str) or event.get("text") != sha256(said.encode("utf-8")).hex():
            raise Fault(f"text:{seq}")
