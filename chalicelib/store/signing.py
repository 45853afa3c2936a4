"""Signatures of the office on what it gives out: receipts and roots.

The invariant: what is signed are the exact bytes of `statement`, and the envelope names key and algorithm, so that
SM2 may take the place of P-256 and everything signed before stays checkable.
"""

import base64
import functools
import hashlib
from collections.abc import Callable
from typing import Any

from chalicelib.domain.values import value
from chalicelib.settings import settings
from chalicelib.store import chain, items, keys
from chalicelib.store.table import Absent, ConditionFailed, Table

ES256 = "ES256"
"""ECDSA on P-256 over SHA-256; the signature is r and s, 32 bytes each (RFC 7518, section 3.4)."""

Envelope = dict[str, str]


@value
class Signer:
    """A private key we may use and never see. `spki` is its public half as DER."""

    alg: str
    spki: bytes
    sign: Callable[[bytes], bytes]

    @property
    def key(self) -> str:
        """What the key is called: the hash of its public half, so that a name cannot be given to another one."""
        return key_id(self.spki)

    def signed(self, statement: dict[str, Any]) -> Envelope:
        """A statement with its signature. Raises Busy, Denied."""
        body = chain.coded(statement)
        signature = base64.b64encode(self.sign(body)).decode()
        return {"alg": self.alg, "key": self.key, "signature": signature, "statement": body.decode()}


def key_id(spki: bytes) -> str:
    """The name of a public key."""
    return hashlib.sha256(spki).hexdigest()[:32]


def publish(table: Table, signer: Signer, at: str) -> None:
    """Make the public half known, before anything signed with it is. Once is enough."""
    item = {"pk": keys.SIGNERS_OF_OFFICE, "sk": signer.key, "kind": items.PUBLIC_KEY}
    state = {"key": signer.key, "alg": signer.alg, "spki": base64.b64encode(signer.spki).decode(), "from": at}
    try:
        table.put(item | {"state": chain.coded(state).decode()}, Absent())
    except ConditionFailed:
        return


def published(table: Table) -> list[dict[str, str]]:
    """Every public key that ever signed here."""
    return [chain.decoded(row["state"]) for row in table.query(keys.SIGNERS_OF_OFFICE).items]


@functools.cache
def kms_signer() -> Signer:
    """The key of this deployment. KMS takes up to 4,096 bytes, our statements have a thousand. Raises Busy, Denied."""
    from chalicelib.store.keyring import ask_kms

    key = settings.signing_key_id
    spki: bytes = ask_kms("GetPublicKey", KeyId=key)["PublicKey"]

    def sign(body: bytes) -> bytes:
        how = {"MessageType": "RAW", "SigningAlgorithm": "ECDSA_SHA_256"}
        return _two_numbers(ask_kms("Sign", KeyId=key, Message=body, **how)["Signature"])

    return Signer(ES256, spki, sign)


def _two_numbers(der: bytes) -> bytes:
    """KMS answers a DER sequence of two integers; browsers want both in 32 bytes each."""
    found, rest = [], der[2:]
    for _ in range(2):
        length = rest[1]
        found.append(int.from_bytes(rest[2 : 2 + length], "big").to_bytes(32, "big"))
        rest = rest[2 + length :]
    return b"".join(found)
