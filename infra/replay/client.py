"""One caller of the HTTP interface, for all threads of a run.

The invariant: whatever may be tried again is tried with the same Idempotency-Key, so that a lost answer
never makes a second case.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

TRY_AGAIN = {429, 502, 503, 504}
PATIENCE_S = 120.0
LONGEST_WAIT_S = 30.0
TIMEOUT = httpx.Timeout(40.0, connect=5.0)  # API Gateway gives up after 29 s


class Unreachable(Exception):
    """Nothing answers there, or it answers with nothing but "later"."""


class Refused(Exception):
    """The system said no."""

    def __init__(self, status: int, code: str, detail: str, retry_after: float = 0) -> None:
        super().__init__(f"{status} {code}: {detail}")
        self.status, self.code, self.retry_after = status, code, retry_after


@dataclass(frozen=True)
class Answer:
    """What came back, and how long the try that was answered took."""

    status: int
    body: Any
    ms: float


@dataclass
class Api:
    """The system at one address. `retried` counts the tries that had to be repeated."""

    base: str
    workers: int
    retried: int = 0
    sleep: Callable[[float], None] = time.sleep
    transport: httpx.BaseTransport | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        limits = httpx.Limits(max_connections=self.workers + 64, max_keepalive_connections=self.workers + 16)
        self._http = httpx.Client(
            base_url=self.base, limits=limits, timeout=TIMEOUT, trust_env=False, transport=self.transport
        )

    def get(self, path: str, *, token: str = "", **query: str) -> Any:
        """The body of a GET. Raises Refused, Unreachable."""
        return self.send("GET", path, token=token, query=query).body

    def post(
        self, path: str, body: dict[str, Any], *, key: str, token: str = "", version: int | None = None,
        again: bool = True,
    ) -> Answer:  # fmt: skip
        """The answer to a POST; with `again=False` nothing is repeated. Raises Refused, Unreachable."""
        headers = {"Idempotency-Key": key}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return self.send("POST", path, token=token, body=body, headers=headers, again=again)

    def send(
        self,
        method: str,
        path: str,
        *,
        token: str = "",
        query: dict[str, str] | None = None,
        body: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        again: bool = True,
    ) -> Answer:
        """One request, repeated while the system asks for patience or cannot be reached."""
        sent = {**(headers or {}), **({"Authorization": f"Bearer {token}"} if token else {})}
        give_up, tries = time.monotonic() + PATIENCE_S, 0
        while True:
            began = time.perf_counter()
            try:
                answer = self._http.request(method, path, params=query or None, json=body, headers=sent)
            except httpx.HTTPError as error:
                trouble: Exception = Unreachable(f"{self.base} does not answer ({type(error).__name__})")
                wait = 0.0
            else:
                if answer.is_success:
                    return Answer(answer.status_code, _json(answer), (time.perf_counter() - began) * 1000)
                trouble = refused = _refused(answer)
                wait = refused.retry_after
                again = again and answer.status_code in TRY_AGAIN
            tries += 1
            wait = wait or min(0.25 * 2**tries, 10.0)
            if not again or wait > LONGEST_WAIT_S or time.monotonic() + wait > give_up:
                raise trouble
            with self._lock:
                self.retried += 1
            self.sleep(wait)


def _refused(answer: httpx.Response) -> Refused:
    found = _json(answer)
    found = found if isinstance(found, dict) else {}
    wrong = "; ".join(f"{each.get('pointer')} {each.get('message')}" for each in found.get("errors") or ())
    detail = " ".join(part for part in (str(found.get("detail") or ""), wrong) if part)
    after = answer.headers.get("Retry-After", "")
    return Refused(answer.status_code, str(found.get("code") or ""), detail, float(after) if after.isdigit() else 0)


def _json(answer: httpx.Response) -> Any:
    try:
        return answer.json() if answer.content else None
    except ValueError:
        return None
