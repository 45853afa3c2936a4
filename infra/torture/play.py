"""Play one world from its seed, quietly. Of small worlds, and of one in so many, the checks read what was printed and
logged (I9); of all others it is thrown away, because writing it takes a tenth of the time.
"""

import contextlib
import gc
import io
import time
from collections.abc import Iterator

from chalicelib.telemetry import logger
from infra.silence import unlogged
from infra.torture.accusers import Accusation
from infra.torture.at_rest import tells
from infra.torture.clients import Petition
from infra.torture.naive import NAIVE
from infra.torture.remembered import remembering
from infra.torture.watched import Found
from infra.torture.world import World

OURS = "ours"
PER_WORLD, REPORTS = 100, 25
"""Petitions and reports of misconduct in one world; every so-many-th is a report."""
SMALL, LISTENED_TO = 50, 25
"""Worlds of so few cases, and every so-many-th, are listened to."""

Asked = tuple[str, str, int, float]
"""Design, seed of the world, cases, and how often faults happen (1: as designed, 0: never)."""


def play(asked: Asked) -> Found:
    """One world from beginning to rest."""
    design, seed, cases, rate = asked
    began = time.process_time()
    is_heard = cases <= SMALL or int(seed.rpartition("/")[2]) % LISTENED_TO == 0
    with in_silence(is_heard=is_heard) as heard, remembering():
        world = NAIVE.get(design, World)(seed, rate)
        for number in range(cases):
            (Accusation if number % REPORTS == REPORTS - 1 else Petition)(world, number)
        found = world.run()
        if is_heard:
            found.checks["I9"] += 1
            found.figures["log_lines"] += heard.getvalue().count("\n")
            if tells(heard.getvalue()):
                found.wrong.append("I9 the logs carry personal data")
        world.__dict__.clear()
    found.design, found.figures["cases_asked"] = design, cases
    found.figures["cpu_ms"] = round((time.process_time() - began) * 1000)
    return found


@contextlib.contextmanager
def in_silence(*, is_heard: bool = False) -> Iterator[io.StringIO]:
    """Nothing is printed or logged but into here, and no garbage is looked for until the world has ended."""
    heard = io.StringIO()
    lines, where = logger.handlers[0], logger.handlers[0].stream
    lines.setStream(heard)
    gc.disable()
    try:
        with contextlib.nullcontext() if is_heard else unlogged(), contextlib.redirect_stdout(heard):
            yield heard
    finally:
        gc.enable()
        gc.collect()
        lines.setStream(where)
