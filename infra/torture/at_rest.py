"""Everything once more, when a world has come to rest: what exists, what ended, what was sent, what tells too much."""

import re
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from chalicelib.domain.case import REPORT, Case
from chalicelib.store import chain, items, keys, proofs
from chalicelib.store.table import Item
from infra.torture.notices import NoticeChecks
from infra.torture.reckoning import Told
from infra.traces.oracle import Oracle

if TYPE_CHECKING:
    from infra.torture.world import World

PHONE = re.compile(r"(?<![0-9a-f])19900(?:97|98|99)\d{4}(?![0-9a-f])")


@dataclass
class Seen:
    """What the checks know of one case so far."""

    counted: Oracle
    told: Told
    item: Item | None = None
    case: Case | None = None
    head: bytes = b""
    wake: datetime | None = None
    parked: str = ""
    places: frozenset[tuple[str, str]] = frozenset()
    commands: list[tuple[bytes, int]] = field(default_factory=list)
    """Of each event: the command that brought it, and how many events that command has."""
    owes: dict[tuple[int, str, str], tuple[str, ...]] = field(default_factory=dict)
    """Number, recipient and channel of every notice that is owed, and its texts."""
    first: bytes = b""
    received: date | None = None


class AtRest(NoticeChecks):
    """What the checks look at in full, at the end."""

    world: "World"
    cases: dict[str, Seen]
    filed: dict[bytes, Any]
    asked: dict[bytes, Any]
    done: Any

    def at_the_end(self) -> None:
        """Everything once more."""
        rows: dict[str, list[Item]] = defaultdict(list)
        self.overdue()
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
        if seen.wake is not None and self._is_forgotten(seen.wake):
            self.world.found.figures["missed"] += 1
            self.wrong("I6", f"{case_id}: nobody looks at {seen.wake} any more")
        if seen.case is not None and seen.case.procedure != REPORT:
            self._desks(seen, found)
        self._all_owed(case_id, seen, found)
        for item in found:
            if item["kind"] == items.NOTICE:
                self.notice_at_rest(proofs.proof(item))

    def _is_forgotten(self, wake: datetime) -> bool:
        """Its moment is past, and nobody looked."""
        return self.world.now - wake > timedelta(minutes=15)

    def _all_owed(self, case_id: str, seen: Seen, found: list[Item]) -> None:
        """Every notice that is owed still has its row."""
        there = {item["sk"] for item in found if item["kind"] == items.NOTICE}
        for wanted in {keys.notice(*owed) for owed in seen.owes} - there:
            self.world.found.figures["notices_lost"] += 1
            self.wrong("I3", f"{case_id}: {wanted} is gone")

    def _desks(self, seen: Seen, found: list[Item]) -> None:
        """The lists show whoever leads and whoever owes something, by the dates that the events told."""
        self.done["I10"] += 1
        case_id, told = seen.case.id if seen.case else "", seen.told
        lead, owes = told.agency or told.office, told.entries()
        stand = {
            item["sk"]: (item["list_name"], item["list_key"])
            for item in found
            if item["kind"] == items.DESK and "list_name" in item
        }
        wanted = {
            keys.desk(org): (keys.worklist(org), keys.by_due(due, case_id)) for org, due in owes.items() if org != lead
        }
        head = next(item for item in found if item["kind"] == items.CASE)
        received = seen.received
        first = (
            (keys.worklist(lead), keys.by_due(owes[lead], case_id))
            if lead in owes
            else (keys.closed(lead), keys.by_due(received, case_id))
        )
        if stand != wanted or (head["list_name"], head["list_key"]) != first:
            self.wrong(
                "I10", f"{case_id}: the lists show {stand} and {head['list_name']}, the events {wanted}, {first}"
            )

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
        for case_id, seen in self.cases.items():
            left, last = 0, b""
            for command, size in seen.commands:
                if not left:
                    runs[command] += 1
                    left, last = size, command
                left -= 1
                if command != last:
                    self.wrong("I1", f"{case_id}: a step has fewer events than it brought")
            if left:
                self.wrong("I1", f"{case_id}: a step has fewer events than it brought")
        figures = self.world.found.figures
        for times in runs.values():
            if times > 1:
                figures["doubled"] += 1
                self.wrong("I1", f"a command happened {times} times")
        for key, told in self.asked.items():
            self.done["I1"] += 1
            times = runs.get(key, 0)
            figures["steps_acknowledged"] += bool(told.numbers)
            if told.numbers and not times:
                figures["lost"] += 1
                self.wrong("I1", f"{told.case_id}: an acknowledged step left no trace")
            if told.answers[-1] in ("stale", "refused") and times and not told.numbers:
                figures["false_failures"] += 1
                self.wrong("I1", f"{told.case_id}: a step was refused and happened")

    def _in_the_open(self, rows: dict[str, list[Item]]) -> None:
        """I9: no name, no number, no word of a petition outside ciphertext."""
        for case_id, found in rows.items():
            self.done["I9"] += 1
            for item in found:
                if tells(_open_part(item)):
                    self.wrong("I9", f"{case_id} {item['sk']} tells in the open")
        if any(f'"{REPORT}.' in body for body in self.world.topic.bodies):
            self.wrong("I7", "a report of misconduct left on the topic")
        for where, texts in (
            ("topic", self.world.topic.bodies),
            ("sms", [word for _, word in self.world.provider.words]),
        ):
            if tells("\n".join(texts)):
                self.wrong("I9", f"the {where} carries personal data")


def _open_part(item: Item) -> str:
    parts = [str(value) for name, value in item.items() if isinstance(value, str)]
    if "snapshot" in item:
        parts.append(zlib.decompress(item["snapshot"]).decode())
    if "body" in item:
        parts.append(zlib.decompress(item["body"]).decode())
    return "\n".join(parts)


def tells(text: str) -> bool:
    """Does it hold a word or a number of somebody? The canaries begin with 秘, the numbers with 19900."""
    return "秘" in text or PHONE.search(text) is not None
