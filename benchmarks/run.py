"""Run every measurement, print the table, write `results.json` beside this file.

Absolute times depend on the machine and its neighbours; ratios taken inside one run, and counts, do not.
"""

import argparse
import importlib.metadata
import json
import os
import platform
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import cold, warm
from benchmarks.process import ROOT, environment, result_of
from infra import package

RESULTS = Path(__file__).with_name("results.json")
LIBRARIES = ("chalice", "pynamodb", "botocore", "boto3", "aws-lambda-powertools", "msgspec", "moto")


@dataclass(frozen=True)
class Goal:
    """A figure of the results that may not be above its limit."""

    what: str
    where: tuple[str, ...]
    limit: float

    def found(self, results: dict[str, Any]) -> float:
        """The measured figure."""
        value: Any = results
        for name in self.where:
            value = value[name]
        return float(value)


STEPS = ("forward", "accept", "reply", "serve", "rate")
SIZES = ("1000", "10000", "100000")
GOALS = (
    Goal("submit, 500 characters: write units", ("units", "submit", "write_units"), 21),
    Goal("submit: transactions", ("units", "submit", "transactions"), 1),
    *(Goal(f"{step}: write units", ("units", step, "write_units"), 16) for step in STEPS),
    *(Goal(f"{step}: transactions", ("units", step, "transactions"), 1) for step in STEPS),
    Goal("status read: queries beside session and limiter", ("units", "read", "business_calls"), 1),
    Goal("track by number and code: queries beside limiter", ("units", "track", "business_calls"), 1),
    *(
        Goal(f"sweep, {size} open: items examined per due case", ("sweep", size, "examined_per_due"), 1)
        for size in SIZES
    ),
    Goal("submit: warm CPU against bare botocore", ("warm", "submit", "ratio"), 1.6),
    Goal("status read: warm CPU against bare botocore", ("warm", "read", "ratio"), 1.4),
    Goal("cold path against boto3", ("cold", "ratio"), 1.5),
    Goal("memory after the first request, MiB", ("cold", "application", "mib"), 64),
)


MEASURES = (
    "Measure round trips and request units of every operation, CPU per request and cold path against bare handlers, "
    "memory, package and sweep; print a table, write benchmarks/results.json, exit 1 when a goal is missed. "
    "Takes three minutes; run it on a quiet machine."
)


def main() -> None:
    """Measure, print, write; exit 1 when a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=MEASURES)
    parser.parse_args()
    env = environment()
    with tempfile.TemporaryDirectory() as place:
        recording, built = Path(place, "recording.json"), package.build("dev", ROOT / "out" / "dev")
        results = {
            "environment": _versions(),
            "units": result_of("-m", "benchmarks.journey", recording, env=env),
            # The recorded session must not grow old, or the application would write it on.
            "warm": warm.measure(recording, env),
            "cold": cold.measure(recording, env, built.archive),
            "sweep": result_of("-m", "benchmarks.sweep", env=env),
            "package": {str(built.archive.relative_to(ROOT)): built.archive.stat().st_size},
        }
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print("\n".join(_report(results)))
    missed = [goal for goal in GOALS if goal.found(results) > goal.limit]
    if missed:
        raise SystemExit("missed: " + "; ".join(f"{goal.what} is {goal.found(results):g}" for goal in missed))


def _versions() -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "cores": len(os.sched_getaffinity(0)),
        "libraries": {name: importlib.metadata.version(name) for name in LIBRARIES},
    }


def _report(results: dict[str, Any]) -> list[str]:
    lines = [f"{'operation':<32}{'trips':>6}{'write':>7}{'read':>6}   with session and limiter"]
    for name, bill in results["units"].items():
        everything = f"{bill['all_write_units']:g}, {bill['all_read_units']:g}"
        lines.append(f"{name:<32}{bill['trips']:>6}{bill['write_units']:>7g}{bill['read_units']:>6g}   {everything}")
        for call in bill["calls"]:
            lines.append(f"    {call['operation']:<20}{'/'.join(call['tables']):<7}{call['items']}{call['error']}")
    lines += ["", f"{'sweep, open cases':<22}{'due':>6}{'examined':>10}{'per due':>9}"]
    for size, sweep in results["sweep"].items():
        lines.append(f"{size:<22}{sweep['due']:>6}{sweep['examined']:>10}{sweep['examined_per_due']:>9g}")
    lines += ["", f"{'warm CPU':<22}{'ms':>7}{'bare ms':>9}{'ratio':>8}   spread"]
    for name, cpu in results["warm"].items():
        spread = "-".join(f"{ratio:g}" for ratio in cpu["spread"])
        lines.append(f"{name:<22}{cpu['cpu_ms']:>7g}{cpu['bare_cpu_ms']:>9g}{cpu['ratio']:>8g}   {spread}")
    lines += ["", f"{'cold path':<22}{'ms':>7}{'CPU ms':>9}{'MiB':>8}{'modules':>9}"]
    for name in ("application", "boto3"):
        run = results["cold"][name]
        lines.append(f"{name:<22}{run['ms']:>7g}{run['cpu_ms']:>9g}{run['mib']:>8g}{run['modules']:>9g}")
    spread = "-".join(f"{ratio:g}" for ratio in results["cold"]["spread"])
    lines += [
        f"{'ratio':<22}{results['cold']['ratio']:>7g}{results['cold']['cpu_ratio']:>9g}   spread of the time {spread}",
        "",
    ]
    lines += [f"{name:<32}{size / 1e6:>6.2f} MB" for name, size in results["package"].items()]
    lines += ["", f"{'goal':<54}{'limit':>7}{'found':>8}"]
    for goal in GOALS:
        found = goal.found(results)
        lines.append(f"{goal.what:<54}{goal.limit:>7g}{found:>8g}  {'reached' if found <= goal.limit else 'MISSED'}")
    return lines
