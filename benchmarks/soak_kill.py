"""Processes of the functions killed at labelled points while people use the system over HTTP.

`make soak-kill` starts a stack of its own, lets its functions load `infra/faults/loaded` and gives orders to die before
or after a call on the wire; the killed process does nothing more, as one whose machine is gone. Meanwhile petitions
are filed, forwarded, accepted, answered and rated by the replay's clients, some are left lying, the clock goes on by
days, and the sweep is called again and again. When everything has come to rest without further kills, what clients
were told is compared with the tables, and what the carrier of text messages has with the proofs.
"""

import argparse
import contextlib
import itertools
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from botocore.exceptions import ReadTimeoutError

from infra.faults.audit import WRONG
from infra.faults.campaign import FUNCTIONS, QUEUES, TIMED, Campaign
from infra.local.place import Place
from infra.local.running import running
from infra.local.sweep import invoke, sweep
from infra.reliability.measured import keep
from infra.replay import records
from infra.replay.actors import BUREAU_CLERK, Petitioners, Staff, post_of
from infra.replay.client import Api, Refused, Unreachable
from infra.replay.journey import Road, Trace

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "benchmarks" / "soak_kill.json"
SAMPLES = ROOT / "infra" / "replay" / "samples.jsonl"
TITLE = "Function processes killed at labelled points under load: nothing acknowledged is lost, nothing is done twice"
ASKED = (
    "On the emulator under load: 1,000 SIGKILLs of function processes over at least 40 labelled points: 0 acknowledged "
    "cases lost, 0 doubled effects; every notice sent once or unknown with its task"
)
LEAST_POINTS = 40
UNITS = ("housing", "water")
WORKERS = 4
PEOPLE = 8
NEWCOMER_EVERY = 6
"""Somebody who was never here signs in first, while functions die."""
LEFT_LYING = ("", "file", "", "forward")
"""Where a journey ends; what is left lying is reminded of and lapses when the clock goes on."""
DAYS = (0, 11, 31)
"""Where the clock of a round stands: when reminders come and limits end."""
REST_H = 1
RESTS = 4
"""Leases end after minutes and doubts are settled after as many: the clock goes on so often before all is at rest."""
LONG_S = 600.0
NEVER_S = 3600


TIMER_S = 3
"""So soon the timer calls each of its functions again."""
REPORTS_AT_ONCE = 1
A_REPORT = {
    "channel": "letter",
    "title": "违规收费",
    "text": "窗口收费不给收据。",
    "accused": ["justice"],
}
AT_REST = (("NoticesDlq", "NoticesQueue"), ("StatisticsDlq", "StatisticsQueue"), ("ReceiptsDlq", "ReceiptsQueue"))


@dataclass
class Reported:
    """A report of misconduct, as far as its clerk was acknowledged."""

    number: str = ""
    done: list[str] = field(default_factory=list)
    trouble: str = ""


class Load:
    """People who use the system until they are told to stop. `told` is what they were acknowledged."""

    def __init__(self, stack: Place, run: str, workers: int) -> None:
        self.api = Api(stack.origin.rstrip("/"), workers)
        ahead_s = datetime.fromisoformat(self.api.get("/api/health")["time"]).timestamp() - time.time()
        staff = Staff(self.api, Path(tempfile.mkdtemp()), ahead_s)
        # Text messages are stamped by the emulator's own clock, which stays where it is.
        self.road = Road(self.api, Petitioners(self.api, 0.0), staff, run)
        self.told: list[Trace] = []
        self.reported: list[Reported] = []
        self._today = self.api.get("/api/health")["time"][:10]
        self._run, self._workers, self._made = run, workers, 0
        self._lock = threading.Lock()
        with SAMPLES.open(encoding="utf-8") as lines:
            self._samples, _ = records.read(lines)
        invented = records.people(self._samples, run)
        self._people = list(dict.fromkeys(invented[record.key] for record in self._samples))[:PEOPLE]

    def sign_in(self) -> None:
        """Everybody, before anything is killed."""
        users = [BUREAU_CLERK, *(post_of(unit, post) for unit in UNITS for post in ("clerk", "reader", "head"))]
        with self.road.staff.sign_in_all(users):
            pass
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(self.road.petitioners.token, [person.phone for person in self._people]))

    def go_on(self, stop: threading.Event) -> None:
        """File and handle one matter after the other, several at a time."""
        with ThreadPoolExecutor(self._workers + REPORTS_AT_ONCE) as pool:
            busy = [pool.submit(self._until, stop) for _ in range(self._workers)]
            busy += [pool.submit(self._report_on, stop) for _ in range(REPORTS_AT_ONCE)]
        for each in busy:
            each.result()  # whoever stopped before he was told to has found something

    def _until(self, stop: threading.Event) -> None:
        while not stop.is_set():
            trace, until = self._next()
            self.road.travel(trace, until, lambda: not stop.is_set())
            with self._lock:
                self.told.append(trace)

    def _report_on(self, stop: threading.Event) -> None:
        """Reports of misconduct that come by letter, written down and handed over by the second application."""
        for turn in itertools.count():
            if stop.is_set():
                return
            told = Reported()
            try:
                self._report(told, f"{self._run}|report|{turn}")
            except (Refused, Unreachable) as error:
                told.trouble = str(error)
            with self._lock:
                self.reported.append(told)

    def _report(self, told: "Reported", key: str) -> None:
        staff, received = self.road.staff, {"received_on": self._today}
        answer = staff.act(
            BUREAU_CLERK,
            lambda token: self.api.post("/api/reports/registrations", A_REPORT | received, key=key, token=token),
        )
        told.number = answer.body["case_number"]
        told.done.append("report")
        path = f"/api/sealed/reports/{told.number}"
        staff.act(BUREAU_CLERK, lambda token: self.api.get(path, token=token))
        to = {"to": "discipline", "authority": "county"}
        staff.act(
            BUREAU_CLERK,
            lambda token: self.api.post(f"{path}/transfer_report", to, key=f"{key}|to", token=token, version=1),
        )
        told.done.append("transfer_report")

    def _next(self) -> tuple[Trace, str]:
        with self._lock:
            number, self._made = self._made, self._made + 1
        sample = self._samples[number % len(self._samples)]
        record = replace(sample, key=f"{sample.key}-{number}")
        person = self._people[number % len(self._people)]
        if number % NEWCOMER_EVERY == 0:
            person = replace(person, phone=f"198{records.chance(f'{self._run}|{number}') % 10**8:08d}")
        return Trace(record, person, UNITS[number % len(UNITS)]), LEFT_LYING[number % len(LEFT_LYING)]


def main() -> None:
    """Kill, wait for rest, compare, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60, help="of killing at most (default: 60)")
    parser.add_argument("--out", type=Path, default=RESULT)
    options = parser.parse_args()
    found = soak(options.kills, options.seed, minutes=options.minutes)
    keep(options.out, found)
    print(json.dumps({name: value for name, value in found.items() if name != "kills_per_point"}, indent=1))
    if not found["held"]:
        raise SystemExit("something acknowledged was lost, something was done twice, or too few points were hit")
    if found["figures"]["kills"] < options.kills:
        raise SystemExit(f"only {found['figures']['kills']} of {options.kills} died in the time there was")


def soak(
    kills: int, seed: int, days: Sequence[int] = DAYS, workers: int = WORKERS, minutes: float = 60
) -> dict[str, Any]:
    """The whole campaign over a stack of its own. A round whose time is over ends; the figures say how many died."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as state, running(Path(state), snapshot_s=NEVER_S) as stack:
        campaign = Campaign(stack, Path(state) / "faults", seed)
        campaign.hurry_queues()
        told: list[Trace | Reported] = []
        for turn, day in enumerate(days, start=1):
            offset = f"{day * 24}h"
            campaign.put_in(offset)
            say(f"round {turn}, the clock {day} days ahead: {campaign.fired().total()} killed so far")
            told += _one_round(
                campaign, stack, f"kill-{seed}-{turn}", kills * turn // len(days), workers, minutes * 60 / len(days)
            )
        fired = campaign.fired()
        redriven = _come_to_rest(campaign, stack, days[-1] * 24)
        figures = _compared(stack, Path(state), told)
        seen = campaign.seen()
    figures = {
        "kills": fired.total(),
        "points": len(fired),
        "points_seen": len(seen),
        "functions_killed": len({point.split("|")[0] for point in fired}),
        "reports": sum(isinstance(each, Reported) and bool(each.number) for each in told),
        **figures,
        "put_back_from_dead_letter_queues": redriven,
    }
    return {
        "title": TITLE,
        "asked": ASKED,
        "command": f"make soak-kill KILLS={kills} SEED={seed} MINUTES={minutes:g}",
        "seconds": round(time.monotonic() - began, 1),
        "figures": figures,
        "held": held(figures),
        "kills_per_point": dict(sorted(fired.items())),
    }


def held(figures: dict[str, Any]) -> bool:
    """True when processes died over enough points, people were served meanwhile, and nothing is wrong."""
    return bool(
        figures["kills"] > 0
        and figures["points"] >= min(LEAST_POINTS, max(1, figures["kills"] // 4))
        and figures["acknowledged_cases"] > 0
        and figures["texts_carried"] > 0
        and figures["roots"] > 0
        and figures["reports"] > 0
        and figures["functions_killed"] == len(FUNCTIONS)
        and figures["journeys_given_up"] == 0
        and not any(figures[name] for name in WRONG)
    )


def _one_round(
    campaign: Campaign, stack: Place, run: str, kills: int, workers: int, most_s: float
) -> list[Trace | Reported]:
    """Load, sweeps and kills at once, until so many have died in all."""
    load, stop = Load(stack, run, workers), threading.Event()
    load.sign_in()
    limit = threading.Timer(most_s, stop.set)
    limit.start()
    with ThreadPoolExecutor(1 + len(TIMED)) as pool:
        at_work = [pool.submit(load.go_on, stop)]
        at_work += [pool.submit(_time_goes_on, stack, function, stop) for function in TIMED]
        try:
            campaign.kill_until(kills, stop)
        finally:
            limit.cancel()
            stop.set()
    for each in at_work:
        each.result()
    return [*load.told, *load.reported]


def _time_goes_on(stack: Place, function: str, stop: threading.Event) -> None:
    while not stop.wait(TIMER_S):
        with contextlib.suppress(SystemExit, ReadTimeoutError):  # it was killed, which is what is wanted
            invoke(stack, function)


def _come_to_rest(campaign: Campaign, stack: Place, hours: int) -> int:
    """No further kill: queues run empty, and the sweep goes on, an hour later each time, until nothing is due."""
    campaign.disarm()
    say(f"{campaign.fired().total()} killed; coming to rest")
    redriven = 0
    for turn in range(1, RESTS + 1):
        _wait_for_queues(campaign)
        campaign.put_in(f"{hours + turn * REST_H}h")
        for dead, alive in AT_REST:
            redriven += campaign.redrive(dead, alive)
        while sweep(stack)["acted"]:
            pass
    _wait_for_queues(campaign)
    return redriven


def _wait_for_queues(campaign: Campaign) -> None:
    end = time.monotonic() + LONG_S
    quiet = 0
    while quiet < 3:
        quiet = 0 if campaign.waiting(*QUEUES) else quiet + 1
        if time.monotonic() > end:
            raise RuntimeError("the queues do not run empty")
        time.sleep(1)


def say(words: str) -> None:
    """Tell the person at the terminal how far it is."""
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


def _compared(stack: Place, folder: Path, told: Sequence[Trace | Reported]) -> dict[str, Any]:
    ledger, messages = folder / "ledger.json", folder / "messages.json"
    acknowledged = [{"number": trace.number, "done": trace.done} for trace in told if trace.number]
    ledger.write_text(json.dumps(acknowledged))
    messages.write_text(json.dumps(Api(stack.origin.rstrip("/"), 1).get("/_local/sms")))
    command = [sys.executable, "-m", "infra.faults.audit", str(ledger), str(messages)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **stack.environment()}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    troubled = [trace.trouble for trace in told if trace.trouble]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {"journeys": len(told), "journeys_given_up": len(troubled), **found}


if __name__ == "__main__":
    main()
