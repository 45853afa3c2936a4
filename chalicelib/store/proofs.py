"""NOTICE rows: what is owed to whom because of an event, and the proof of what became of it (告知).

| state | means | moves on by |
|---|---|---|
| owed | nothing was tried for the current part | claim, postpone, hand_over |
| claimed | somebody is sending it now | record_failed, put_back, doubt, `delivery` |
| failed | not sent, or no telephone got it; tried again at `wake_at` | claim, `delivery`, hand_over |
| unknown | perhaps sent: nobody saw the answer | record_failed, `delivery`, hand_over |
| sent | the provider took it: ended where it gives no receipts (`wake_at` None), else it waits for one | `delivery` |
| delivered | ended: the telephone has every text (手机已收到), or it stands in the inbox | |
| handed_to_person | ended for the machine: a person tells the petitioner | record_told |
| told | ended: a person told, and said how; the event that says so is part of the chain | |
| needless | ended: the same telephone is told anyway, or the proxy is one no longer | |
| spread | ended: it stood for many joint signers, and each has a row now | |

The invariants: a text is claimed before it is sent and a claim is won by one only, so that what may have been sent
is not sent again, unless the provider had no record of it and the doubt is on record (`delivery.py`). And a notice
ends delivered (sent, with a provider that gives no receipts), or with a person, or needless: `has_ended` says so,
and nothing else is an end. The state `delivered` of an SMS is 手机已收到; it is never service (送达).
"""

import json
from collections.abc import Sequence
from dataclasses import field
from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain.case import PETITIONER
from chalicelib.domain.owed import SITE, Notice
from chalicelib.domain.values import replace, value
from chalicelib.store import items, keys
from chalicelib.store.sealing import DataKey
from chalicelib.store.table import ConditionFailed, Holds, Item, Put, Table

OWED, CLAIMED, SENT, DELIVERED = "owed", "claimed", "sent", "delivered"
FAILED, UNKNOWN, HANDED, TOLD = "failed", "unknown", "handed_to_person", "told"
NEEDLESS, SPREAD = "needless", "spread"
ENDED = (SENT, DELIVERED, HANDED, TOLD, NEEDLESS, SPREAD)
"""Where a notice may end. SENT is an end only while no receipt is waited for: ask `has_ended`."""
ORG = "org:"

SAFETY = timedelta(minutes=5)
"""The stream brings a notice within a second; what it did not bring, the sweep finds after this."""
LEASE = timedelta(minutes=2)
"""A claim that is older was left by a process that died: whether the text went out, nobody knows."""
FIRST_ASK = timedelta(minutes=1)
"""What is in doubt is asked about after this, for the first time."""
FIRST_POLL = timedelta(minutes=5)
"""A receipt that did not come by itself is asked for after this, for the first time."""
INTERRUPTED = "发送中断，结果待核实"
"""Why a claim that nobody works on is in doubt."""
RETRIES = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=12))
LONGEST_WAIT = timedelta(hours=1)
GIVE_UP = timedelta(hours=72)
"""After this a notice that could not be sent is a person's task: art. 23 gives 15 days, and they run."""


@value
class Attempt:
    """One try to send one text. `reason` is why it failed or is in doubt, `provider_id` what the provider calls it."""

    at: str
    text: str
    out_id: str
    provider_id: str = ""
    reason: str = ""
    fate: str = ""
    """As in `delivery.py`: sent, delivered, failed, rejected, absent. Empty while nobody said anything."""
    absent: int = 0
    """How often the provider had no record of it."""


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
    was_lost: bool = False
    """Laid down anew, nobody knows after how many tries: each text is asked about; none is ever sent by this row."""

    @property
    def key(self) -> tuple[str, str]:
        """Where the row stands."""
        return keys.case(self.case_id), keys.notice(self.seq, self.recipient, self.channel)

    @property
    def text(self) -> str:
        """The text whose turn it is; when all were said, the last one."""
        return self.texts[min(self.part, len(self.texts) - 1)]

    @property
    def out_id(self) -> str:
        """Our own number of the next try, which the provider keeps: it holds no personal data.

        Several people are told the same of one event, and each of their texts has its own fate.
        """
        whose = "" if self.recipient == PETITIONER else f"-{self.recipient.replace(':', '')}"
        return f"{self.case_id}-{self.seq}-{self.text}-{self.tries(self.text) + 1}{whose}"

    @property
    def has_ended(self) -> bool:
        """True when the machine has nothing more to do: the completeness of a day is counted by this."""
        return self.state in ENDED and self.wake_at is None

    def last_of(self, text: str) -> int | None:
        """Where the last try of a text stands among the attempts."""
        return next((at for at in reversed(range(len(self.attempts))) if self.attempts[at].text == text), None)

    def tries(self, text: str) -> int:
        """How often a text was tried."""
        return sum(1 for attempt in self.attempts if attempt.text == text)

    def went_out(self, part: int) -> bool:
        """True when a text is with the telephone or, as far as anybody knows, on its way there."""
        tried = [attempt for attempt in self.attempts if attempt.text == self.texts[part]]
        if any(attempt.fate == DELIVERED for attempt in tried):
            return True
        return bool(tried) and tried[-1].fate == SENT

    @property
    def is_delivered(self) -> bool:
        """True when the telephone has every text."""
        got = {attempt.text for attempt in self.attempts if attempt.fate == DELIVERED}
        return got.issuperset(self.texts)


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
    return replace(proof, state=CLAIMED, attempts=(*proof.attempts, attempt), wake_at=not_before(proof, now + LEASE))


def not_before(proof: Proof, moment: datetime) -> datetime:
    """The moment to look again: one that lies late enough already stays, because moving it costs two index writes."""
    return proof.wake_at if proof.wake_at is not None and proof.wake_at >= moment else moment


def record_failed(proof: Proof, now: datetime, reason: str, *, retry: bool) -> Proof:
    """The text was certainly not sent: try again after 5 minutes, 1 hour, 12 hours, then leave it to `hand_over`.

    A FAILED row without `wake_at` is to be handed over.
    """
    failed = replace(proof, state=FAILED, attempts=last_told(proof, reason=reason), reason=reason, wake_at=None)
    tries = proof.tries(proof.text)
    if not retry or tries > len(RETRIES):
        return failed
    again = now + RETRIES[tries - 1]
    return replace(failed, wake_at=again) if again <= keys.moment(proof.owed_at) + GIVE_UP else failed


def put_back(proof: Proof, now: datetime, wait: timedelta, reason: str) -> Proof:
    """The provider has no room now, or is down: nothing was sent, and it was no try. It is asked the more seldom the
    longer that lasts, once an hour at last; after three days it is a person's task.
    """
    owed_at = keys.moment(proof.owed_at)
    until = now + max(wait, min((now - owed_at) / 4, LONGEST_WAIT))
    if until > owed_at + GIVE_UP:
        return record_failed(proof, now, reason, retry=False)
    return replace(proof, state=FAILED, attempts=proof.attempts[:-1], reason=reason, wake_at=until)


def doubt(proof: Proof, now: datetime, reason: str) -> Proof:
    """Nobody knows whether the text went out. It is not sent again unless the provider says that it never had it."""
    attempts = last_told(proof, reason=reason)
    return replace(proof, state=UNKNOWN, attempts=attempts, reason=reason, wake_at=now + FIRST_ASK)


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
    attempts: Sequence[dict[str, Any]] = state.get("attempts", ())
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
        was_lost=state.get("was_lost", False),
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
    if proof.was_lost:
        state["was_lost"] = True
    return json.dumps(state, ensure_ascii=False, separators=(",", ":"))


def last_told(proof: Proof, **result: Any) -> tuple[Attempt, ...]:
    """The tries, with what became of the last one."""
    return (*proof.attempts[:-1], replace(proof.attempts[-1], **result))


def _place(proof: Proof) -> str:
    pk, sk = proof.key
    return f"cases|{pk}|{sk}|sealed"
