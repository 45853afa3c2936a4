"""Play one world from its seed, quietly: what the product prints and logs is read by the checks and by nobody else."""

import contextlib
import io
import logging
import time

from chalicelib.telemetry import logger
from infra.torture.clients import Petition
from infra.torture.world import Found, World

PER_WORLD = 100


def play(asked: tuple[str, int, float]) -> Found:
    """One world: `seed/number`, so many cases, with faults at this rate (0: none)."""
    seed, cases, rate = asked
    began = time.process_time()
    logger.setLevel(logging.CRITICAL)
    with contextlib.redirect_stdout(io.StringIO()):
        world = World(seed, rate)
        for number in range(cases):
            Petition(world, number)
        found = world.run()
    found.figures["cpu_ms"] = round((time.process_time() - began) * 1000)
    return found
