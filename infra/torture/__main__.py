"""`python -m infra.torture [--seed 1] [--cases 1000]`: worlds on all cores, one table at the end, 1 on any violation.

A violation names its world (`seed/number`); `--seed seed/number` plays that world alone, exactly as it was.
"""

import argparse
import gc
import math
import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.reliability.measured import keep
from infra.torture.naive import NAIVE
from infra.torture.play import OURS, PER_WORLD, Asked, play
from infra.torture.tally import Tally, table

NAIVE_WORLDS = 3
FAULTS_PER_CASE, KINDS_OF_FAULT = 10, 20
FILED = 0.97
"""Of the cases asked for so many come to be: a few are filed by nobody who is ever heard."""
ASKED_CASES = 100_000
PROGRESS_S = 2


def main() -> int:
    """Play the worlds of ours and of the naive designs side by side, then of further seeds."""
    asked = _arguments()
    began, runs = time.monotonic(), []
    places = multiprocessing.Value("i", 0)
    with multiprocessing.Pool(asked.processes, _settled, (places,)) as pool:
        for number in range(1 + asked.more):
            seed = asked.seed if not number else str(int(asked.seed) + number)
            runs.append(_run(pool, seed, asked.cases if not number else asked.more_cases, asked))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    held = all(run.holds for run in runs)
    if asked.out:
        cpu = round(used.ru_utime + used.ru_stime, 1)
        said = _said(runs, asked, time.monotonic() - began, {"cpu_seconds": cpu}, held=held)
        keep(Path(asked.out), said)
    return 0 if held else 1


def _settled(places: Any) -> None:
    """A worker begins: on a core of its own, and what every world shares is looked through for garbage never again."""
    with places.get_lock():
        place, places.value = places.value, places.value + 1
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[place % len(cores)]})
    gc.freeze()


@dataclass
class Run:
    """What one seed came to."""

    seed: str
    tallies: dict[str, Tally]
    seconds: float
    cases: int
    rate: float = 1.0

    @property
    def holds(self) -> bool:
        """Nothing wrong with ours, as much tried as was asked for, and every naive design caught.

        One world played again, or a world without faults, is looked at for what is wrong alone.
        """
        ours = self.tallies[OURS]
        is_whole = "/" not in self.seed and self.rate == 1.0
        return not ours.wrong and not self.not_caught and not (is_whole and self.too_little)

    @property
    def too_little(self) -> str:
        """What was tried less than it has to be; empty when nothing was."""
        ours = self.tallies[OURS]
        faults, cases = sum(ours.injected.values()), ours.figures["cases"]
        if faults < FAULTS_PER_CASE * self.cases:
            return f"{faults} faults, {FAULTS_PER_CASE * self.cases} are asked for"
        if len(+ours.injected) < KINDS_OF_FAULT:
            return f"{len(+ours.injected)} kinds of fault, {KINDS_OF_FAULT} are asked for"
        if cases < FILED * self.cases:
            return f"{cases} cases, {self.cases} are asked for"
        return ""

    @property
    def not_caught(self) -> list[str]:
        """Naive designs that passed: then the checks do not see."""
        return [name for name, tally in self.tallies.items() if name != OURS and not tally.is_caught]


def _run(pool: Any, seed: str, cases: int, asked: argparse.Namespace) -> Run:
    began, shown = time.monotonic(), 0.0
    is_alone = "/" in seed
    tallies = {design: Tally(design) for design in (OURS, *(() if is_alone else NAIVE))}
    for found in pool.imap_unordered(play, list(_worlds(seed, cases, asked.rate))):
        tallies[found.design].add(found)
        if time.monotonic() - shown > PROGRESS_S:
            shown = time.monotonic()
            _show(tallies[OURS], cases, shown - began)
    print(file=sys.stderr)
    run = Run(seed, tallies, time.monotonic() - began, cases, asked.rate)
    print(table(tallies, seed, run.seconds), flush=True)
    _tell_what_failed(run)
    return run


def _worlds(seed: str, cases: int, rate: float) -> Iterator[Asked]:
    """The naive designs first: they are few, and whoever waits sees that the checks see."""
    if "/" in seed:
        yield OURS, seed, PER_WORLD, rate
        return
    for design in NAIVE:
        for number in range(NAIVE_WORLDS):
            yield design, f"{seed}/{number}", PER_WORLD, rate
    for number in range(math.ceil(cases / PER_WORLD)):
        yield OURS, f"{seed}/{number}", PER_WORLD, rate


def _tell_what_failed(run: Run) -> None:
    wrong = run.tallies[OURS].wrong
    for each in wrong[:20]:
        print(f"违反：{each}")
    if wrong:
        seeds = sorted({each.split(" ", 1)[0] for each in wrong})
        print(f"重放：make torture SEED={seeds[0]}（共 {len(wrong)} 处，{len(seeds)} 个世界）")
    if "/" not in run.seed and run.rate == 1.0 and run.too_little:
        print(f"不足：{run.too_little}")
    for name in run.not_caught:
        print(f"检查失灵：对照设计“{name}”没有被发现")


def _show(ours: Tally, cases: int, seconds: float) -> None:
    faults = sum(ours.injected.values())
    done = ours.figures["cases_asked"]
    print(
        f"\r{done} / {cases} 件，{faults} 次故障，{len(ours.wrong)} 处违反，{seconds:.0f} 秒",
        end="",
        file=sys.stderr,
        flush=True,
    )


def _said(
    runs: list[Run], asked: argparse.Namespace, seconds: float, used: dict[str, float], *, held: bool
) -> dict[str, Any]:
    """The result in the shape that docs/reliability.md is made from."""
    first, *more = runs
    figures = {
        "seed": first.seed,
        "seconds of this seed": round(first.seconds, 1),
        "cases per second, naive designs and all": round(first.cases / first.seconds, 1),
        "cpu ms per case": round(_cpu_ms(first), 1),
        f"seconds for {ASKED_CASES:,} on 2 cores by this cpu time (600 are asked for)": round(
            ASKED_CASES * _cpu_ms(first) / 2000
        ),
        "faults per case": round(sum(first.tallies[OURS].injected.values()) / max(1, first.cases), 2),
        "seeds": len(runs),
        **first.tallies[OURS].plain(),
        **{f"naive {name}": tally.told() for name, tally in first.tallies.items() if name != OURS},
        "more seeds": len(more),
        "cases of each more seed": asked.more_cases if more else 0,
        **{f"seed {run.seed}": f"{run.tallies[OURS].told()}, {run.tallies[OURS].held()}" for run in more},
        **used,
    }
    return {
        "title": "The product in a simulated world that fails at random, and naive designs beside it: "
        f"{asked.cases:,} cases on one seed, {asked.more} more seeds of {asked.more_cases:,}",
        "asked": "make torture on one seed: 100,000 cases, 1,000,000 faults, 0 violations, naive designs fail, "
        "under 10 minutes on 2 cores; nine more seeds at 10,000 cases",
        "command": f"make soak-torture CASES={asked.cases} MORE={asked.more} MORE_CASES={asked.more_cases}",
        "seconds": round(seconds, 1),
        "figures": figures,
        "held": held,
    }


def _cpu_ms(run: Run) -> float:
    """Of ours, for each case asked for."""
    figures = run.tallies[OURS].figures
    return figures["cpu_ms"] / max(1, figures["cases_asked"])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="infra.torture", description=__doc__)
    parser.add_argument("--seed", default="1", help="chance; or seed/number to play one world alone")
    parser.add_argument("--cases", type=int, default=1000, help="how many petitions, in whole worlds of 100")
    parser.add_argument("--more", type=int, default=0, help="how many further seeds")
    parser.add_argument("--more-cases", type=int, default=10_000, help="how many petitions each of those has")
    parser.add_argument("--rate", type=float, default=1.0, help="how often faults happen; 0 is a world without any")
    parser.add_argument("--processes", type=int, default=None, help="how many at once; all cores by default")
    parser.add_argument("--out", help="write the figures as JSON to this file too")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
