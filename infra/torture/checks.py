"""What must hold, whatever happened: I1-I10, checked on what changed as it changes, and in full at the end.

Nothing here asks the product whether it is right: chains are followed from the stored bytes, dates counted by
`infra.traces.oracle`, moments to look again by a second reckoning, sends by what the provider really sent.
"""

import json
import zlib
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from chalicelib.domain.case import LAW, REPORT, Case
from chalicelib.store import chain, items, keys, proofs
from chalicelib.store.cases import unpacked
from chalicelib.store.sealing import Keys, place
from chalicelib.store.table import Item
from infra.torture.at_rest import AtRest, Seen
from infra.torture.county import TREE
from infra.torture.reckoning import LIMITS, clock_said, leads, next_look
from infra.traces.oracle import oracle

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
EARLY, LATE = timedelta(minutes=11), timedelta(minutes=15)
"""Two clocks that differ by five minutes each may be ten apart."""
MOVES = {
    proofs.OWED: (proofs.OWED, proofs.CLAIMED, proofs.HANDED, proofs.NEEDLESS, proofs.SPREAD),
    proofs.CLAIMED: (proofs.SENT, proofs.OWED, proofs.FAILED, proofs.UNKNOWN, proofs.HANDED),
    proofs.FAILED: (proofs.FAILED, proofs.CLAIMED, proofs.HANDED, proofs.NEEDLESS),
    proofs.UNKNOWN: (proofs.UNKNOWN, proofs.SENT, proofs.OWED, proofs.FAILED, proofs.HANDED, proofs.NEEDLESS),
    proofs.HANDED: (proofs.TOLD,),
}
"""From which state a notice may go to which; what is not named ends."""


class Checks(AtRest):
    """The eyes on one world."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.cases: dict[str, Seen] = {}
        self.filed: dict[bytes, Any] = {}
        self.asked: dict[bytes, Any] = {}
        self.late: set[tuple[str, str]] = set()
        self.done = world.found.checks

    # -- as it runs --------------------------------------------------------------------------------------------

    def look(self, written: list[tuple[Item | None, Item]], changed: dict[str, None]) -> None:
        """Look at what changed since the last time."""
        for before, item in written:
            if item["pk"] in self.world.poisoned:
                continue
            if item["kind"] == items.EVENT and before is not None:
                self.wrong("I2", f"an event was written again: {item['pk']} {item['sk']}")
            elif item["kind"] == items.NOTICE and before is not None:
                self._moved(before, item)
            elif item["kind"] == items.CASE and before is not None and item["version"] == before["version"]:
                self._seen(item["pk"]).parked = item.get("wake_at", "")
        for pk in changed:
            if pk.startswith("CASE#"):
                self._case(pk)

    def _moved(self, before: Item, after: Item) -> None:
        """A NOTICE row went from one state to another."""
        self.done["I3"] += 1
        old, new = json.loads(before["state"])["state"], json.loads(after["state"])["state"]
        is_parked = before["state"] == after["state"] and before["version"] == after["version"]
        if not is_parked and new not in MOVES.get(old, ()):
            self.wrong("I3", f"a notice went from {old} to {new}: {after['pk']} {after['sk']}")

    def _seen(self, pk: str) -> Seen:
        return self.cases.setdefault(pk.removeprefix("CASE#"), Seen(oracle(LIMITS)))

    def _case(self, pk: str) -> None:
        item = self.world.memory.get(pk, keys.CASE)
        if item is None or pk in self.world.poisoned:
            return
        seen, case = self._seen(pk), unpacked(item)
        before = seen.case or replace(case, clocks=(), version=0, stage="")
        new = [self._event(pk, seq, seen) for seq in range(before.version + 1, case.version + 1)]
        events = tuple(each for each in new if each is not None)
        if len(events) < len(new):
            return
        self.done["I2"] += 1
        if seen.head != item["head"]:
            self.wrong("I2", f"{case.id}: the chain does not end in the head")
        self._dates(before, case, events, seen)
        seen.since |= _set(before, case, events)
        self._stage(before, case, events, seen)
        self._lateness(events, seen)
        seen.case, seen.wake = case, None if case.procedure == REPORT else next_look(case, seen.told, seen.since)
        self._wake(item, seen)
        if case.procedure == REPORT:
            self._accused(case, item)

    def _event(self, pk: str, seq: int, seen: Seen) -> Any:
        item = self.world.memory.get(pk, keys.event(seq))
        if item is None:
            self.wrong("I2", f"{pk}: event {seq} is missing")
            return None
        body = zlib.decompress(item["body"])
        found = json.loads(body)
        if (found["seq"], found["prev"]) != (seq, seen.head.hex()):
            self.wrong("I2", f"{pk}: event {seq} does not follow")
        seen.head = chain.digest(body)
        seen.commands.append(item["command"])
        if seq == 1:
            seen.first = item["command"]
        self._rows(pk, seq)
        clocks = tuple(clock_said(each) for each in found["clocks"])
        return SimpleNamespace(wire=found["type"], clocks=clocks, by=found["by"]["role"], at=found["at"])

    def _rows(self, pk: str, seq: int) -> None:
        """What the event owes stands beside it, all of it and nothing else."""
        self.done["I3"] += 1
        owes = self.world.cases.owes[pk.removeprefix("CASE#"), seq]
        for recipient, channel in owes:
            if self.world.memory.get(pk, keys.notice(seq, recipient, channel)) is None:
                self.world.found.figures["notices_lost"] += 1
                self.wrong("I3", f"{pk}: event {seq} owes {recipient} a notice and nobody knows")

    def _dates(self, before: Case, case: Case, events: tuple[Any, ...], seen: Seen) -> None:
        self.done["I10"] += 1
        for event in events:
            for each in seen.told.hear(event):
                self.wrong("I10", f"{case.id}: {each}")
        for each in seen.told.moved(before, case, events):
            self.wrong("I10", f"{case.id}: {each}")

    def _stage(self, before: Case, case: Case, events: tuple[Any, ...], seen: Seen) -> None:
        """Where the table of steps leads, from the events alone."""
        at = {(before.stage, seen.came_from)}
        for event in events:
            at = {there for here in at for there in leads(case.procedure, *here, event.wire)}
        stages = {stage for stage, _ in at}
        if case.stage not in stages:
            self.wrong("I10", f"{case.id} stands {case.stage}, its events lead to {stages}")
        seen.came_from = next((came for stage, came in at if stage == case.stage), before.stage)

    def _accused(self, case: Case, item: Item) -> None:
        """Nobody who is accused, and nobody below, has it. Opened with the sealed key, which the ordinary API lacks."""
        self.done["I7"] += 1
        sealed = self.world.memory.get(item["pk"], keys.ACCUSED)
        key = Keys(self.world.open_key, lambda: 0.0).report_key(item["data_key"], case.id)
        accused = set(json.loads(key.unseal(sealed["sealed"], place(sealed)))) if sealed else set()
        for desk in case.desks:
            above: str | None = desk.org
            while above is not None:
                if above in accused:
                    self.wrong("I7", f"{case.id}: {desk.org} has it, and {above} is accused")
                above = TREE.offices[above].parent

    def _lateness(self, events: tuple[Any, ...], seen: Seen) -> None:
        """What time alone did: not before its moment, and how long after it."""
        if seen.wake is None or not any(event.by == LAW for event in events[:1]):
            return
        late = self.world.now - seen.wake
        if late < -EARLY:
            self.wrong("I6", f"premature by {-late}: {[event.wire for event in events]}")
        if late > LATE:
            self.world.found.figures["late_with_alarm"] += 1

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
        world = self.world
        longest = LATE if has_finished else 2 * LATE
        for shard in keys.SHARDS:
            for hit in world.memory.hits("due", shard, limit=1).items:
                age = world.now - keys.moment(hit["wake_at"])
                if age > longest and (hit["pk"], hit["sk"]) not in self.late and not world.alarms.is_on(world.now):
                    self.late.add((hit["pk"], hit["sk"]))
                    world.found.figures["late"] += 1
                    self.wrong("I6", f"{hit['pk']} {hit['sk']} is due for {age} and no alarm is on")


def _set(before: Case, case: Case, events: tuple[Any, ...]) -> dict[tuple[str, str], datetime]:
    """When the dates that these events told began to stand: nobody could heed them earlier."""
    found = {}
    for clock in case.clocks:
        held = before.running(clock.limit, clock.about)
        if clock.ended_on is None and (
            held is None or held.is_stopped or (held.start, held.due) != (clock.start, clock.due)
        ):
            told = [
                each.at
                for each in events
                for c in each.clocks
                if (c.limit, c.about or "") == (clock.limit, clock.about)
            ]
            found[clock.limit, clock.about] = datetime.fromisoformat(told[-1])
    return found
