"""`python -m infra.torture [--seed 1] [--cases 1000]`: worlds on all cores, one table at the end, 1 on any violation.

A violation names its world (`seed/number`); `--seed seed/number` plays that world alone, exactly as it was.
"""

import argparse
import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from infra.torture.naive import NAIVE
from infra.torture.play import OURS, PER_WORLD, Asked, play
from infra.torture.tally import Tally, table

NAIVE_WORLDS = 3
PROGRESS_S = 2


def main() -> int:
    """Play the worlds of ours and of the naive designs, side by side."""
    asked = _arguments()
    began, shown = time.monotonic(), 0.0
    tallies = {design: Tally(design) for design in (OURS, *NAIVE)}
    worlds = list(_worlds(asked.seed, asked.cases, asked.rate))
    with multiprocessing.Pool(asked.processes) as pool:
        for found in pool.imap_unordered(play, worlds):
            tallies[found.design].add(found)
            if time.monotonic() - shown > PROGRESS_S:
                shown = time.monotonic()
                _show(tallies[OURS], asked.cases, shown - began)
    print(file=sys.stderr)
    seconds = time.monotonic() - began
    print(table(tallies, asked.seed, seconds))
    failed = _verdict(tallies, is_alone="/" in asked.seed)
    if asked.out:
        _write(Path(asked.out), tallies, asked, seconds, held=not failed)
    return 1 if failed else 0


def _worlds(seed: str, cases: int, rate: float) -> Iterator[Asked]:
    """The naive designs first: they are few, and whoever waits sees that the checks see."""
    if "/" in seed:
        yield OURS, seed, min(cases, PER_WORLD), rate
        return
    for design in NAIVE:
        for number in range(NAIVE_WORLDS):
            yield design, f"{seed}/{number}", PER_WORLD, rate
    for number, start in enumerate(range(0, cases, PER_WORLD)):
        yield OURS, f"{seed}/{number}", min(PER_WORLD, cases - start), rate


def _verdict(tallies: dict[str, Tally], *, is_alone: bool) -> bool:
    """True when something did not hold, which is said."""
    ours = tallies[OURS]
    for each in ours.wrong[:20]:
        print(f"违反：{each}")
    if ours.wrong:
        seeds = sorted({each.split(" ", 1)[0] for each in ours.wrong})
        print(f"重放：make torture SEED={seeds[0]}（共 {len(ours.wrong)} 处，{len(seeds)} 个世界）")
    passed = [] if is_alone else [name for name in NAIVE if not tallies[name].is_caught]
    for name in passed:
        print(f"检查失灵：对照设计“{name}”没有被发现")
    return bool(ours.wrong or passed)


def _show(ours: Tally, cases: int, seconds: float) -> None:
    faults = sum(ours.injected.values())
    done = ours.figures["cases_asked"]
    print(
        f"\r{done} / {cases} 件，{faults} 次故障，{len(ours.wrong)} 处违反，{seconds:.0f} 秒",
        end="",
        file=sys.stderr,
        flush=True,
    )


def _write(path: Path, tallies: dict[str, Tally], asked: argparse.Namespace, seconds: float, *, held: bool) -> None:
    ours = tallies[OURS]
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = {
        "seed": asked.seed,
        **ours.plain(),
        **{f"naive {name}": tallies[name].told() for name in NAIVE},
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 1),
    }
    said = {
        "title": "The product in a simulated world that fails at random, and naive designs beside it",
        "asked": "make torture on one seed: 100,000 cases, 1,000,000 faults, 0 violations, naive designs fail",
        "command": f"make torture SEED={asked.seed} CASES={asked.cases}",
        "seconds": round(seconds, 1),
        "figures": figures,
        "held": held,
    }
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="infra.torture", description=__doc__)
    parser.add_argument("--seed", default="1", help="chance; or seed/number to play one world alone")
    parser.add_argument("--cases", type=int, default=1000, help="how many petitions")
    parser.add_argument("--rate", type=float, default=1.0, help="how often faults happen; 0 is a world without any")
    parser.add_argument("--processes", type=int, default=None, help="how many at once; all cores by default")
    parser.add_argument("--out", help="write the figures as JSON to this file too")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
