"""`python -m benchmarks.deadlines.zones`: the tests of dates in three zones at six instants.

Machines differ, the law does not. The instants are those at which a date goes wrong: a leap day before midnight, the
turn of the year on both sides, the eve of Spring Festival, a Saturday that is worked, the hour New York leaves out.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from infra.reliability.measured import keep

ROOT = Path(__file__).resolve().parents[2]
ZONES = ("UTC", "Asia/Shanghai", "America/New_York")
INSTANTS = (
    "2024-02-29T23:59:30+08:00",
    "2026-12-31T23:59:30+08:00",
    "2027-01-01T00:00:30+08:00",
    "2026-02-16T12:00:00+08:00",
    "2026-10-10T08:00:00+08:00",
    "2026-03-08T02:30:00-05:00",
)
SUITE = (
    "tests/domain/test_workdays.py",
    "tests/domain/test_workdays_properties.py",
    "tests/domain/test_derivation_text.py",
    "tests/domain/test_time_limits.py",
    "tests/domain/test_time_passing.py",
    "tests/domain/test_ladder.py",
    "tests/domain/test_recounting.py",
    "tests/domain/test_force_majeure.py",
    "tests/domain/test_notices_of_days_off.py",
    "tests/domain/test_calendar_crosscheck.py",
    "tests/triggers/test_sweep.py",
    "tests/triggers/test_calendar_watch.py",
    "tests/stories/test_dates_at_any_instant.py",
)
"""The last one asks the product's clock over the interface and by the sweep; the others bring their days, and show that
nothing on the way asks the machine's zone.
"""


def run(zone: str, instant: str, suite: tuple[str, ...] = SUITE, *, plugin: str = "") -> dict[str, Any]:
    """The suite once, in a process whose zone and clock are these; `plugin` may bring a fault that has to show."""
    environment = {**os.environ, "TZ": zone, "PINNED_AT": instant}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "benchmarks.deadlines.pinned", "-p", "no:randomly", *suite]
    command += ["-p", plugin] if plugin else []
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    counted = {word: int(many) for many, word in re.findall(r"(\d+) (passed|failed|error)", done.stdout)}
    return {
        "zone": zone,
        "instant": instant,
        "passed": counted.get("passed", 0),
        "failed": counted.get("failed", 0) + counted.get("error", 0),
        "is_right": done.returncode == 0,
        "said": "" if done.returncode == 0 else done.stdout[-1500:] + done.stderr[-500:],
    }


def main() -> int:
    """Every zone at every instant; 1 when any test failed anywhere, or fewer ran in one place than in another."""
    parser = argparse.ArgumentParser(prog="benchmarks.deadlines.zones", description=__doc__)
    parser.add_argument("--out")
    asked = parser.parse_args()
    began, found = time.monotonic(), []
    for zone in ZONES:
        for instant in INSTANTS:
            found.append(run(zone, instant))
            print(f"\r{len(found)} of {len(ZONES) * len(INSTANTS)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    figures = {
        "zones": len(ZONES),
        "instants": len(INSTANTS),
        "runs": len(found),
        "tests_in_each": min(each["passed"] for each in found),
        "tests_run": sum(each["passed"] for each in found),
        "failed": sum(each["failed"] for each in found),
        "runs_that_failed": sum(not each["is_right"] for each in found),
    }
    is_even = len({each["passed"] for each in found}) == 1
    result = {
        "title": "The tests of dates say the same in three zones at six instants",
        "asked": "The deadline suite under TZ=UTC, Asia/Shanghai and America/New_York and six pinned dates",
        "command": "make soak-zones",
        "seconds": round(time.monotonic() - began, 1),
        "figures": figures,
        "held": is_even and not figures["runs_that_failed"] and figures["tests_in_each"] > 0,
    }
    print(
        json.dumps(result | {"wrong": [each for each in found if not each["is_right"]]}, ensure_ascii=False, indent=1)
    )
    if asked.out:
        keep(Path(asked.out), result)
    return 0 if result["held"] else 1


if __name__ == "__main__":
    sys.exit(main())
