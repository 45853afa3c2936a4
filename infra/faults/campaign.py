"""Orders to die, given to the functions of a running stack, and what became of them.

The stack is one of a test: its functions are told to load `loaded/` by their environment, which is changed after the
deployment and by nothing the product ships. Points are learned by being passed; the least visited are ordered first.
"""

import io
import random
import threading
import time
import urllib.request
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from infra.faults import loaded
from infra.local.emulator import LocalSession
from infra.local.place import Place

FUNCTIONS = {
    "APIHandler": "APIHandlerName",
    "SweepDeadlines": "SweepDeadlines",
    "Relay": "Relay",
    "Notices": "Notices",
    "Statistics": "Statistics",
    "Receipts": "Receipts",
    "Sealed": "Sealed",
    "Reconcile": "Reconcile",
    "PublishRoots": "PublishRoots",
}
"""Logical name -> the stack's output that names the function."""
QUEUES = ("NoticesQueue", "StatisticsQueue", "ReceiptsQueue")
AGAIN_S = 20
"""A message whose function died comes again after this; deployed are six minutes, for which no test waits."""
GIVE_UP_S = 25.0
"""An order that nobody came by in this time is taken back."""
LATELY_S = 60.0
"""A sweep that dies early passes its later points seldom: they must not be forgotten meanwhile."""
MOST_NTH = 2
TIMED = ("SweepDeadlines", "Reconcile", "PublishRoots")
"""Called by a timer, one at a time: what comes by a point only once a minute dies there at once."""
LOOK_S = 0.1


class Campaign:
    """One folder of orders for one stack."""

    def __init__(self, stack: Place, folder: Path, seed: int) -> None:
        self.stack, self.folder = stack, folder
        self._chance = random.Random(seed)
        self._session = LocalSession(stack.emulator)
        for name in ("armed", "fired", "seen"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        self._unpack()

    def _unpack(self) -> None:
        """The deployed package, unpacked once for all the processes that are going to die."""
        function = self.stack.outputs[FUNCTIONS["Relay"]]
        where = self._session.client("lambda").get_function(FunctionName=function)["Code"]["Location"]
        archive, folder = self.folder / "code.zip", self.folder / "code"
        with urllib.request.urlopen(where) as answer:
            archive.write_bytes(answer.read())
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(folder)
        # The emulator would unpack the archive for each process again, and hold up everybody meanwhile.
        empty = io.BytesIO()
        with zipfile.ZipFile(empty, "w") as packed:
            packed.writestr("unpacked-elsewhere", "")
        for output in FUNCTIONS.values():
            name = self.stack.outputs[output]
            self._session.client("lambda").update_function_code(FunctionName=name, ZipFile=empty.getvalue())

    def put_in(self, clock_offset: str) -> None:
        """Let every function load the faults, at this offset of its clock. Whatever runs is stopped: call at rest."""
        functions = self._session.client("lambda")
        for output in FUNCTIONS.values():
            name = self.stack.outputs[output]
            variables = functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
            variables |= {
                "CLOCK_OFFSET": clock_offset,
                "PYTHONPATH": str(Path(loaded.__file__).parent),
                "FAULTS_AT": str(self.folder),
                "FAULTS_UNPACKED": str(self.folder / "code"),
            }
            functions.update_function_configuration(FunctionName=name, Environment={"Variables": variables})

    def hurry_queues(self) -> None:
        """Let what a dead consumer had taken come again soon."""
        queues = self._session.client("sqs")
        for output in QUEUES:
            attributes = {"VisibilityTimeout": str(AGAIN_S)}
            queues.set_queue_attributes(QueueUrl=self.stack.outputs[output], Attributes=attributes)

    def waiting(self, *outputs: str) -> int:
        """How many messages these queues hold, seen or not."""
        queues, found = self._session.client("sqs"), 0
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        for output in outputs:
            url = self.stack.outputs[output]
            found += sum(int(each) for each in self._counted(queues, url, names))
        return found

    @staticmethod
    def _counted(queues: Any, url: str, names: list[str]) -> Iterator[str]:
        yield from queues.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"].values()

    def redrive(self, dead: str, alive: str) -> int:
        """What an operator does on the alarm of a dead-letter queue: look, and put back what is in it."""
        queues, moved = self._session.client("sqs"), 0
        source, target = self.stack.outputs[dead], self.stack.outputs[alive]
        while found := queues.receive_message(QueueUrl=source, MaxNumberOfMessages=10).get("Messages"):
            for message in found:
                queues.send_message(QueueUrl=target, MessageBody=message["Body"])
                queues.delete_message(QueueUrl=source, ReceiptHandle=message["ReceiptHandle"])
                moved += 1
        return moved

    def fired(self) -> Counter[str]:
        """How often each point was died at."""
        return Counter("|".join(each.name.split("|")[:3]) for each in (self.folder / "fired").iterdir())

    def seen(self) -> list[str]:
        """Every point that any process has passed."""
        return sorted(each.name for each in (self.folder / "seen").iterdir())

    def kill_until(self, kills: int, stop: threading.Event) -> None:
        """Keep an order standing for each function until so many died in all and some of each, or `stop` is set."""
        standing: dict[str, tuple[Path, float]] = {}
        while not stop.is_set() and not self._has_killed(kills):
            for function in FUNCTIONS:
                armed, since = standing.get(function, (None, 0.0))
                if armed is not None and armed.exists() and time.monotonic() - since < GIVE_UP_S:
                    continue
                if armed is not None:
                    armed.unlink(missing_ok=True)
                if (label := self._least_visited(function)) is not None:
                    standing[function] = (self._arm(label), time.monotonic())
            time.sleep(LOOK_S)
        self.disarm()

    def _has_killed(self, kills: int) -> bool:
        fired = self.fired()
        return fired.total() >= kills and {point.split("|")[0] for point in fired} >= FUNCTIONS.keys()

    def disarm(self) -> None:
        """No order stands any more."""
        for armed in (self.folder / "armed").iterdir():
            armed.unlink(missing_ok=True)

    def _least_visited(self, function: str) -> str | None:
        fired, since = self.fired(), time.time() - LATELY_S
        known = [each for each in (self.folder / "seen").iterdir() if each.name.startswith(f"{function}|")]
        # An order at a point that nobody comes by at this time would only hold up the others of its function.
        lately = [each.name for each in known if each.stat().st_mtime > since] or [each.name for each in known]
        if not lately:
            return None
        least = min(fired[label] for label in lately)
        return self._chance.choice(sorted(label for label in lately if fired[label] <= least + 1))

    def _arm(self, label: str) -> Path:
        fresh, armed = self.folder / "fresh", self.folder / "armed" / label
        nth = 1 if label.split("|")[0] in TIMED else self._chance.randint(1, MOST_NTH)
        fresh.write_text(f"kill {nth}")
        fresh.rename(armed)
        return armed
