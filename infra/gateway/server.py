"""The bad gateway behind real HTTP on loopback: silence is a line that is cut, no line a port that nobody serves."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from chalicelib.notices.gateway import NoLine
from infra.gateway.model import CALLBACK, Gateway, Silence


class Served(ThreadingHTTPServer):
    """A gateway and its door."""

    daemon_threads = True

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.gateway, self.lock = gateway, threading.Lock()

    @property
    def url(self) -> str:
        """Where it is served."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def call_back(self, base: str) -> list[int]:
        """Bring the receipts that are due to whoever serves `CALLBACK` below this address; the statuses answered."""
        parts = urlsplit(base)
        with self.lock:
            due = self.gateway.due_callbacks()
        found = []
        for headers, body in due:
            line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
            line.request("POST", parts.path + CALLBACK, body, {**headers, "Content-Type": "application/json"})
            found.append(line.getresponse().status)
            line.close()
        return found


class Handler(BaseHTTPRequestHandler):
    """One request to the gateway."""

    server: Served

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            with self.server.lock:
                status, _, said = self.server.gateway.post(self.path, dict(self.headers), body)
        except (Silence, NoLine):
            self.close_connection = True
            return
        self.send_response(status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *args: object) -> None:
        """Its requests hold telephone numbers: nothing is logged."""


@contextmanager
def serving(gateway: Gateway) -> Iterator[Served]:
    """A gateway on a free port, until the block ends."""
    server = Served(gateway)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
