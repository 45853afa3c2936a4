"""What a client asks for, as digests: by them a repeat of the same command is known (docs/decisions/0004)."""

import hashlib
import json
from typing import Any

from chalicelib.domain.values import value


@value
class Command:
    """What the client asked, as two digests: whose key it is, and what stood in the body."""

    key: bytes
    fingerprint: bytes

    @classmethod
    def of(cls, scope: str, key: str, body: Any) -> "Command":
        """`scope` is who asks and for what, so that nobody can meet another one's key."""
        canonical = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
        return cls(_short(f"{scope}|{key}".encode()), _short(canonical.encode()))


def _short(text: bytes) -> bytes:
    return hashlib.sha256(text).digest()[:16]
