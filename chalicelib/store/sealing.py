"""Personal data and free text at rest: AES-256-GCM under a key of the case, wrapped by a key of the class.

KMS master key -> key-encryption key per class (unwrapped by a process at most every five minutes)
-> random data key per case, wrapped and stored in CASE. Destroying the wrapped key erases the case.
The invariant: a sealed value opens only at the place it was sealed for (table, key and attribute are bound to it).
"""

import hashlib
import hmac
import os
import zlib
from collections.abc import Callable, Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chalicelib.domain.values import value

VERSION = b"\x01"
"""First byte of every envelope: format 1, AES-256-GCM. Another algorithm (SM4) takes another number."""
_PLAIN, _DEFLATED = b"\x00", b"\x02"
_WORTH_DEFLATING = 120
COMPACT = "gb18030"
"""Han characters take two bytes in it instead of three, every code point has its place, and a petition of 500
characters fits one kilobyte after deflating; in UTF-8 a third of them do not."""


class SealBroken(Exception):
    """The envelope was changed, moved to another place, or its key is gone."""


@value
class DataKey:
    """A case's own key: the open key for this request, the wrapped one for the table."""

    open: bytes
    wrapped: bytes

    def seal(self, text: bytes, place: str) -> bytes:
        """Seal UTF-8 text for one place, e.g. `cases|CASE#2611…|TEXT#000001|sealed`. Deflated when that saves room."""
        if len(text) <= _WORTH_DEFLATING:
            return _encrypt(self.open, _PLAIN + text, place)
        packed = zlib.compress(text.decode().encode(COMPACT), 9)
        return _encrypt(self.open, _DEFLATED + packed if len(packed) < len(text) else _PLAIN + text, place)

    def unseal(self, envelope: bytes, place: str) -> bytes:
        """Open what was sealed for this place. Raises SealBroken."""
        body = _decrypt(self.open, envelope, place)
        return zlib.decompress(body[1:]).decode(COMPACT).encode() if body[:1] == _DEFLATED else body[1:]


class Keys:
    """The tenant's keys, as one process holds them. `unwrap` asks KMS; it is called once per class and five minutes."""

    def __init__(self, unwrap: Callable[[str], bytes], monotonic: Callable[[], float], keep_s: float = 300) -> None:
        self._unwrap, self._monotonic, self._keep_s = unwrap, monotonic, keep_s
        self._held: dict[str, tuple[float, bytes]] = {}

    def new_data_key(self, case_id: str) -> DataKey:
        """A fresh key for a new case."""
        key = os.urandom(32)
        return DataKey(key, _encrypt(self._of("petition"), key, f"data-key|{case_id}"))

    def data_key(self, wrapped: bytes, case_id: str) -> DataKey:
        """The key of a stored case. Raises SealBroken when it belongs to another one."""
        return DataKey(_decrypt(self._of("petition"), wrapped, f"data-key|{case_id}"), wrapped)

    def staff_key(self) -> DataKey:
        """The key for what belongs to no case: staff telephones and TOTP secrets."""
        return DataKey(hmac.digest(self._of("petition"), b"staff", "sha256"), b"")

    def index(self, field: str, value: str) -> str:
        """Blind index: equal values meet, and nobody without the key can try numbers. 80 bits are plenty here."""
        return hmac.digest(self._of("index"), f"{field}|{value}".encode(), "sha256")[:10].hex()

    def secret(self, purpose: str) -> bytes:
        """A key for one purpose (query codes, cursors, sessions), derived, never stored."""
        return hmac.digest(self._of("index"), f"purpose|{purpose}".encode(), "sha256")

    def _of(self, kind: str) -> bytes:
        now = self._monotonic()
        held = self._held.get(kind)
        if held is None or now - held[0] > self._keep_s:
            held = (now, self._unwrap(kind))
            self._held[kind] = held
        return held[1]


CLASSES = ("petition", "index")
"""petition: wraps data keys. index: blind indexes and derived secrets. Reports of misconduct get their own pair."""


def place(item: Mapping[str, Any]) -> str:
    """What a sealed value of the business table is bound to."""
    return f"cases|{item['pk']}|{item['sk']}|sealed"


def digest(text: bytes) -> str:
    """What an event says of its sealed text: enough to prove it, nothing to read."""
    return hashlib.sha256(text).hexdigest()


def _encrypt(key: bytes, body: bytes, place: str) -> bytes:
    nonce = os.urandom(12)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, body, place.encode())


def _decrypt(key: bytes, envelope: bytes, place: str) -> bytes:
    if envelope[:1] != VERSION:
        raise SealBroken(f"envelope of format {envelope[:1]!r} is not known")
    try:
        return AESGCM(key).decrypt(envelope[1:13], envelope[13:], place.encode())
    except (InvalidTag, ValueError) as error:  # ValueError: it was cut off
        raise SealBroken(f"cannot open {place}") from error
