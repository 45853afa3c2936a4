"""ECDSA on P-256 (FIPS 186-5), to verify only: whoever checks needs Python and nothing else."""

import hashlib

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
SPKI = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")
Point = tuple[int, int] | None


def _add(a: Point, b: Point) -> Point:
    if a is None or b is None:
        return b if a is None else a
    if a[0] == b[0] and (a[1] + b[1]) % P == 0:
        return None
    slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, P) if a == b else (b[1] - a[1]) * pow(b[0] - a[0], -1, P)
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P


def _times(k: int, point: Point) -> Point:
    found: Point = None
    while k:
        if k & 1:
            found = _add(found, point)
        point, k = _add(point, point), k >> 1
    return found


def is_signed(spki: bytes, body: bytes, signature: bytes) -> bool:
    """Did the owner of this P-256 key sign these bytes (SHA-256, r and s of 32 bytes each)?"""
    if not spki.startswith(SPKI) or len(spki) != len(SPKI) + 64 or len(signature) != 64:
        return False
    x, y = int.from_bytes(spki[-64:-32], "big"), int.from_bytes(spki[-32:], "big")
    if x >= P or y >= P or (y * y - x * x * x + 3 * x - B) % P:
        return False
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if not (0 < r < N and 0 < s < N):
        return False
    w = pow(s, -1, N)
    met = _add(_times(int.from_bytes(hashlib.sha256(body).digest(), "big") * w % N, G), _times(r * w % N, (x, y)))
    return met is not None and met[0] % N == r
