"""What the office signs: receipts, roots, and the proof that a case stands in one."""

import base64
import re
from typing import Any

from .logs import Fault, is_hash, leaf_hash, read_canonical, root_of_path, sha256, tree_hash
from .p256 import is_signed

ENVELOPE = ("alg", "key", "signature", "statement")


def key_name(spki: bytes) -> str:
    """A key is called by the hash of its public half."""
    return sha256(spki).hex()[:32]


def check_envelope(envelope: Any, keys: dict[str, bytes]) -> dict[str, Any]:
    """What was signed, if one of these keys signed it. Raises Fault."""
    if not isinstance(envelope, dict) or not all(isinstance(envelope.get(n), str) for n in ENVELOPE):
        raise Fault("envelope")
    if envelope["alg"] != "ES256":
        raise Fault("algorithm")
    if envelope["key"] not in keys:
        raise Fault("key")
    body = envelope["statement"].encode("utf-8", "surrogatepass")
    try:
        signature = base64.b64decode(envelope["signature"], validate=True)
    except ValueError:
        raise Fault("signature") from None
    if not is_signed(keys[envelope["key"]], body, signature):
        raise Fault("signature")
    return dict(read_canonical(body, "statement"))


def check_receipt(statement: dict[str, Any], export: dict[str, Any] | None) -> None:
    """A receipt against an export of the same case, if there is one. Raises Fault."""
    if statement.get("kind") != "receipt":
        raise Fault("receipt")
    if export is None or export.get("case") != statement.get("case"):
        return
    seq, events = statement.get("seq"), export["events"]
    if not isinstance(seq, int) or not 1 <= seq <= len(events):
        raise Fault(f"receipt:{seq}")
    entry = events[seq - 1]
    found = entry.get("hash") or leaf_hash(entry["body"].encode("utf-8")).hex()
    if found != statement.get("hash"):
        raise Fault(f"receipt:{seq}")


def check_roots(envelopes: Any, keys: dict[str, bytes]) -> list[dict[str, Any]]:
    """Roots, newest first, each holding the hash of the one before. Raises Fault."""
    if not isinstance(envelopes, list) or not envelopes:
        raise Fault("empty")
    found = [check_envelope(each, keys) for each in envelopes]
    for newer, older, envelope in zip(found, found[1:], envelopes[1:], strict=False):
        if newer.get("previous") != sha256(envelope["statement"].encode("utf-8")).hex():
            raise Fault(f"root:{newer.get('on')}")
        if newer.get("no") != older.get("no", 0) + 1 or newer.get("size", 0) < older.get("size", 0):
            raise Fault(f"root:{newer.get('on')}")
    return found


def check_inclusion(proof: Any, keys: dict[str, bytes], export: dict[str, Any] | None) -> dict[str, Any]:
    """That a case stood in a signed root, and that its export still begins with what stood there. Raises Fault."""
    if not isinstance(proof, dict) or not all(isinstance(proof.get(n), str) for n in ("case", "salt", "leaf")):
        raise Fault("inclusion")
    root = check_envelope(proof.get("root"), keys)
    body = proof["leaf"].encode("utf-8", "surrogatepass")
    leaf = read_canonical(body, "leaf")
    if not re.fullmatch("([0-9a-f]{2})+", proof["salt"]) or not isinstance(leaf, dict):
        raise Fault("leaf")
    if leaf.get("blind") != sha256(bytes.fromhex(proof["salt"]) + proof["case"].encode()).hex():
        raise Fault("blind")
    path, index, size = proof.get("path"), proof.get("index"), root.get("size")
    if not isinstance(path, list) or not all(map(is_hash, path)) or type(index) is not int or type(size) is not int:
        raise Fault("path")
    if root_of_path(index, size, leaf_hash(body), [bytes.fromhex(each) for each in path]).hex() != root.get("root"):
        raise Fault("path")
    if export is not None and export.get("case") == proof["case"]:
        _begins_with(export, leaf)
    return root


def _begins_with(export: dict[str, Any], leaf: dict[str, Any]) -> None:
    count = leaf.get("count")
    if type(count) is not int or not 1 <= count <= len(export["events"]):
        raise Fault("prefix")
    entries = export["events"][:count]
    hashes = [
        bytes.fromhex(each["hash"]) if "hash" in each else leaf_hash(each["body"].encode("utf-8")) for each in entries
    ]
    if hashes[-1].hex() != leaf.get("head") or tree_hash(hashes).hex() != leaf.get("tree"):
        raise Fault("prefix")


def read_keys(value: Any) -> dict[str, bytes]:
    """The published keys of a file: each under the name that its own bytes give it. Raises Fault."""
    listed = value.get("keys", []) if isinstance(value, dict) else []
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise Fault("keys")
    try:
        found = [base64.b64decode(each["spki"]) for each in listed]
    except (KeyError, TypeError, ValueError):
        raise Fault("keys") from None
    return {key_name(spki): spki for spki in found}
