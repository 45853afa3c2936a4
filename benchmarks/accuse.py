"""A transfer and an accusation of its target at the same moment, a thousand times, on the table of a local stack.

`make soak-accuse` starts a stack of its own, races, and writes benchmarks/soak_accuse.json. Inside, each side loads
the report, decides, waits until the other has decided too, and commits; who was refused as stale looks again and
decides again, as the interface's callers do. Then whoever has the report is compared with whom it accuses, by an
oracle that walks from the holder upwards itself.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from infra.reliability.measured import keep

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "benchmarks" / "soak_accuse.json"
TARGETS = ("audit", "housing", "town-qingxi", "village-shangxi", "finance", "water")
AT_ONCE = 4


def main() -> None:
    """Race inside a stack that runs already, or start one and call oneself inside it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--races", type=int, default=1000)
    parser.add_argument("--out", type=Path, default=RESULT)
    parser.add_argument("--inside", action="store_true", help="the environment is a stack's")
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(races(options.races)))
        return
    from infra.local.running import running

    with tempfile.TemporaryDirectory() as state, running(Path(state)) as stack:
        found = inside(stack.environment(), options.races)
    keep(options.out, found)
    print(json.dumps(found, indent=1))
    if found["both"]:
        raise SystemExit("a report is with somebody it accuses")


def inside(environment: dict[str, str], number: int) -> dict[str, Any]:
    """Race with the environment of a stack: the store reads it once, when it is imported."""
    command = [sys.executable, "-m", "benchmarks.accuse", "--inside", "--races", str(number)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def races(number: int) -> dict[str, Any]:
    """So many pairs, a few at once, and how each of them ended."""
    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        ended = Counter(ending for endings in pool.map(race, range(number)) for ending in endings)
    return {
        "races": number,
        "both": ended["both"],
        "transferred_first": ended["transferred first"],
        "accused_first": ended["accused first"],
        "committed_on_a_stale_state": ended["committed on a stale state"],
        "refused_as_stale": ended["stale"],
        "met_traffic": ended["traffic"],
        "seconds": round(time.monotonic() - began, 1),
    }


def race(turn: int) -> list[str]:
    """One pair; accused is the target itself or the government above it."""
    from chalicelib import clock
    from chalicelib.domain import report
    from chalicelib.domain.case import CLERK, PETITIONER, Actor, Case, Change
    from chalicelib.domain.errors import TargetRefused, WrongStage
    from chalicelib.domain.intake import Contact
    from chalicelib.domain.tables.report import holder
    from chalicelib.store import offices
    from chalicelib.store.cases import StaleCase
    from chalicelib.store.table import Busy
    from chalicelib.store.tenant import report_rules, reports

    store, tree, rules, at = reports(), offices.tree(), report_rules(), clock.now()
    target = TARGETS[turn % len(TARGETS)]
    accused = ("county", target, tree.offices[target].parent or target)[turn % 3]
    number = f"{turn:012d}"
    filed = report.register_report(
        number, report.Report("标题", "内容", (), ("某人",)), tree.offices["bureau"], named=False,
        by=Actor(PETITIONER), at=at, rules=rules,
    )  # fmt: skip
    store.file(filed, Contact(), store.command("race", number, number), at=at, tree=tree, rules=rules)
    both_decided, happened = threading.Barrier(2), []

    def transfer(case: Case, by: Actor) -> Change:
        return report.transfer_report(case, target, "unit", tree=tree, by=by, on=at.date(), rules=rules)

    def accuse(case: Case, by: Actor) -> Change:
        return report.name_accused(case, (accused,), (), (), tree=tree, by=by, on=at.date(), rules=rules)

    def take(name: str, decide: Callable[[Case, Actor], Change]) -> None:
        is_first = True
        while True:
            held = store.load(number)
            org = holder(held.case)
            try:
                change = decide(held.case, Actor(CLERK, org, f"{org}-clerk"))
            except (TargetRefused, WrongStage):
                return
            if is_first:
                both_decided.wait(60)
            is_first = False
            command = store.command(name, f"{number}|{held.case.version}", name)
            try:
                after = store.commit(held, change, command, at=at, tree=tree, rules=rules)
            except StaleCase:
                happened.append("stale")
                continue
            except Busy:
                happened.append("traffic")
                continue
            happened.append(f"{name} {after.version}")
            return

    pair = [threading.Thread(target=take, args=args) for args in (("transferred", transfer), ("accused", accuse))]
    for each in pair:
        each.start()
    for each in pair:
        each.join()
    return [*_endings(store.load(number).case, accused, tree.offices), *_told(happened)]


def _endings(case: Any, accused: str, known: Any) -> list[str]:
    assert accused in case.accused
    found = []
    for desk in case.desks:
        at: str | None = desk.org
        while at is not None:
            if at in case.accused:
                found.append("both")
            at = known[at].parent
    return found


def _told(happened: list[str]) -> list[str]:
    versions = {each.split()[0]: each.split()[1] for each in happened if " " in each}
    first = "transferred first" if versions.get("transferred") == "2" else "accused first"
    twice = ["committed on a stale state"] if len(set(versions.values())) < len(versions) else []
    return [first, *twice, *(each for each in happened if " " not in each)]


if __name__ == "__main__":
    main()
