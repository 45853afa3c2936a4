"""Replay messages through the HTTP interface of a running stack, read everything back, and say what was lost.

Each record of a JSONL file (msg_id, title, detail, and where it has them kind and reply) is filed by an invented
petitioner, forwarded, accepted, answered (on the petition procedure: heard, investigated, drafted, read and signed),
served and rated. Then every case is read back and every notice that is owed is compared with what the carrier of text
messages has. The last line on stdout is the sum, one JSON object; `overridden` counts the opinions that did not pass
the quality gate and were let through with a reason.
Exit 1: something was lost or doubled. Exit 2: it could not be run or not be finished.
"""

import argparse
import json
import re
import secrets
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime
from pathlib import Path
from typing import Any

from infra.replay import ledger, records
from infra.replay.actors import BUREAU_CLERK, Petitioners, Staff, post_of
from infra.replay.client import Api, Refused, Unreachable
from infra.replay.journey import Road, Trace
from infra.replay.progress import Progress, say
from infra.replay.readback import Reader, entries, untracked
from infra.replay.reckoning import compare, missing, percentile

SAMPLES = Path(__file__).with_name("samples.jsonl")
KEPT = Path(__file__).resolve().parents[2] / "var" / "replay"
BASE = "http://127.0.0.1:8000"
TOLD = 20
SPARE = 2
"""Staff sign in beside the workers, two at a time."""
LOST_OR_DOUBLED, NOT_RUN, INTERRUPTED = 1, 2, 130


class Notes:
    """What went wrong, told at once up to a number, counted beyond it."""

    def __init__(self) -> None:
        self.count = 0
        self._lock = threading.Lock()

    def __call__(self, words: str) -> None:
        with self._lock:
            self.count += 1
            if self.count <= TOLD:
                say(f"  ! {words}")
            elif self.count == TOLD + 1:
                say("  ! and more of it")


def main() -> None:
    """Run what the command line asks for; trouble is one sentence and exit 2."""
    options = _options()
    try:
        raise SystemExit(check(options) if options.check else replay(options))
    except (Unreachable, Refused, OSError, ValueError) as error:
        named = isinstance(error, OSError) and error.filename
        say(f"replay: {error.filename}: {error.strerror}" if named else f"replay: {error}")
        raise SystemExit(NOT_RUN) from None
    except KeyboardInterrupt:
        say("replay: interrupted; the same --run goes on where it stopped")
        raise SystemExit(INTERRUPTED) from None


def replay(options: argparse.Namespace) -> int:
    """Drive the records, read back, print the sum."""
    with options.file.open(encoding="utf-8") as lines:
        found, bad = records.read(lines, options.count)
    note = Notes()
    for line in bad:
        note(f"{options.file.name} line {line.number} is left out: {line.why}")
    if not found:
        raise ValueError(f"{options.file} holds no record that could be filed")
    api = Api(options.base, options.workers)
    ahead_s = datetime.fromisoformat(greet(api)["time"]).timestamp() - time.time()
    people, offices = records.people(found, options.run), api.get("/api/meta")["offices"]
    traces = [Trace(record, people[record.key], records.route(record, offices)) for record in found]
    staff, petitioners = Staff(api, KEPT / "totp", ahead_s), Petitioners(api, ahead_s)
    road = Road(api, petitioners, staff, options.run)
    must_sign_in(staff)
    warm_up(api)
    say(f"replay {options.run}: {len(traces)} records of {options.file.name} to {api.base}")

    kept = KEPT / f"{options.run}.jsonl"
    try:
        travel(road, traces, options.workers, note)
    finally:
        ledger.write(kept, entries(traces))
    acknowledged = [trace for trace in traces if trace.is_acknowledged]
    reader = Reader(road, options.workers, note)
    sums = reader.cases(acknowledged)
    sent = reader.notices(acknowledged, sums, options.wait)
    said = compare(list(sums.values()), sent)
    for each in sums.values():
        for words in missing(each, sent):
            note(f"case {each.number}: {words}")
    doubled = reader.persons(traces, sums) + len(acknowledged) - len(sums) + said.twice
    is_there = sum(each.is_found for each in sums.values())
    lost = len(sums) - is_there + said.lost
    say(f"{len(acknowledged)} numbers and query codes are in {kept}; tries repeated: {api.retried}")
    print(
        json.dumps(
            {
                "submitted": len(traces),
                "acknowledged": len(acknowledged),
                "found": is_there,
                "replied": sum("reply" in each.steps for each in sums.values()),
                "overridden": sum(each.is_overridden for each in sums.values()),
                "rated": sum("rate" in each.steps for each in sums.values()),
                "notices_expected": said.expected,
                "notices_sent": said.sent,
                "lost": lost,
                "duplicated": doubled,
                **_times(acknowledged),
            }
        ),
        flush=True,
    )
    if lost or doubled:
        return LOST_OR_DOUBLED
    if any(trace.trouble for trace in traces):
        say("replay: some records did not reach their end; what stopped them stands above")
        return NOT_RUN
    return 0


def travel(road: Road, traces: Sequence[Trace], workers: int, note: Notes) -> None:
    """Every record's journey, so many at a time; staff sign in meanwhile."""
    units = sorted({trace.unit for trace in traces})
    posts = [post_of(unit, post) for post in ("clerk", "reader", "head") for unit in units]
    signing_in = road.staff.sign_in_all([BUREAU_CLERK, *posts])
    pool = ThreadPoolExecutor(workers, thread_name_prefix="journey")
    try:
        with Progress("records driven", len(traces)) as progress:
            for done in as_completed([pool.submit(road.travel, trace) for trace in traces]):
                trace = done.result()
                if trace.trouble:
                    note(f"record {trace.record.key}: {trace.trouble}")
                progress.step()
    finally:
        pool.shutdown(cancel_futures=True)
        signing_in.shutdown(cancel_futures=True)


def check(options: argparse.Namespace) -> int:
    """Ask for every case of an earlier run by number and query code."""
    kept, note = ledger.read(options.check), Notes()
    api = Api(options.base, options.workers)
    greet(api)
    found = 0
    with Progress("cases asked for", len(kept)) as progress, ThreadPoolExecutor(options.workers) as pool:
        for entry, why in zip(kept, pool.map(lambda one: untracked(api, one), kept), strict=True):
            found += not why
            if why:
                note(f"record {entry.record}: {why}")
            progress.step()
    print(json.dumps({"filed": len(kept), "found": found, "lost": len(kept) - found}), flush=True)
    return LOST_OR_DOUBLED if found < len(kept) else 0


def greet(api: Api) -> Any:
    """The system's health. Raises Unreachable with the sentence that helps."""
    try:
        return api.send("GET", "/api/health", again=False).body
    except (Unreachable, Refused) as error:
        raise Unreachable(f"{error}; start the stack with `make run`, or name its address with BASE=") from None


def warm_up(api: Api) -> None:
    """As many calls at once as there will be: p95 of a small run on a fresh stack was three processes' beginning.

    `slowest_ms` beside it still shows a beginning that comes later.
    """
    with ThreadPoolExecutor(api.workers + SPARE) as pool:
        for asked in [pool.submit(api.get, "/api/health") for _ in range(api.workers + SPARE)]:
            asked.result()


def must_sign_in(staff: Staff) -> None:
    """Without the bureau's clerk nothing can be forwarded or read back, and all would seem lost."""
    try:
        staff.token(BUREAU_CLERK)
    except Refused as error:
        raise Unreachable(f"{BUREAU_CLERK} cannot sign in, so nothing was filed: {error}") from None


def _times(acknowledged: Sequence[Trace]) -> dict[str, float]:
    filing = [trace.filing_ms for trace in acknowledged]
    return {
        "p50_ms": round(percentile(filing, 50), 1),
        "p95_ms": round(percentile(filing, 95), 1),
        "slowest_ms": round(max(filing, default=0.0), 1),
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="replay", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--file", type=Path, default=SAMPLES, help="JSONL file (default: the samples of the project)")
    parser.add_argument("--count", type=_count, help="how many of its records, from the first (default: all)")
    parser.add_argument("--base", type=_base, default=BASE, help=f"address of the running stack (default: {BASE})")
    parser.add_argument("--workers", type=_count, default=4, help="how many records at a time (default: 4)")
    parser.add_argument("--run", type=_run, default=secrets.token_hex(4), help="name of the run; same name, same keys")
    parser.add_argument(
        "--wait",
        type=_count,
        default=180,
        help="seconds without any further notice after which the rest is lost (default: 180)",
    )
    parser.add_argument("--check", type=Path, metavar="LEDGER", help="only ask for the cases of var/replay/<run>.jsonl")
    return parser.parse_args()


def _count(words: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,6}", words):
        raise argparse.ArgumentTypeError(f"expected a whole number from 1, found {words!r}")
    return int(words)


def _base(words: str) -> str:
    if not re.fullmatch(r"https?://[^/\s]+/?", words):
        raise argparse.ArgumentTypeError(f"expected an address like {BASE}, found {words!r}")
    return words.rstrip("/")


def _run(words: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9-]{1,40}", words):
        raise argparse.ArgumentTypeError(f"expected letters, digits and hyphens, found {words!r}")
    return words


if __name__ == "__main__":
    main()
