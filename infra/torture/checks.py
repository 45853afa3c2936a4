"""What must hold, whatever happened: I1-I10, checked on what changed as it changes, and in full at the end.

Nothing here asks the product whether it is right: chains are followed from the stored bytes, dates counted by
`infra.traces.oracle`, moments to look again by a second reckoning, sends by what the provider really sent.
"""

import json
import re
import zlib
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from chalicelib.clock import CHINA
from chalicelib.domain import procedures
from chalicelib.domain.case import LAW, REPORT, Case
from chalicelib.domain.limits.report import REPORT as REPORT_LIMITS
from chalicelib.domain.procedure import BACK, STAY
from chalicelib.domain.report import PROCEDURE as SEALED
from chalicelib.store import chain, items, keys, projection, proofs
from chalicelib.store.cases import unpacked
from chalicelib.store.sealing import Keys, place
from chalicelib.store.table import Item
from infra.torture.provider import whose
from infra.traces.oracle import Oracle, oracle
from infra.traces.world import RULES, TREE

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
LIMITS = {**RULES.limits, **REPORT_LIMITS}
LADDER_DAYS = (0, 3, 7)
EARLY, LATE = timedelta(minutes=11), timedelta(minutes=15)
"""Two clocks that differ by five minutes each may be ten apart."""
PHONE = re.compile(r"(?<![0-9a-f])19900(?:97|98|99)\d{4}(?![0-9a-f])")
MOVES = {
    proofs.OWED: (proofs.OWED, proofs.CLAIMED, proofs.HANDED, proofs.NEEDLESS, proofs.SPREAD),
    proofs.CLAIMED: (proofs.SENT, proofs.OWED, proofs.FAILED, proofs.UNKNOWN, proofs.HANDED),
    proofs.FAILED: (proofs.FAILED, proofs.CLAIMED, proofs.HANDED, proofs.NEEDLESS),
    proofs.UNKNOWN: (proofs.UNKNOWN, proofs.SENT, proofs.OWED, proofs.FAILED, proofs.HANDED, proofs.NEEDLESS),
    proofs.HANDED: (proofs.TOLD,),
}
"""From which state a notice may go to which; what is not named ends."""


@dataclass
class Seen:
    """What the checks know of one case so far."""

    told: Oracle
    case: Case | None = None
    head: bytes = b""
    wake: datetime | None = None
    parked: str = ""
    came_from: str = ""
    commands: list[bytes] = field(default_factory=list)
    first: bytes = b""


class Checks:
    """The eyes on one world."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.cases: dict[str, Seen] = {}
        self.filed: dict[bytes, Any] = {}
        self.asked: dict[bytes, Any] = {}
        self.late: set[tuple[str, str]] = set()
        self.done = world.found.checks

    def wrong(self, invariant: str, what: str) -> None:
        """Somebody has to know."""
        self.world.found.wrong.append(f"{invariant} {what} at {self.world.now:%Y-%m-%d %H:%M}")

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
        self._stage(before, case, events, seen)
        self._lateness(events, seen)
        seen.case, seen.wake = case, None if case.procedure == REPORT else next_look(case, seen.told)
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
        clocks = tuple(_clock(each) for each in found["clocks"])
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
            at = {there for here in at for there in _leads(case.procedure, *here, event.wire)}
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

    def before_sweep(self) -> None:
        """Whatever is due for more than 15 minutes, an alarm knows of."""
        self.done["I6"] += 1
        world = self.world
        for shard in keys.SHARDS:
            for hit in world.memory.hits("due", shard, limit=1).items:
                age = world.now - keys.moment(hit["wake_at"])
                if age > LATE and (hit["pk"], hit["sk"]) not in self.late and not world.alarms.is_on(world.now):
                    self.late.add((hit["pk"], hit["sk"]))
                    world.found.figures["late"] += 1
                    self.wrong("I6", f"{hit['pk']} {hit['sk']} is due for {age} and no alarm is on")

    # -- at the end --------------------------------------------------------------------------------------------

    def at_the_end(self) -> None:
        """Everything once more."""
        rows: dict[str, list[Item]] = defaultdict(list)
        for (pk, _), item in self.world.memory._items.items():
            if pk.startswith("CASE#") and pk not in self.world.poisoned:
                rows[pk.removeprefix("CASE#")].append(item)
        for case_id, found in rows.items():
            self._at_rest(case_id, sorted(found, key=lambda item: item["sk"]))
        self._filings()
        self._commands()
        self._in_the_open(rows)
        figures = self.world.found.figures
        figures["cases"] = len(self.cases)
        figures["real_sends"] = sum(self.world.provider.sent.values())

    def _at_rest(self, case_id: str, found: list[Item]) -> None:
        seen = self.cases.get(case_id)
        if seen is None:
            self.wrong("I1", f"{case_id}: rows of a case that does not exist")
            return
        events = [item for item in found if item["kind"] == items.EVENT]
        self.world.found.figures["events"] += len(events)
        self.done["I2"] += 1
        try:
            chain.verify(events, seen.head)
        except chain.ChainBroken as broken:
            self.wrong("I2", f"{case_id}: {broken}")
        if seen.wake is not None:
            self.world.found.figures["missed"] += 1
            self.wrong("I6", f"{case_id}: nobody looks at {seen.wake} any more")
        if seen.case is not None and seen.case.procedure != REPORT:
            self._desks(seen, found)
        for item in found:
            if item["kind"] == items.NOTICE:
                self._notice(proofs.proof(item))

    def _desks(self, seen: Seen, found: list[Item]) -> None:
        assert seen.case is not None
        self.done["I10"] += 1
        stand = {
            (item["sk"], item["list_name"], item["list_key"])
            for item in found
            if item["kind"] == items.DESK and "list_name" in item
        }
        wanted = {(item["sk"], item["list_name"], item["list_key"]) for item in projection.desks(None, seen.case)}
        head = next(item for item in found if item["kind"] == items.CASE)
        if stand != wanted or (head["list_name"], head["list_key"]) != projection.lead_entry(seen.case):
            self.wrong("I10", f"{seen.case.id}: the desks in the lists are not those of the case")

    def _notice(self, proof: proofs.Proof) -> None:
        """It ended, and what it says was sent was sent: once, or twice with a recorded doubt between."""
        self.done["I3"] += 1
        self.done["I4"] += 1
        figures = self.world.found.figures
        figures["notices"] += 1
        figures[f"notices_{proof.state}"] += 1
        if not proof.has_ended:
            figures["notices_missed"] += 1
            self.wrong("I3", f"{proof.key} never ended: {proof.state}")
        for at, text in enumerate(proof.texts):
            mine = [attempt for attempt in proof.attempts if attempt.text == text]
            if proof.channel == "site":
                continue
            sent = self.world.provider.sent[self._number(proof, text)]
            doubted = any(attempt.reason and attempt.at != mine[-1].at for attempt in mine)
            if sent > 1 + (doubted and sent == 2):
                figures["texts_doubled"] += 1
                self.wrong("I4", f"{proof.key} {text} was sent {sent} times")
            figures["sent_twice_after_doubt"] += sent == 2
            if sent == 0 and at < proof.part:
                figures["texts_lost"] += 1
                self.wrong("I3", f"{proof.key} {text} is said to be sent and never was")

    @staticmethod
    def _number(proof: proofs.Proof, text: str) -> str:
        bare = replace(proof, attempts=(), part=proof.texts.index(text))
        return whose(bare.out_id)

    def _filings(self) -> None:
        """I1: what was acknowledged exists once; what was not exists once or not at all."""
        existing: dict[bytes, list[str]] = defaultdict(list)
        for case_id, seen in self.cases.items():
            if seen.first:
                existing[seen.first].append(case_id)
        figures = self.world.found.figures
        for key, told in self.filed.items():
            self.done["I1"] += 1
            found = existing.pop(key, [])
            figures["filed"] += bool(told.numbers)
            if told.numbers and set(found) != told.numbers:
                figures["lost" if not found else "doubled"] += 1
                self.wrong("I1", f"acknowledged as {sorted(told.numbers)}, exists as {found}")
            elif len(found) > 1:
                figures["doubled"] += 1
                self.wrong("I1", f"one filing exists as {found}")
        for found in existing.values():
            self.wrong("I1", f"nobody filed {found}")

    def _commands(self) -> None:
        """The same for every step: acknowledged once, refused never, unheard at most once."""
        runs: dict[bytes, int] = defaultdict(int)
        for seen in self.cases.values():
            last = b""
            for command in seen.commands:
                runs[command] += command != last
                last = command
        figures = self.world.found.figures
        for key, told in self.asked.items():
            self.done["I1"] += 1
            times = runs.get(key, 0)
            figures["steps_acknowledged"] += bool(told.numbers)
            if told.numbers and not times:
                figures["lost"] += 1
                self.wrong("I1", f"{told.case_id}: an acknowledged step left no trace")
            if times > 1:
                figures["doubled"] += 1
                self.wrong("I1", f"{told.case_id}: a step happened {times} times")
            if told.answers[-1] in ("stale", "refused") and times and not told.numbers:
                figures["false_failures"] += 1
                self.wrong("I1", f"{told.case_id}: a step was refused and happened")

    def _in_the_open(self, rows: dict[str, list[Item]]) -> None:
        """I9: no name, no number, no word of a petition outside ciphertext."""
        for case_id, found in rows.items():
            self.done["I9"] += 1
            for item in found:
                if _tells(_open_part(item)):
                    self.wrong("I9", f"{case_id} {item['sk']} tells in the open")
        if any(f'"{REPORT}.' in body for body in self.world.topic.bodies):
            self.wrong("I7", "a report of misconduct left on the topic")
        for where, texts in (
            ("topic", self.world.topic.bodies),
            ("sms", [word for _, word in self.world.provider.words]),
        ):
            if _tells("\n".join(texts)):
                self.wrong("I9", f"the {where} carries personal data")


def next_look(case: Case, told: Oracle) -> datetime | None:
    """When time itself changes something next, reckoned anew from dates, limits and what was told."""
    moments = []
    for clock in case.clocks:
        if clock.ended_on is not None or clock.told_overdue >= len(LADDER_DAYS):
            continue
        if clock.pauses and clock.pauses[-1][1] is None:
            continue
        rule, due = RULES.limits[clock.limit], told.told[clock.limit, clock.about]
        ahead = sorted(_before(due, n, rule.unit, told) for n in rule.remind)[clock.reminded :]
        if ahead and not clock.told_overdue and ahead[0] <= due:
            moments.append(datetime.combine(ahead[0], time(8), CHINA))
        else:
            moments.append(datetime.combine(due, time(), CHINA) + timedelta(days=1 + LADDER_DAYS[clock.told_overdue]))
    return min(moments, default=None)


def _before(due: date, days: int, unit: str, told: Oracle) -> date:
    while days:
        due -= timedelta(days=1)
        days -= unit == "days" or told.is_working(due)
    return due


def _leads(procedure: str, stage: str, came_from: str, wire: str) -> set[tuple[str, str]]:
    """Where an event may lead from here, by the rows of the table."""
    table = SEALED if procedure == REPORT else procedures.PROCEDURES[procedure]
    found = set()
    for row in (*table.steps, *table.automatic):
        if row.emits.wire != wire or stage not in row.frm:
            continue
        to = stage if row.to == STAY else came_from if row.to == BACK else row.to
        found.add((to, came_from if to == stage else stage))
    return found or {(stage, came_from)}


def _clock(said: dict[str, Any]) -> Any:
    pauses = tuple(
        (date.fromisoformat(begins), date.fromisoformat(ends) if ends else None)
        for begins, ends in said.get("pauses", ())
    )
    return SimpleNamespace(
        limit=said["limit"],
        about=said.get("about"),
        start=date.fromisoformat(said["start"]),
        due=date.fromisoformat(said["due"]),
        days=said.get("days"),
        extended_by=said.get("extended_by"),
        pauses=pauses,
    )


def _open_part(item: Item) -> str:
    parts = [str(value) for name, value in item.items() if isinstance(value, str)]
    if "snapshot" in item:
        parts.append(zlib.decompress(item["snapshot"]).decode())
    if "body" in item:
        parts.append(zlib.decompress(item["body"]).decode())
    return "\n".join(parts)


def _tells(text: str) -> bool:
    return "秘" in text or PHONE.search(text) is not None
