"""Record what a request says to AWS and what it is answered, so that the same can be said again to a stub.

An answer is filed under what was asked for, from the exact question down to the bare operation: a repeated request
with fresh keys still gets an answer of the right kind.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import botocore.handlers


@dataclass
class Request:
    """One request to the application: the gateway's event, the calls it led to, and how it was answered."""

    event: dict[str, Any]
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    status: int = 0
    body: Any = None


@dataclass
class Recording:
    """Everything a fresh process needs to serve the same requests from a stub."""

    requests: dict[str, Request] = field(default_factory=dict)
    answers: dict[str, tuple[int, str]] = field(default_factory=dict)

    def save(self, path: Path) -> None:
        """Write it for other processes."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "Recording":
        """Read what `save` wrote."""
        content = json.loads(path.read_text(encoding="utf-8"))
        requests = {name: Request(**request) for name, request in content["requests"].items()}
        return cls(requests, content["answers"])


class Recorder:
    """Keeps every answer, the latest to each question, and the calls of the requests that are named."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._request: Request | None = None

    @contextmanager
    def listening(self) -> Iterator["Recorder"]:
        """Hook every botocore client that is made from now on."""
        hooks = [("before-call", self._before_call), ("after-call", self._after_call)]
        botocore.handlers.BUILTIN_HANDLERS.extend(hooks)
        try:
            yield self
        finally:
            for hook in hooks:
                botocore.handlers.BUILTIN_HANDLERS.remove(hook)

    @contextmanager
    def recording(self, name: str, event: dict[str, Any]) -> Iterator[Request]:
        """Keep the calls of one request."""
        self._request = self._recording.requests[name] = Request(event)
        try:
            yield self._request
        finally:
            self._request = None

    def _before_call(self, params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        context["recorded"] = (params["headers"].get("X-Amz-Target", ""), params["body"])

    def _after_call(self, http_response: Any, model: Any, context: dict[str, Any], **_: Any) -> None:
        target, body = context["recorded"]
        answer = (http_response.status_code, http_response.content.decode())
        for question in questions(target, body):
            self._recording.answers[question] = answer
        if self._request is not None and model.service_model.service_name == "dynamodb":
            self._request.calls.append((model.name, json.loads(body)))


def questions(target: str, body: bytes | dict[str, Any]) -> list[str]:
    """What was asked, from exact to general."""
    if isinstance(body, dict) or not body.startswith(b"{"):
        action = body.get("Action", "") if isinstance(body, dict) else parse_qs(body.decode()).get("Action", [""])[0]
        return [str(action)]
    asked = json.loads(body)
    table = asked.get("TableName", "")
    place = [asked.get(name) for name in ("IndexName", "Key", "ExpressionAttributeValues", "RequestItems")]
    if "UpdateExpression" in asked or "Item" in asked:
        place[2:] = []
    if not target.startswith("DynamoDB"):
        place = [asked]
    return [json.dumps([target, table, *part], ensure_ascii=False) for part in (place, [_shape(place)], [])] + [target]


def _shape(place: Any) -> Any:
    """A key without what differs from one case or session to the next: `CASE#26…` becomes `CASE`."""
    if isinstance(place, list):
        return [_shape(element) for element in place]
    if isinstance(place, dict):
        return {name: _shape(value) for name, value in place.items()}
    if not isinstance(place, str):
        return ""
    return place.split("#")[0] if "#" in place or place.isalpha() else ""
