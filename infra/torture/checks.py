"""What must hold, whatever happened: I1-I10, checked on what changed as it changes, and in full at the end.

Nothing here asks the product whether it is right: chains are followed from the stored bytes, dates counted by
`infra.traces.oracle`, moments to look again by a second reckoning, sends by what the provider really sent.
"""

import json
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from chalicelib.domain.case import LAW, REPORT, Case
from chalicelib.store import chain, items, keys
from chalicelib.store.cases import unpacked
from chalicelib.store.sealing import Keys, place
from chalicelib.store.table import Item
from infra.torture.at_rest import AtRest, Seen
from infra.torture.reckoning import LIMITS, Told, clock_said, leads
from infra.torture.table import oldest_due
from infra.traces.oracle import oracle
from infra.traces.world import TREE

if TYPE_CHECKING:
    from infra.torture.world import World

INVARIANTS = {
    "I1": "已回执的提交恰好存在一次",
    "I2": "序号连续，哈希链到头",
    "I3": "应发的告知各有一行，终于送达或人工",
    "I4": "每条短信真正发出不超过一次（有记录的不明后可两次）",
    "I5": "每个未了的期限都有正确的唤醒时刻",
    "I6": "到期15分钟内处理，否则告警已响",
    "I7": "被检举单位从未得到事项",
    "I8": "资金（本期尚无）",
    "I9": "密文以外没有个人信息",
    "I10": "阶段、期限、承办由事件重新推出",
}
NO_DAY = "2000-01-01"
EARLY, LATE = timedelta(minutes=11), timedelta(minutes=15)
"""Two clocks that differ by five minutes each may be ten apart."""


class Checks(AtRest):
    """The eyes on one world."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.cases: dict[str, Seen] = {}
        self.filed: dict[bytes, Any] = {}
        self.asked: dict[bytes, Any] = {}
        self.late: set[tuple[str, str]] = set()
        self.open: dict[tuple[str, str], datetime] = {}
        self.by_age: list[tuple[datetime, tuple[str, str]]] = []
        self.claimed: dict[tuple[str, str], datetime] = {}
        self.told_overdue: set[tuple[str, str]] = set()
        self.states: dict[tuple[str, str], Any] = {}
        self.done = world.found.checks

    def wrong(self, invariant: str, what: str) -> None:
        """Somebody has to know."""
        self.world.found.wrong.append(f"{invariant} {what} at {self.world.now:%Y-%m-%d %H:%M}")

    # -- as it runs --------------------------------------------------------------------------------------------

    def look(self, written: list[tuple[Item | None, Item, datetime]], changed: dict[str, None]) -> None:
        """Look at what changed since the last time."""
        for before, item, _ in written:
            if item["pk"] in self.world.poisoned:
                continue
            if item["kind"] == items.EVENT and before is not None:
                self.wrong("I2", f"an event was written again: {item['pk']} {item['sk']}")
            elif item["kind"] == items.CASE and before is not None and item["version"] == before["version"]:
                self._seen(item["pk"]).parked = item.get("wake_at", "")
        for pk in changed:
            if pk.startswith("CASE#"):
                self._case(pk)
        for before, item, at in written:
            if item["kind"] == items.NOTICE:
                self.noticed(before, item, at)

    def _seen(self, pk: str) -> Seen:
        counted = oracle(LIMITS)
        return self.cases.setdefault(pk.removeprefix("CASE#"), Seen(counted, Told(counted)))

    def _case(self, pk: str) -> None:
        item = self.world.memory.standing(pk, keys.CASE)
        if item is None or pk in self.world.poisoned:
            return
        seen = self._seen(pk)
        if seen.item is item:
            return
        case, seen.item = unpacked(item), item
        before = seen.case or replace(case, clocks=(), version=0, stage="")
        new = [self._event(pk, seq, seen) for seq in range(before.version + 1, case.version + 1)]
        events = tuple(each for each in new if each is not None)
        if len(events) < len(new):
            return
        self.done["I2"] += 1
        if seen.head != item["head"]:
            self.wrong("I2", f"{case.id}: the chain does not end in the head")
        self._lateness(case.id, events, seen)
        self._heard(before, case, events, seen)
        seen.case, seen.wake = case, None if case.procedure == REPORT else seen.told.next_look()
        self._wake(item, seen)
        if case.procedure == REPORT:
            self._accused(case, item)

    def _event(self, pk: str, seq: int, seen: Seen) -> Any:
        item = self.world.memory.standing(pk, keys.event(seq))
        if item is None:
            self.wrong("I2", f"{pk}: event {seq} is missing")
            return None
        body = zlib.decompress(item["body"])
        found = json.loads(body)
        if (found["seq"], found["prev"]) != (seq, seen.head.hex()):
            self.wrong("I2", f"{pk}: event {seq} does not follow")
        seen.head = chain.digest(body)
        reckoned = self.world.reckoned.pop(item["body"], None)
        if reckoned is None:
            self.wrong("I1", f"{pk}: no step brought event {seq}")
            return None
        seen.commands.append((item["command"], reckoned.of_command))
        if seq == 1:
            seen.first, seen.received = item["command"], date.fromisoformat(found["data"].get("received_on", NO_DAY))
        self._rows(pk, seq, reckoned.owes, seen)
        clocks = tuple(clock_said(each) for each in found["clocks"])
        return SimpleNamespace(
            wire=found["type"], clocks=clocks, by=found["by"]["role"], at=found["at"], data=found["data"]
        )

    def _rows(self, pk: str, seq: int, owes: dict[tuple[str, str], tuple[str, ...]], seen: Seen) -> None:
        """What the event owes stands beside it, all of it. `noticed` sees that nothing else does."""
        self.done["I3"] += 1
        for (recipient, channel), texts in owes.items():
            seen.owes[seq, recipient, channel] = texts
            if self.world.memory.standing(pk, keys.notice(seq, recipient, channel)) is None:
                self.world.found.figures["notices_lost"] += 1
                self.wrong("I3", f"{pk}: event {seq} owes {recipient} a notice and nobody knows")

    def _heard(self, before: Case, case: Case, events: tuple[Any, ...], seen: Seen) -> None:
        """Dates, stage and who has it, from the events alone; then the snapshot is held against them."""
        self.done["I10"] += 1
        at = seen.places or frozenset({("", "")})
        said: list[str] = []
        for event in events:
            said += seen.counted.hear(event)
            said += seen.told.hear(case.procedure, at, event)
            at = frozenset(there for here in at for there in leads(case.procedure, *here, event.wire))
        said += seen.counted.moved(before, case, events)
        said += seen.told.differs(case)
        seen.places = frozenset(each for each in at if each[0] == case.stage) or frozenset({(case.stage, "")})
        if case.stage not in {stage for stage, _ in at}:
            said.append(f"it stands {case.stage}, its events lead to {sorted(stage for stage, _ in at)}")
        for each in said:
            self.wrong("I10", f"{case.id}: {each}")

    def _accused(self, case: Case, item: Item) -> None:
        """Nobody who is accused, and nobody below, has it in any row: by the accusations that were acknowledged, and
        by those that are sealed in the case. Opened with the sealed key, which the ordinary API lacks.
        """
        self.done["I7"] += 1
        sealed = self.world.memory.standing(item["pk"], keys.ACCUSED)
        key = Keys(self.world.open_key, lambda: 0.0).report_key(item["data_key"], case.id)
        kept = set(json.loads(key.unseal(sealed["sealed"], place(sealed)))) if sealed else set()
        said = self.world.known.accusations.get(case.id, set())
        if not said <= kept:
            self.wrong("I7", f"{case.id}: an acknowledged accusation of {sorted(said - kept)} is not kept")
        rows = (self.world.memory.standing(item["pk"], sk) for sk in self.world.memory.places(item["pk"]))
        holders = {desk.org for desk in case.desks} | {org for row in rows if row for org in _has_it(row)}
        for org in holders:
            above: str | None = org
            while above is not None:
                if above in kept | said:
                    self.wrong("I7", f"{case.id}: {org} has it, and {above} is accused")
                above = TREE.offices[above].parent if above in TREE.offices else None

    def _lateness(self, case_id: str, events: tuple[Any, ...], seen: Seen) -> None:
        """What time alone did: not before its moment, and not long after it without an alarm."""
        if seen.wake is None or not any(event.by == LAW and "detected_at" in event.data for event in events[:1]):
            return
        world, late = self.world, self.world.now - seen.wake
        if late < -EARLY:
            self.wrong("I6", f"premature by {-late}: {[event.wire for event in events]}")
        if late > LATE:
            world.found.figures["late_with_alarm"] += 1
            if not world.alarms.was_on(seen.wake, world.now):
                world.found.figures["late"] += 1
                self.wrong("I6", f"{case_id} was acted on {late} late, and no alarm had rung")

    def _wake(self, item: Item, seen: Seen) -> None:
        self.done["I5"] += 1
        wanted = keys.instant(seen.wake) if seen.wake else None
        if item.get("wake_at") != wanted and not (seen.parked and item.get("wake_at") == seen.parked):
            self.wrong("I5", f"{item['pk']} wakes at {item.get('wake_at')}, should at {wanted}")

    def after_sweep(self, *, has_finished: bool) -> None:
        """Whatever is due for more than 15 minutes was acted on, or an alarm knows of it.

        That no sweep finishes, CloudWatch needs 15 minutes more to notice.
        """
        self.done["I6"] += 1
        self.overdue()
        world = self.world
        longest, oldest = LATE if has_finished else 2 * LATE, oldest_due(world.memory)
        if oldest is None or world.now - keys.moment(oldest) <= longest:
            return
        for shard in keys.SHARDS:
            for hit in world.memory.hits("due", shard, limit=1).items:
                since = keys.moment(hit["wake_at"]).astimezone(keys.CHINA)
                age, is_new = world.now - since, (hit["pk"], hit["sk"]) not in self.late
                if age > longest and is_new and not world.alarms.was_on(since, world.now):
                    self.late.add((hit["pk"], hit["sk"]))
                    world.found.figures["late"] += 1
                    self.wrong("I6", f"{hit['pk']} {hit['sk']} is due for {age} and no alarm is on")


def _has_it(row: Item) -> Iterator[str]:
    """The organs that a row gives a report to: by its list, its desk, its notice, or because somebody read it."""
    if "list_name" in row:
        yield row["list_name"].rpartition("#")[2]
    if row["kind"] == items.DESK:
        yield row["sk"].removeprefix(keys.DESKS)
    if row["kind"] == items.NOTICE:
        yield str(json.loads(row["state"])["recipient"]).partition(":")[2]
