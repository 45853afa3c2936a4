"""What a provider says became of a text: by a callback that comes by itself, or when it is asked.

| it says | the text | the notice |
|---|---|---|
| sent | is on its way | waits for a receipt, or ends as sent where none is given |
| delivered | is with the telephone (手机已收到) | goes on to the next text, or has ended |
| failed | did not reach the telephone: off, full, out of reach | tried again after 6 and 36 hours, three tries in all |
| rejected | never will: no such number, opted out | a person's task |
| absent | is not on record | believed after the third time and the provider's own lag; then one more try, once |

The invariants: a receipt that comes twice, late or out of order changes nothing that was known better: `delivered` is
never taken back, and of two other ends the first counts. A text is repeated only when the doubt stands on record, and
never by a row that was lost: what was tried before, and under which numbers, it does not know. What of it the telephone
does not have is a person's task.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from chalicelib.domain.case import PETITIONER
from chalicelib.domain.owed import SMS
from chalicelib.domain.values import replace
from chalicelib.store import keys, proofs
from chalicelib.store.proofs import (
    CLAIMED,
    DELIVERED,
    FAILED,
    FIRST_POLL,
    GIVE_UP,
    HANDED,
    LEASE,
    OWED,
    SENT,
    UNKNOWN,
    Attempt,
    Proof,
)
from chalicelib.store.table import Busy, Table

NOT_REACHED, REJECTED, ABSENT = "failed", "rejected", "absent"
OUT_ID = re.compile(
    "(?P<case>[0-9]{12})-(?P<seq>[0-9]{1,6})-[A-Za-z0-9]+-[0-9]+"
    "(?:-(?P<kind>org|head|leader|supervisor|representative|signer|proxy)(?P<rest>[A-Za-z0-9_-]*))?"
)
"""As `Proof.out_id` makes it."""
RACES = 4
"""A row that moved while its receipt was written is read again so often; then the gateway shall come back."""
TRIES = 3
AGAIN = (timedelta(hours=6), timedelta(hours=36))
LAST_TRY = timedelta(hours=48)
"""Three tries over 72 hours: the last one begins by now, and its receipt has a day to come."""
RECEIPT_WAIT = timedelta(hours=24)
BELIEVED_AFTER = 3
REPEATS = 1
"""So often a text is sent once more because the provider has no record of it."""
ASK_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15))
ASK_EVERY = timedelta(minutes=15)
"""What is in doubt is asked about 1, 5 and 15 minutes after it was sent, then every quarter of an hour."""
POLL_AFTER = tuple(timedelta(minutes=minutes) for minutes in (5, 10, 15, 60, 180, 360, 720, 1440))

PHONE_UNREACHABLE = "手机未能收到"
PHONE_REFUSES = "号码不能接收短信"
NO_RECEIPT, NO_RECEIPT_YET = "24小时没有回执", "满三天时还没有回执"
NO_RECORD = "运营商没有这条短信的记录"
NO_FATE = "三天内没有查到结果"


def record_sent(proof: Proof, now: datetime, provider_id: str, *, gives_receipts: bool = False) -> Proof:
    """The provider took the text; the next one of the notice is owed now, or its receipts are, or it has ended."""
    taken = replace(proof, attempts=proofs.last_told(proof, provider_id=provider_id, fate=SENT), reason="")
    return _onward(taken, now, gives_receipts=gives_receipts)


def record(
    proof: Proof, out_id: str, fate: str, now: datetime, reason: str = "", *, gives_receipts: bool = True
) -> Proof:
    """The row after this was said of one try. The very same row when it says nothing new."""
    at = next((at for at, attempt in enumerate(proof.attempts) if attempt.out_id == out_id), None)
    if at is None or not _is_news(proof.attempts[at], fate):
        return proof
    why = reason or {NOT_REACHED: PHONE_UNREACHABLE, REJECTED: PHONE_REFUSES}.get(fate, proof.attempts[at].reason)
    told = _with(proof, at, fate=fate, reason=why)
    if told.state == HANDED:
        done = told.is_delivered
        return replace(told, state=DELIVERED, inbox=None, reason="", part=len(told.texts)) if done else told
    if told.state not in (OWED, CLAIMED, FAILED, UNKNOWN, SENT):
        return told
    return _moved(told, told.texts.index(told.attempts[at].text), now, gives_receipts=gives_receipts)


def has_no_record(proof: Proof, out_id: str, now: datetime, lag: timedelta) -> Proof:
    """The provider has no record of a try. It is believed when it has said so often and late enough.

    A FAILED row without `wake_at` is to be handed over: one repeat was made already.
    """
    at = next(at for at, attempt in enumerate(proof.attempts) if attempt.out_id == out_id)
    asked = _with(proof, at, absent=proof.attempts[at].absent + 1)
    if asked.attempts[at].absent < BELIEVED_AFTER or now < keys.moment(asked.attempts[at].at) + lag:
        return asked
    repeats = sum(1 for each in asked.attempts if each.text == asked.attempts[at].text and each.fate == ABSENT)
    lost = _with(asked, at, fate=ABSENT, reason=asked.attempts[at].reason or NO_RECORD)
    part = lost.texts.index(lost.attempts[at].text)
    wake = now if repeats < REPEATS and not lost.was_lost else None
    return replace(lost, state=FAILED, part=part, reason=lost.attempts[at].reason, wake_at=wake)


def take(table: Table, told: Iterable[tuple[str, str]], now: datetime) -> int:
    """Keep what a callback says of tries: their numbers and fates. How many of them no notice knows.

    Each notice is read once, by its key, however many people are told of the same event. Raises Busy, Denied.
    """
    by_row, unknown = defaultdict(list), 0
    for out_id, fate in told:
        by_row[_place(out_id)].append((out_id, fate))
    for place, said in by_row.items():
        unknown += len(said) if place is None else _take(table, place, said, now)
    return unknown


def waiting(proof: Proof) -> tuple[Attempt, ...]:
    """The tries whose fate is not known: of a doubtful notice the last one, of one that was sent each text's last, of
    one that was lost those of which nobody said anything.
    """
    if proof.state == UNKNOWN and proof.was_lost:
        return tuple(attempt for attempt in proof.attempts if not attempt.fate)
    if proof.state == UNKNOWN:
        return proof.attempts[-1:]
    if proof.state != SENT:
        return ()
    lasts = (proof.last_of(text) for text in proof.texts)
    return tuple(proof.attempts[at] for at in lasts if at is not None and proof.attempts[at].fate == SENT)


def put_off(proof: Proof, now: datetime) -> Proof:
    """Look again when the next answer may be there. FAILED without `wake_at` is to be handed over.

    Whoever was owed it is told by a person after three days, however late the last try was: it has been asked about.
    """
    begun = min((keys.moment(each.at) for each in waiting(proof)), default=now)
    if now >= keys.moment(proof.owed_at) + GIVE_UP:
        if proof.state != SENT:
            return _given_up(proof, NO_FATE)
        return _given_up(proof, NO_RECEIPT if now >= begun + RECEIPT_WAIT else NO_RECEIPT_YET)
    if proof.state == SENT:
        left = [begun + after for after in POLL_AFTER if begun + after > now]
        return replace(proof, wake_at=left[0]) if left else _given_up(proof, NO_RECEIPT)
    left = [begun + after for after in ASK_AFTER if begun + after > now]
    return replace(proof, wake_at=left[0] if left else now + ASK_EVERY)


def is_spent(proof: Proof, now: datetime) -> bool:
    """True for a failure that no further try can mend: who sees it hands the notice over."""
    if proof.state != FAILED:
        return False
    if _fate(proof, proof.part) == NOT_REACHED and not proof.was_lost:
        return proof.tries(proof.text) >= TRIES or now > keys.moment(proof.owed_at) + LAST_TRY
    return _is_hopeless(proof, proof.part)


def _is_news(attempt: Attempt, fate: str) -> bool:
    if attempt.fate == DELIVERED or fate == attempt.fate:
        return False
    return fate == DELIVERED or attempt.fate in ("", SENT)


def _moved(proof: Proof, part: int, now: datetime, *, gives_receipts: bool) -> Proof:
    """The notice, after something new is known of one of its texts."""
    if proof.was_lost and proof.state == UNKNOWN:
        if not proof.went_out(part):
            return _failed(proof, part, now)
        return proof if waiting(proof) else _onward(proof, now, gives_receipts=gives_receipts)
    if proof.state in (CLAIMED, UNKNOWN) and part != proof.part:
        return proof
    if _fate(proof, part) in (NOT_REACHED, REJECTED) and not proof.went_out(part):
        return _failed(proof, part, now)
    if proof.state != SENT and not proof.went_out(proof.part):
        return proof
    return _onward(proof, now, gives_receipts=gives_receipts)


def _onward(proof: Proof, now: datetime, *, gives_receipts: bool) -> Proof:
    """What comes next once the current text is out: what was not tried yet, and then what came to a bad end."""
    left = [part for part in range(len(proof.texts)) if not proof.went_out(part)]
    owed = [part for part in left if _fate(proof, part) != NOT_REACHED and not _is_hopeless(proof, part)]
    if owed:
        return replace(proof, state=OWED, part=owed[0], wake_at=proofs.not_before(proof, now + LEASE))
    if left:
        return _failed(proof, left[0], now)
    out = replace(proof, part=len(proof.texts), reason="")
    if out.is_delivered:
        return replace(out, state=DELIVERED, wake_at=None)
    return replace(out, state=SENT, wake_at=now + FIRST_POLL if gives_receipts else None)


def _failed(proof: Proof, part: int, now: datetime) -> Proof:
    last = proof.last_of(proof.texts[part])
    reason = proof.attempts[last].reason if last is not None else ""
    return replace(proof, state=FAILED, part=part, reason=reason, wake_at=_again(proof, part, now))


def _fate(proof: Proof, part: int) -> str:
    """What became of the last try of a text."""
    last = proof.last_of(proof.texts[part])
    return proof.attempts[last].fate if last is not None else ""


def _is_hopeless(proof: Proof, part: int) -> bool:
    """True for a text that must not be tried again: refused for good, already repeated on the provider's word, or tried
    nobody knows how often.
    """
    if proof.was_lost:
        return True
    lost = sum(1 for each in proof.attempts if each.text == proof.texts[part] and each.fate == ABSENT)
    return _fate(proof, part) == REJECTED or (_fate(proof, part) == ABSENT and lost > REPEATS)


def _again(proof: Proof, part: int, now: datetime) -> datetime:
    """When the text is tried again; at once where no try can help, for then it is handed over."""
    tries = proof.tries(proof.texts[part])
    if _is_hopeless(proof, part) or not 0 < tries < TRIES:
        return now
    again = now + AGAIN[tries - 1]
    return again if again <= keys.moment(proof.owed_at) + LAST_TRY else now


def _place(out_id: str) -> tuple[str, str] | None:
    """Where the notice stands that a try belongs to; None for what is no number of a notice."""
    match = OUT_ID.fullmatch(out_id)
    if match is None:
        return None
    case_id, seq, kind, rest = match["case"], int(match["seq"]), match["kind"], match["rest"] or ""
    whose = f"{kind}:{rest}" if rest else kind or PETITIONER
    return keys.case(case_id), keys.notice(seq, whose, SMS)


def _take(table: Table, place: tuple[str, str], told: list[tuple[str, str]], now: datetime) -> int:
    for _ in range(RACES):
        proof = proofs.at(table, *place)
        known = {attempt.out_id for attempt in proof.attempts} if proof else set()
        after = proof
        for out_id, fate in told:
            after = record(after, out_id, fate, now) if after else None
        if proof is None or after is None or after is proof or proofs.save(table, proof, after) is not None:
            return sum(out_id not in known for out_id, _ in told)
    raise Busy("the notice kept moving")


def _given_up(proof: Proof, reason: str) -> Proof:
    return replace(proof, state=FAILED, reason=reason, wake_at=None)


def _with(proof: Proof, at: int, **changes: object) -> Proof:
    changed = replace(proof.attempts[at], **changes)  # type: ignore[arg-type]
    return replace(proof, attempts=(*proof.attempts[:at], changed, *proof.attempts[at + 1 :]))
