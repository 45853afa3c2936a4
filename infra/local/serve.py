"""The one origin of the local run: static pages, `/api/*` passed on to API Gateway, and what only this machine may see.

It adds no behaviour of its own to `/api`: status, headers and body go through as they came.
"""

import http.client
import json
import mimetypes
import queue
import time
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from chalicelib import clock
from chalicelib.settings import settings

PAGES = {".html", ".css", ".js", ".mjs", ".svg", ".png", ".ico", ".webp", ".woff2", ".json", ".webmanifest", ".txt"}
NOT_PAGES = {"e2e", "node_modules", "package.json", "package-lock.json", "tsconfig.json"}
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "proxy-connection", "host"}
PAGE_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
BODY_LIMIT = 10 * 1024 * 1024  # API Gateway's own
IDLE_SECONDS = 30
UPSTREAM_SECONDS = 35  # API Gateway gives up after 29


class Upstream:
    """Connections to the emulator, kept open and used again."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._idle: queue.LifoQueue[tuple[float, http.client.HTTPConnection]] = queue.LifoQueue()

    def ask(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        """Pass one request on and read the whole answer."""
        connection = self._take()
        try:
            connection.request(method, path, body=body or None, headers=headers)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            connection.close()
            raise
        if answer.will_close:
            connection.close()
        else:
            self._idle.put((time.monotonic(), connection))
        return answer.status, answer.getheaders(), content

    def _take(self) -> http.client.HTTPConnection:
        # A connection the other side may already have given up is never used: a POST must not be tried twice here.
        while True:
            try:
                since, connection = self._idle.get_nowait()
            except queue.Empty:
                return http.client.HTTPConnection("127.0.0.1", self._port, timeout=UPSTREAM_SECONDS)
            if time.monotonic() - since < IDLE_SECONDS:
                return connection
            connection.close()


class Origin(ThreadingHTTPServer):
    """Listens at once, so that a busy port is known before anything is started; answers `/api` once connected."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, pages: Path) -> None:
        super().__init__(("127.0.0.1", port), Visitor)
        self.pages = pages.resolve()
        self.upstream: Upstream | None = None
        self.api_prefix = ""

    def connect(self, emulator_port: int, api_id: str) -> None:
        """Say where the API is."""
        self.upstream = Upstream(emulator_port)
        self.api_prefix = f"/_aws/execute-api/{api_id}"


class Visitor(BaseHTTPRequestHandler):
    """One browser connection."""

    protocol_version = "HTTP/1.1"
    timeout = 75
    disable_nagle_algorithm = True
    wbufsize = -1
    server: Origin

    def dispatch(self) -> None:
        """Answer one request, whatever its method."""
        path = urlsplit(self.path).path
        if path == "/api" or path.startswith("/api/"):
            self.pass_on()
        elif path.startswith("/_local/"):
            self.show_local(path)
        elif self.command in ("GET", "HEAD"):
            self.show_page(path)
        else:
            self.refuse(HTTPStatus.METHOD_NOT_ALLOWED, "只能读取页面")

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = dispatch

    def pass_on(self) -> None:
        """Hand the request to API Gateway's stage `api`."""
        body = self.read_body()
        if body is None:
            return
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
        headers["X-Forwarded-For"] = self.client_address[0]
        if self.server.upstream is None:
            self.refuse(HTTPStatus.SERVICE_UNAVAILABLE, "系统正在启动，请稍候再试")
            return
        try:
            status, answered, content = self.server.upstream.ask(
                self.command, self.server.api_prefix + self.path, body, headers
            )
        except (OSError, http.client.HTTPException):
            self.refuse(HTTPStatus.SERVICE_UNAVAILABLE, "系统暂时不能应答，请稍候再试")
            return
        kept = [(name, value) for name, value in answered if name.lower() not in HOP_BY_HOP | {"content-length"}]
        self.answer(status, kept, content)

    def read_body(self) -> bytes | None:
        """The request's body; None when the request has been refused."""
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            self.refuse(HTTPStatus.LENGTH_REQUIRED, "请求须注明长度")
            return None
        length = self.headers.get("Content-Length", "0")
        if not length.isascii() or not length.isdigit():
            self.refuse(HTTPStatus.BAD_REQUEST, "请求长度应为数字")
            return None
        if int(length) > BODY_LIMIT:
            self.refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "请求内容过大")
            return None
        return self.rfile.read(int(length))

    def show_local(self, path: str) -> None:
        """Answer what exists on this machine alone: the text messages sent, and the clock in use."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        if self.command != "GET" or self.server.upstream is None:
            self.refuse(HTTPStatus.NOT_FOUND, "没有这一页")
        elif path == "/_local/sms":
            try:
                self.answer_json(text_messages(self.server.upstream, query.get("phone", ""), query.get("since", "")))
            except ValueError:
                self.refuse(HTTPStatus.BAD_REQUEST, "since 应为带时区的时间，例如 2026-11-25T09:00:00+08:00")
        elif path == "/_local/clock":
            self.answer_json({"now": clock.now().isoformat(), "offset": settings.clock_offset})
        else:
            self.refuse(HTTPStatus.NOT_FOUND, "没有这一页")

    def show_page(self, path: str) -> None:
        """Answer a static file below the pages' folder, or 404."""
        page = find_page(self.server.pages, unquote(path))
        if page is None:
            self.refuse(HTTPStatus.NOT_FOUND, "没有这一页")
            return
        kind = mimetypes.guess_type(page.name)[0] or "application/octet-stream"
        charset = "; charset=utf-8" if kind.startswith("text/") or kind.endswith(("javascript", "json")) else ""
        self.answer(HTTPStatus.OK, [("Content-Type", kind + charset), *PAGE_HEADERS.items()], page.read_bytes())

    def answer(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        """Write one answer."""
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD" and status not in (204, 304):
            self.wfile.write(content)
        self.wfile.flush()

    def answer_json(self, content: Any) -> None:
        """Write one JSON answer."""
        self.answer(
            HTTPStatus.OK, [("Content-Type", "application/json")], json.dumps(content, ensure_ascii=False).encode()
        )

    def refuse(self, status: HTTPStatus, detail: str) -> None:
        """Say no in the one shape of an error (RFC 9457)."""
        # The body may not have been read: whatever follows on this connection could be part of it.
        self.close_connection = True
        problem = {
            "type": "about:blank",
            "title": status.phrase,
            "status": status,
            "detail": detail,
            "code": "local_origin",
        }
        headers = [("Content-Type", "application/problem+json")]
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            headers.append(("Retry-After", "2"))
        self.answer(status, headers, json.dumps({**problem, "errors": []}, ensure_ascii=False).encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Stay silent: addresses and queries may name people."""


def find_page(pages: Path, path: str) -> Path | None:
    """The file a path means: itself, a folder's index, or the page of that name. Never anything outside the folder."""
    try:
        wanted = (pages / path.lstrip("/")).resolve()
    except (OSError, ValueError):
        return None
    for candidate in (wanted, wanted / "index.html", wanted.with_name(f"{wanted.name}.html")):
        if candidate.is_relative_to(pages) and candidate.suffix in PAGES and candidate.is_file():
            parts = candidate.relative_to(pages).parts
            if not any(part in NOT_PAGES or part.startswith(".") for part in parts):
                return candidate
    return None


def text_messages(upstream: Upstream, phone: str, since: str) -> list[dict[str, str]]:
    """What was sent by SMS, oldest first: to one phone, and not before an instant, where these are given."""
    _, _, content = upstream.ask("GET", "/_ministack/sns/sms-messages", b"", {})
    # A "+" that was not quoted in the query arrives as a blank.
    after = datetime.fromisoformat(since.replace(" ", "+")).astimezone(clock.CHINA) if since else None
    sent = []
    for number, messages in json.loads(content)["sms_messages"].items():
        domestic = number.removeprefix("+86")
        if phone and domestic != phone.strip().removeprefix("+86"):
            continue
        for message in messages:
            at = message["SentAt"]
            if after is None or datetime.fromisoformat(at) >= after:
                sent.append({"phone": domestic, "text": message["Message"], "at": at})
    return sorted(sent, key=lambda message: message["at"])
