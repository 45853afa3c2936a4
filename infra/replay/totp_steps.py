"""Which 30-second step a run may sign in with: each counts once per user, and parallel runs share the users.

The invariant: of all runs on this machine only one ever uses a user's step, and in the order they were taken, so
that no run is refused for another's sake and no sign-in counts as a wrong guess.
"""

import fcntl
import re
from pathlib import Path

STEP_S = 30
FAR_AHEAD = 40
"""More steps than runs ever queue for: such a note is of a clock that was moved and moved back."""


def next_step(last: int, now: float) -> int:
    """The step after the last one taken, and not before the one to come: it holds longest."""
    this = int(now) // STEP_S
    return max(last if last <= this + FAR_AHEAD else 0, this) + 1


def opens_in(step: int, now: float) -> float:
    """Seconds until the system takes this step: it does so half a minute before the step begins."""
    return max(0.0, (step - 1) * STEP_S - now)


def is_stale(step: int, now: float) -> bool:
    """True when this step may be over before a sign-in with it is looked at."""
    return int(now) // STEP_S > step


def take_step(folder: Path, base: str, user: str, now: float) -> int:
    """Take a user's next step for this run; nobody else on this machine gets it."""
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", f"{base.partition('//')[2]}-{user}")
    with (folder / name).open("a+") as note:
        fcntl.flock(note, fcntl.LOCK_EX)
        note.seek(0)
        step = next_step(int(note.read() or 0), now)
        note.seek(0)
        note.truncate()
        note.write(str(step))
    return step
