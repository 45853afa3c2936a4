"""Load a case, and commit a change of it in ONE transaction: state, events, texts, desks, notices, idempotency.

The invariant: a commit happened wholly or not at all, its caller is told which, and a repeat of the same
command is answered like the first time. Never "probably saved". Nothing but the table is called on the way.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.domain import numbers, recusal
from chalicelib.domain.case import REPORT, Case, Change
from chalicelib.domain.elapsing import set_at, wake_at
from chalicelib.domain.errors import NotFound, TargetRefused
from chalicelib.domain.intake import Contact
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.owed import owed
from chalicelib.domain.owed.upward import redirected
from chalicelib.domain.procedure import Rules
from chalicelib.domain.values import replace, value
from chalicelib.store import chain, contacts, items, keys, owing, projection, proofs, snapshot
from chalicelib.store.chain import Recorded
from chalicelib.store.command import Command
from chalicelib.store.sealing import DataKey, Keys, place
from chalicelib.store.table import Absent, Busy, Cancelled, Check, Denied, Holds, Item, Put, Table, Write

QUERY_CODE_VERSION = 1


@dataclass
class StaleCase(Exception):
    """The case moved on since it was loaded; `version` is where it stands now."""

    version: int


class KeyReused(Exception):
    """The same Idempotency-Key came with another body."""


class StaleTree(Exception):
    """The office tree changed while an office was given the case: load it again and decide again."""


class NumberTaken(Exception):
    """A new case number was already given: draw another one."""


@value
class Held:
    """A case with its open key: what a step needs."""

    case: Case
    key: DataKey


@value
class CaseFile:
    """Everything of a case, unsealed for one request."""

    case: Case
    key: DataKey
    events: tuple[Recorded, ...]
    texts: dict[int, dict[str, Any]]
    contact: Contact
    notices: tuple[Item, ...]


class Cases:
    """The cases of a tenant, over any table."""

    def __init__(self, table: Table, keys_: Keys) -> None:
        self.table, self.keys = table, keys_

    def load(self, case_id: str) -> Held:
        """The case as it stands. Raises NotFound."""
        item = self.table.get(keys.case(case_id), keys.CASE)
        if item is None:
            raise NotFound("没有找到这件信访事项")
        return self.open(item)

    def read(self, case_id: str) -> CaseFile:
        """The whole file of a case in one query. Raises NotFound."""
        found = self.table.query(keys.case(case_id)).items
        of_kind: dict[str, list[Item]] = {}
        for item in found:
            of_kind.setdefault(item["kind"], []).append(item)
        if items.CASE not in of_kind:
            raise NotFound("没有找到这件信访事项")
        held = self.open(of_kind[items.CASE][0])
        texts = {
            int(item["sk"].removeprefix(keys.TEXTS)): json.loads(held.key.unseal(item["sealed"], place(item)))
            for item in of_kind.get(items.TEXT, ())
        }
        contact = contacts.read(held.key, of_kind.get(items.CONTACT, ()), of_kind.get(items.SIGNER, ()))
        events = tuple(chain.read(item) for item in of_kind.get(items.EVENT, ()))
        return CaseFile(held.case, held.key, events, texts, contact, tuple(of_kind.get(items.NOTICE, ())))

    def history(self, case_id: str) -> tuple[Case, tuple[Recorded, ...]]:
        """A case and its events, nothing sealed opened: for who counts and has no key. Raises NotFound."""
        item = self.table.get(keys.case(case_id), keys.CASE)
        if item is None:
            raise NotFound("没有找到这件信访事项")
        events = self.table.query(keys.case(case_id), prefix=keys.EVENTS).items
        return self._known(item), tuple(chain.read(event) for event in events)

    def begin(self, held: Held, version: int, command: Command) -> bool:
        """May a step that was decided on `version` be taken? False when this very command was taken already.

        Raises StaleCase when the case has moved on otherwise, KeyReused.
        """
        if held.case.version == version:
            return True
        if version < held.case.version and self.took(held.case.id, version, command):
            return False
        raise StaleCase(held.case.version)

    def filed(self, command: Command) -> str | None:
        """The number that this filing was given before, if it was filed. Raises KeyReused."""
        item = self.table.get(keys.submission(command.key.hex()), keys.SUBMISSION)
        if item is None:
            return None
        if item["fingerprint"] != command.fingerprint:
            raise KeyReused
        return str(item["result"])

    def file(
        self, change: Change, contact: Contact, command: Command, *, at: datetime, tree: OfficeTree, rules: Rules
    ) -> str:
        """Commit a new case; answer its number, or the number this command was given the first time.

        Raises NumberTaken, StaleTree, KeyReused, Busy, Denied.
        """
        case, writes = self.filing(change, contact, command, at=at, tree=tree, rules=rules)
        try:
            self.table.transact(writes, secrets.token_hex(16))
        except Cancelled as cancelled:
            failed = _refused(writes, cancelled)
            if items.SUBMISSION in failed:
                return self.filed(command) or case.id
            if items.TREE in failed:
                raise StaleTree from cancelled
            raise NumberTaken from cancelled
        return case.id

    def filing(
        self, change: Change, contact: Contact, command: Command, *, at: datetime, tree: OfficeTree, rules: Rules
    ) -> tuple[Case, list[Write]]:
        """Everything that is written for a new case: with its people, and the number this command was given."""
        key = self._new_key(change.case.id)
        case, writes = self.writes(None, change, key, command, at=at, tree=tree, rules=rules)
        writes = self._with_people(writes, case, contact, key)
        submission = {
            "pk": keys.submission(command.key.hex()),
            "sk": keys.SUBMISSION,
            "kind": items.SUBMISSION,
            "fingerprint": command.fingerprint,
            "result": case.id,
        }
        return case, [*writes, Put(submission, Absent())]

    def commit(
        self,
        held: Held,
        change: Change,
        command: Command,
        *,
        at: datetime,
        tree: OfficeTree,
        rules: Rules,
        beside: Sequence[Put] = (),
    ) -> Case:
        """Commit what a step made of a loaded case; answer the case as it stands then.

        `beside` is what belongs to the step and is no part of the case: it is written with it or not at all.
        Seeing that this very command was committed before is success. Raises StaleCase, StaleTree, KeyReused,
        TargetRefused (an accused office), Busy, Denied.
        """
        for org in change.granted:
            if not recusal.permits(change.case.accused, tree.path(org)):
                raise TargetRefused("这个单位不能接收该信访事项", law="第三十条第三款")
        case, writes = self.writes(held.case, change, held.key, command, at=at, tree=tree, rules=rules)
        writes += beside
        try:
            self.table.transact(writes, secrets.token_hex(16))
        except Cancelled as cancelled:
            failed = _refused(writes, cancelled)
            if items.CASE in failed or items.EVENT in failed:
                if self.took(held.case.id, held.case.version, command):
                    return self.load(held.case.id).case
                raise StaleCase(self.load(held.case.id).case.version) from cancelled
            raise StaleTree from cancelled
        return case

    def contact(self, case_id: str, key: DataKey) -> Contact:
        """Who filed, as it was sealed; without those who joined later."""
        item = self.table.get(keys.case(case_id), keys.CONTACT)
        return contacts.read(key, [item] if item else [], [])

    def contact_puts(self, case: Case, contact: Contact, key: DataKey) -> list[Put]:
        """The contact anew, to be committed with the step that completed it: CASE.version guards both."""
        return [Put(item) for item in contacts.completed(case, contact, key, self.person)]

    def query_code(self, case_id: str, version: int = QUERY_CODE_VERSION) -> str:
        """The 16 digits that open this case to whoever has them; never stored. A new version voids those before."""
        return numbers.query_code(self.keys.secret("query-code"), case_id, version)

    def person(self, field: str, value: str) -> str:
        """List name of the petitions of one person, by phone, identity number or exact name."""
        return keys.person(self.keys.index(field, value))

    def writes(
        self,
        before: Case | None,
        change: Change,
        key: DataKey,
        command: Command,
        *,
        at: datetime,
        tree: OfficeTree,
        rules: Rules,
    ) -> tuple[Case, list[Write]]:
        """What a change of one case writes, and the case as it stands then. CASE comes first."""
        case = change.case
        seq, head = (before.version, before.head) if before else (0, b"")
        writes: list[Write] = []
        for happened in change.happened:
            seq += 1
            text = chain.text_bytes(dict(happened.event.text))
            body = chain.canonical(case, seq, happened, text, at, head)
            head = chain.digest(body)
            notices = redirected(owed(case, happened.event), case.accused, tree)
            writes.append(Put(_event_item(case.id, seq, body, command) | owing.told(notices), Absent()))
            if text:
                writes.append(Put(_text_item(case.id, seq, text, key), Absent()))
            writes += [Put(proofs.owed_item(case.id, seq, notice, at), Absent()) for notice in notices]
        case = set_at(before, replace(case, version=seq, head=head), at=at, rules=rules)
        item = _case_item(case, key, wake_at(case, rules))
        writes.insert(0, Put(item, Holds("version", before.version) if before else Absent()))
        writes += [Put(entry) for entry in (*projection.desks(before, case), *projection.ledger(before, case))]
        if change.granted:
            writes.append(Check(*keys.TREE, Holds("version", tree.version)))
        return case, writes

    def took(self, case_id: str, version: int, command: Command) -> bool:
        """Was the event that followed `version` this very command? Raises KeyReused when only its key is the same."""
        item = self.table.get(keys.case(case_id), keys.event(version + 1))
        if item is None or item.get("command") != command.key:
            return False
        if item.get("fingerprint") != command.fingerprint:
            raise KeyReused
        return True

    def open(self, item: Item) -> Held:
        """A CASE item as a case with its key. Raises NotFound for a report of misconduct: `reports.py` opens those."""
        case = self._known(item)
        return Held(case, self.keys.data_key(item["data_key"], case.id))

    @staticmethod
    def _known(item: Item) -> Case:
        case = unpacked(item)
        if case.procedure == REPORT:
            raise NotFound("没有找到这件信访事项")
        return case

    def _new_key(self, case_id: str) -> DataKey:
        return self.keys.new_data_key(case_id)

    def _with_people(self, writes: list[Write], case: Case, contact: Contact, key: DataKey) -> list[Write]:
        """Who files, sealed, and by what the case is found again."""
        named = [contacts.named(write, case, contact, self.person) for write in writes]
        return named + [Put(item, Absent()) for item in contacts.written(case, contact, key, self.person)]


def unpacked(item: Item) -> Case:
    """The open part of a CASE item."""
    case_id = item["pk"].removeprefix(keys.case(""))
    return snapshot.unpack(case_id, item["snapshot"], item["version"], item["head"])


def may_be_report(item: Item | None) -> bool:
    """A report of misconduct; or a case that is gone or damaged, of which nobody can tell: then it counts as one."""
    try:
        return item is None or unpacked(item).procedure == REPORT
    except Exception:  # whatever a damaged row does to its reader
        return True


def _case_item(case: Case, key: DataKey, wake: datetime | None) -> Item:
    list_name, list_key = projection.lead_entry(case)
    item: Item = {
        "pk": keys.case(case.id),
        "sk": keys.CASE,
        "kind": items.CASE,
        "version": case.version,
        "snapshot": snapshot.pack(case),
        "head": case.head,
        "data_key": key.wrapped,
        "list_name": list_name,
        "list_key": list_key,
    }
    if wake is not None:
        item |= {"shard": keys.shard(case.id), "wake_at": keys.instant(wake)}
    return item


def _event_item(case_id: str, seq: int, body: bytes, command: Command) -> Item:
    return {
        "pk": keys.case(case_id),
        "sk": keys.event(seq),
        "kind": items.EVENT,
        "body": chain.pack(body),
        "command": command.key,
        "fingerprint": command.fingerprint,
    }


def _text_item(case_id: str, seq: int, text: bytes, key: DataKey) -> Item:
    item: Item = {"pk": keys.case(case_id), "sk": keys.text(seq), "kind": items.TEXT}
    return item | {"sealed": key.seal(text, place(item))}


def refused(writes: Sequence[Write], cancelled: Cancelled) -> list[Write]:
    """The writes whose condition did not hold: the only failures that say something about the case.

    Raises Denied, and Busy for everything that says nothing: a conflict or a throttle that did not pass in time.
    """
    if cancelled.has("denied"):
        raise Denied("the transaction is denied to this role") from cancelled
    failed = [write for write, reason in zip(writes, cancelled.reasons, strict=True) if reason.code == "condition"]
    if not failed:
        raise Busy("the transaction met traffic") from cancelled
    return failed


def _refused(writes: Sequence[Write], cancelled: Cancelled) -> set[str]:
    """The kinds of item that were refused. Raises Denied, Busy."""
    return {items.TREE if isinstance(each, Check) else each.item["kind"] for each in refused(writes, cancelled)}
