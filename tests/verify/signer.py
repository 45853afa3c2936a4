"""A signer as KMS is one, without KMS."""

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from chalicelib.store.signing import ES256, Signer

_PRIVATE = ec.generate_private_key(ec.SECP256R1())
SPKI = _PRIVATE.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _sign(body: bytes) -> bytes:
    numbers = decode_dss_signature(_PRIVATE.sign(body, ec.ECDSA(SHA256())))
    return b"".join(each.to_bytes(32, "big") for each in numbers)


SIGNER = Signer(ES256, SPKI, _sign)
KEYS = {SIGNER.key: SPKI}
