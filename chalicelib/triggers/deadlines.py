"""The sweep: whatever has a moment that has come is looked at again, the oldest first. It remembers nothing.

What is due is what the index says is due; a sweep that runs twice, late or after a gap changes nothing but
lateness, and lateness is recorded. One that fails is parked and the rest goes on.
"""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from chalicelib import clock
from chalicelib.domain import procedures
from chalicelib.domain.elapsing import elapse
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.procedure import Rules
from chalicelib.domain.values import value
from chalicelib.store import items, keys, offices
from chalicelib.store.cases import Cases, Command, StaleCase
from chalicelib.store.table import Busy, ConditionFailed, Holds, Item
from chalicelib.store.tenant import cases, rules
from chalicelib.telemetry import came_through, logger, metric
from chalicelib.triggers.notices import send_due

PAGE = 25
STOP_BEFORE_MS = 10_000
"""A sweep stops in time: what it did not reach is still in the index for the next one."""
PARK = timedelta(minutes=30)


@dataclass
class Swept:
    """What one sweep did. `oldest_s` is how long the oldest had waited when it came."""

    examined: int = 0
    acted: int = 0
    parked: int = 0
    oldest_s: float = 0


@value
class Sweeper:
    """The sweep over any table: the real one and the simulator's differ in what they bring."""

    cases: Cases
    rules: Rules
    carry: Callable[[Item], None]
    tree: Callable[[], OfficeTree]

    def run(self, at: datetime, has_time: Callable[[], bool] = lambda: True) -> Swept:
        """Act on everything due at this instant while there is time: the oldest first, over all shards.

        A sweep that never comes to its end still begins with what has waited longest, whichever shard holds it.
        """
        swept = Swept()
        for hit in heapq.merge(*(self._due(shard, at) for shard in keys.SHARDS), key=_waits_since):
            if not has_time():
                break
            swept.examined += 1
            swept.oldest_s = max(swept.oldest_s, (at - keys.moment(hit["wake_at"])).total_seconds())
            try:
                self._act(hit, at)
                swept.acted += 1
            except Exception as error:
                self._set_aside(hit, at, error)
                swept.parked += 1
        return swept

    def _due(self, shard: str, at: datetime) -> Iterator[Item]:
        after: Item | None = None
        while True:
            page = self.cases.table.hits("due", shard, high=keys.instant(at), limit=PAGE, after=after)
            yield from page.items
            if page.after is None:
                return
            after = page.after

    def _act(self, hit: Item, at: datetime) -> None:
        if hit["kind"] == items.NOTICE:
            self.carry(hit)
            return
        case_id = hit["pk"].removeprefix(keys.case(""))
        held = self.cases.load(case_id)
        change = elapse(procedures.of(held.case), held.case, at=at, rules=self.rules)
        if change is None:
            return
        command = Command.of("law", f"{case_id}|{held.case.version}", [event.wire for event in change.events])
        try:
            self.cases.commit(held, change, command, at=at, tree=self.tree(), rules=self.rules)
        except StaleCase:
            logger.info("somebody was faster", extra={"case": case_id})

    def _set_aside(self, hit: Item, at: datetime, error: Exception) -> None:
        """Push the moment of one that fails, so that it holds up nobody: it comes again, and an alarm says so.

        The item is written back as it stands, unopened: what cannot be read can still be parked. What is no longer due
        is left alone: its own write went through and only the answer was lost, and the moment it set is the right one.
        """
        logger.error("parked", extra={"error": type(error).__name__, "through": came_through(error), "pk": hit["pk"]})
        metric("SweepParked", kind=hit["kind"])
        table = self.cases.table
        item = table.get(hit["pk"], hit["sk"])
        if item is None or item.get("wake_at", keys.NO_DATE) > keys.instant(at):
            return
        try:
            table.put(item | {"wake_at": keys.instant(at + PARK)}, Holds("version", item["version"]))
        except (ConditionFailed, Busy):
            logger.info("moved while it was parked", extra={"pk": hit["pk"]})


def _waits_since(hit: Item) -> str:
    return str(hit["wake_at"])


def sweep(event: Any) -> dict[str, Any]:
    """The timer's way in: one sweep now, its heartbeat, and how old the oldest due thing was."""
    at = clock.now()
    sweeper = Sweeper(
        cases=cases(),
        rules=rules(),
        carry=send_due,
        tree=offices.tree,
    )
    remaining = getattr(getattr(event, "context", None), "get_remaining_time_in_millis", lambda: 60_000)
    swept = sweeper.run(at, lambda: remaining() > STOP_BEFORE_MS)
    metric("SweepHeartbeat")
    metric("OldestUnactedSeconds", value=swept.oldest_s, unit="Seconds")
    logger.info("swept", extra=vars(swept))
    return vars(swept)
