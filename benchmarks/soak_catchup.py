"""Two days without a sweep, and everything that came due in them: how long the real sweep takes to act on it.

`make soak-catchup` starts a stack of its own, files cases through the product's code on days whose first reminder
fell into the last 48 hours, and invokes the deployed sweep as its schedule does until nothing of them is due. The
schedule itself rests, or its next sweep would come in the middle; so do the consumers of the stream: as machines of
their own they would not take the sweep's. A watcher beside it looks at the index: whoever waits longer must not be
found waiting when others of the shard, due later, are done with.
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
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from infra.reliability.measured import keep

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "benchmarks" / "soak_catchup.json"
TITLE = "After 48 hours without a sweep, everything that came due meanwhile is acted on, the oldest first"
ASKED = "after 48 hours' outage 20,000 due clocks acted on within 5 minutes on the emulator"
OUTAGE = timedelta(hours=48)
LIMIT_S = 300.0
LEAST_DUE = 20_000
"""What is asked; a smaller run shows its figures and holds nothing."""
IN_A_BATCH = 25
LOOK_S, NEARLY = 30.0, 4_000
"""For each look the emulator reads its whole index and answers nobody else; once so few are left, it is soon again."""
SOON_S = 5.0
MOST_SWEEPS = 12
NEVER_S = 3600


def main() -> None:
    """Measure inside a stack, or start one and call oneself inside it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--out", type=Path, default=RESULT)
    parser.add_argument("--inside", metavar="STATE", help="the environment is that of the stack over this folder")
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(measure(options.cases, Path(options.inside))))
        return
    found = soak(options.cases)
    keep(options.out, found)
    print(json.dumps(found, indent=1))
    if not found["held"]:
        raise SystemExit("something was missed, something younger came first, or it took too long")


def soak(cases: int) -> dict[str, Any]:
    """Measure over a stack of its own and judge the figures."""
    from infra.local.running import running

    began = time.monotonic()
    with tempfile.TemporaryDirectory() as state, running(Path(state), snapshot_s=NEVER_S) as stack:
        command = [sys.executable, "-m", "benchmarks.soak_catchup", "--inside", state, "--cases", str(cases)]
        environment = {**os.environ, **stack.environment()}
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stdout)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {
        "title": TITLE,
        "asked": ASKED,
        "command": f"make soak-catchup CASES={cases}",
        "seconds": round(time.monotonic() - began, 1),
        "figures": figures,
        "held": held(figures),
    }


def held(figures: dict[str, Any]) -> bool:
    """True when all that was due was acted on once and in time, and nobody was overtaken."""
    return bool(
        figures["due"] >= LEAST_DUE
        and figures["acted"] == figures["due"]
        and figures["parked"] == figures["missed"] == figures["overtaken"] == 0
        and figures["seconds_to_catch_up"] <= LIMIT_S
    )


def measure(number: int, state: Path) -> dict[str, Any]:
    """Load, sweep until nothing is due, count what each case says."""
    from chalicelib import clock
    from infra.local import place
    from infra.local.sweep import sweep

    stack, now = place.find(state), clock.now()
    _rest(stack)
    began = time.monotonic()
    _say(f"loading {number} cases")
    due = _load(number, now)
    _say(f"loaded in {time.monotonic() - began:.0f} s, due at {sorted(due)}")
    watch = Watch(due, now)
    began = time.monotonic()
    swept: Counter[str] = Counter()
    sweeps = 0
    with watch:
        while watch.left() and sweeps < MOST_SWEEPS:
            sweeps += 1
            answer = sweep(stack)
            _say(f"swept: {answer}")
            swept.update({name: int(value) for name, value in answer.items() if name != "oldest_s"})
    seconds = (watch.done_at or time.monotonic()) - began
    reminded = _reminded(due)
    return {
        "due": sum(len(of) for of in due.values()),
        "moments_due": len(due),
        "acted": sum(reminded.values()),
        "acted_twice": sum(times > 1 for times in reminded.values()),
        "missed": sum(times == 0 for times in reminded.values()),
        "parked": swept["parked"],
        "examined": swept["examined"],
        "sweeps": sweeps,
        "looks_of_the_watcher": watch.looks,
        "overtaken": watch.overtaken,
        "seconds_to_catch_up": round(seconds, 1),
        "acted_per_second": round(sum(reminded.values()) / seconds, 1),
    }


def _load(number: int, now: datetime) -> dict[str, list[str]]:
    """Moment due -> the numbers of the cases due then, all in the tables."""
    from chalicelib.domain import intake, receiving
    from chalicelib.domain.case import BUREAU, Actor
    from chalicelib.domain.elapsing import wake_at
    from chalicelib.domain.intake import Contact, Filing
    from chalicelib.domain.numbers import case_number
    from chalicelib.store import keys, offices
    from chalicelib.store.cases import Command
    from chalicelib.store.table import Put
    from chalicelib.store.tenant import cases, rules

    tree, by = offices.tree(), Actor(BUREAU, "bureau", "bureau1")

    def registered(turn: int, at: datetime) -> Any:
        number = case_number(at.year, lambda below: (turn * 7919 + 123) % below)
        filing = Filing(intake.GRIEVANCE, "letter", at.date(), "楼道漏水", "三楼以上楼道漏水两个月。")
        return receiving.register(number, filing, Contact(), tree.offices["bureau"], by=by, at=at, rules=rules())

    days = []
    for back in range(1, 60):
        at = now - timedelta(days=back)
        wake = wake_at(registered(0, at).case, rules())
        if wake is not None and now - OUTAGE < wake <= now:
            days.append(at)
    if not days:
        raise SystemExit("no day of filing has its first reminder in the last 48 hours: a holiday; move the clock")
    due: dict[str, list[str]] = {}
    rows: list[dict[str, Any]] = []
    for turn in range(number):
        at = days[turn % len(days)]
        change = registered(turn, at)
        command = Command.of("soak", change.case.id, {})
        case, writes = cases().filing(change, Contact(), command, at=at, tree=tree, rules=rules())
        moment = wake_at(case, rules())
        assert moment is not None
        due.setdefault(keys.instant(moment), []).append(case.id)
        rows += [write.item for write in writes if isinstance(write, Put)]
        if len(rows) > 1000:
            _write(rows)
            rows = []
    _write(rows)
    return due


def _write(rows: list[dict[str, Any]]) -> None:
    """Many at once, past the product: what is measured is not the filing."""
    from chalicelib.store.dynamo import Row

    with Row.batch_write() as batch:
        for row in rows:
            batch.save(Row(**row))


class Watch:
    """Looks at the index now and then: how much of each moment is left, shard by shard."""

    def __init__(self, due: dict[str, list[str]], now: datetime) -> None:
        from chalicelib.store import keys

        self.looks = self.overtaken = 0
        self.done_at: float | None = None
        self._keys, self._now = keys, keys.instant(now)
        self._moments = sorted(due)
        self._first = Counter((keys.shard(number), moment) for moment, of in due.items() for number in of)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look_on)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def left(self) -> int:
        """How many cases are due still; while it is many, notices of what was acted on count too, for it costs less."""
        from chalicelib.store import items
        from chalicelib.store.tenant import cases

        table, shards = cases().table, self._keys.SHARDS
        many = sum(table.count("due", shard, high=self._now) for shard in shards)
        if many > NEARLY:
            return many
        hits = (table.hits("due", shard, high=self._now, limit=NEARLY).items for shard in shards)
        return sum(hit["kind"] == items.CASE for found in hits for hit in found)

    def _look_on(self) -> None:
        pause = LOOK_S
        while not self._stop.wait(pause):
            self.looks += 1
            for shard in self._keys.SHARDS:
                self.overtaken += self._overtaken(shard)
            left = self.left()
            if self.done_at is None and not left:  # the sweep itself goes on, to the calendar
                self.done_at = time.monotonic()
            pause = SOON_S if 0 < left < NEARLY else LOOK_S

    def _overtaken(self, shard: str) -> int:
        """How many of a later moment are gone while more of an earlier one wait than are looked at side by side."""
        from chalicelib.store.tenant import cases
        from chalicelib.triggers.deadlines import AT_ONCE

        gone_later = 0
        # The latest first: what is gone of a later moment was gone before the earlier ones are counted.
        for moment in reversed(self._moments):
            left = cases().table.count("due", shard, low=moment, high=moment)
            if left > AT_ONCE and gone_later:
                return gone_later
            gone_later += self._first[shard, moment] - left
        return 0


def _reminded(due: dict[str, list[str]]) -> dict[str, int]:
    """How often the law acted on each case, as its events tell."""
    from chalicelib.store import chain, keys
    from chalicelib.store.tenant import cases

    found = {}
    for number in _flat(due):
        events = cases().table.query(keys.case(number), prefix=keys.EVENTS).items
        found[number] = sum(chain.read(event).type.endswith(("reminded", "overdue")) for event in events)
    return found


def _flat(due: dict[str, list[str]]) -> Iterator[str]:
    for numbers in due.values():
        yield from numbers


def _rest(stack: Any) -> None:
    from infra.local.emulator import LocalSession

    timers = LocalSession(stack.emulator).client("events")
    for rule in timers.list_rules()["Rules"]:
        timers.disable_rule(Name=rule["Name"])
    functions = LocalSession(stack.emulator).client("lambda")
    for mapping in functions.list_event_source_mappings()["EventSourceMappings"]:
        functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)


def _say(words: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
