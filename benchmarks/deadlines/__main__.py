"""`python -m benchmarks.deadlines --obligations 50000`: three years under the real sweep; JSON with --out."""

import argparse
import contextlib
import functools
import json
import multiprocessing
import os
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.deadlines.oracle import judge
from benchmarks.deadlines.world import EVERY, WindowSweeper, World
from infra.reliability.measured import keep
from infra.silence import unlogged

PER_COUNTY = 5_000
"""Obligations of one county: each lives its own three years with its own outages."""


def county(
    seed: int, obligations: int = PER_COUNTY, *, naive: bool = False, every: timedelta = EVERY
) -> dict[str, Any]:
    """One county's three years and what the oracle says of them."""
    with unlogged(), open(os.devnull, "w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):  # metrics
        world = World(seed, obligations, WindowSweeper if naive else World.sweeper, every).play()
    verdict = judge(world)
    told = world.table.told
    wrong = {name: getattr(verdict, name) for name in ("missed", "premature", "double", "miscounted")}
    return {
        "obligations": world.made,
        **{name: len(each) for name, each in wrong.items()},
        "demanded": verdict.demanded,
        "dates_counted_again": verdict.seen["dates"],
        "acts_of_time": sum(many for kind, many in verdict.seen.items() if "." in kind),
        "dates_recounted": verdict.seen["recounted"],
        "sweeps": world.sweeps,
        "sweeps_overlapping": world.overlapping,
        "sweeps_twice": world.twice,
        "calendar_switches": len(world.years_loaded),
        "corrections": world.corrections,
        "outages": world.outages,
        "longest_outage_hours": world.longest_outage.total_seconds() / 3600,
        "latest_hours": round(verdict.latest.total_seconds() / 3600, 1),
        "index_hits_hidden": told.hidden,
        "index_ghosts": told.ghosts,
        "writes_refused": told.refused,
        "processes_killed": told.killed,
        "first_wrong": [each for one in wrong.values() for each in one][:5],
    }


def added(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Counties as one: sums, the worst of what is a worst, and of the calendar what every county saw."""
    total: Counter[str] = Counter()
    for each in found:
        total.update({name: many for name, many in each.items() if isinstance(many, int)})
    worst = {name: max(each[name] for each in found) for name in ("longest_outage_hours", "latest_hours")}
    worst |= {name: min(each[name] for each in found) for name in ("calendar_switches", "corrections")}
    return {**total, **worst, "first_wrong": [each for one in found for each in one["first_wrong"]][:10]}


def main() -> int:
    """Prove it; 1 when anything was wrong, or when the naive design was not found out."""
    asked = _arguments()
    began = time.monotonic()
    seeds = range(asked.seed, asked.seed + -(-asked.obligations // PER_COUNTY))
    play = functools.partial(county, obligations=min(asked.obligations, PER_COUNTY))
    found = []
    with multiprocessing.Pool(asked.processes) as pool:
        for each in pool.imap_unordered(play, seeds):
            found.append(each)
            print(f"\r{len(found)} of {len(seeds)} counties", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    figures = added(found)
    naive = play(asked.seed, naive=True)
    wrong = figures.pop("first_wrong")
    figures |= {"counties": len(found), "naive_missed": naive["missed"]}
    is_sound = not any(figures[name] for name in ("missed", "premature", "double", "miscounted"))
    held = is_sound and all(figures[name] for name in ("naive_missed", "outages", "sweeps_overlapping", "sweeps_twice"))
    result = {
        "title": "No deadline is missed, acted on too early or twice, whatever happens to the sweep and the calendar",
        "asked": "50,000 obligations over 3 simulated years, 2 calendar switches, outages up to 72 hours, double and "
        "overlapping sweeps: 0 missed, 0 premature, 0 double",
        "command": f"make soak-deadlines OBLIGATIONS={asked.obligations}",
        "seconds": round(time.monotonic() - began, 1),
        "figures": figures,
        "held": held,
    }
    print(json.dumps(result | {"first_wrong": wrong}, ensure_ascii=False, indent=1))
    if asked.out:
        keep(Path(asked.out), result)
    return 0 if held else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.deadlines", description=__doc__)
    parser.add_argument("--obligations", type=int, default=PER_COUNTY, help="how many running limits")
    parser.add_argument("--seed", type=int, default=1, help="of the first county; each has the next one")
    parser.add_argument("--processes", type=int, default=None, help="how many at once; all cores by default")
    parser.add_argument("--out", help="write the result as JSON to this file too")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
