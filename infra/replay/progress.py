"""How far it is: a bar where a person watches, plain lines where a log is kept. On stderr; stdout is for the sum."""

import sys
import time

from tqdm import tqdm

PLAIN_EVERY_S = 10.0


class Progress:
    """One stage of the run with a known number of pieces."""

    def __init__(self, doing: str, total: int) -> None:
        self._doing, self._total, self._done = doing, total, 0
        self._said_at = time.monotonic()
        self._bar = tqdm(total=total, desc=doing, file=sys.stderr, dynamic_ncols=True) if sys.stderr.isatty() else None

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()
        else:
            self._say()

    def reach(self, done: int) -> None:
        """So many pieces are done."""
        step, self._done = done - self._done, done
        if self._bar is not None:
            self._bar.update(step)
        elif time.monotonic() - self._said_at >= PLAIN_EVERY_S:
            self._say()

    def step(self) -> None:
        """One more piece is done."""
        self.reach(self._done + 1)

    def _say(self) -> None:
        self._said_at = time.monotonic()
        say(f"{self._doing}: {self._done} of {self._total}")


def say(words: str) -> None:
    """Tell the person who runs this."""
    tqdm.write(words, file=sys.stderr)
    sys.stderr.flush()
