"""Notices that an event owes and rows that stand for them: one row per recipient and channel, moving until it ends.

The invariant: a row that was lost is never sent again. Whether its texts went out nobody here knows, so it is laid down
as `unknown` with all of them: the provider is asked about each where it can be asked, else a person tells.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.case import Case
from chalicelib.domain.owed import SITE, Notice
from chalicelib.domain.owed.recipients import SIGNER, SIGNERS, number_of
from chalicelib.domain.values import replace
from chalicelib.store import chain, contacts, items, keys, owing, proofs, spreading
from chalicelib.store.fault import Fault, mend
from chalicelib.store.proofs import Proof
from chalicelib.store.sealing import DataKey
from chalicelib.store.table import Item, Put

if TYPE_CHECKING:
    from chalicelib.store.checks import CaseRows

LEFT_OPEN = timedelta(minutes=15)
"""A claim that nobody settles this long after its lease was left by a sweep that does not run."""
IN_TIME = proofs.GIVE_UP + timedelta(hours=24)
"""Three days of tries and a night's rest: after this a notice has ended, or is an exception that is listed."""
LOST = "对账发现告知记录缺失，是否发出待核实"

Place = tuple[int, str, str]
"""Event, recipient, channel."""
DONE, OPEN, OVERDUE, MISSING = "done", "open", "overdue", "missing"


def wrong(found: "CaseRows", case: Case, key: DataKey | None, at: datetime) -> Iterator[Fault]:
    """Rows that are missing, that nobody owes, that do not move. Raises ValueError, SealBroken."""
    rows = {place(proof): proof for proof in map(proofs.proof, found.of(items.NOTICE))}
    indexed = {row["sk"] for row in found.of(items.NOTICE) if row.get("shard") == keys.shard(case.id)}
    owed = expected(found, rows, key)
    silent = {_seq(event) for event in found.of(items.EVENT) if not owing.is_told(event)}
    for seq, notice in owed.items():
        if seq not in rows:
            row = proofs.item(lost(case.id, seq[0], notice, rows, at))
            yield Fault("notice_missing", found.pk, row["sk"], mend(case, row, is_new=True))
    for where, proof in rows.items():
        if where not in owed and where[0] not in silent:
            yield Fault("notice_not_owed", found.pk, proof.key[1])
        if not proof.has_ended:
            yield from _standing_still(proof, at, is_found=proof.key[1] in indexed)


def expected(found: "CaseRows", rows: Mapping[Place, Proof], key: DataKey | None) -> dict[Place, Notice]:
    """What the events of a case owe, row by row; a row that stood for all joint signers was spread into one each."""
    owed = {
        (_seq(event), notice.recipient, notice.channel): notice
        for event in found.of(items.EVENT)
        for notice in owing.read(event)
    }
    for (seq, recipient, channel), notice in tuple(owed.items()):
        if recipient.startswith(f"{SIGNERS}:"):
            owed |= {(seq, each, channel): replace(notice, recipient=each) for each in _spread(found, rows, seq, key)}
    return owed


def _seq(event: Item) -> int:
    return int(event["sk"].removeprefix(keys.EVENTS))


def _spread(found: "CaseRows", rows: Mapping[Place, Proof], seq: int, key: DataKey | None) -> Iterator[str]:
    """The rows that came out of those that were spread: as many as signed when it was filed, or more."""
    whole = {
        number_of(who): proof for (no, who, _), proof in rows.items() if no == seq and who.startswith(f"{SIGNERS}:")
    }
    told = [number_of(who) for (no, who, _) in rows if no == seq and who.startswith(f"{SIGNER}:")]
    contact = found.row(keys.CONTACT)
    signed = len(contacts.read(key, [contact], []).joint_signers) if key and contact else 0
    for first, proof in whole.items():
        if proof.state != proofs.SPREAD:
            yield f"{SIGNERS}:{first}"
            continue
        last = min(first + spreading.SPREAD_AT_ONCE - 1, max([signed, *told, first]))
        yield f"{SIGNERS}:{first}"
        yield from (f"{SIGNER}:{number}" for number in range(first, last + 1))
        if max([signed, *told]) > last:
            yield f"{SIGNERS}:{last + 1}"


def lost(case_id: str, seq: int, notice: Notice, rows: Mapping[Place, Proof], at: datetime) -> Proof:
    """A row that should stand, as it is laid down when it is found missing: dated now, so that its lateness shows."""
    row = proofs.proof(proofs.owed_item(case_id, seq, notice, at))
    if notice.channel == SITE:
        return row
    if notice.recipient.startswith(f"{SIGNERS}:"):
        is_spread = any(no == seq and who.startswith(f"{SIGNER}:") for no, who, _ in rows)
        return replace(row, state=proofs.SPREAD, wake_at=None) if is_spread else replace(row, wake_at=at)
    tried = tuple(
        proofs.Attempt(row.owed_at, text, replace(row, part=part).out_id, reason=LOST)
        for part, text in enumerate(row.texts)
    )
    doubted = replace(row, state=proofs.UNKNOWN, attempts=tried, was_lost=True)
    return replace(doubted, reason=LOST, wake_at=at + proofs.FIRST_ASK)


def _standing_still(proof: Proof, at: datetime, *, is_found: bool) -> Iterator[Fault]:
    pk, sk = proof.key
    if proof.wake_at is None or not is_found:
        yield Fault("notice_not_due", pk, sk, _moved(proof, replace(proof, wake_at=at)))
    elif proof.state == proofs.CLAIMED and proof.wake_at < at - LEFT_OPEN:
        yield Fault("claim_open", pk, sk, _moved(proof, proofs.doubt(proof, at, proofs.INTERRUPTED)))
    elif is_overdue(proof, at):
        yield Fault("notice_overdue", pk, sk)


def is_overdue(proof: Proof, at: datetime) -> bool:
    """Nobody looked at it when its moment had come, or all its time is over."""
    return proof.wake_at is None or proof.wake_at < at - LEFT_OPEN or keys.moment(proof.owed_at) < at - IN_TIME


def _moved(before: Proof, after: Proof) -> tuple[Put, ...]:
    return (proofs.put(before, after),)


def place(proof: Proof) -> Place:
    """What is one row for one thing owed."""
    return proof.seq, proof.recipient, proof.channel


def standing(found: "CaseRows", key: DataKey | None, at: datetime) -> Iterator[tuple[date, str]]:
    """For every notice that is owed: the day of its event, and whether it has ended. Raises ValueError, SealBroken."""
    rows = {place(proof): proof for proof in map(proofs.proof, found.of(items.NOTICE))}
    days = {event.seq: event.at.date() for event in map(chain.read, found.of(items.EVENT))}
    for where in expected(found, rows, key):
        proof = rows.get(where)
        if proof is None:
            yield days[where[0]], MISSING
        elif proof.has_ended:
            yield days[where[0]], DONE
        else:
            yield days[where[0]], OVERDUE if is_overdue(proof, at) else OPEN
