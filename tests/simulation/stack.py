"""The deployed stack minute by minute: our real triggers over moto, and around them what AWS does and measures.

Real: sweep, reconciler, relay, consumers, limiter, and every metric that they print. Modelled: the timer, the stream's
mapping, topic and queues with their dead-letter queues, and the metrics that AWS itself sends (AWS/SQS, AWS/Lambda,
AWS/SNS, AWS/ApiGateway).
"""

import contextlib
import io
import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from chalice.app import SQSEvent

from chalicelib import clock
from chalicelib.domain import receiving
from chalicelib.domain.case import PETITIONER, Actor
from chalicelib.domain.intake import GRIEVANCE, WEB, Contact, Filing
from chalicelib.domain.numbers import case_number
from chalicelib.store import keys, offices
from chalicelib.store.cases import Command
from chalicelib.store.tenant import cases, rules, table
from chalicelib.triggers import deadlines, notices, receipts, reconciler, relay, roots, statistics
from infra.alarms.evaluator import STACK, Alarms, Metrics

CONSUMERS: dict[str, Callable[[Any], Any]] = {
    "Notices": notices.notify,
    "Statistics": statistics.count,
    "Receipts": receipts.sign,
}
EVERY_FIVE: dict[str, Callable[[Any], Any]] = {
    "SweepDeadlines": deadlines.sweep,
    "Reconcile": reconciler.reconcile,
}
NIGHTLY: Callable[[Any], Any] = roots.publish
HIDDEN_S, MOST_RECEIVES = 360, 5
"""As in the template: visibility time-out and redrive."""


@dataclass
class Message:
    """One message in a queue."""

    body: str
    since: float
    hidden_until: float = 0
    receives: int = 0


@dataclass
class Stack:
    """One stage of it. `off` names the functions and mappings that do not run."""

    at: datetime
    set_clock: Callable[[datetime], None]
    off: set[str] = field(default_factory=set)
    queues: dict[str, list[Message]] = field(default_factory=lambda: {name: [] for name in CONSUMERS})
    dead: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*CONSUMERS, "Relay", "Sweep", "Delivery"), 0))
    stream: list[dict[str, Any]] = field(default_factory=list)
    metrics: Metrics = field(default_factory=Metrics)
    sms_arrive: bool = True
    api_calls: list[Callable[[], Any]] = field(default_factory=list)
    """What people do in the coming minute."""
    filed: int = 0

    def __post_init__(self) -> None:
        self.alarms = Alarms("test", self.seconds)

    @property
    def seconds(self) -> float:
        """The moment as CloudWatch counts it."""
        return self.at.timestamp()

    def minutes(self, count: int) -> Iterator[set[str]]:
        """So many minutes, one by one, and what rings at the end of each."""
        for _ in range(count):
            self.set_clock(self.at)
            for call in self.api_calls:
                self.run("APIHandler", call)
            self.api_calls.clear()
            self._flow()
            if self.at.minute % 5 == 0:
                for name, timed in EVERY_FIVE.items():
                    if name not in self.off:
                        self.run(name, lambda timed=timed: timed(None))
            self._measure()
            self.at += timedelta(minutes=1)
            yield self.alarms.ringing(self.metrics, self.seconds)

    def run(self, function: str, work: Callable[[], Any]) -> Any:
        """Invoke a function: what it prints is its log, and what it raises is an error of it."""
        log, answer, failed = io.StringIO(), None, 0
        with contextlib.redirect_stdout(log):
            try:
                answer = work()
            except Exception:
                failed = 1
        self.metrics.read_embedded(log.getvalue().splitlines(), self.seconds)
        if function == "APIHandler":
            self.metrics.add("AWS/ApiGateway", "5XXError", failed, self.seconds, ApiName=STACK, Stage="api")
        else:
            self.metrics.add("AWS/Lambda", "Errors", failed, self.seconds, FunctionName=function)
        return answer

    def file(self) -> str:
        """Somebody files a petition; its events go into the stream."""
        self.filed += 1
        at, tree = clock.now(), offices.tree()
        case_id = case_number(at.year, lambda below: (700_000_000 + self.filed) % below)
        filing = Filing(GRIEVANCE, WEB, at.date(), "楼道漏水", "三楼以上楼道漏水两个月。")
        contact = Contact(name="王某", phone="13900001111", address="青山县东街1号")
        change = receiving.register(
            case_id, filing, contact, tree.offices["bureau"], by=Actor(PETITIONER), at=at, rules=rules()
        )
        command = Command.of("petitioner", case_id, {})
        cases().file(change, contact, command, at=at, tree=tree, rules=rules())
        self.stream += [_record("INSERT", row) for row in table().query(keys.case(case_id), prefix=keys.EVENTS).items]
        return case_id

    def _flow(self) -> None:
        """Stream, topic, queues: what a minute brings to their ends."""
        if "Relay" not in self.off and self.stream:
            records, self.stream = self.stream, []
            self.run("Relay", lambda: relay.publish_all(records, self._publish))
            self.metrics.add("AWS/Lambda", "IteratorAge", 200, self.seconds, FunctionName="Relay")
        for name, consume in CONSUMERS.items():
            if name not in self.off:
                self._consume(name, consume)

    def _publish(self, event: relay.CloudEvent) -> None:
        for queue in self.queues.values():
            queue.append(Message(event.body(), self.seconds))

    def _consume(self, name: str, consume: Callable[[Any], Any]) -> None:
        due = [each for each in self.queues[name] if each.hidden_until <= self.seconds]
        if not due:
            return
        records = [{"messageId": str(place), "body": each.body} for place, each in enumerate(due)]
        answer = self.run(name, lambda: consume(SQSEvent({"Records": records}, None)))
        failed = (
            {int(each["itemIdentifier"]) for each in answer["batchItemFailures"]} if answer else set(range(len(due)))
        )
        for place, message in enumerate(due):
            message.receives += 1
            message.hidden_until = self.seconds + HIDDEN_S
            if place not in failed:
                self.queues[name].remove(message)
            elif message.receives >= MOST_RECEIVES:
                self.queues[name].remove(message)
                self.dead[name] += 1

    def _measure(self) -> None:
        """What AWS sends by itself every minute."""
        for name, queue in self.queues.items():
            oldest = max((self.seconds - each.since for each in queue), default=0)
            self.metrics.add("AWS/SQS", "ApproximateAgeOfOldestMessage", oldest, self.seconds, QueueName=f"{name}Queue")
        for name, count in self.dead.items():
            self.metrics.add(
                "AWS/SQS", "ApproximateNumberOfMessagesVisible", count, self.seconds, QueueName=f"{name}Dlq"
            )
        self.metrics.add(
            "AWS/SNS", "SMSSuccessRate", float(self.sms_arrive), self.seconds, SMSType="Transactional", Country="CN"
        )


def record_of(case_id: str, seq: int, *, change: str = "INSERT", body: bytes | None = None) -> dict[str, Any]:
    """What the stream says of one event; `body` for one that was changed."""
    row = table().get(keys.case(case_id), keys.event(seq))
    assert row is not None
    return _record(change, row if body is None else row | {"body": body})


def _record(change: str, row: dict[str, Any]) -> dict[str, Any]:
    image = {"body": {"B": b64encode(row["body"]).decode()}}
    where = {"pk": {"S": row["pk"]}, "sk": {"S": row["sk"]}}
    return {"eventName": change, "dynamodb": {"Keys": where, "NewImage": image, "SequenceNumber": "1"}}


def told(text: str) -> str:
    """A message on a queue that is none of ours."""
    return json.dumps({"text": text})
