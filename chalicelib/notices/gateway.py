"""SMS by an HTTP gateway of the domestic kind: under our own number, signed, and with a look-up of receipts.

| the gateway answers | it means |
|---|---|
| 200, code OK | taken |
| 429, or code THROTTLED | no room now: nothing was sent, come back after `retry_after` |
| another code, or 4xx | certainly not sent; the codes of FINAL are not tried again |
| 5xx, a redirect, an answer that cannot be read, none at all | perhaps sent |
| no line could be had (name, TCP, TLS), or it rests | certainly not sent, and no try: it is down |

The invariant: nothing is tried twice here. A second request after a lost answer could be a second SMS, and the
gateway knows no idempotence: it keeps `out_id`, but sends again what comes again.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from chalicelib import clock
from chalicelib.notices.senders import Fate, NotSent, Sent, Unknown, national
from chalicelib.notices.signing import signed
from chalicelib.notices.wording import signed as with_signature

SEND, LOOK_UP = "/v1/messages", "/v1/receipts"
CONNECT_S, ANSWER_S = 2.0, 5.0
"""For a line to stand, and for the whole answer: one that comes drop by drop would have no end."""
ANSWER_LIMIT = 64 * 1024
THROTTLED, NO_RECORD = "THROTTLED", "NO_RECORD"
FINAL = ("BAD_NUMBER", "OPTED_OUT", "BLOCKED_NUMBER", "BAD_TEXT")
FATES: dict[str, Fate] = {"accepted": "sent", "delivered": "delivered", "failed": "failed", "rejected": "rejected"}
"""The gateway's word -> ours."""
RETRY_S, LONGEST_RETRY_S = 60, 3600
DOWN, DOWN_RETRY_S = "GatewayDown", 300
RESTS_AFTER, RESTS_S = 5, 60
"""After so many silences in a row nobody calls for a minute: a sweep that waits for a dead line does nothing else."""

Answer = tuple[int, Mapping[str, str], bytes]
Wire = Callable[[str, Mapping[str, str], bytes], Answer]
"""POST a body to a path. Raises NoLine when nothing can have been sent, anything else when something may have."""


class NoLine(Exception):
    """No connection stood: the gateway saw nothing."""


class GatewaySender:
    """One gateway. `key` opens the key that requests are signed with; it is asked for with each."""

    def __init__(
        self,
        url: str,
        signature: str,
        key: Callable[[], bytes],
        *,
        now: Callable[[], datetime] = clock.now,
        wire: Wire | None = None,
    ) -> None:
        parts = urlsplit(url)
        self._base, self._signature, self._key, self._now = parts.path.rstrip("/"), signature, key, now
        self._wire = wire or Line(parts.hostname or "", parts.port, is_tls=parts.scheme == "https").post
        self._silences, self._silent_at = 0, 0.0

    def send(self, phone: str, text: str, out_id: str) -> Sent:
        """Send one text. Raises NotSent, Unknown."""
        number = national(phone)
        try:
            status, headers, body = self._post(
                SEND, {"phone": number, "text": with_signature(text, self._signature), "out_id": out_id}
            )
        except NoLine:
            raise NotSent(DOWN, retry=True, retry_after=DOWN_RETRY_S) from None
        except Exception as error:  # whatever it was: the text may be on its way
            raise Unknown(type(error).__name__) from None
        return _taken(status, headers, _read(body))

    def ask(self, out_id: str) -> Fate | None:
        """What became of a text. Raises Unknown when the gateway does not say."""
        try:
            status, _, body = self._post(LOOK_UP, {"out_id": out_id})
        except Exception as error:
            raise Unknown(type(error).__name__) from None
        said = _read(body)
        if status == 200 and said.get("code") == NO_RECORD:
            return "absent"
        state = said.get("state")
        if status == 200 and said.get("code") == "OK" and isinstance(state, str) and state in FATES:
            return FATES[state]
        raise Unknown(f"HTTP {status}")

    def _post(self, path: str, asked: dict[str, str]) -> Answer:
        body = json.dumps(asked, ensure_ascii=False, separators=(",", ":")).encode()
        try:
            headers = signed(self._key(), path, body, self._now())
        except Exception as error:  # the key could not be had: nothing left this process
            raise NoLine(type(error).__name__) from None
        if self._silences >= RESTS_AFTER and 0 <= self._now().timestamp() - self._silent_at < RESTS_S:
            raise NoLine("it rests")
        try:
            answer = self._wire(self._base + path, {**headers, "Content-Type": "application/json"}, body)
        except Exception:
            self._silences, self._silent_at = self._silences + 1, self._now().timestamp()
            raise
        self._silences = 0
        return answer


class Line:
    """The network, one connection for each request: no answer can be taken for that of another."""

    def __init__(self, host: str, port: int | None, *, is_tls: bool) -> None:
        self._host, self._port, self._is_tls = host, port, is_tls

    def post(self, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """One POST; redirects are not followed. Raises NoLine, OSError, HTTPException, ValueError."""
        import http.client
        import threading

        kind = http.client.HTTPSConnection if self._is_tls else http.client.HTTPConnection
        connection = kind(self._host, self._port, timeout=CONNECT_S)
        try:
            try:
                connection.sock = self._reach(connection.host, connection.port)
            except OSError as error:
                raise NoLine(type(error).__name__) from None
            watch = threading.Timer(ANSWER_S, _cut, (connection.sock,))
            watch.daemon = True
            watch.start()
            try:
                self._shake_hands(connection.sock)
                connection.sock.settimeout(ANSWER_S)  # each read; the watch is for all of them
                connection.request("POST", path, body, dict(headers))
                answer = connection.getresponse()
                return answer.status, dict(answer.getheaders()), answer.read(ANSWER_LIMIT)
            finally:
                watch.cancel()
        finally:
            connection.close()

    def _reach(self, host: str, port: int) -> Any:
        """TCP stands, and nothing was said yet: whatever is said, the certificates too, comes under the watch."""
        import socket

        line = socket.create_connection((host, port), CONNECT_S)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if not self._is_tls:
            return line
        import ssl

        try:
            # The watch cuts what it holds: it must hold the wrapped one, for wrapping leaves the bare one empty.
            trusting = ssl.create_default_context()
            return trusting.wrap_socket(line, server_hostname=host, do_handshake_on_connect=False)
        except BaseException:
            line.close()
            raise

    def _shake_hands(self, line: Any) -> None:
        if not self._is_tls:
            return
        try:
            line.do_handshake()
        except (OSError, ValueError, AttributeError) as error:  # the last when it is cut just before it begins
            raise NoLine(type(error).__name__) from None


def _cut(line: Any) -> None:
    import contextlib
    import socket

    with contextlib.suppress(OSError):  # it is closed already
        line.shutdown(socket.SHUT_RDWR)


def _taken(status: int, headers: Mapping[str, str], said: dict[str, Any]) -> Sent:
    code = str(said.get("code", ""))
    if status == 200 and code == "OK" and said.get("id"):
        return Sent(str(said["id"]))
    if status == 429 or (status == 200 and code == THROTTLED):
        raise NotSent(THROTTLED, retry=True, retry_after=_retry_after(headers, said))
    if 400 <= status < 500 or (status == 200 and code not in ("", "OK")):
        known = code if code.isascii() and code.replace("_", "").isalnum() else ""
        raise NotSent((known or f"HTTP {status}")[:40], retry=code not in FINAL)
    raise Unknown(f"HTTP {status}")


def _retry_after(headers: Mapping[str, str], said: dict[str, Any]) -> int:
    """Seconds; digits without an end would not be a number any more (Python reads 4,300 of them)."""
    named = str(said.get("retry_after") or {k.lower(): v for k, v in headers.items()}.get("retry-after", ""))
    seconds = int(named) if re.fullmatch("[0-9]{1,9}", named) else 0
    return min(seconds, LONGEST_RETRY_S) if seconds else RETRY_S


def _read(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
