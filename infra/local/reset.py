"""Throw away the data of `make run`: everything below var/. Needs no virtual environment."""

import fcntl
import shutil
from pathlib import Path

VAR = Path(__file__).resolve().parent.parent.parent / "var"


def main() -> None:
    """Remove var/, unless a stack is running over it."""
    lock = VAR / "local" / "lock"
    if lock.exists():
        with lock.open("w") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise SystemExit("the local stack is running: stop it first, then reset") from None
    shutil.rmtree(VAR, ignore_errors=True)
    print("var/ is empty")


if __name__ == "__main__":
    main()
