"""Every single grant of every function taken away on a running stack, without a deployment: does a probe notice?

`make soak-iam` starts a stack of its own, takes one action (on one resource) after the other from each role by
PutRolePolicy and asks the deployed function to do its work. What nobody notices is superfluous or wants a probe;
what the emulator does not enforce is listed by name.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from infra.faults import grants
from infra.faults.grants import NOT_ENFORCED, Grant, Roles
from infra.faults.probes import Probes
from infra.local.running import running
from infra.reliability.measured import keep

RESULT = Path(__file__).resolve().parent / "soak_iam.json"
TITLE = "Removing any one action from any function's policy makes a probe of the deployed function fail"
ASKED = (
    "Removing any one action from any function's IAM policy makes a probe fail (PutRolePolicy without redeploy; what "
    "the emulator does not enforce is listed by name); no policy has `*` as action"
)


def main() -> None:
    """Take away, judge, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--functions", nargs="*", default=list(grants.functions()))
    parser.add_argument("--out", type=Path, default=RESULT)
    options = parser.parse_args()
    found = soak(options.functions)
    keep(options.out, found)
    print(json.dumps(found, indent=1))
    if not found["held"]:
        raise SystemExit("something is granted that no probe needs, or everything of a kind")


def soak(functions: Iterable[str], wanted: Callable[[Grant], bool] = lambda grant: True) -> dict[str, Any]:
    """Run over a stack of its own."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as state, running(Path(state)) as stack:
        probes, roles = Probes(stack, Path(state) / "totp"), Roles(stack)
        noticed: dict[Grant, str] = {}
        left_out: list[Grant] = []
        for function in functions:
            held_by = [grant for grant in grants.granted(function) if wanted(grant)]
            asked = [grant for grant in held_by if grant.action not in NOT_ENFORCED]
            left_out += [grant for grant in held_by if grant.action in NOT_ENFORCED]
            noticed |= grants.take_away(probes, roles, function, asked)
            _say(f"{function}: {len(asked)} taken away, noticed {sum(bool(noticed[grant]) for grant in asked)}")
    return report(noticed, left_out, round(time.monotonic() - began, 1))


def report(noticed: dict[Grant, str], left_out: list[Grant], seconds: float) -> dict[str, Any]:
    """The figures and what stands behind them."""
    unnoticed = [str(grant) for grant, by in noticed.items() if not by]
    stars = [str(grant) for grant in (*noticed, *left_out) if "*" in grant.action]
    figures = {
        "functions": len({grant.function for grant in (*noticed, *left_out)}),
        "grants": len(noticed) + len(left_out),
        "taken_away": len(noticed),
        "noticed": len(noticed) - len(unnoticed),
        "unnoticed": len(unnoticed),
        "not_enforced_by_the_emulator": len(left_out),
        "with_star": len(stars),
    }
    return {
        "title": TITLE,
        "asked": ASKED,
        "command": "make soak-iam",
        "seconds": seconds,
        "figures": figures,
        "held": bool(
            figures["functions"] == len(grants.functions()) and figures["taken_away"] and not unnoticed and not stars
        ),
        "unnoticed": unnoticed,
        "not_enforced": {grant.action: NOT_ENFORCED[grant.action] for grant in left_out},
        "noticed_by": {str(grant): by for grant, by in noticed.items() if by},
    }


def _say(words: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
