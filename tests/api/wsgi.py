"""The application as a WSGI server in this process, with the one origin's `/api` and `/_local/sms` in front."""

import json
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, quote

from chalice.test import Client

from chalicelib.api.sealed import sealed_app

SEALED = "/sealed/"
Start = Callable[[str, list[tuple[str, str]]], Any]


class Origin:
    """What stands at the one address; `world` knows which text messages were sent."""

    def __init__(self, client: Any, world: Any) -> None:
        self._client, self._world = client, world

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        path = quote(environ["PATH_INFO"].encode("latin-1"))
        query = environ.get("QUERY_STRING", "")
        if path == "/_local/sms":
            return self._messages(parse_qs(query)["phone"][0], start)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        target = path.removeprefix("/api") + (f"?{query}" if query else "")
        answer = self._asked(environ["REQUEST_METHOD"], target, _headers(environ), body)
        sent = [(name, str(value[0] if isinstance(value, list) else value)) for name, value in answer.headers.items()]
        start(f"{answer.status_code} {HTTPStatus(answer.status_code).phrase}", sent)
        return [answer.body]

    def _asked(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Any:
        """The second application has a function of its own behind the same address."""
        if not target.startswith(SEALED):
            return self._client.http.request(method, target, headers=headers, body=body)
        with Client(sealed_app) as sealed:
            return sealed.http.request(method, target, headers=headers, body=body)

    def _messages(self, phone: str, start: Start) -> Iterable[bytes]:
        found = [{"phone": phone, "text": text} for to, text in self._world.sms if to.endswith(phone)]
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(found, ensure_ascii=False).encode()]


def _headers(environ: dict[str, Any]) -> dict[str, str]:
    found = {name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")}
    if environ.get("CONTENT_TYPE"):
        found["content-type"] = environ["CONTENT_TYPE"]
    return found
