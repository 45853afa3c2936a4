"""What the same bytes mean is worked out once in a world: a case is read thirty times, and its old rows never change.

Only decoding is remembered, by everything it depends on: nothing that decides, writes or sends. Most of a world's
time went into inflating and parsing the same events again. `changed` says whether anybody altered what he was given.
JSON is read by the library that reads requests, five times as fast; what it refuses is put to the standard one.
"""

import contextlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from chalicelib.store import chain, proofs, sealing, snapshot
from chalicelib.store.sealing import DataKey
from chalicelib.store.table import Item

Work = Callable[..., Any]
_fast = msgspec.json.Decoder().decode


class Memory:
    """The answers so far, by function and by what was asked."""

    def __init__(self) -> None:
        self.sound: dict[str, Work] = {
            "read": chain.read,
            "unpack": snapshot.unpack,
            "proof": proofs.proof,
            "decrypt": sealing._decrypt,
            "unseal": sealing.DataKey.unseal,
            "loads": json.loads,
        }
        self.kept: dict[str, dict[Any, Any]] = {name: {} for name in self.sound}

    def read(self, item: Item) -> Any:
        """As `chain.read`."""
        key = (item["body"], item.get("command"), item.get("fingerprint"))
        kept = self.kept["read"]
        if key not in kept:
            kept[key] = self.sound["read"](item)
        return kept[key]

    def unpack(self, case_id: str, state: bytes, version: int, head: bytes) -> Any:
        """As `snapshot.unpack`."""
        key, kept = (case_id, state, version, head), self.kept["unpack"]
        if key not in kept:
            kept[key] = self.sound["unpack"](*key)
        return kept[key]

    def proof(self, row: Item) -> Any:
        """As `proofs.proof`."""
        get = row.get
        key = (
            row["pk"], row["state"], row["version"], get("wake_at"), get("list_name"), get("list_key"), get("sealed"),
        )  # fmt: skip
        kept = self.kept["proof"]
        if key not in kept:
            kept[key] = self.sound["proof"](row)
        return kept[key]

    def decrypt(self, key: bytes, envelope: bytes, place: str) -> Any:
        """As `sealing._decrypt`; what does not open is tried each time."""
        asked, kept = (key, envelope, place), self.kept["decrypt"]
        if asked not in kept:
            kept[asked] = self.sound["decrypt"](*asked)
        return kept[asked]

    def unseal(self, key: DataKey, envelope: bytes, place: str) -> bytes:
        """As `DataKey.unseal`."""
        asked, kept = (key.open, envelope, place), self.kept["unseal"]
        if asked not in kept:
            kept[asked] = self.sound["unseal"](key, envelope, place)
        found: bytes = kept[asked]
        return found

    def loads(self, text: str | bytes, **how: Any) -> Any:
        """As `json.loads`; nothing of it is kept."""
        try:
            return self.sound["loads"](text, **how) if how else _fast(text)
        except msgspec.DecodeError:
            return self.sound["loads"](text)

    def changed(self) -> list[str]:
        """What is no longer what its bytes say."""
        found = []
        for key, kept in self.kept["read"].items():
            fresh = self.sound["read"]({"body": key[0], "command": key[1], "fingerprint": key[2]})
            found += [f"an event of {fresh.data}"] if fresh != kept else []
        for key, kept in self.kept["unpack"].items():
            found += [f"the state of {key[0]}"] if self.sound["unpack"](*key) != kept else []
        return found


@contextlib.contextmanager
def remembering() -> Iterator[Memory]:
    """While this lasts, nothing is decoded twice."""
    memory = Memory()
    places = ((chain, "read"), (snapshot, "unpack"), (proofs, "proof"), (sealing, "_decrypt"), (json, "loads"))
    before = [getattr(module, name) for module, name in places]
    for module, name in places:
        setattr(module, name, getattr(memory, name.lstrip("_")))
    DataKey.unseal = lambda key, envelope, place: memory.unseal(key, envelope, place)  # type: ignore[method-assign]
    try:
        yield memory
    finally:
        for (module, name), sound in zip(places, before, strict=True):
            setattr(module, name, sound)
        DataKey.unseal = memory.sound["unseal"]  # type: ignore[method-assign]
