"""Simulated worlds log as much as years do: silence while one plays, and only then."""

import contextlib
import logging
from collections.abc import Iterator


@contextlib.contextmanager
def unlogged() -> Iterator[None]:
    """Nothing is logged; whoever comes after it in this process is heard again."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
