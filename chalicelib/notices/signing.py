"""How we and an SMS gateway know each other: HMAC-SHA256 over one canonical string, both ways.

The invariant: what is signed holds the way, a time stamp, a nonce and the digest of the body, so that a signature
serves one request; and it serves it for five minutes.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=5)
TIME, NONCE, SIGNATURE = "X-Sms-Time", "X-Sms-Nonce", "X-Sms-Signature"
_NONCE = re.compile(r"[0-9a-f]{32}")
_SECONDS = re.compile(r"[0-9]{1,11}")


def signed(key: bytes, path: str, body: bytes, now: datetime, nonce: str = "") -> dict[str, str]:
    """The headers of one POST."""
    stamp, fresh = str(int(now.timestamp())), nonce or secrets.token_hex(16)
    return {TIME: stamp, NONCE: fresh, SIGNATURE: _mac(key, path, stamp, fresh, body)}


def is_signed(key: bytes, path: str, body: bytes, now: datetime, headers: Mapping[str, str]) -> bool:
    """True for a request that whoever has the key made for this path and body within five minutes."""
    sent = {name.lower(): value for name, value in headers.items()}
    stamp, nonce, mac = (sent.get(name.lower(), "") for name in (TIME, NONCE, SIGNATURE))
    if not (_SECONDS.fullmatch(stamp) and _NONCE.fullmatch(nonce)):
        return False
    if abs(now.timestamp() - int(stamp)) > WINDOW.total_seconds():
        return False
    return hmac.compare_digest(_mac(key, path, stamp, nonce, body).encode(), mac.encode())


def _mac(key: bytes, path: str, stamp: str, nonce: str, body: bytes) -> str:
    canonical = "\n".join(("POST", path, stamp, nonce, hashlib.sha256(body).hexdigest()))
    return hmac.new(key, canonical.encode(), hashlib.sha256).hexdigest()
