"""`python -m infra.traces --traces 100000`: play random traces on all cores and say what was found; JSON with --out."""

import argparse
import json
import multiprocessing
import sys
import time
from collections import Counter
from pathlib import Path

from infra.reliability.measured import keep
from infra.traces.drive import CALLS, trace

CHUNK = 200


def main() -> int:
    """Play the traces; 1 when anything was wrong."""
    asked = _arguments()
    began, taken, stages = time.monotonic(), Counter[str](), set[str]()
    refused = dates = played = 0
    wrong: list[str] = []
    with multiprocessing.Pool(asked.processes) as pool:
        for found in pool.imap_unordered(trace, range(asked.seed, asked.seed + asked.traces), CHUNK):
            played, refused, dates = played + 1, refused + found.refused, dates + found.dates
            taken, stages = taken + found.taken, stages | found.stages
            wrong += [f"seed {found.seed}: {each}" for each in found.wrong]
            if played % 1000 == 0:
                print(f"\r{played} of {asked.traces} traces, {len(wrong)} wrong", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    result = {
        "traces": played,
        "steps_taken": taken.total(),
        "steps_refused": refused,
        "dates_counted_again": dates,
        "wrong": len(wrong),
        "first_wrong": wrong[:10],
        "stages_reached": sorted(stages),
        "steps_never_taken": sorted(set(CALLS) - set(taken)),
        "taken": dict(sorted(taken.items())),
        "first_seed": asked.seed,
        "seconds": round(time.monotonic() - began),
    }
    print(json.dumps(result, ensure_ascii=False, indent=1))
    if asked.out:
        keep(Path(asked.out), result)
    return 1 if wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="infra.traces", description=__doc__)
    parser.add_argument("--traces", type=int, default=1000, help="how many to play")
    parser.add_argument("--seed", type=int, default=1, help="the first seed; each trace has the next one")
    parser.add_argument("--processes", type=int, default=None, help="how many at once; all cores by default")
    parser.add_argument("--out", help="write the result as JSON to this file too")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
