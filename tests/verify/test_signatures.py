"""The verifier's own P-256 against a library's, and what is no signature."""

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from chalicelib.store.signing import _two_numbers
from infra.verify.p256 import N, is_signed


def made(body: bytes) -> tuple[bytes, bytes, bytes]:
    """A key's public half, and a signature in the form of KMS and in ours."""
    private = ec.generate_private_key(ec.SECP256R1())
    der = private.sign(body, ec.ECDSA(SHA256()))
    spki = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return spki, der, b"".join(each.to_bytes(32, "big") for each in decode_dss_signature(der))


@pytest.mark.parametrize("number", range(12))
def test_what_a_library_signed_holds_and_nothing_else_does(number: int) -> None:
    body = hashlib.sha256(bytes([number])).digest() * number
    spki, der, signature = made(body)
    assert _two_numbers(der) == signature
    assert is_signed(spki, body, signature)
    assert not is_signed(spki, body + b"x", signature)
    assert not is_signed(made(body)[0], body, signature)
    for at in (0, 31, 32, 63):
        assert not is_signed(spki, body, signature[:at] + bytes([signature[at] ^ 1]) + signature[at + 1 :])


def test_numbers_out_of_bounds_and_points_off_the_curve_are_no_signature() -> None:
    spki, _, signature = made(b"body")
    zero, too_large = bytes(32), N.to_bytes(32, "big")
    for wrong in (zero + signature[32:], signature[:32] + zero, too_large + signature[32:], signature[:63], b""):
        assert not is_signed(spki, b"body", wrong)
    assert not is_signed(spki[:-1] + bytes([spki[-1] ^ 1]), b"body", signature)
    assert not is_signed(spki[:-1], b"body", signature)


def test_a_short_number_of_der_is_filled_up() -> None:
    assert _two_numbers(bytes.fromhex("3006020101020102")) == (1).to_bytes(32, "big") + (2).to_bytes(32, "big")
