"""A client that compares every answer with docs/api/openapi.json: status, headers, media type, body."""

import functools
import json
import re
from datetime import date, datetime
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from infra.openapi.__main__ import FILE

NAME = "urn:interface"
FORMATS = FormatChecker()


@FORMATS.checks("date-time", raises=ValueError)
def is_instant(value: object) -> bool:
    """An instant says its offset."""
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@FORMATS.checks("date", raises=ValueError)
def is_date(value: object) -> bool:
    """A date and nothing more."""
    return not isinstance(value, str) or bool(date.fromisoformat(value) and len(value) == 10)


class Described:
    """Stands where the application's client stands; `seen` is what was answered: (method, path, status)."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.seen: set[tuple[str, str, int]] = set()

    @property
    def http(self) -> "Described":
        """The part of the client that requests are sent through."""
        return self

    def request(self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b"") -> Any:
        """One request; raises AssertionError when its answer is not the described one."""
        answer = self._client.http.request(method, path, headers=headers, body=body)
        template = _template(method, path.partition("?")[0])
        if template is not None:
            check(method, template, answer)
            self.seen.add((method, template, answer.status_code))
        return answer


def check(method: str, template: str, answer: Any) -> None:
    """Raise AssertionError unless the answer is one of those described for this route."""
    where = f"{method} {template} -> {answer.status_code}"
    told = _document()["paths"][template][method.lower()]["responses"].get(str(answer.status_code))
    assert told is not None, f"{where} is not described: {answer.body[:300]!r}"
    told = _resolved(told)
    sent = {name.lower(): value for name, value in answer.headers.items()}
    for name, header in told.get("headers", {}).items():
        value = sent.get(name.lower())
        assert value is not None, f"{where} has no header {name}"
        _valid(_resolved(header)["schema"], value[0] if isinstance(value, list) else value, f"{where} {name}")
    content = told.get("content")
    if content is None:
        assert not answer.body, f"{where} has a body"
        return
    kind = str(sent["content-type"])
    assert kind in content, f"{where} is {kind}"
    _valid(content[kind]["schema"], json.loads(answer.body), where)


def _valid(schema: dict[str, Any], value: Any, where: str) -> None:
    validator = Draft202012Validator(_absolute(schema), registry=_registry(), format_checker=FORMATS)
    wrong = [f"{'/'.join(map(str, each.absolute_path))}: {each.message[:300]}" for each in validator.iter_errors(value)]
    assert not wrong, f"{where}: {wrong[:5]}"


@functools.cache
def _document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return found


@functools.cache
def _registry() -> Any:
    return Registry().with_resource(NAME, Resource(contents=_document(), specification=DRAFT202012))


def _template(method: str, path: str) -> str | None:
    """The described path that a path belongs to; None where nothing is described, as for another method."""
    for template, methods in _document()["paths"].items():
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template))
        if re.fullmatch(pattern, path) and method.lower() in methods:
            return str(template)
    return None


def _resolved(part: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in part:
        return part
    found: Any = _document()
    for name in part["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return dict(found)


def _absolute(part: Any) -> Any:
    """A schema taken out of the document: its references name the document."""
    if isinstance(part, dict):
        return {name: f"{NAME}{value}" if name == "$ref" else _absolute(value) for name, value in part.items()}
    return [_absolute(each) for each in part] if isinstance(part, list) else part
