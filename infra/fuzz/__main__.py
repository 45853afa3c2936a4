"""Fuzz a running system, or a local stack started for the occasion. Prints one line of JSON; exit 1 on any failure."""

import argparse
import contextlib
import json
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import requests
from schemathesis import Case

from infra.fuzz.attack import Figures, attack
from infra.fuzz.county import County, NotReady
from infra.local.running import running
from infra.openapi.__main__ import FILE

TIMEOUT_S = 60


def main() -> None:
    """Run and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1000, help="how many requests in all (default 1000)")
    parser.add_argument("--base", default="", help="a running system, e.g. http://127.0.0.1:8000 (default: start one)")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="repeat a run by its seed")
    options = parser.parse_args()
    began = time.monotonic()
    try:
        with system(options.base) as base:
            figures = fuzz(base.rstrip("/"), options.cases, options.seed)
    except (NotReady, httpx.HTTPError) as error:
        raise SystemExit(f"cannot begin: {error}") from None
    for label, times in figures.failures.most_common():
        print(f"{times} x {label}\n{figures.shown[label]}", file=sys.stderr)
    print(json.dumps({**figures.line(), "seconds": round(time.monotonic() - began, 1)}), flush=True)
    raise SystemExit(1 if figures.failures else 0)


@contextlib.contextmanager
def system(base: str) -> Iterator[str]:
    """The address of the system to fuzz; one of its own is stopped afterwards and leaves nothing."""
    if base:
        yield base
        return
    with tempfile.TemporaryDirectory() as state, running(Path(state)) as place:
        yield place.origin


def fuzz(base: str, cases: int, seed: int) -> Figures:
    """Sign in, attack, count."""
    session = requests.Session()
    session.trust_env = False

    def send(case: Case) -> object:
        return case.call(base_url=f"{base}/api", session=session, timeout=TIMEOUT_S)

    with httpx.Client(base_url=base, timeout=TIMEOUT_S, trust_env=False) as http:
        county = County(http)
        county.sign_everybody_in()
        return attack(json.loads(FILE.read_text("utf-8")), county, send, cases=cases, seed_=seed)


if __name__ == "__main__":
    main()
