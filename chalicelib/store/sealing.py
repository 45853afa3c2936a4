"""Personal data and free text at rest: AES-256-GCM under a key of the case, wrapped by a key of the class.

KMS master key -> key-encryption key per class (unwrapped by a process at most every five minutes)
-> random data key per case, wrapped and stored in CASE. Destroying the wrapped key erases the case.
The data key of a report of misconduct is wrapped for the public half of a pair instead: who wraps it cannot open it.
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
WRAPPED_FOR_A_PAIR = b"\x02"
"""First byte of a data key wrapped with X25519, HKDF-SHA-256 and AES-256-GCM."""
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

    def seal_bytes(self, content: bytes, place: str) -> bytes:
        """Seal what is no text and would not shrink: a photo."""
        return _encrypt(self.open, _PLAIN + content, place)

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

    def new_report_key(self, case_id: str) -> DataKey:
        """A fresh key for a report of misconduct. It needs the public half only: no secret is asked for."""
        key = os.urandom(32)
        return DataKey(key, _wrap_for(self._of(PUBLIC_HALF), key, f"data-key|{case_id}"))

    def report_key(self, wrapped: bytes, case_id: str) -> DataKey:
        """The key of a stored report. Raises SealBroken; and whatever KMS says to a role that may not open reports."""
        return DataKey(_unwrap_with(self._of(REPORT), wrapped, f"data-key|{case_id}"), wrapped)

    def data_key(self, wrapped: bytes, case_id: str) -> DataKey:
        """The key of a stored case. Raises SealBroken when it belongs to another one."""
        return DataKey(_decrypt(self._of("petition"), wrapped, f"data-key|{case_id}"), wrapped)

    def staff_key(self) -> DataKey:
        """The key for what belongs to no case: staff telephones and TOTP secrets."""
        return DataKey(hmac.digest(self._of("petition"), b"staff", "sha256"), b"")

    def index(self, field: str, value: str) -> str:
        """Blind index: equal values meet, and nobody without the key can try numbers. 80 bits are plenty here."""
        return hmac.digest(self._of("index"), f"{field}|{value}".encode(), "sha256")[:10].hex()

    def gateway(self) -> bytes:
        """The key agreed with the SMS gateway. It is theirs as much as ours, so it is kept and not derived."""
        return self._of(GATEWAY)

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
"""petition: wraps data keys. index: blind indexes and derived secrets."""
GATEWAY = "gateway"
"""What requests to the SMS gateway, and its callbacks, are signed with: loaded by whoever deploys, if there is one."""
REPORT, PUBLIC_HALF = "report", "report-public"
"""The pair of reports of misconduct: the private half is wrapped by a KMS key of its own, the public one is open."""


def new_pair() -> tuple[bytes, bytes]:
    """A fresh private half, and its public half."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def place(item: Mapping[str, Any]) -> str:
    """What a sealed value of the business table is bound to."""
    return f"cases|{item['pk']}|{item['sk']}|sealed"


def digest(text: bytes) -> str:
    """What an event says of its sealed text: enough to prove it, nothing to read."""
    return hashlib.sha256(text).hexdigest()


def _encrypt(key: bytes, body: bytes, place: str) -> bytes:
    nonce = os.urandom(12)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, body, place.encode())


def _wrap_for(public: bytes, body: bytes, place: str) -> bytes:
    """Seal for whoever holds the private half; the key of a moment is forgotten on return."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    moment = X25519PrivateKey.generate()
    sent = moment.public_key().public_bytes_raw()
    shared = moment.exchange(X25519PublicKey.from_public_bytes(public))
    return WRAPPED_FOR_A_PAIR + sent + _encrypt(_agreed(shared, sent + public), body, place)


def _unwrap_with(private: bytes, envelope: bytes, place: str) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    if envelope[:1] != WRAPPED_FOR_A_PAIR or len(envelope) < 33:
        raise SealBroken(f"cannot open {place}: it was not wrapped for the pair of reports")
    held, sent = X25519PrivateKey.from_private_bytes(private), envelope[1:33]
    try:
        shared = held.exchange(X25519PublicKey.from_public_bytes(sent))
    except ValueError as error:  # a point of low order: nobody wrapped with it
        raise SealBroken(f"cannot open {place}") from error
    return _decrypt(_agreed(shared, sent + held.public_key().public_bytes_raw()), envelope[33:], place)


def _agreed(shared: bytes, parties: bytes) -> bytes:
    """The key both sides come to; both public halves are bound into it."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=32, salt=parties, info=b"sunlight report data key").derive(shared)


def _decrypt(key: bytes, envelope: bytes, place: str) -> bytes:
    if envelope[:1] != VERSION:
        raise SealBroken(f"envelope of format {envelope[:1]!r} is not known")
    try:
        return AESGCM(key).decrypt(envelope[1:13], envelope[13:], place.encode())
    except (InvalidTag, ValueError) as error:  # ValueError: it was cut off
        raise SealBroken(f"cannot open {place}") from error
