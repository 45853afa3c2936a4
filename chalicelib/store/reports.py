"""Reports of misconduct in the table: sealed for the public half of a pair, so that who writes one cannot read it.

The invariant: besides stage, dates and which body has it, nothing of a report stands in the open: no word, no
contact, not who is accused, not even a digest that a guess could be compared with. And no commit leaves a report
with a body that is accused.
"""

import hmac
import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chalicelib.domain import recusal
from chalicelib.domain.case import REPORT, Case, Change
from chalicelib.domain.errors import NotFound, TargetRefused
from chalicelib.domain.intake import Contact
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.procedure import Rules
from chalicelib.domain.values import replace, value
from chalicelib.store import contacts, items, keys
from chalicelib.store.cases import CaseFile, Cases, Command, Held, StaleCase, unpacked
from chalicelib.store.sealing import DataKey, place
from chalicelib.store.table import Absent, Busy, Cancelled, Check, Denied, Holds, Item, Put, Write


@value
class Reading:
    """Somebody opened a report for the first time, when it stood at this version."""

    user: str
    org: str
    at: str
    version: int


class Reports(Cases):
    """The reports of a tenant: the same events, chain and transaction as a petition's, sealed otherwise."""

    def stage_of(self, case_id: str) -> Case | None:
        """What is open of a report; None for a number that is none. Accused is nobody here: that is sealed."""
        item = self.table.get(keys.case(case_id), keys.CASE)
        case = unpacked(item) if item else None
        return case if case and case.procedure == REPORT else None

    def open(self, item: Item) -> Held:
        """A CASE item as a report with its key and its accused. Raises NotFound, and Denied to a role without the key.

        ACCUSED is read after CASE: it may be ahead of the case (the commit then fails), never behind it.
        """
        case = unpacked(item)
        if case.procedure != REPORT:
            raise NotFound("没有找到这件检举控告")
        key = self.keys.report_key(item["data_key"], case.id)
        sealed = self.table.get(item["pk"], keys.ACCUSED)
        if sealed is None:
            raise NotFound("没有找到这件检举控告")
        accused = tuple(json.loads(key.unseal(sealed["sealed"], place(sealed))))
        return Held(replace(case, accused=accused), key)

    def file(
        self, change: Change, contact: Contact, command: Command, *, at: datetime, tree: OfficeTree, rules: Rules
    ) -> str:
        """As for a petition. Raises TargetRefused besides: no body that is accused takes a report in."""
        _refuse_accused(change.case, tree)
        return super().file(change, contact, command, at=at, tree=tree, rules=rules)

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
        """As for a petition; every desk is looked at, not only a new one: an accusation may have come to an old one."""
        _refuse_accused(change.case, tree)
        return super().commit(held, change, command, at=at, tree=tree, rules=rules, beside=beside)

    def command(self, scope: str, key: str, body: Any) -> Command:
        """As `Command.of`, but what stood in the body enters under a key: the digest in the open confirms no guess."""
        asked = Command.of(scope, key, body)
        keyed = hmac.digest(self.keys.secret("report fingerprints"), asked.fingerprint, "sha256")
        return Command(asked.key, keyed[: len(asked.fingerprint)])

    def readings(self, case_id: str) -> tuple[Reading, ...]:
        """Who has opened it, in order."""
        found = self.table.query(keys.case(case_id), prefix=keys.READINGS).items
        rows = (
            Reading(item["sk"].removeprefix(keys.READINGS), **json.loads(item["state"]), version=item["version"])
            for item in found
        )
        return tuple(sorted(rows, key=lambda row: (row.version, row.at)))

    def note_reading(self, file: CaseFile, user: str, org: str, at: datetime) -> None:
        """Write down that somebody opens it, at the version he is shown. Raises StaleCase: then nothing may be shown.

        Because it holds the version, an accusation that comes later finds exactly those who had read it before.
        """
        pk = keys.case(file.case.id)
        if self.table.get(pk, keys.reading(user)) is not None:
            return
        state = json.dumps({"org": org, "at": keys.instant(at)})
        item = {"pk": pk, "sk": keys.reading(user), "kind": items.READING, "version": file.case.version, "state": state}
        writes: list[Write] = [Check(pk, keys.CASE, Holds("version", file.case.version)), Put(item, Absent())]
        try:
            self.table.transact(writes, secrets.token_hex(16))
        except Cancelled as cancelled:
            if cancelled.has("denied"):
                raise Denied("the reading may not be written down by this role") from cancelled
            if cancelled.reasons[1].code == "condition":  # the same person in another window
                return
            if cancelled.reasons[0].code != "condition":
                raise Busy("the reading met traffic") from cancelled
            raise StaleCase(self.load(file.case.id).case.version) from cancelled

    def _new_key(self, case_id: str) -> DataKey:
        return self.keys.new_report_key(case_id)

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
        accused = change.case.accused
        open_part = replace(
            change, case=replace(change.case, accused=()), happened=tuple(map(_salted, change.happened))
        )
        case, writes = super().writes(before, open_part, key, command, at=at, tree=tree, rules=rules)
        writes = [_never_woken(write) for write in writes]
        if before is None or before.accused != accused:
            item: Item = {"pk": keys.case(case.id), "sk": keys.ACCUSED, "kind": items.ACCUSED, "version": case.version}
            sealed = key.seal(json.dumps(list(accused), ensure_ascii=False).encode(), place(item))
            writes.append(Put(item | {"sealed": sealed}))
        return replace(case, accused=accused), writes

    def _with_people(self, writes: list[Write], case: Case, contact: Contact, key: DataKey) -> list[Write]:
        """Without any blind index: whose report it is, no list tells."""
        return [*writes, Put(contacts.sealed(case, contact, key), Absent())]


def _refuse_accused(case: Case, tree: OfficeTree) -> None:
    for desk in case.desks:
        if not recusal.permits(case.accused, tree.path(desk.org)):
            raise TargetRefused("这个单位不能接收该检举控告", law="第三十条第三款")


def _never_woken(write: Write) -> Write:
    """The sweep never wakes for a report."""
    if not isinstance(write, Put) or write.item["kind"] != items.CASE:
        return write
    return Put({name: held for name, held in write.item.items() if name not in ("shard", "wake_at")}, write.when)


def _salted(happened: Any) -> Any:
    """A digest of what was said stands in the open event: salted, it confirms no guess."""
    text = {**happened.event.text, "salt": secrets.token_hex(16)} if happened.event.text else {}
    return replace(happened, event=replace(happened.event, text=text))
