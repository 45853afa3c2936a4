"""Everything once more, when a world has come to rest: what exists, what ended, what was sent, what tells too much."""

import re
import zlib
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from chalicelib.domain.case import REPORT, Case
from chalicelib.store import chain, items, projection, proofs
from chalicelib.store.table import Item
from infra.torture.provider import whose
from infra.traces.oracle import Oracle

if TYPE_CHECKING:
    from infra.torture.world import World

PHONE = re.compile(r"(?<![0-9a-f])19900(?:97|98|99)\d{4}(?![0-9a-f])")


@dataclass
class Seen:
    """What the checks know of one case so far."""

    told: Oracle
    case: Case | None = None
    head: bytes = b""
    wake: datetime | None = None
    since: dict[tuple[str, str], datetime] = field(default_factory=dict)
    """When the date of each clock began to stand, by the events."""
    parked: str = ""
    came_from: str = ""
    commands: list[bytes] = field(default_factory=list)
    first: bytes = b""


class AtRest:
    """What the checks look at in full, at the end."""

    world: "World"
    cases: dict[str, Seen]
    filed: dict[bytes, Any]
    asked: dict[bytes, Any]
    done: Any

    def wrong(self, invariant: str, what: str) -> None:
        """Somebody has to know."""
        self.world.found.wrong.append(f"{invariant} {what} at {self.world.now:%Y-%m-%d %H:%M}")

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
        if seen.wake is not None and self._is_forgotten(seen.wake):
            self.world.found.figures["missed"] += 1
            self.wrong("I6", f"{case_id}: nobody looks at {seen.wake} any more")
        if seen.case is not None and seen.case.procedure != REPORT:
            self._desks(seen, found)
        for item in found:
            if item["kind"] == items.NOTICE:
                self._notice(proofs.proof(item))

    def _is_forgotten(self, wake: datetime) -> bool:
        """Its moment is past, and nobody looked."""
        return self.world.now - wake > timedelta(minutes=15)

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
        if not proof.has_ended and (proof.wake_at is None or self._is_forgotten(proof.wake_at)):
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


def _open_part(item: Item) -> str:
    parts = [str(value) for name, value in item.items() if isinstance(value, str)]
    if "snapshot" in item:
        parts.append(zlib.decompress(item["snapshot"]).decode())
    if "body" in item:
        parts.append(zlib.decompress(item["body"]).decode())
    return "\n".join(parts)


def _tells(text: str) -> bool:
    return "秘" in text or PHONE.search(text) is not None
