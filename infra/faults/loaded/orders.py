"""What is to happen to a function's process, as files in a folder: armed by who drives it, taken by one process.

An order is a file `armed/<function>|<point>|<before or after>` that holds `<kind> <nth>`: `kill 1`, `lost 2`. The
process that passes the point for the nth time since it was armed takes the order by renaming it into `fired/`, which
only one can, and meets it. A point that is passed leaves a file in `seen/`.
"""

import os
import signal
import time
from pathlib import Path
from typing import Any

from wire import Call, Send, meet

KILL = "kill"
BEFORE, AFTER = "before", "after"
TOLD_EVERY_S = 5.0
"""A point that is passed again and again is told this often, by the time of its file."""


class Orders:
    """The orders for one process of one function."""

    def __init__(self, folder: Path, function: str) -> None:
        self._folder, self._function = folder, function
        self._seen: dict[str, float] = {}
        self._passed: dict[tuple[str, int], int] = {}

    def around(self, call: Call, request: Any, send: Send) -> Any:
        """One request, with what is ordered before or after it."""
        kind = self._ordered(call, BEFORE)
        if kind and kind != KILL:
            return meet(kind, call, request, send)
        self._die_if(kind)
        answer = send(request)
        self._die_if(self._ordered(call, AFTER))
        return answer

    @staticmethod
    def _die_if(kind: str) -> None:
        if kind == KILL:
            os.kill(os.getpid(), signal.SIGKILL)

    def _ordered(self, call: Call, when: str) -> str:
        label = f"{self._function}|{call.point}|{when}".replace("/", ":")
        now = time.monotonic()
        if now - self._seen.get(label, -TOLD_EVERY_S) >= TOLD_EVERY_S:
            self._seen[label] = now
            (self._folder / "seen" / label).touch()
        armed = self._folder / "armed" / label
        try:
            mark, (kind, nth) = armed.stat().st_mtime_ns, armed.read_text().split()
        except (FileNotFoundError, ValueError):
            return ""
        passed = self._passed[label, mark] = self._passed.get((label, mark), 0) + 1
        if passed < int(nth):
            return ""
        try:
            armed.rename(self._folder / "fired" / f"{label}|{kind}|{os.getpid()}|{time.monotonic_ns()}")
        except FileNotFoundError:
            return ""
        return kind
