"""Designs as they are often built, in the same world under the same eyes. Each has to be caught: then the eyes see.

| design | what it does | what the checks have to find |
|---|---|---|
| dual write | saves the case, then writes and publishes what is owed | notices that nobody knows of |
| mark before send | notes `sent`, then sends | texts said to be sent that never were |
| blind resend | sends, then notes it; what is in doubt is sent again | texts sent twice |
| window sweep | looks at what came due since its last run | dates and notices that nobody looks at any more |
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.domain.case import Case, Change
from chalicelib.notices.senders import NotSent, Unknown
from chalicelib.store import delivery, items, keys, proofs
from chalicelib.store.table import Item
from chalicelib.triggers import notices
from chalicelib.triggers.deadlines import Sweeper, Swept
from infra.torture.bus import message
from infra.torture.table import is_put_of
from infra.torture.watched import WatchedCases
from infra.torture.world import World


class SaveThenPublish(WatchedCases):
    """The case is saved, and then, in other calls, what it owes."""

    def writes(self, before: Any, change: Change, *args: Any, **how: Any) -> Any:
        case, writes = super().writes(before, change, *args, **how)
        self.owed = [write.item for write in writes if is_put_of(write, items.NOTICE)]
        self.came = range(before.version + 1 if before else 1, case.version + 1)
        return case, [write for write in writes if not is_put_of(write, items.NOTICE)]

    def file(self, *args: Any, **how: Any) -> str:
        case_id = super().file(*args, **how)
        if self.owed and self.owed[0]["pk"] == keys.case(case_id):  # otherwise it was filed before
            self._publish(case_id)
        return case_id

    def commit(self, *args: Any, **how: Any) -> Case:
        case = super().commit(*args, **how)
        self._publish(case.id)
        return case

    def _publish(self, case_id: str) -> None:
        for item in self.owed:
            self.table.put(item)
        for seq in self.came:
            self.queue.put(message(case_id, seq))


class DualWrite(World):
    """Save, then publish."""

    caught_by = ("notices_lost",)

    def new_cases(self) -> WatchedCases:
        return SaveThenPublish(self.table, self.keys)

    def run(self) -> Any:
        self.cases.queue = self.queue
        return super().run()

    def goes_out(self, item: Item) -> None:
        return


class _OwnWayOut(World):
    """A design that sends in its own way."""

    def consume(self, event: Any) -> Any:
        failed = []
        for record in event.to_dict()["Records"]:
            try:
                case_id, seq = notices._named(record["body"])
                file = self.cases.read(case_id)
                for proof in map(proofs.proof, file.notices):
                    if proof.seq == seq and not proof.has_ended:
                        self.send(file, proof)
            except Exception:
                failed.append({"itemIdentifier": record["messageId"]})
        return {"batchItemFailures": failed}

    def carry(self, pointer: Any) -> None:
        proof = proofs.at(self.cases.table, pointer["pk"], pointer["sk"])
        if proof is not None and proof.wake_at is not None and proof.wake_at <= self.now:
            self.send(self.cases.read(proof.case_id), proof)

    def send(self, file: Any, proof: proofs.Proof) -> None:
        raise NotImplementedError

    def _said(self, proof: proofs.Proof) -> None:
        self.provider.send("1", "text", replace(proof, attempts=()).out_id)


class MarkBeforeSend(_OwnWayOut):
    """Note it as sent so that nobody sends it twice; then send it."""

    caught_by = ("texts_lost",)

    def send(self, file: Any, proof: proofs.Proof) -> None:
        while not proof.has_ended:
            claimed = replace(proof, attempts=(*proof.attempts, proofs.claim(proof, self.now).attempts[-1]))
            marked = proofs.save(self.cases.table, proof, delivery.record_sent(claimed, self.now, ""))
            if marked is None:
                return
            try:
                self._said(proof)
            except (NotSent, Unknown):
                return
            proof = marked


class BlindResend(_OwnWayOut):
    """Send it, then note it; whatever was not noted is sent again."""

    caught_by = ("texts_doubled",)

    def send(self, file: Any, proof: proofs.Proof) -> None:
        while not proof.has_ended:
            claimed = replace(proof, attempts=(*proof.attempts, proofs.claim(proof, self.now).attempts[-1]))
            try:
                self._said(proof)
            except (NotSent, Unknown):
                proofs.save(self.cases.table, proof, proofs.postpone(proof, self.now + proofs.LEASE))
                return
            marked = proofs.save(self.cases.table, proof, delivery.record_sent(claimed, self.now, ""))
            if marked is None:
                return
            proof = marked


class WindowSweep(World):
    """Look at what came due since the last run, and remember this one."""

    caught_by = ("missed", "notices_missed", "late")
    last_run = ""

    def sweep_with(self, sweeper: Sweeper, at: datetime, has_time: Callable[[], bool]) -> Swept:
        swept, since, self.last_run = Swept(), self.last_run, keys.instant(at)
        for shard in keys.SHARDS:
            for hit in self.table.hits("due", shard, low=since, high=self.last_run, limit=1000).items:
                try:
                    sweeper._act(hit, at, lambda: ())
                    swept.acted += 1
                except Exception:  # it was tried
                    swept.parked += 1
        return swept

    def oldest_due(self) -> str | None:
        firsts = (self.memory.hits("due", shard, low=self.last_run, limit=1).items for shard in keys.SHARDS)
        return min((page[0]["wake_at"] for page in firsts if page), default=None)


NAIVE = {
    "dual write": DualWrite,
    "mark before send": MarkBeforeSend,
    "blind resend": BlindResend,
    "window sweep": WindowSweep,
}
