"""The gateway's own mind: what it took, what telephones got, what it tells and when. No network, no clock of its own.

It keeps no promise that `notices/gateway.py` does not rely on: it forgets requests and answers, says OK and does
nothing, finds its records late, calls back twice, late, out of order or never, throttles, and is down for hours.
The chance of each fault hangs on the number of the text alone, so that two runs meet the same faults.
"""

import hashlib
import heapq
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chalicelib.notices.gateway import LOOK_UP, NO_RECORD, SEND, THROTTLED, Answer, NoLine
from chalicelib.notices.signing import is_signed, signed

CALLBACK = "/callbacks/sms"
PER_SECOND, PER_NUMBER_MINUTE, PER_NUMBER_DAY = 20, 15, 50
"""What documented gateways carry: in all, and to one number (codes included)."""

BAD: dict[str, float] = {
    "request lost": 0.05,
    "answer lost": 0.05,
    "500 before it was taken": 0.03,
    "500 after it was taken": 0.03,
    "no line": 0.03,
    "throttled": 0.03,
    "refused for a moment": 0.02,
    "OK, and nothing sent": 0.02,
    "telephone off": 0.03,
    "number does not exist": 0.01,
}
"""Faults of a request, one at most for each, and how often they happen."""
BAD_CALLBACKS: dict[str, float] = {"callback lost": 0.05, "callback doubled": 0.05, "callback out of order": 0.03}
GOOD: dict[str, float] = {}


class Silence(Exception):
    """No answer will come: the caller's time runs out."""


@dataclass
class Message:
    """A text that was taken."""

    phone: str
    text: str
    out_id: str
    at: datetime
    end: str
    """delivered, failed or rejected, from `ends_at` on."""
    ends_at: datetime
    visible_at: datetime


@dataclass
class Gateway:
    """One gateway. `now` is the time it lives in."""

    key: bytes
    now: Callable[[], datetime]
    seed: int = 0
    faults: Mapping[str, float] = field(default_factory=lambda: BAD)
    callbacks: Mapping[str, float] = field(default_factory=lambda: BAD_CALLBACKS)
    lag: timedelta = timedelta(minutes=10)
    """Receipts and records come within this."""
    down: tuple[tuple[datetime, datetime], ...] = ()
    met: Counter[str] = field(default_factory=Counter)
    """How often each fault happened."""
    got: list[tuple[str, str, str]] = field(default_factory=list)
    """What telephones received: number, text, our number."""
    messages: dict[str, list[Message]] = field(default_factory=dict)
    _due: list[tuple[datetime, int, str, str]] = field(default_factory=list)
    _rates: Counter[tuple[str, int]] = field(default_factory=Counter)
    _tries: Counter[str] = field(default_factory=Counter)
    _serial: int = 0

    def post(self, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """One request. Raises NoLine and Silence."""
        now = self.now()
        if any(begins <= now < ends for begins, ends in self.down):
            self.met["down"] += 1
            if self.draw(f"{self._count()}|down") < 0.5:
                raise NoLine
            raise Silence
        if not is_signed(self.key, path, body, now, headers):
            return _answer(401, {"code": "BAD_SIGNATURE"})
        asked = json.loads(body)
        if path == LOOK_UP:
            return self._look_up(asked["out_id"])
        return self._send(asked["phone"], asked["text"], asked["out_id"]) if path == SEND else _answer(404, {})

    def due_callbacks(self) -> list[tuple[Mapping[str, str], bytes]]:
        """The callbacks whose moment has come, signed; while it is down none leaves."""
        now, found = self.now(), []
        if any(begins <= now < ends for begins, ends in self.down):
            return []
        while self._due and self._due[0][0] <= now:
            _, _, out_id, state = heapq.heappop(self._due)
            body = json.dumps({"receipts": [{"out_id": out_id, "state": state}]}).encode()
            found.append((signed(self.key, CALLBACK, body, now), body))
        return found

    def draw(self, of: str) -> float:
        """A number from 0 to 1 that hangs on the seed and these words alone."""
        return int.from_bytes(hashlib.blake2b(f"{self.seed}|{of}".encode(), digest_size=8).digest(), "big") / 2**64

    def _send(self, phone: str, text: str, out_id: str) -> Answer:
        self._tries[out_id] += 1
        fault = self._fault(f"{out_id}|{self._tries[out_id]}")
        if fault == "no line":
            raise NoLine
        if fault == "request lost":
            raise Silence
        if fault == "500 before it was taken":
            return _answer(500, {})
        if fault == "refused for a moment":
            return _answer(200, {"code": "SYSTEM_BUSY"})
        wait = 30 if fault == "throttled" else self._full(phone)
        if wait:
            return _answer(429, {"code": THROTTLED, "retry_after": wait})
        self._serial += 1
        taken = _answer(200, {"code": "OK", "id": f"g{self._serial}"})
        if fault == "OK, and nothing sent":
            return taken
        self._take(phone, text, out_id, fault)
        if fault == "answer lost":
            raise Silence
        return _answer(502, {}) if fault == "500 after it was taken" else taken

    def _take(self, phone: str, text: str, out_id: str, fault: str) -> None:
        now, name = self.now(), f"{out_id}|{self._tries[out_id]}"
        end = {"telephone off": "failed", "number does not exist": "rejected"}.get(fault, "delivered")
        ends_at = now + timedelta(seconds=2 + 60 * self.draw(f"{name}|way"))
        message = Message(phone, text, out_id, now, end, ends_at, now + self.lag * self.draw(f"{name}|record"))
        self.messages.setdefault(out_id, []).append(message)
        if end == "delivered":
            self.got.append((phone, text, out_id))
        how = self._chosen(f"{name}|callback", self.callbacks)
        comes = ends_at + (self.lag - timedelta(seconds=62)) * self.draw(f"{name}|receipt")
        if how != "callback lost":
            self._call_back(comes, out_id, end)
        if how == "callback doubled":
            self._call_back(comes + timedelta(seconds=30), out_id, end)
        if how == "callback out of order":
            self._call_back(comes + timedelta(seconds=90), out_id, "accepted")

    def _look_up(self, out_id: str) -> Answer:
        now = self.now()
        seen = [message for message in self.messages.get(out_id, ()) if message.visible_at <= now]
        if not seen:
            return _answer(200, {"code": NO_RECORD})
        return _answer(200, {"code": "OK", "state": seen[-1].end if seen[-1].ends_at <= now else "accepted"})

    def _full(self, phone: str) -> int:
        """Seconds until there is room; 0 when the text was counted."""
        second = int(self.now().timestamp())
        windows = (("*", second, PER_SECOND, 1), (phone, second // 60, PER_NUMBER_MINUTE, 60))
        windows += ((f"{phone}|day", second // 86400, PER_NUMBER_DAY, 3600),)
        for name, window, most, wait in windows:
            if self._rates[name, window] >= most:
                self.met[f"over the rate of {'all' if name == '*' else 'one number'}"] += 1
                return wait
        for name, window, _, _ in windows:
            self._rates[name, window] += 1
        return 0

    def _fault(self, name: str) -> str:
        return self._chosen(name, self.faults)

    def _chosen(self, name: str, faults: Mapping[str, float]) -> str:
        at = self.draw(name)
        for fault, chance in faults.items():
            if at < chance:
                self.met[fault] += 1
                return fault
            at -= chance
        return ""

    def _call_back(self, at: datetime, out_id: str, state: str) -> None:
        heapq.heappush(self._due, (at, self._count(), out_id, state))

    def _count(self) -> int:
        self._serial += 1
        return self._serial


def _answer(status: int, said: dict[str, object]) -> Answer:
    return status, {}, json.dumps(said).encode()
