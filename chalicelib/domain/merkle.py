"""The hash tree of RFC 6962, section 2.1: leaves 0x00, nodes 0x01, and no leaf doubled where a level is odd.

The invariant: a root binds every leaf and its place; a path proves one of them without the others.
"""

import hashlib
from collections.abc import Sequence

EMPTY = hashlib.sha256(b"").digest()


def leaf(body: bytes) -> bytes:
    """Hash of one leaf."""
    return hashlib.sha256(b"\x00" + body).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Hash of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes in their order."""
    if not hashes:
        return EMPTY
    if len(hashes) == 1:
        return hashes[0]
    cut = _cut(len(hashes))
    return node(root(hashes[:cut]), root(hashes[cut:]))


def path(index: int, hashes: Sequence[bytes]) -> list[bytes]:
    """The siblings on the way from one leaf to the root, nearest first. Raises IndexError."""
    if not 0 <= index < len(hashes):
        raise IndexError(f"no leaf {index} in a tree of {len(hashes)}")
    if len(hashes) == 1:
        return []
    cut = _cut(len(hashes))
    if index < cut:
        return [*path(index, hashes[:cut]), root(hashes[cut:])]
    return [*path(index - cut, hashes[cut:]), root(hashes[:cut])]


def _cut(size: int) -> int:
    """The largest power of two below the number of leaves."""
    return 1 << (size - 1).bit_length() - 1
