"""Stream -> topic -> queue as AWS runs them: at least once, in no order, late, and sometimes not at all.

The stream keeps the order of one partition and its records for a day; a batch that fails comes again, halved, ten
times at most and six hours at most (`infra/resources.json`). The queue shows a message again after six minutes, five
times, then it waits in the dead-letter queue. Nothing here knows what a petition is.
"""

import heapq
import json
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from chalicelib.store import keys
from chalicelib.store.table import Item
from chalicelib.triggers.relay import CloudEvent, publish_all
from infra.torture.faults import Faults, Killed

BATCH, MOST_RETRIES = 25, 10
OLDEST, KEPT = timedelta(hours=6), timedelta(hours=24)
VISIBILITY, MOST_RECEIVES = timedelta(minutes=6), 5


def record(item: Item, sequence: int) -> dict[str, Any]:
    """An INSERT of the stream, as Lambda gets it."""
    image = {"pk": {"S": item["pk"]}, "sk": {"S": item["sk"]}, "body": {"B": item["body"]}}
    where = {"pk": {"S": item["pk"]}, "sk": {"S": item["sk"]}}
    return {
        "eventName": "INSERT",
        "dynamodb": {"Keys": where, "NewImage": image, "SequenceNumber": str(sequence)},
    }


def poisoned(sequence: int, at: int) -> dict[str, Any]:
    """Records that nobody could have written: another key, no body, a body that cannot be read."""
    where = {"pk": {"S": "CASE#000000000000"}, "sk": {"S": keys.event(1)}}
    shapes: tuple[Any, ...] = (
        {"eventName": "INSERT", "dynamodb": {"Keys": where, "NewImage": {"body": {"B": b"\x00"}}}},
        {"eventName": "INSERT", "dynamodb": {"Keys": where}},
        {"eventName": "INSERT"},
    )
    shape: dict[str, Any] = shapes[at % len(shapes)]
    return shape | {"dynamodb": shape.get("dynamodb", {}) | {"SequenceNumber": str(sequence)}}


def message(case_id: str, seq: int) -> str:
    """A message of the queue about one event."""
    return json.dumps({"data": {"case": case_id, "seq": seq}})


class Stream:
    """One shard of the table's stream and its event source mapping."""

    def __init__(self, faults: Faults, topic: "Topic", now: Callable[[], datetime]) -> None:
        self.faults, self.topic, self.now = faults, topic, now
        self.waiting: deque[tuple[datetime, dict[str, Any]]] = deque()
        self.sequence = self.retries = self.expired = self.parked = 0
        self.size = BATCH

    def take(self, item: Item) -> None:
        """An EVENT was written."""
        self.sequence += 1
        if self.faults.hits("poison_record", 0.02):
            self.waiting.append((self.now(), poisoned(self.sequence, self.sequence)))
            self.sequence += 1
        self.waiting.append((self.now(), record(item, self.sequence)))

    def pump(self) -> timedelta | None:
        """One invocation of the relay; how long until the next one, None when nothing waits."""
        self._let_go()
        if not self.waiting:
            return None
        batch = [each for _, each in list(self.waiting)[: self.size]]
        try:
            answer = publish_all(batch, self.topic.publish)
        except (Exception, Killed):
            return self._failed(len(batch))
        again = {each["itemIdentifier"] for each in answer["batchItemFailures"]}
        done = next((at for at, each in enumerate(batch) if _sequence(each) in again), len(batch))
        if done == len(batch) and self.faults.hits("stream_duplicate", 0.03):
            return timedelta(seconds=1)  # the checkpoint was lost: the whole batch comes again
        for _ in range(done):
            self.waiting.popleft()
        self.retries, self.size = 0, BATCH
        return timedelta(seconds=1) if self.waiting else None

    def _failed(self, tried: int) -> timedelta:
        self.retries += 1
        self.size = max(1, tried // 2)
        if self.retries > MOST_RETRIES:
            for _ in range(min(tried, len(self.waiting))):
                self.waiting.popleft()
                self.parked += 1
            self.retries, self.size = 0, BATCH
        return timedelta(seconds=2 ** min(self.retries, 6))

    def _let_go(self) -> None:
        """What is older than the mapping allows goes to the dead-letter queue; what the stream forgot is gone."""
        while self.waiting and self.now() - self.waiting[0][0] > OLDEST:
            since, _ = self.waiting.popleft()
            if self.now() - since > KEPT:
                self.expired += 1
            else:
                self.parked += 1


class Topic:
    """The topic, and its subscription of the notices' queue."""

    def __init__(self, faults: Faults, queue: "Queue") -> None:
        self.faults, self.queue = faults, queue
        self.bodies: list[str] = []
        self.discarded = 0

    def publish(self, event: CloudEvent) -> None:
        """As `relay.publish`. Raises whatever SNS says."""
        self.faults.die()
        if self.faults.hits("topic_error", 0.03):
            raise RuntimeError("ServiceUnavailable")
        body = event.body()
        self.bodies.append(body)
        if self.faults.hits("topic_discards", 0.01):
            self.discarded += 1
        else:
            self.queue.put(body)
        self.faults.die()


class Queue:
    """A standard queue: `(visible from, tie, receives, body)`."""

    def __init__(self, faults: Faults, now: Callable[[], datetime]) -> None:
        self.faults, self.now = faults, now
        self.messages: list[tuple[datetime, int, int, str]] = []
        self.dead = self.tie = 0

    def put(self, body: str) -> None:
        """A message arrives, perhaps twice, perhaps late."""
        self._push(self._delayed(), 0, body)
        if self.faults.hits("queue_duplicate", 0.05):
            self._push(self._delayed(), 0, body)
        if self.faults.hits("poison_message", 0.01):
            self._push(self.now(), 0, '{"data": {}}')

    def take(self, most: int = 10) -> list[tuple[int, str]]:
        """What can be seen now: receives so far, and body; in no order."""
        found = []
        while self.messages and self.messages[0][0] <= self.now() and len(found) < most:
            _, _, receives, body = heapq.heappop(self.messages)
            found.append((receives, body))
        if len(found) > 1 and self.faults.chance.random() < 0.5 * self.faults.rate:
            came = list(found)
            self.faults.chance.shuffle(found)
            if found != came:
                self.faults.note("queue_reorder")
        return found

    def give_back(self, receives: int, body: str) -> None:
        """It was not handled: it can be seen again after its visibility, or waits among the dead."""
        if receives + 1 >= MOST_RECEIVES:
            self.dead += 1
        else:
            self._push(self.now() + VISIBILITY, receives + 1, body)

    def next_at(self) -> datetime | None:
        """When the next message can be seen."""
        return self.messages[0][0] if self.messages else None

    def _delayed(self) -> datetime:
        if self.faults.hits("queue_delay", 0.04):
            return self.now() + timedelta(seconds=self.faults.chance.choice((90, 600, 3600, 6 * 3600)))
        return self.now()

    def _push(self, at: datetime, receives: int, body: str) -> None:
        self.tie += 1
        heapq.heappush(self.messages, (at, self.tie, receives, body))


def _sequence(each: dict[str, Any]) -> str:
    return str(each["dynamodb"]["SequenceNumber"])
