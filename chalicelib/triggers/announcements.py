"""Bulk notices on their way (群发通知): behind everything that the law owes, one text after the other.

| a recipient | moves on by |
|---|---|
| owed | the sweep, once nothing statutory is due: claimed; opted out; stopped; or later, where there is no room |
| claimed | the provider's answer: sent, failed, owed again (certainly not sent), unknown |
| claimed, and the process died | the next sweep: unknown. It may have gone out, so it is not sent again |

The invariants: before each text, and each page of rows, what the law owes meanwhile is done. And before each text it is
asked whether notice and recipient still stand: a stop, or a refusal, holds from the next text on.
"""

import functools
import itertools
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from chalicelib import clock, profiles
from chalicelib.domain import announcements as rules
from chalicelib.domain.announcements import Announcement
from chalicelib.domain.values import replace, value
from chalicelib.notices.announcing import worded
from chalicelib.notices.senders import NotSent, Sender, Unknown, sender
from chalicelib.notices.window import Window, opens_at
from chalicelib.store import announced, keyring
from chalicelib.store.announced import Recipient
from chalicelib.store.announcements import Announcements
from chalicelib.store.bulk_quota import BulkQuota, Full, bulk_quota
from chalicelib.store.cases import Cases
from chalicelib.store.contacts import PHONE
from chalicelib.store.sealing import SealBroken
from chalicelib.store.second_person import Taken
from chalicelib.store.tenant import cases
from chalicelib.telemetry import came_through, logger, metric

LEASE = timedelta(minutes=2)
"""A claim that is older was left by a process that died."""
SOON_S = 2
"""So long a wait for room is waited out; a longer one is left for another sweep."""
TRIES = 3
AGAIN = timedelta(hours=1)
WALKS = 2
"""Who moved behind the first walk, because his moment was set anew, is met by the second."""
INTERRUPTED, NO_ANSWER, NO_NUMBER = "发送中断", "运营商没有回应", "号码无法读取"
REASONS = {
    "BAD_NUMBER": "号码不存在",
    "InvalidParameter": "号码不存在",
    "OPTED_OUT": "号码不接收短信",
    "OptedOut": "号码不接收短信",
    "BLOCKED_NUMBER": "号码不接收短信",
    "BAD_TEXT": "运营商不接受这段文字",
}
"""What is read in place of a provider's code."""
REFUSED = "运营商没有接受"


@value
class Carrier:
    """What bulk notices need on their way: the real one is `carrier()`; tests bring their own."""

    cases: Cases
    sender: Sender
    quota: BulkQuota
    window: Window
    telephone: str
    now: Callable[[], datetime] = clock.now
    pause: Callable[[float], None] = time.sleep

    @property
    def announcements(self) -> Announcements:
        """Over the same table."""
        return Announcements(self.cases.table, self.cases.keys)


def carry_on(of: Carrier, first: Callable[[], None], has_time: Callable[[], bool]) -> int:
    """Send what is left of every bulk notice under way; how many texts went out. `first` does what the law owes.

    One that fails keeps no other one waiting. Raises Owing when `first` fails, and what the list itself says.
    """

    def owed_first() -> None:
        try:
            first()
        except Exception as error:
            raise Owing from error

    went = 0
    for each in of.announcements.under_way():
        with harming_nobody():
            for sent in _carry(of, each, owed_first, has_time):
                went += sent
    return went


class Owing(Exception):
    """What the law owes could not be done: that is told like any failure of a sweep."""


@contextmanager
def harming_nobody() -> Iterator[None]:
    """Whatever goes wrong with a bulk notice is told, and harms nobody else: no law asks for these texts."""
    try:
        yield
    except Owing:
        raise
    except Exception as error:
        logger.error("bulk notice stands still", extra={"error": type(error).__name__, "through": came_through(error)})
        metric("BulkNoticeStands")


def _carry(of: Carrier, this: Announcement, first: Callable[[], None], has_time: Callable[[], bool]) -> Iterator[bool]:
    """Move one notice on as far as it goes now; for each text, did it go out."""
    laid = _with_rows(of, this, first, has_time)
    if laid is None:
        return
    _leave_doubtful(of, laid.number, has_time)
    if laid.state == rules.RELEASED:
        yield from _texts(of, laid, first, has_time)
    this = of.announcements.find(laid.number)  # somebody may have stopped it meanwhile
    if this is None:
        return
    if this.state == rules.STOPPED:
        _spare(of, this.number, first, has_time)
    _end(of, this)


def _with_rows(
    of: Carrier, this: Announcement, first: Callable[[], None], has_time: Callable[[], bool]
) -> Announcement | None:
    """Lay down who is owed it: everybody at once, before the first text. None when time ran out, or it was stopped.

    Cut short, it begins anew and finds laid down what was.
    """
    if this.laid is not None:
        return this
    laid = announced.laid(of.cases.table, this.number)
    for page in _walks(of, this) if this.state == rules.RELEASED else ():
        if not has_time():
            return None
        first()
        for _, phone in page:
            if not has_time():
                return None
            called = announced.whose(of.cases.keys, this.number, phone)
            if called not in laid:
                announced.lay(of.cases.table, of.cases.keys, this.number, phone, of.now())
                laid.add(called)
    try:
        return of.announcements.move(this, replace(this, laid=len(laid)))
    except Taken:
        return None


def _walks(of: Carrier, this: Announcement) -> Iterable[list[tuple[str, str]]]:
    return itertools.chain.from_iterable(announced.petitioners(of.cases, this.audience) for _ in range(WALKS))


def _texts(of: Carrier, this: Announcement, first: Callable[[], None], has_time: Callable[[], bool]) -> Iterator[bool]:
    tried: set[str] = set()
    while has_time():
        standing = announced.standing(of.cases.table, this.number, rules.OWED, until=of.now())
        left = [each for each in standing if each.whose not in tried]
        if not left:
            return
        for each in left:
            tried.add(each.whose)
            first()
            if not has_time() or opens_at(of.now(), of.window) is not None:
                return
            went = _one(of, each)
            if went is None:
                return
            yield went


def _one(of: Carrier, row: Recipient) -> bool | None:
    """Send to one recipient, if it may be sent now; did it go out. None: nothing more can go in this sweep."""
    table, now = of.cases.table, of.now()
    try:
        phone = row.phone(of.cases.keys)
    except SealBroken:
        logger.error("no number read", extra={"announcement": row.number, "whose": row.whose})
        metric("BulkNoticeUnreadable")
        announced.save(table, row, replace(row, state=rules.FAILED, reason=NO_NUMBER, since=now))
        return False
    index = of.cases.keys.index(PHONE, phone)
    this, refuses = of.announcements.may_go(row.number, index)
    if this is None or this.state != rules.RELEASED:
        return None
    if refuses:
        announced.save(table, row, replace(row, state=rules.OPTED_OUT, since=now))
        return False
    full = _room(of, index)
    if full is not None:
        if full.of_number:
            announced.save(table, row, replace(row, since=now + timedelta(seconds=full.wait_s)))
        return False if full.of_number else None
    claimed = announced.save(table, row, replace(row, state=rules.CLAIMED, since=of.now(), tries=row.tries + 1))
    if claimed is None:
        of.quota.give_back(index)
        return False
    return _result(of, this, claimed, phone, index)


def _room(of: Carrier, index: str) -> Full | None:
    full = of.quota.take(index)
    while full is not None and not full.of_number and full.wait_s <= SOON_S:
        of.pause(full.wait_s)
        full = of.quota.take(index)
    return full


def _result(of: Carrier, this: Announcement, claimed: Recipient, phone: str, index: str) -> bool | None:
    """What the provider says of it. An answer that was lost is not asked for again: it may have gone out.

    And it ends the run: a provider that is silent must not use up one recipient after the other.
    """
    table = of.cases.table
    try:
        of.sender.send(phone, worded(this.text, of.telephone), claimed.out_id)
    except NotSent as error:
        of.quota.give_back(index)
        announced.save(table, claimed, _not_sent(claimed, error, of.now()))
        return None if error.retry_after else False
    except Unknown:
        metric("BulkNoticeUnknown")
        announced.save(table, claimed, replace(claimed, state=rules.UNKNOWN, reason=NO_ANSWER, since=of.now()))
        return None
    announced.save(table, claimed, replace(claimed, state=rules.SENT, since=of.now()))
    metric("BulkNoticeSent")
    return True


def _not_sent(row: Recipient, error: NotSent, now: datetime) -> Recipient:
    if error.retry_after:  # the provider has no room, or is down: it was no try
        until = now + timedelta(seconds=error.retry_after)
        return replace(row, state=rules.OWED, tries=row.tries - 1, since=until)
    if error.retry and row.tries < TRIES:
        return replace(row, state=rules.OWED, since=now + AGAIN)
    return replace(row, state=rules.FAILED, reason=REASONS.get(error.reason, REFUSED), since=now)


def _leave_doubtful(of: Carrier, number: int, has_time: Callable[[], bool]) -> None:
    """A claim that nobody works on any more."""
    table, now = of.cases.table, of.now()
    while has_time() and (doubtful := announced.standing(table, number, rules.CLAIMED, until=now - LEASE)):
        for row in doubtful:
            metric("BulkNoticeUnknown")
            announced.save(table, row, replace(row, state=rules.UNKNOWN, reason=INTERRUPTED, since=now))


def _spare(of: Carrier, number: int, first: Callable[[], None], has_time: Callable[[], bool]) -> None:
    """It was stopped: nobody else gets it, not even who was to get it later."""
    table, now = of.cases.table, of.now()
    while has_time() and (owed := announced.standing(table, number, rules.OWED, until=NEVER)):
        first()
        for row in owed:
            announced.save(table, row, replace(row, state=rules.NOT_SENT, since=now))


NEVER = datetime.max.replace(tzinfo=clock.CHINA) - timedelta(days=1)


def _end(of: Carrier, this: Announcement) -> None:
    """Write down that it has ended, once everybody's row has. The counts only say when the rows are worth reading."""
    if this.laid is None or not this.is_under_way:
        return
    counted = announced.counts(of.cases.table, this.number)
    if sum(counted[state] for state in rules.FINAL) < this.laid:
        return
    if not announced.have_all_ended(of.cases.table, this.number, this.laid):
        return
    try:
        of.announcements.move(this, rules.end(this, of.now()))
    except Taken:
        return
    logger.info("bulk notice ended", extra={"announcement": this.number, **counted})


@functools.cache
def carrier() -> Carrier:
    """The real one, once per process."""
    tenant = profiles.current()
    return Carrier(cases(), sender(keyring.gateway_key), bulk_quota(), tenant.send_window, tenant.phone)
