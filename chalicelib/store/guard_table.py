"""The items of the guard table and the ways to write them. What they mean: `guard.py`, `keyring.py`.

The invariant: a failed condition is an answer, everything else that goes wrong is Busy or Denied. A conditional write
has no token: repeated after a lost answer, it would take its own success for somebody else's.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.connection import TableConnection
from pynamodb.exceptions import DeleteError, PutError, PynamoDBException, UpdateError
from pynamodb.models import Model

from chalicelib.settings import settings
from chalicelib.store import dynamo
from chalicelib.store.table import Busy, Denied
from chalicelib.telemetry import logger

_Result = TypeVar("_Result")
_NEVER = ("AccessDeniedException", "UnrecognizedClientException", "ResourceNotFoundException")


class Entry(Model):
    """Any item of the guard table. `expires_at` is the TTL attribute, a cleaner only: readers look at the time."""

    class Meta:
        table_name = settings.guard_table
        region = settings.region

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    expires_at = NumberAttribute(null=True)
    ends_at = NumberAttribute(null=True)
    seen_at = NumberAttribute(null=True)
    n = NumberAttribute(null=True)
    role = UnicodeAttribute(null=True)
    user = UnicodeAttribute(null=True)
    phone_index = UnicodeAttribute(null=True)
    case_number = UnicodeAttribute(null=True)
    state = UnicodeAttribute(null=True)
    sealed = BinaryAttribute(null=True, legacy_encoding=False)
    public = BinaryAttribute(null=True, legacy_encoding=False)

    @classmethod
    def _get_connection(cls) -> TableConnection:
        """The business table's client serves this table too: a second one costs a cold start 40 ms."""
        own = super()._get_connection()
        shared = dynamo.connection()
        if own.connection is not shared:
            shared.add_meta_table(own.get_meta_table())
            own.connection = shared
        return own


def got(pk: str, sk: str) -> Entry | None:
    """One entry, read consistently. Raises Busy, Denied."""
    try:
        found: Entry = dynamo.patiently(lambda: Entry.get(pk, sk, consistent_read=True))
    except Entry.DoesNotExist:
        return None
    except PynamoDBException as error:
        raise translated(error) from error
    return found


def holds(write: Callable[[], Any]) -> bool:
    """True when the write's condition held, False when it did not. Raises Denied, and Busy when nobody knows: a right
    code whose answer was lost is not told wrong."""
    try:
        dynamo.patiently(write, may_come_twice=False)
    except (PutError, UpdateError, DeleteError) as error:
        if dynamo.code_of(error) == "ConditionalCheckFailedException":
            return False
        raise translated(error) from error
    return True


def asked(write: Callable[[], _Result]) -> _Result:
    """A write without a condition. Raises Busy, Denied."""
    try:
        found: _Result = dynamo.patiently(write)
    except PynamoDBException as error:
        raise translated(error) from error
    return found


def quietly(write: Callable[[], Any]) -> None:
    """A write that makes things better but is owed to nobody. It counts once or not at all."""
    try:
        dynamo.patiently(write, may_come_twice=False)
    except PynamoDBException as error:
        logger.info("not written", extra={"error": dynamo.code_of(error) or type(error).__name__})


def translated(error: PynamoDBException) -> Exception:
    """What a caller can do about it: wait, or call whoever deployed this."""
    kind = Denied if dynamo.code_of(error) in _NEVER else Busy
    return kind(f"guard table: {dynamo.code_of(error) or type(error).__name__}")
