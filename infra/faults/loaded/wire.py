"""What goes over botocore's wire, named, and what may happen to it. The seam is the session that sends a request.

A fault put in by `before-send` is not one: botocore calls all handlers and takes the first answer, so that under moto
the write still happens. What `URLLib3Session.send` does not send was not sent, and each try of a retry comes by here.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

REFUSED, TIME_OUT, LOST = "refused", "time_out", "lost"
CONFLICT, THROTTLE, FAILED, FAILED_APPLIED = "conflict", "throttle", "500", "500_applied"
KINDS = (REFUSED, TIME_OUT, LOST, CONFLICT, THROTTLE, FAILED, FAILED_APPLIED)
"""Never arrived; never arrived and nobody said so; applied and the answer lost; refused by traffic; failed inside."""
APPLIED = (LOST, FAILED_APPLIED)

_NAME = re.compile(r"[A-Za-z_]+")

Send = Callable[[Any], Any]


@dataclass(frozen=True)
class Call:
    """One request on the wire: which service and operation, and about what kind of row."""

    service: str
    operation: str
    about: str
    writes: int = 1
    """How many writes a transaction holds: it is cancelled with a reason for each."""

    @property
    def point(self) -> str:
        """`dynamodb.PutItem/NOTICE`."""
        return f"{self.service}.{self.operation}" + (f"/{self.about}" if self.about else "")


def install(around: Callable[[Call, Any, Send], Any]) -> Callable[[], None]:
    """Let `around(call, request, send)` answer every request of this process; answers what takes it away again."""
    from botocore.httpsession import URLLib3Session

    send = URLLib3Session.send

    def sent(session: Any, request: Any) -> Any:
        return around(named(request), request, lambda prepared: send(session, prepared))

    URLLib3Session.send = sent

    def remove() -> None:
        URLLib3Session.send = send

    return remove


def named(request: Any) -> Call:
    """Which call a prepared request is."""
    target = _text(request.headers.get("X-Amz-Target", ""))
    body = request.body or b""
    if target:
        service, _, operation = target.partition(".")
        service = {"DynamoDB_20120810": "dynamodb", "TrentService": "kms"}.get(service, service.lower())
        asked = json.loads(body or b"{}")
        return Call(service, operation, _about(operation, asked), len(asked.get("TransactItems", ())) or 1)
    form = parse_qs(body.decode() if isinstance(body, bytes) else str(body))
    to = "topic" if "TopicArn" in form else "phone" if "PhoneNumber" in form else ""
    return Call("sns" if to else "other", form.get("Action", ["unknown"])[0], to)


def meet(kind: str, call: Call, request: Any, send: Send) -> Any:
    """Let one request meet a fault: raises what botocore raises then, or answers what the service answers."""
    from botocore import exceptions as aws

    if kind == REFUSED:
        raise aws.EndpointConnectionError(endpoint_url=request.url)
    if kind == TIME_OUT:
        raise aws.ReadTimeoutError(endpoint_url=request.url)
    if kind in APPLIED:
        send(request)
    if kind == LOST:
        raise aws.ReadTimeoutError(endpoint_url=request.url)
    return _answer(request.url, *_refusals(call)[kind])


def _refusals(call: Call) -> dict[str, tuple[int, dict[str, Any]]]:
    failed = (500, {"__type": "InternalServerError", "message": "injected"})
    conflict: dict[str, Any] = {"__type": "TransactionConflictException", "message": "injected"}
    if call.operation == "TransactWriteItems":
        reasons = [{"Code": "TransactionConflict", "Message": "injected"}, *[{"Code": "None"}] * (call.writes - 1)]
        conflict = {"__type": "TransactionCanceledException", "message": "injected", "CancellationReasons": reasons}
    throttle = {"__type": "ProvisionedThroughputExceededException", "message": "injected"}
    return {CONFLICT: (400, conflict), THROTTLE: (400, throttle), FAILED: failed, FAILED_APPLIED: failed}


def _answer(url: str, status: int, body: dict[str, Any]) -> Any:
    from botocore.awsrequest import AWSResponse

    kind = f"com.amazonaws.dynamodb.v20120810#{body['__type']}"
    content = json.dumps(body | {"__type": kind}).encode()
    headers = {"content-type": "application/x-amz-json-1.0", "x-amzn-requestid": "injected"}
    return AWSResponse(url, status, headers, _Raw(content))


class _Raw:
    """The body of an answer that nobody sent."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self, **_: Any) -> Iterator[bytes]:
        """All at once."""
        yield self._content


def _about(operation: str, asked: dict[str, Any]) -> str:
    """The kind of row, by its key; of an index its name; of a transaction whether it files a case or takes a step."""
    if "IndexName" in asked:
        return f"by_{asked['IndexName']}"
    if operation == "TransactWriteItems":
        puts = [each["Put"]["Item"] for each in asked["TransactItems"] if "Put" in each]
        kinds = {_kind(put) for put in puts}
        return next((name for name in ("SUBMISSION", "CASE") if name in kinds), _kind(puts[0]) if puts else "")
    if operation == "BatchGetItem":
        requests: Iterable[dict[str, Any]] = asked["RequestItems"].values()
        return next((_kind(key) for each in requests for key in each["Keys"]), "")
    if operation == "Query":
        values = [value["S"] for value in asked.get("ExpressionAttributeValues", {}).values() if "S" in value]
        return _first(values[0]) if values else ""
    key = asked.get("Key") or asked.get("Item")
    return _kind(key) if key else ""


def _kind(key: dict[str, Any]) -> str:
    owner = _first(key["pk"]["S"])
    return _first(key["sk"]["S"]) if owner == "CASE" else owner


def _first(key: str) -> str:
    found = _NAME.match(key)
    return found[0] if found else ""


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
