"""Repeated commands, lost answers and conflicts, through the product's store on a server that speaks DynamoDB.

`make soak-store` starts the emulator with the two tables alone and drives the store from a process beside it.
Three parts: every command in three copies at once; every command once, each kind of fault on its way with its own
probability; and a storm, in which every try meets a fault with the same probabilities and the caller, told to come
again, comes again with the same key. What was done is then counted in the tables. Tries are counted on the wire.
"""

import argparse
import json
import random
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from infra.faults.loaded import wire
from infra.faults.loaded.wire import CONFLICT, FAILED_APPLIED, LOST, Call, Send
from infra.reliability.measured import keep

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "benchmarks" / "soak_store.json"
TITLE = "Repeated commands, lost answers and conflicts through the store: one effect each, and the same answer"
ASKED = (
    "10,000 commands x 3 concurrent copies through the store: 10,000 effects, equal answers; 5,000 commands with lost "
    "answers and conflicts: 0 double, 0 false failure, at most 4 attempts each"
)
COPIES, GROUPS_AT_ONCE = 3, 4
ODDS = {LOST: 0.2, CONFLICT: 0.2, FAILED_APPLIED: 0.1}
MOST_TRIES = 4
TRIES_OF_A_NUMBER, PATIENCE_S = 4, 60
COMES_AGAIN = 40  # each time fails by chance alone one time in sixteen


@dataclass
class Wire(threading.local):
    """What the requests of this thread meet, and how many transactions it sent."""

    script: list[str] = field(default_factory=list)
    chance: random.Random | None = None
    sent: int = 0
    met: list[str] = field(default_factory=list)

    def around(self, call: Call, request: Any, send: Send) -> Any:
        """Only what is written meets faults: the reads after it must tell what became of it."""
        if call.operation != "TransactWriteItems":
            return send(request)
        self.sent += 1
        kind = self.script.pop(0) if self.script else self._drawn()
        if not kind:
            return send(request)
        self.met.append(kind)
        return wire.meet(kind, call, request, send)

    def _drawn(self) -> str:
        if self.chance is None:
            return ""
        drawn = self.chance.random()
        for kind, odds in ODDS.items():
            if drawn < odds:
                return kind
            drawn -= odds
        return ""


WIRE = Wire()


def main() -> None:
    """Drive from inside, or start the server and call oneself inside."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--commands", type=int, default=10_000, help="in three copies each (default: 10000)")
    parser.add_argument("--faulty", type=int, default=5_000, help="with faults on their way (default: 5000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=RESULT)
    parser.add_argument("--inside", action="store_true", help="the environment has the tables")
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(drive(options.commands, options.faulty, options.seed)))
        return
    found = soak(options.commands, options.faulty, options.seed)
    keep(options.out, found)
    print(json.dumps(found, indent=1))
    if not found["held"]:
        raise SystemExit("the store did a command twice, not at all, or told something else than it did")


def soak(commands: int, faulty: int, seed: int) -> dict[str, Any]:
    """Run over a server of its own and judge the figures."""
    from infra.faults.tables import tables

    began = time.monotonic()
    with tempfile.TemporaryDirectory() as state, tables(Path(state)) as environment:
        asked = ["--inside", "--commands", str(commands), "--faulty", str(faulty), "--seed", str(seed)]
        command = [sys.executable, "-m", "benchmarks.soak_store", *asked]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {
        "title": TITLE,
        "asked": ASKED,
        "command": f"make soak-store COMMANDS={commands} FAULTY={faulty} SEED={seed}",
        "seconds": round(time.monotonic() - began, 1),
        "figures": figures,
        "held": held(figures),
    }


def held(figures: dict[str, Any]) -> bool:
    """True when each command had one effect, each copy the same answer, and no request more than four tries."""
    return bool(
        figures["effects"] == figures["commands"]
        and figures["equal_answers"] == figures["commands"] * COPIES
        and figures["effects_with_faults"] == figures["commands_with_faults"]
        and figures["effects_in_the_storm"] == figures["commands_in_the_storm"]
        and not any(value for name, value in figures.items() if name.startswith(("double", "false_failures")))
        and max(value for name, value in figures.items() if name.startswith("most_tries")) <= MOST_TRIES
        and figures["faults"] > 0
    )


def drive(commands: int, faulty: int, seed: int) -> dict[str, Any]:
    """The three parts, one after the other, each with filings and steps half and half."""
    from chalicelib.store import dynamo

    # A machine that is busy with other things is none of the faults that are counted here.
    dynamo.Row.Meta.connect_timeout_seconds = dynamo.Row.Meta.read_timeout_seconds = PATIENCE_S
    remove = wire.install(WIRE.around)
    try:
        return {
            "seed": seed,
            **_in_copies(commands),
            **_with_faults(faulty, seed),
            **_in_the_storm(faulty, seed),
        }
    finally:
        remove()


def _in_copies(commands: int) -> dict[str, Any]:
    pairs = list(_pairs("copies", commands))
    equal, most, began = 0, 0, time.monotonic()
    with ThreadPoolExecutor(GROUPS_AT_ONCE) as groups, ThreadPoolExecutor(GROUPS_AT_ONCE * COPIES) as pool:

        def together(pair: "Pair") -> list[tuple[str, int]]:
            told = []
            for ask in (pair.file, pair.forward):
                ready = threading.Barrier(COPIES)
                copies = [pool.submit(_asked, ask, ready) for _ in range(COPIES)]
                answers = [copy.result() for copy in copies]
                told.append((answers[0][0], max(tries for _, tries in answers), [each[0] for each in answers]))
                pair.number = answers[0][0] if ask == pair.file else pair.number
            return told

        for told in groups.map(together, pairs):
            for first, tries, answers in told:
                equal += answers.count(first)
                most = max(most, tries)
    seconds = round(time.monotonic() - began, 1)
    effects, double = _counted(pairs)
    return {
        "seconds_of_copies": seconds,
        "commands": commands,
        "copies": commands * COPIES,
        "effects": effects,
        "double": double,
        "equal_answers": equal,
        "most_tries_of_a_copy": most,
    }


def _with_faults(commands: int, seed: int) -> dict[str, Any]:
    """Each kind of fault meets each command once at most, with its own probability and in any order."""
    pairs = list(_pairs("faults", commands))
    failures: list[str] = []
    tries: list[int] = []
    met: Counter[str] = Counter()

    def one(pair: "Pair") -> None:
        chance = random.Random(f"{seed}|{pair.key}")
        for ask in (pair.file, pair.forward):
            script = [kind for kind, odds in ODDS.items() if chance.random() < odds]
            chance.shuffle(script)
            WIRE.script, WIRE.sent, WIRE.met = script, 0, []
            try:
                answer = ask()
                pair.number = pair.number or answer
            except Exception as error:
                failures.append(type(error).__name__)
            tries.append(WIRE.sent)
            met.update(WIRE.met)

    with ThreadPoolExecutor(GROUPS_AT_ONCE) as pool:
        list(pool.map(one, pairs))
    effects, double = _counted(pairs)
    return {
        "commands_with_faults": commands,
        "effects_with_faults": effects,
        "double_with_faults": double,
        "false_failures": len(failures),
        "faults": met.total(),
        **{f"faults_{kind}": met[kind] for kind in ODDS},
        "most_tries_with_faults": max(tries),
    }


def _in_the_storm(commands: int, seed: int) -> dict[str, Any]:
    """Every try meets a fault with even chances; who is told that it is busy asks again, as the interface says."""
    from chalicelib.store.table import Busy

    pairs = list(_pairs("storm", commands))
    failures: list[str] = []
    tries: list[int] = []
    busy: list[int] = []

    def one(pair: "Pair") -> None:
        for ask in (pair.file, pair.forward):
            for again in range(COMES_AGAIN):
                WIRE.script, WIRE.sent, WIRE.met = [], 0, []
                WIRE.chance = random.Random(f"{seed}|storm|{pair.key}|{again}|{ask.__name__}")
                try:
                    answer = ask()
                except Busy:
                    busy.append(1)
                    continue
                except Exception as error:
                    failures.append(type(error).__name__)
                    break
                finally:
                    WIRE.chance = None
                    tries.append(WIRE.sent)
                pair.number = pair.number or answer
                break

    with ThreadPoolExecutor(GROUPS_AT_ONCE) as pool:
        list(pool.map(one, pairs))
    effects, double = _counted(pairs)
    return {
        "commands_in_the_storm": commands,
        "effects_in_the_storm": effects,
        "double_in_the_storm": double,
        "false_failures_in_the_storm": len(failures),
        "told_to_come_again": len(busy),
        "most_tries_in_the_storm": max(tries),
    }


@dataclass
class Pair:
    """Two commands of one matter: it is filed, and it is forwarded. Every copy has the same keys."""

    key: str
    number: str = ""

    def file(self) -> str:
        """The number, drawn as the interface draws it."""
        from chalicelib.domain import intake, numbers, receiving
        from chalicelib.domain.case import PETITIONER, Actor
        from chalicelib.domain.intake import Contact, Filing
        from chalicelib.store import offices
        from chalicelib.store.cases import Command, NumberTaken
        from chalicelib.store.tenant import cases, rules

        at, tree = _moment(), offices.tree()
        filing = Filing(intake.GRIEVANCE, intake.WEB, at.date(), "楼道漏水", "三楼以上楼道漏水两个月。")
        contact, command = Contact("王某", "13800138000"), Command.of("soak", f"{self.key}|file", self.key)
        by = Actor(PETITIONER)
        for _ in range(TRIES_OF_A_NUMBER):
            number = numbers.case_number(at.year, secrets.randbelow)
            change = receiving.register(number, filing, contact, tree.offices["bureau"], by=by, at=at, rules=rules())
            try:
                return cases().file(change, contact, command, at=at, tree=tree, rules=rules())
            except NumberTaken:
                continue
        raise NumberTaken

    def forward(self) -> str:
        """The version and the head of the case, which no other history of it has."""
        from chalicelib.domain import receiving
        from chalicelib.domain.case import BUREAU, Actor
        from chalicelib.store import offices
        from chalicelib.store.cases import Command
        from chalicelib.store.tenant import cases, rules

        at, tree, held = _moment(), offices.tree(), cases().load(self.number)
        command = Command.of("soak", f"{self.key}|forward", self.key)
        if not cases().begin(held, 1, command):
            return f"{held.case.version} {held.case.head.hex()}"
        by = Actor(BUREAU, "bureau", "bureau1")
        change = receiving.forward(held.case, "housing", tree=tree, by=by, on=at.date(), rules=rules())
        after = cases().commit(held, change, command, at=at, tree=tree, rules=rules())
        return f"{after.version} {after.head.hex()}"


def _pairs(part: str, commands: int) -> Iterator[Pair]:
    return (Pair(f"{part}-{number}") for number in range(commands // 2))


def _asked(ask: Callable[[], str], ready: threading.Barrier) -> tuple[str, int]:
    WIRE.script, WIRE.sent, WIRE.met = [], 0, []
    ready.wait(60)
    return ask(), WIRE.sent


def _counted(pairs: list[Pair]) -> tuple[int, int]:
    """How many effects the tables show, and how many are there twice: by the digest of the command in each EVENT."""
    from chalicelib.store import keys
    from chalicelib.store.cases import Command
    from chalicelib.store.tenant import cases

    table, effects, double = cases().table, 0, 0
    for pair in pairs:
        events = table.query(keys.case(pair.number), prefix=keys.EVENTS).items
        for step in ("file", "forward"):
            times = sum(event["command"] == Command.of("soak", f"{pair.key}|{step}", "").key for event in events)
            effects += times > 0
            double += times > 1
    return effects, double + _more_cases_than(pairs)


def _more_cases_than(pairs: list[Pair]) -> int:
    """A filing that was done under two numbers stands in its person's list twice."""
    from chalicelib.store.tenant import cases

    listed = cases().table.count("lists", cases().person("phone", "13800138000"))
    _SEEN.update(pair.number for pair in pairs)
    return abs(listed - len(_SEEN))


_SEEN: set[str] = set()


def _moment() -> Any:
    from chalicelib import clock

    return clock.now()


if __name__ == "__main__":
    main()
