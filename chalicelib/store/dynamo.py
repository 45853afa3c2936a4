"""The business table on DynamoDB, by PynamoDB. One schema for every kind of item; which kind has what: `items.py`.

The invariant: an answer that was lost is never taken for a refusal, and a denial never for a conflict.
"""

import random
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, ConnectionError, HTTPClientError
from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.exceptions import GetError, PutError, PynamoDBException, QueryError, TransactWriteError
from pynamodb.expressions.condition import Condition as Expression
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from chalicelib.settings import settings
from chalicelib.store.table import (
    INDEXES,
    Absent,
    Busy,
    Cancelled,
    Check,
    Condition,
    ConditionFailed,
    Denied,
    Holds,
    Item,
    Page,
    Put,
    Reason,
    Write,
)

ATTEMPTS = 4
"""Tries of one request, on the wire and in all: botocore's own retries, a layer below, would multiply them (a storm of
three by four was measured), and it knows no TransactionConflict."""
FIRST_WAIT_S = 0.025


class Lists(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]
    """Worklists and a person's petitions."""

    class Meta:
        index_name = "lists"
        projection = IncludeProjection(["kind"])

    list_name = UnicodeAttribute(hash_key=True)
    list_key = UnicodeAttribute(range_key=True)


class Due(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]
    """What the sweep has to look at, by the moment to look."""

    class Meta:
        index_name = "due"
        projection = IncludeProjection(["kind"])

    shard = UnicodeAttribute(hash_key=True)
    wake_at = UnicodeAttribute(range_key=True)


class Row(Model):
    """Any item of the business table. `items.py` says which kind carries which attribute."""

    class Meta:
        table_name = settings.cases_table
        region = settings.region
        connect_timeout_seconds = 1
        read_timeout_seconds = 3
        max_retry_attempts = 0  # `patiently` alone repeats
        max_pool_connections = 16  # so many ask side by side (a sweep); what has no place is connected anew each time

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    state = UnicodeAttribute(null=True)
    snapshot = BinaryAttribute(null=True, legacy_encoding=False)
    head = BinaryAttribute(null=True, legacy_encoding=False)
    data_key = BinaryAttribute(null=True, legacy_encoding=False)
    body = BinaryAttribute(null=True, legacy_encoding=False)
    sealed = BinaryAttribute(null=True, legacy_encoding=False)
    command = BinaryAttribute(null=True, legacy_encoding=False)
    fingerprint = BinaryAttribute(null=True, legacy_encoding=False)
    owes = UnicodeAttribute(null=True)
    result = UnicodeAttribute(null=True)
    list_name = UnicodeAttribute(null=True)
    list_key = UnicodeAttribute(null=True)
    shard = UnicodeAttribute(null=True)
    wake_at = UnicodeAttribute(null=True)
    parked = NumberAttribute(null=True)
    lists = Lists()
    due = Due()


class CasesTable:
    """The `Table` protocol on DynamoDB."""

    def get(self, pk: str, sk: str) -> Item | None:
        try:
            row: Row = _asked(lambda: Row.get(pk, sk, consistent_read=True))
        except Row.DoesNotExist:
            return None
        return _item(row)

    def get_many(self, keys: Sequence[tuple[str, str]]) -> list[Item]:
        if not keys:
            return []
        unique = list(dict.fromkeys(keys))
        rows = _asked(lambda: list(Row.batch_get(unique, consistent_read=True)))
        by_key = {(row.pk, row.sk): _item(row) for row in rows}
        return [by_key[key] for key in keys if key in by_key]

    def query(
        self,
        pk: str,
        *,
        prefix: str = "",
        limit: int | None = None,
        after: Item | None = None,
        newest_first: bool = False,
    ) -> Page:
        return _page(
            lambda: Row.query(
                pk,
                Row.sk.startswith(prefix) if prefix else None,
                consistent_read=True,
                limit=limit,
                last_evaluated_key=_start(after),
                scan_index_forward=not newest_first,
            )
        )

    def hits(
        self,
        index: str,
        name: str,
        *,
        low: str = "",
        high: str = "\uffff",
        limit: int = 50,
        after: Item | None = None,
        newest_first: bool = False,
    ) -> Page:
        return _page(
            lambda: _index(index).query(
                name,
                _between(index, low, high),
                limit=limit,
                last_evaluated_key=_start(after),
                scan_index_forward=not newest_first,
            )
        )

    def walk(self, *, limit: int, after: Item | None = None) -> Page:
        return _page(
            lambda: Row.scan(
                limit=limit, last_evaluated_key=_start(after), attributes_to_get=["pk", "sk"], consistent_read=True
            )
        )

    def count(self, index: str, name: str, *, low: str = "", high: str = "\uffff") -> int:
        counted: int = _asked(lambda: _index(index).count(name, _between(index, low, high)))
        return counted

    def put(self, item: Item, when: Condition | None = None) -> None:
        try:
            patiently(lambda: Row(**item).save(condition=_expression(when)))
        except PutError as error:
            if code_of(error) == "ConditionalCheckFailedException":
                # It may be our own write, whose answer was lost. Equal content does not tell: two consumers that
                # claim a notice in the same second write the same, and only one may send.
                raise ConditionFailed(self.get(item["pk"], item["sk"])) from None
            raise _translated(error) from error

    def transact(self, writes: Sequence[Write], token: str) -> None:
        ordered = sorted(writes, key=lambda write: isinstance(write, Put))  # PynamoDB sends checks before puts
        try:
            patiently(lambda: self._transact_once(ordered, token))
        except TransactWriteError as error:
            reasons = {id(write): reason for write, reason in zip(ordered, _reasons(error, ordered), strict=False)}
            if not reasons:
                raise _translated(error) from error
            raise Cancelled(tuple(reasons.get(id(write), Reason("unknown")) for write in writes)) from error

    @staticmethod
    def _transact_once(writes: Sequence[Write], token: str) -> None:
        with TransactWrite(connection=connection(), client_request_token=token) as transaction:
            for write in writes:
                if isinstance(write, Check):
                    transaction.condition_check(Row, write.pk, write.sk, condition=_expression(write.when))
                else:
                    transaction.save(Row(**write.item), condition=_expression(write.when), return_values="ALL_OLD")


def connection() -> Connection:
    """PynamoDB's own connection: one client per process, shared with the guard table."""
    found: Connection = Row._get_connection().connection
    return found


def server_time() -> datetime:
    """What time it is for the service, to the second: the Date of an answer. Raises Busy, Denied."""
    key = {"pk": {"S": "CLOCK"}, "sk": {"S": "CLOCK"}}

    def ask() -> dict[str, Any]:
        try:
            told: dict[str, Any] = connection().client.get_item(TableName=settings.cases_table, Key=key)
        except (ClientError, BotoCoreError) as error:
            raise GetError(cause=error) from error
        return told

    return parsedate_to_datetime(_asked(ask)["ResponseMetadata"]["HTTPHeaders"]["date"])


def _expression(when: Condition | None) -> Expression | None:
    if when is None:
        return None
    if isinstance(when, Absent):
        return Row.pk.does_not_exist()
    attribute = getattr(Row, when.attribute)
    found: Expression = (
        attribute == when.value if isinstance(when, Holds) else attribute.does_not_exist() | (attribute < when.value)
    )
    return found


def _between(index: str, low: str, high: str) -> Expression:
    found: Expression = getattr(Row, INDEXES[index][1]).between(low or " ", high)
    return found


def _index(name: str) -> GlobalSecondaryIndex[Any]:
    found: GlobalSecondaryIndex[Any] = getattr(Row, name)
    return found


def _item(row: Row) -> Item:
    item = dict(row.attribute_values)
    for name in ("version",):
        if name in item:
            item[name] = int(item[name])
    return {name: value for name, value in item.items() if value is not None}


def _start(after: Item | None) -> dict[str, dict[str, Any]] | None:
    return {name: {"S": value} for name, value in after.items()} if after else None


def _after(key: dict[str, dict[str, Any]] | None) -> Item | None:
    return {name: value["S"] for name, value in key.items()} if key else None


_CODES = {
    "None": "",
    "ConditionalCheckFailed": "condition",
    "TransactionConflict": "conflict",
    "ThrottlingError": "throttled",
    "ProvisionedThroughputExceeded": "throttled",
    "AccessDenied": "denied",
}
_TRAFFIC = {
    "TransactionConflictException",
    "ThrottlingException",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
}
"""Certainly not done."""
_TRANSIENT = _TRAFFIC | {
    "InternalServerError",
    "InternalFailure",
    "ServiceUnavailable",
    "ServiceUnavailableException",
    "TransactionInProgressException",
    *("500", "502", "503", "504"),  # an answer without a body has its status for a code
}


def _reasons(error: TransactWriteError, writes: Sequence[Write]) -> list[Reason]:
    found = []
    for reason in error.cancellation_reasons:
        code = _CODES.get(reason.code, "unknown") if reason else ""
        raw = getattr(reason, "raw_item", None) if reason else None
        found.append(Reason(code, _item(Row.from_raw_data(raw)) if raw else None))
    return found if len(found) == len(writes) else []


def code_of(error: PynamoDBException) -> str:
    """What the service said. A lost answer says nothing: botocore's time-outs carry no response, which
    PynamoDB's own `cause_response_code` does not expect."""
    response = getattr(error.cause, "response", None) or {}
    return str(response.get("Error", {}).get("Code", ""))


def patiently(ask: Callable[[], Any], *, may_come_twice: bool = True) -> Any:
    """Repeat what only met traffic, or was not answered. A transaction has a token, so it may come twice.

    What must not come twice is repeated only where it certainly was not done.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return ask()
        except PynamoDBException as error:
            if attempt == ATTEMPTS or not (_may_pass(error) if may_come_twice else code_of(error) in _TRAFFIC):
                raise
            time.sleep(random.uniform(0, FIRST_WAIT_S * 2**attempt))  # full jitter
    raise AssertionError("the loop returns or raises")


def _may_pass(error: PynamoDBException) -> bool:
    if isinstance(error, TransactWriteError) and error.cancellation_reasons:
        codes = {_CODES.get(reason.code, "unknown") for reason in error.cancellation_reasons if reason}
        return bool(codes & {"conflict", "throttled"}) and codes <= {"", "conflict", "throttled"}
    if isinstance(error.cause, ConnectionError | HTTPClientError):
        return True
    return code_of(error) in _TRANSIENT


def _page(query: Callable[[], Any]) -> Page:
    """A query from its beginning: an iterator that failed on its way has lost what it gave before."""

    def read() -> Page:
        found = query()
        items = [_item(row) for row in found]
        return Page(items, _after(found.last_evaluated_key))

    page: Page = _asked(read)
    return page


def _asked(read: Callable[[], Any]) -> Any:
    try:
        return patiently(read)
    except Row.DoesNotExist:
        raise
    except (GetError, QueryError, PynamoDBException) as error:
        raise _translated(error) from error


def _translated(error: PynamoDBException) -> Exception:
    if code_of(error) in ("AccessDeniedException", "UnrecognizedClientException"):
        return Denied(str(error))
    return Busy(str(error))
