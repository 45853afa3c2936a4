"""Play one world from its seed, quietly: what the product prints and logs is read by the checks and by nobody else."""

import contextlib
import gc
import io
import logging
import time
from collections.abc import Iterator

from infra.torture.accusers import Accusation
from infra.torture.clients import Petition
from infra.torture.naive import NAIVE
from infra.torture.watched import Found
from infra.torture.world import World

OURS = "ours"
PER_WORLD, REPORTS = 100, 25
"""Petitions and reports of misconduct in one world; every so-many-th is a report."""

Asked = tuple[str, str, int, float]
"""Design, seed of the world, cases, and how often faults happen (1: as designed, 0: never)."""


def play(asked: Asked) -> Found:
    """One world from beginning to rest."""
    design, seed, cases, rate = asked
    began = time.process_time()
    with in_silence():
        world = NAIVE.get(design, World)(seed, rate)
        for number in range(cases):
            (Accusation if number % REPORTS == REPORTS - 1 else Petition)(world, number)
        found = world.run()
        world.__dict__.clear()
    found.design, found.figures["cases_asked"] = design, cases
    found.figures["cpu_ms"] = round((time.process_time() - began) * 1000)
    return found


@contextlib.contextmanager
def in_silence() -> Iterator[None]:
    """Nothing is printed or logged, and no garbage is looked for until the world has ended."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    gc.disable()
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            yield
    finally:
        gc.enable()
        gc.collect()
        logging.disable(before)
