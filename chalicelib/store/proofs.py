"""NOTICE rows: what is owed to whom because of an event, and the proof of what became of it (告知).

| state | means | moves on by |
|---|---|---|
| owed | nothing was tried for the current part | claim, postpone, hand_over |
| claimed | somebody is sending it now | record_sent, record_failed, doubt |
| failed | certainly not sent; tried again at `wake_at` | claim, hand_over |
| unknown | perhaps sent: nobody saw the answer | record_sent, record_failed, hand_over |
| sent, delivered | ended: the provider took it, or it stands in the inbox | |
| handed_to_person | ended for the machine: a person tells the petitioner | record_told |
| told | ended: a person told, and said how; the event that says so is part of the chain | |
| needless | ended: the same telephone is told anyway, or the proxy is one no longer | |
| spread | ended: it stood for many joint signers, and each has a row now | |

The invariant: a text is claimed before it is sent and a claim is won by one only, so that what may have been
sent is never sent again. The state `delivered` of an SMS is 手机已收到; it is never service (送达).
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import field, replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain.case import PETITIONER
from chalicelib.domain.owed import SITE, Notice
from chalicelib.domain.owed.recipients import SIGNER, SIGNERS, number_of
from chalicelib.domain.values import value
from chalicelib.store import items, keys
from chalicelib.store.sealing import DataKey
from chalicelib.store.table import Absent, Busy, Cancelled, ConditionFailed, Denied, Holds, Item, Put, Table, Write

OWED, CLAIMED, SENT, DELIVERED = "owed", "claimed", "sent", "delivered"
FAILED, UNKNOWN, HANDED, TOLD = "failed", "unknown", "handed_to_person", "told"
NEEDLESS, SPREAD = "needless", "spread"
ENDED = (SENT, DELIVERED, HANDED, TOLD, NEEDLESS, SPREAD)
SPREAD_AT_ONCE = 90
"""So many rows go into one transaction; what is left waits under a row of its own."""

ORG = "org:"

SAFETY = timedelta(minutes=5)
"""The stream brings a notice within a second; what it did not bring, the sweep finds after this."""
LEASE = timedelta(minutes=2)
"""A claim that is older was left by a process that died: whether the text went out, nobody knows."""
RETRIES = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=12))
GIVE_UP = timedelta(hours=72)
"""After this a notice that could not be sent is a person's task: art. 23 gives 15 days, and they run."""


@value
class Attempt:
    """One try to send one text. `reason` is why it failed, `provider_id` what the provider calls it."""

    at: str
    text: str
    out_id: str
    provider_id: str = ""
    reason: str = ""


@value
class Proof:
    """A NOTICE row. `part` counts the texts that went out; `wake_at` is the moment to look again, None when ended."""

    case_id: str
    seq: int
    recipient: str
    channel: str
    texts: tuple[str, ...]
    owed_at: str
    state: str = OWED
    part: int = 0
    attempts: tuple[Attempt, ...] = ()
    reason: str = ""
    how: str = ""
    """How a person told it: a code of `intake.TOLD_HOW`."""
    version: int = 1
    wake_at: datetime | None = None
    inbox: tuple[str, str] | None = None
    sealed: bytes = field(default=b"", repr=False)

    @property
    def key(self) -> tuple[str, str]:
        """Where the row stands."""
        return keys.case(self.case_id), keys.notice(self.seq, self.recipient, self.channel)

    @property
    def text(self) -> str:
        """The text whose turn it is."""
        return self.texts[self.part]

    @property
    def out_id(self) -> str:
        """Our own number of the next try, which the provider keeps: it holds no personal data.

        Several people are told the same of one event, and each of their texts has its own fate.
        """
        whose = "" if self.recipient == PETITIONER else f"-{self.recipient.replace(':', '')}"
        return f"{self.case_id}-{self.seq}-{self.text}-{self._tries() + 1}{whose}"

    @property
    def has_ended(self) -> bool:
        """True when the machine has nothing more to do."""
        return self.state in ENDED

    def _tries(self) -> int:
        return sum(1 for attempt in self.attempts if attempt.text == self.text)


def owed_item(case_id: str, seq: int, notice: Notice, at: datetime) -> Item:
    """The row to commit with the event that owes it. An in-site message is delivered by standing in the inbox."""
    proof = Proof(case_id, seq, notice.recipient, notice.channel, notice.texts, keys.instant(at))
    if notice.channel == SITE:
        org = notice.recipient.removeprefix(ORG)
        return item(replace(proof, state=DELIVERED, inbox=(keys.inbox(org), keys.by_time(at, case_id))))
    return item(replace(proof, wake_at=at + SAFETY))


def may_claim(proof: Proof, now: datetime) -> bool:
    """True for what is owed, and for a failure whose time to be tried again has come."""
    if proof.state == FAILED:
        return proof.wake_at is not None and proof.wake_at <= now
    return proof.state == OWED


def is_doubtful(proof: Proof, now: datetime) -> bool:
    """True for a claim that nobody is working on any more."""
    return proof.state == CLAIMED and proof.wake_at is not None and proof.wake_at <= now


def was_not_brought(proof: Proof) -> bool:
    """True when nobody touched it since it was owed: stream and queue should have brought it within a second."""
    return proof.state == OWED and proof.version == 1 and proof.wake_at == keys.moment(proof.owed_at) + SAFETY


def claim(proof: Proof, now: datetime) -> Proof:
    """Take the current text to send it: from here on it may have been sent."""
    attempt = Attempt(keys.instant(now), proof.text, proof.out_id)
    return replace(proof, state=CLAIMED, attempts=(*proof.attempts, attempt), wake_at=_not_before(proof, now + LEASE))


def _not_before(proof: Proof, moment: datetime) -> datetime:
    """The moment to look again: one that lies late enough already stays, because moving it costs two index writes."""
    return proof.wake_at if proof.wake_at is not None and proof.wake_at >= moment else moment


def record_sent(proof: Proof, now: datetime, provider_id: str) -> Proof:
    """The provider took the text; the next one of the notice is owed now, or the notice has ended."""
    done = replace(proof, attempts=_last(proof, provider_id=provider_id), part=proof.part + 1, reason="")
    if done.part < len(done.texts):
        return replace(done, state=OWED, wake_at=_not_before(done, now + LEASE))
    return replace(done, state=SENT, wake_at=None)


def record_failed(proof: Proof, now: datetime, reason: str, *, retry: bool) -> Proof:
    """The text was certainly not sent: try again after 5 minutes, 1 hour, 12 hours, then leave it to `hand_over`.

    A FAILED row without `wake_at` is to be handed over.
    """
    failed = replace(proof, state=FAILED, attempts=_last(proof, reason=reason), reason=reason, wake_at=None)
    tries = proof._tries()
    if not retry or tries > len(RETRIES):
        return failed
    again = now + RETRIES[tries - 1]
    return replace(failed, wake_at=again) if again <= keys.moment(proof.owed_at) + GIVE_UP else failed


def doubt(proof: Proof, now: datetime, reason: str) -> Proof:
    """Nobody knows whether the text went out. It is not sent again unless the provider says that it never had it."""
    attempts = _last(proof, reason=reason)
    return replace(proof, state=UNKNOWN, attempts=attempts, reason=reason, wake_at=now + LEASE)


def postpone(proof: Proof, until: datetime) -> Proof:
    """Leave it for the hour at which notices may be sent."""
    return replace(proof, wake_at=until)


def hand_over(proof: Proof, now: datetime, reason: str, org: str) -> Proof:
    """Make it a task of a person in this organ: it appears in the organ's inbox."""
    inbox = (keys.inbox(org), keys.by_time(now, proof.case_id))
    return replace(proof, state=HANDED, reason=reason, wake_at=None, inbox=inbox)


def needless(proof: Proof, reason: str) -> Proof:
    """Nobody has to be told by this row."""
    return replace(proof, state=NEEDLESS, reason=reason, wake_at=None)


def spread(table: Table, proof: Proof, signers: int, now: datetime) -> None:
    """Give each joint signer a row in place of the one that stood for them all: in one transaction, so that none is
    lost and none is told twice. Found done already, it does nothing. Raises Busy, Denied.
    """
    first = number_of(proof.recipient)
    last = min(signers, first + SPREAD_AT_ONCE - 1)
    ended = replace(proof, state=SPREAD, wake_at=None, version=proof.version + 1)
    told = [f"{SIGNER}:{number}" for number in range(first, last + 1)]
    told += [f"{SIGNERS}:{last + 1}"] * (last < signers)
    rows = [
        Proof(proof.case_id, proof.seq, each, proof.channel, proof.texts, proof.owed_at, wake_at=now) for each in told
    ]
    writes: list[Write] = [Put(item(ended), Holds("version", proof.version))]
    writes += [Put(item(row), Absent()) for row in rows]
    try:
        table.transact(writes, secrets.token_hex(16))
    except Cancelled as cancelled:
        if cancelled.has("denied"):
            raise Denied("the transaction is denied to this role") from cancelled
        if not cancelled.has("condition"):
            raise Busy("the transaction met traffic") from cancelled


def record_told(proof: Proof, how: str) -> Proof:
    """A person told what no message could tell. The task leaves the inbox."""
    return replace(proof, state=TOLD, how=how, inbox=None)


def put(before: Proof, after: Proof) -> Put:
    """One move, to be committed with the step that makes it."""
    return Put(item(replace(after, version=before.version + 1)), Holds("version", before.version))


def with_words(proof: Proof, words: str, key: DataKey) -> Proof:
    """Keep the words of the current text, sealed with the case's key."""
    kept = [*said(proof, key)[: proof.part], words]
    return replace(proof, sealed=key.seal(json.dumps(kept, ensure_ascii=False).encode(), _place(proof)))


def said(proof: Proof, key: DataKey) -> list[str]:
    """The words that were sent or claimed to be sent, text by text. Raises SealBroken."""
    found: list[str] = json.loads(key.unseal(proof.sealed, _place(proof))) if proof.sealed else []
    return found


def save(table: Table, before: Proof, after: Proof) -> Proof | None:
    """Write one move. None when somebody else moved the row first: then it is theirs. Raises Busy, Denied."""
    moved = replace(after, version=before.version + 1)
    try:
        table.put(item(moved), Holds("version", before.version))
    except ConditionFailed:
        return None
    return moved


def at(table: Table, pk: str, sk: str) -> Proof | None:
    """One row by its key."""
    found = table.get(pk, sk)
    return proof(found) if found else None


def of_case(table: Table, case_id: str) -> list[Proof]:
    """Everything that was ever owed in a case, in the order of its events."""
    return [proof(row) for row in table.query(keys.case(case_id), prefix=keys.NOTICES).items]


def unended(table: Table, case_id: str) -> list[Proof]:
    """What of a case is still under way."""
    return [each for each in of_case(table, case_id) if not each.has_ended]


def proof(row: Item) -> Proof:
    """Read a NOTICE row."""
    state: dict[str, Any] = json.loads(row["state"])
    attempts: Sequence[dict[str, str]] = state.get("attempts", ())
    return Proof(
        case_id=row["pk"].removeprefix(keys.case("")),
        seq=state["seq"],
        recipient=state["recipient"],
        channel=state["channel"],
        texts=tuple(state["texts"]),
        owed_at=state["owed_at"],
        state=state["state"],
        part=state.get("part", 0),
        attempts=tuple(Attempt(**attempt) for attempt in attempts),
        reason=state.get("reason", ""),
        how=state.get("how", ""),
        version=row["version"],
        wake_at=keys.moment(row["wake_at"]) if "wake_at" in row else None,
        inbox=(row["list_name"], row["list_key"]) if "list_name" in row else None,
        sealed=row.get("sealed", b""),
    )


def item(proof: Proof) -> Item:
    """Write a NOTICE row; it is in the `due` index only while something is to be done."""
    pk, sk = proof.key
    row: Item = {"pk": pk, "sk": sk, "kind": items.NOTICE, "version": proof.version, "state": _state(proof)}
    if proof.wake_at is not None:
        row |= {"shard": keys.shard(proof.case_id), "wake_at": keys.instant(proof.wake_at)}
    if proof.inbox is not None:
        row |= {"list_name": proof.inbox[0], "list_key": proof.inbox[1]}
    if proof.sealed:
        row["sealed"] = proof.sealed
    return row


def _state(proof: Proof) -> str:
    state: dict[str, Any] = {
        "seq": proof.seq,
        "recipient": proof.recipient,
        "channel": proof.channel,
        "texts": proof.texts,
        "state": proof.state,
        "owed_at": proof.owed_at,
    }
    if proof.part:
        state["part"] = proof.part
    if proof.attempts:
        state["attempts"] = [{k: v for k, v in vars(attempt).items() if v} for attempt in proof.attempts]
    if proof.reason:
        state["reason"] = proof.reason
    if proof.how:
        state["how"] = proof.how
    return json.dumps(state, ensure_ascii=False, separators=(",", ":"))


def _last(proof: Proof, **result: str) -> tuple[Attempt, ...]:
    return (*proof.attempts[:-1], replace(proof.attempts[-1], **result))


def _place(proof: Proof) -> str:
    pk, sk = proof.key
    return f"cases|{pk}|{sk}|sealed"
