"""Which 30-second step a run may sign in with: each counts once per user, and parallel runs share the users.

The invariant: of all runs on this machine only one ever uses a user's step, so that no run is refused for
another's sake and no sign-in counts as a wrong guess.
"""

import fcntl
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

STEP_S = 30
AHEAD = 1
"""The system takes a step that begins within the next half minute."""


def next_step(last: int, now: float) -> tuple[int, float]:
    """The step to use, and how many seconds to wait before it may be used."""
    step = max(last + 1, int(now) // STEP_S)
    return step, max(0.0, (step - AHEAD) * STEP_S - now)


@contextmanager
def own_step(folder: Path, base: str, user: str, now: Callable[[], float]) -> Iterator[int]:
    """Hold a user's next step, alone on this machine, until the sign-in with it is answered."""
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", f"{base.removeprefix('http://')}-{user}")
    with (folder / name).open("a+") as note:
        fcntl.flock(note, fcntl.LOCK_EX)
        note.seek(0)
        step, wait = next_step(int(note.read() or 0), now())
        time.sleep(wait)
        note.seek(0)
        note.truncate()
        note.write(str(step))
        note.flush()
        yield step
