"""The tenant's keys: wrapped by KMS in the guard table, opened once per class and five minutes by a process.

The invariant: an open key never leaves the process that asked for it, and a keyring is made once.
A botocore client on PynamoDB's own session costs 12 ms and 1.5 MB once that session has loaded its data
(measured); a request signed by hand costs 1 ms, but knows neither retries nor endpoints of other partitions.
"""

import functools
import os
import time
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.settings import settings
from chalicelib.store import dynamo
from chalicelib.store.guard_table import Entry, asked, got, holds
from chalicelib.store.sealing import CLASSES, GATEWAY, PUBLIC_HALF, REPORT, Keys, new_pair
from chalicelib.store.table import Busy, Denied

KEYRING = "KEYRING"


@functools.cache
def keys() -> Keys:
    """The keys of this process."""
    return Keys(unwrap, time.monotonic)


def unwrap(kind: str) -> bytes:
    """The open key of a class; of the pair of reports the public half to everybody, the private one to whom KMS lets.

    Raises Busy, Denied.
    """
    entry = got(KEYRING, REPORT if kind == PUBLIC_HALF else kind)
    if entry is not None and kind == PUBLIC_HALF:
        return bytes(entry.public)
    if entry is None:
        raise Denied(f"the keyring has no key {kind!r}: load the profile first")
    opened: bytes = ask_kms("Decrypt", CiphertextBlob=entry.sealed, EncryptionContext=_context(kind))["Plaintext"]
    return opened


def gateway_key() -> bytes:
    """The key agreed with the SMS gateway, opened once per process and five minutes. Raises Busy, Denied."""
    return keys().gateway()


def put_gateway_key(secret: bytes) -> None:
    """Store the gateway's key wrapped, in place of the one before. Needs the deployer's rights."""
    sealed = ask_kms("Encrypt", KeyId=settings.kms_key_id, Plaintext=secret, EncryptionContext=_context(GATEWAY))
    asked(Entry(KEYRING, GATEWAY, sealed=sealed["CiphertextBlob"]).save)


def create_keyring() -> list[str]:
    """Make the keys that do not exist yet; what exists is never replaced. Returns the classes that were made."""
    return [kind for kind in (*CLASSES, REPORT) if _create(kind)]


def _create(kind: str) -> bool:
    if got(KEYRING, kind):
        return False
    secret, public = new_pair() if kind == REPORT else (os.urandom(32), None)
    key = settings.report_key_id if kind == REPORT else settings.kms_key_id
    wanted = {"KeyId": key, "Plaintext": secret, "EncryptionContext": _context(kind)}
    entry = Entry(KEYRING, kind, sealed=ask_kms("Encrypt", **wanted)["CiphertextBlob"], public=public)
    return holds(lambda: entry.save(condition=Entry.pk.does_not_exist()))


def _context(kind: str) -> dict[str, str]:
    return {"class": kind}


def ask_kms(operation: str, **arguments: Any) -> Any:
    """One call of KMS. Raises Busy, Denied."""
    try:
        return _kms()._make_api_call(operation, arguments)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        raise (Denied if code in _NEVER else Busy)(f"KMS {operation}: {code}") from None
    except BotoCoreError as error:
        raise Busy(f"KMS {operation}: {type(error).__name__}") from None


_NEVER = {"AccessDeniedException", "NotFoundException", "DisabledException", "InvalidCiphertextException"}


@functools.cache
def _kms() -> Any:
    config = Config(connect_timeout=1, read_timeout=2, retries={"mode": "standard", "total_max_attempts": 3})
    return dynamo.connection().session.create_client("kms", region_name=settings.region, config=config)
