"""One world: a county over a table in memory, a bus, a provider and a clock, all of which fail; and who acts in it.

What runs in it is the product: `Cases`, `Sweeper`, `publish_all`, `deliver`, `send_due`. The clock jumps from one
moment at which something happens to the next; sweeps in between would find nothing and are not run.
"""

import heapq
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

from chalicelib.clock import CHINA
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.procedure import Rules
from chalicelib.store import items, keys
from chalicelib.store.sealing import Keys
from chalicelib.store.table import Busy, Denied, Item
from chalicelib.triggers import batches, notices
from chalicelib.triggers.notices import Post
from infra.torture.alarms import SweepAlarms
from infra.torture.bus import Queue, Stream, Topic
from infra.torture.checks import Checks
from infra.torture.faults import Faults, Killed
from infra.torture.outages import Outages
from infra.torture.provider import Provider
from infra.torture.sweeping import Sweeping
from infra.torture.table import FaultyTable, Watched
from infra.torture.watched import Found, Known, Reckoned, WatchedCases, WatchedReports, open_key
from infra.traces.world import RULES, TREE

START = datetime(2025, 1, 6, 9, 0, tzinfo=CHINA)
SKEW_S = 300
LIMITS_S = {"api": 29, "consumer": 60, "relay": 60, "sweep": 290}
"""How long a function may run (`.chalice/config.json`)."""
VACANT, WITHOUT_PHONE = ("water",), ("health",)
LONGEST, QUIET = timedelta(days=400), timedelta(days=64)
"""A world ends at rest, or so long after anybody last did anything; one that goes on for longer is ill. In 64 days a
period of 60 runs out and is told up the ladder, and whoever was late before is told once a week at last."""


class World(Sweeping):
    """A county for one batch of cases."""

    start, longest = START, LONGEST

    def __init__(self, seed: str, rate: float = 1.0) -> None:
        self.found = Found(seed)
        self.faults = Faults(seed, rate)
        self.chance = self.faults.chance
        self.now, self.skew = self.start, timedelta()
        self.agenda: list[tuple[datetime, int, Callable[[], None]]] = []
        self.tie = 0
        self.stack: list[list[Any]] = []
        self.memory = Watched()
        self.memory.now = lambda: self.now
        self.table = FaultyTable(self.memory, self.faults, self.interleave, self.slow)
        self.rules: Rules = RULES
        self.tree: OfficeTree = TREE
        self.off = Outages(self.faults, self.start)
        self.keys = Keys(self.unwrap, lambda: self.now.timestamp())
        self.cases = self.new_cases()
        self.reports = WatchedReports(self.table, self.keys)
        self.reckoned: dict[bytes, Reckoned] = {}
        self.cases.reckoned = self.reports.reckoned = self.reckoned
        self.known = Known(troubled=self.table.troubled)
        self.provider = Provider(
            self.faults,
            lambda: self.off.provider.holds(self.now),
            lambda: self.now,
            can_be_asked=self.chance.random() < 0.7,
        )
        self.post = Post(
            cases=self.cases,
            sender=self.provider,
            mobile_of=self.mobile_of,
            holder_of=self.holder_of,
            tree=lambda: TREE,
            window=(time(8), time(20)),
            telephone="0736-6622345",
            now=self.clock,
            rules=lambda: self.rules,
        )
        self.queue = Queue(self.faults, lambda: self.now)
        self.topic = Topic(self.faults, self.queue)
        self.stream = Stream(self.faults, self.topic, lambda: self.now)
        self.alarms = SweepAlarms(self.start, self.off.sweep)
        self.next_sweep: datetime | None = None
        self.last_timer = self.last_act = self.start
        self.pumping = self.polling = None
        self.poisoned: set[str] = set()
        self.checks = Checks(self)
        pk, sk = keys.TREE
        self.memory.put({"pk": pk, "sk": sk, "kind": items.TREE, "version": TREE.version})
        self._poison()

    def new_cases(self) -> WatchedCases:
        """The store of this design."""
        return WatchedCases(self.table, self.keys)

    # -- time and processes ------------------------------------------------------------------------------------

    def clock(self) -> datetime:
        """What a process reads: it may be wrong by five minutes, and may jump."""
        if self.stack and self.stack[-1][3]:
            self.faults.note("clock_skew")
            self.stack[-1][3] = False
        if self.faults.hits("clock_jump", 0.003):
            self.skew = self._some_skew()
        return (self.now + self.skew).replace(microsecond=0)

    def at(self, when: datetime, what: Callable[[], None]) -> None:
        """Do this at that moment."""
        self.tie += 1
        heapq.heappush(self.agenda, (when, self.tie, what))

    def process(self, kind: str, work: Callable[[], Any], beside: Callable[[], Any] | None = None) -> Any:
        """Run one process; whatever it raises comes out, Killed too. `beside` is what may run in the midst of it."""
        before = self.skew
        is_skewed = self.chance.random() < 0.04 * self.faults.rate
        self.skew = self._some_skew() if is_skewed else timedelta()
        self.stack.append([kind, 0, beside, is_skewed])
        if kind == "api":
            self.last_act = self.now
        try:
            return work()
        finally:
            self.stack.pop()
            self.skew = before

    def slow(self, seconds: int) -> None:
        """A call takes long; the function may run out of its time."""
        self.now += timedelta(seconds=seconds)
        for running in self.stack:
            running[1] += seconds
        if self.stack and self.stack[-1][1] > LIMITS_S[self.stack[-1][0]]:
            raise Killed

    def interleave(self) -> None:
        """Between two calls of one process another one runs."""
        if len(self.stack) != 1 or self.stack[0][2] is None:
            return
        kind, _, beside, _ = self.stack[0]
        name = {"sweep": "sweep_overlapping", "consumer": "queue_visibility", "api": "client_stale"}[kind]
        if self.faults.hits(name, 0.012):
            self.stack[0][2] = None
            beside()

    def _some_skew(self) -> timedelta:
        return timedelta(seconds=self.chance.randint(-SKEW_S, SKEW_S))

    # -- what stands still -------------------------------------------------------------------------------------

    def _poison(self) -> None:
        """A row that nobody can read falls due; hours later somebody mends it."""
        while self.faults.hits("poison_row", 0.6):
            pk, day = keys.case(f"00000000000{len(self.poisoned)}"), self.chance.randrange(60)
            self.poisoned.add(pk)
            row = {"pk": pk, "sk": keys.CASE, "kind": items.CASE, "version": 1, "snapshot": b"?", "data_key": b"?"}
            wakes = keys.instant(self.start + timedelta(days=day))
            self.memory.put(row | {"shard": self.chance.choice(keys.SHARDS), "wake_at": wakes})
            self.at(self.start + timedelta(days=day, hours=3), lambda row=row: self.memory.put(row))

    def unwrap(self, kind: str) -> bytes:
        """The key service."""
        if self.off.keys.holds(self.now) or self.faults.hits("key_throttled", 0.004):
            self.faults.note("key_throttled")
            raise Busy("KMS throttled")
        if self.faults.hits("key_denied", 0.002):
            raise Denied("KMS denied")
        return open_key(kind)

    @staticmethod
    def open_key(kind: str) -> bytes:
        """For the checks, which ask no key service."""
        return open_key(kind)

    def mobile_of(self, org: str, role: str, _without: Any) -> str | None:
        """Telephones of offices; some have nobody, some no number."""
        if org in VACANT:
            return None
        return "" if org in WITHOUT_PHONE else f"1990098{sum(map(ord, org + role)) % 10000:04d}"

    def holder_of(self, org: str, roles: Sequence[str], without: Any) -> str | None:
        """Whoever holds the first of these posts: an office with anybody in it has them all."""
        return self.mobile_of(org, roles[0], without)

    # -- the machine -------------------------------------------------------------------------------------------

    def run(self) -> Found:
        """Until nobody acts any more and nothing is due."""
        while True:
            self._look_ahead()
            if not self.agenda:
                break
            when, _, what = heapq.heappop(self.agenda)
            self.now = max(self.now, when)
            if self.now - self.last_act > QUIET:
                break
            if self.now - self.start > self.longest:
                self.found.wrong.append("the world does not come to rest")
                break
            what()
            self._carry_on()
        self.checks.at_the_end()
        self.found.figures.update(
            stream_expired=self.stream.expired,
            stream_parked=self.stream.parked,
            topic_discarded=self.topic.discarded,
            queue_dead=self.queue.dead,
        )
        self.found.injected = self.faults.injected
        return self.found

    def _carry_on(self) -> None:
        """What was written goes into the stream and under the eyes of the checks."""
        for _, item, _ in self.memory.written:
            if item["kind"] == items.EVENT:
                self.goes_out(item)
        written, self.memory.written = self.memory.written, []
        changed, self.memory.changed = self.memory.changed, {}
        self.checks.look(written, changed)
        self.memory.tokens_forgotten()

    def goes_out(self, item: Item) -> None:
        """An EVENT was written: the table's stream has it."""
        self.stream.take(item)

    def _look_ahead(self) -> None:
        if self.stream.waiting and self.pumping is None:
            self._pump_at(self.now + timedelta(seconds=1))
        seen = self.queue.next_at()
        if seen is not None and (self.polling is None or seen < self.polling):
            self.polling = seen
            self.at(max(seen, self.now), self._poll)
        due = self.oldest_due()
        if due is not None:
            self._sweep_at(keys.moment(due))

    def _pump_at(self, when: datetime) -> None:
        self.pumping = self.off.stream.ends(when)
        if self.pumping > when:
            self.faults.note("stream_outage")
        self.at(self.pumping, self._pump)

    def _pump(self) -> None:
        self.pumping = None
        again = self.process("relay", self.stream.pump)
        if again is not None:
            self._pump_at(self.now + again)

    def _poll(self) -> None:
        self.polling = None
        taken = self.queue.take()
        if not taken:
            return
        records = [{"messageId": str(at), "body": body} for at, (_, body) in enumerate(taken)]
        event = SimpleNamespace(to_dict=lambda: {"Records": records})
        try:
            answer = self.process("consumer", lambda: self.consume(event), lambda: self._quietly(event))
        except Killed:
            answer = {"batchItemFailures": [{"itemIdentifier": each["messageId"]} for each in records]}
        for each in answer["batchItemFailures"]:
            self.queue.give_back(*taken[int(each["itemIdentifier"])])

    def consume(self, event: Any) -> Any:
        """As `notices.notify`, with this world's post."""
        return batches.each(event, lambda body: notices.deliver(self.post, *notices._named(body)), consumer="notices")

    def _quietly(self, event: Any) -> None:
        try:
            self.process("consumer", lambda: self.consume(event))
        except Killed:
            return
