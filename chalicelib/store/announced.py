"""RECIPIENT items: one for each telephone number that a bulk notice goes to, and what became of it there.

The invariant: one row for each number; it is claimed before its text is sent, a claim is won by one only, and what was
claimed is never owed again unless it was certainly not sent. A row's key is a keyed hash of notice and number: it leads
neither to the number nor to that person's petitions, so the provider may have it as our own number of the text. And
the sealed number is dropped with what ends: nobody needs it any more.
"""

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from chalicelib.domain.announcements import CLAIMED, FAILED, FATES, FINAL, OWED, SENT, UNKNOWN, Audience, is_reached
from chalicelib.domain.identity import is_mobile
from chalicelib.domain.values import replace, value
from chalicelib.store import contacts, items, keys, lists
from chalicelib.store.cases import Cases, unpacked
from chalicelib.store.sealing import Keys, SealBroken, place
from chalicelib.store.table import Absent, Busy, ConditionFailed, Holds, Item, Table
from chalicelib.telemetry import came_through, logger, metric

PAGE = 50
RACES = 4
"""A row that moved while its receipt was written is read again so often; then the gateway shall come back."""
UNREADABLE = (SealBroken, LookupError, TypeError, ValueError, zlib.error)
"""What is wrong with one case alone. A table or a key service that does not answer is no fault of a case."""
OUT_ID = re.compile("bulk-(?P<number>[0-9]{1,6})-(?P<whose>[0-9a-f]{20})-[0-9]")
"""As `Recipient.out_id` makes it."""
GOT, DELIVERED = "手机已收到", "delivered"
NOT_GOT = {"failed": "手机未能收到", "rejected": "号码不能接收短信"}
"""What a provider says later -> why it counts as not sent. It is not tried again: no law owes it."""


@value
class Recipient:
    """One number. `since`: of what is owed not to be sent before, of what is claimed since when, else when it ended."""

    number: int
    whose: str
    sealed: bytes
    since: datetime
    state: str = OWED
    tries: int = 0
    reason: str = ""
    version: int = 1

    @property
    def out_id(self) -> str:
        """Our own number of the try under way, which the provider keeps."""
        return f"bulk-{self.number}-{self.whose}-{self.tries}"

    def phone(self, of: Keys) -> str:
        """The number in clear, for the sender alone. Raises SealBroken."""
        return of.staff_key().unseal(self.sealed, place(_key(self.number, self.whose))).decode()


def petitioners(cases: Cases, audience: Audience) -> Iterator[list[tuple[str, str]]]:
    """Blind index and number of everybody whom this audience reaches, nobody twice: page by page of what is open.

    The order is that of what is due next, over a live index: a case whose moment is set anew meanwhile may move behind
    the walk, so whoever must not miss one walks twice. Whoever left no mobile is told by other means, and a case that
    cannot be read is passed over. Raises Busy, Denied.
    """
    seen: set[str] = set()
    begun: Item | None = None
    while True:
        open_ones, begun = lists.open_from(cases.table, begun, limit=PAGE)
        found = [each for each in _people(cases, _reached(open_ones, audience)) if each[0] not in seen]
        seen.update(index for index, _ in found)
        yield list(dict(found).items())
        if begun is None:
            return


def whose(of: Keys, number: int, phone: str) -> str:
    """What a telephone number is called in one bulk notice."""
    return of.index(f"announcement {number}", phone)


def lay(table: Table, of: Keys, number: int, phone: str, at: datetime) -> None:
    """Owe it to one number; a number that has its row keeps it. Raises Busy, Denied."""
    called = whose(of, number, phone)
    sealed = of.staff_key().seal(phone.encode(), place(_key(number, called)))
    try:
        table.put(_item(Recipient(number, called, sealed, at)), Absent())
    except ConditionFailed:
        return


def laid(table: Table, number: int) -> set[str]:
    """Who has a row, read consistently."""
    rows = table.query(keys.announcement(number), prefix=keys.RECIPIENTS).items
    return {row["sk"].removeprefix(keys.RECIPIENTS) for row in rows}


def standing(table: Table, number: int, state: str, *, until: datetime) -> list[Recipient]:
    """A few who stand so since before, the oldest first. The index may be behind: the rows themselves decide."""
    name, high = keys.recipients(number, state), keys.instant(until) + "~"
    hits = table.hits("lists", name, high=high, limit=PAGE).items
    found = (_read(row) for row in table.get_many([(hit["pk"], hit["sk"]) for hit in hits]))
    return [each for each in found if each.state == state and each.since <= until]


def save(table: Table, before: Recipient, after: Recipient) -> Recipient | None:
    """Write one move. None when somebody else moved the row first: then it is theirs. Raises Busy, Denied."""
    moved = replace(after, version=before.version + 1)
    try:
        table.put(_item(moved), Holds("version", before.version))
    except ConditionFailed:
        return None
    return moved


def take(table: Table, told: Iterable[tuple[str, str]], now: datetime) -> int:
    """Keep what a callback says of texts: a telephone did not get it after all, or what was in doubt is not any more.

    How many of them no notice knows. Raises Busy, Denied.
    """
    return sum(not _take(table, out_id, fate, now) for out_id, fate in told)


def counts(table: Table, number: int) -> dict[str, int]:
    """How many stand how, as an index tells it, state by state: what has just moved may be missed, or counted twice."""
    return {state: table.count("lists", keys.recipients(number, state)) for state in FATES}


def have_all_ended(table: Table, number: int, expected: int) -> bool:
    """So many have their row, and none of the rows goes on: from the rows themselves, read consistently.

    They are as many as the notice has recipients, so it is asked once the counts say so.
    """
    rows = table.query(keys.announcement(number), prefix=keys.RECIPIENTS).items
    return len(rows) >= expected and all(_read(row).state in FINAL for row in rows)


def reasons(table: Table, number: int) -> Counter[str]:
    """Why texts were not sent, and to how many: no number is opened for it."""
    found: Counter[str] = Counter()
    after: Item | None = None
    while True:
        page = table.hits("lists", keys.recipients(number, FAILED), limit=PAGE, after=after)
        rows = table.get_many([(hit["pk"], hit["sk"]) for hit in page.items])
        found.update(each.reason for each in map(_read, rows) if each.state == FAILED)
        after = page.after
        if after is None:
            return found


def _reached(found: list[Item], audience: Audience) -> list[Item]:
    reached = []
    for item in found:
        with _passing_over(item):
            if is_reached(unpacked(item), audience):
                reached.append(item)
    return reached


def _people(cases: Cases, found: list[Item]) -> Iterator[tuple[str, str]]:
    """The principal of each case: representatives, joint signers and proxies are told nothing in bulk."""
    sealed = {item["pk"]: item for item in cases.table.get_many([(each["pk"], keys.CONTACT) for each in found])}
    for each in found:
        phone = ""
        with _passing_over(each):
            contact = [sealed[each["pk"]]] if each["pk"] in sealed else []
            phone = contacts.read(cases.open(each).key, contact, []).phone
        if is_mobile(phone):
            yield cases.keys.index(contacts.PHONE, phone), phone


@contextmanager
def _passing_over(item: Item) -> Iterator[None]:
    """One case that cannot be read keeps nobody else from being told."""
    try:
        yield
    except UNREADABLE as error:
        logger.error(
            "no recipient read", extra={"error": type(error).__name__, "through": came_through(error), "pk": item["pk"]}
        )
        metric("BulkNoticeUnreadable")


def _take(table: Table, out_id: str, fate: str, now: datetime) -> bool:
    """Keep what is said of one text; False when no notice knows it. Who is still sending it loses the row to this."""
    match = OUT_ID.fullmatch(out_id)
    if match is None:
        return False
    for _ in range(RACES):
        row = table.get(*_key(int(match["number"]), match["whose"]).values())
        if row is None:
            return False
        this = _read(row)
        if this.state not in (CLAIMED, SENT, UNKNOWN, FAILED) or not _is_news(this, out_id, fate):
            return True
        state, reason = (FAILED, NOT_GOT[fate]) if fate in NOT_GOT else (SENT, GOT if fate == DELIVERED else "")
        if save(table, this, replace(this, state=state, reason=reason, since=now)) is not None:
            return True
    raise Busy("the recipient kept moving")


def _is_news(this: Recipient, out_id: str, fate: str) -> bool:
    """That the telephone has it is never taken back, and of two bad ends the first counts.

    Anything else that is said of an earlier try says nothing of the one that was made since.
    """
    if this.reason == GOT:
        return False
    if fate != DELIVERED and out_id != this.out_id:
        return False
    return fate == DELIVERED or this.state in (CLAIMED, UNKNOWN) or (this.state == SENT and fate in NOT_GOT)


def _key(number: int, called: str) -> Item:
    return {"pk": keys.announcement(number), "sk": keys.recipient(called)}


def _item(this: Recipient) -> Item:
    state = {"state": this.state, "tries": this.tries, "reason": this.reason}
    return _key(this.number, this.whose) | {
        "kind": items.RECIPIENT,
        "version": this.version,
        "state": json.dumps(state, ensure_ascii=False, separators=(",", ":")),
        "list_name": keys.recipients(this.number, this.state),
        "list_key": keys.by_time(this.since, this.whose),
        **({} if this.state in FINAL else {"sealed": this.sealed}),
    }


def _read(item: Item) -> Recipient:
    since = keys.moment(item["list_key"].partition("#")[0]).astimezone(keys.CHINA)
    return Recipient(
        number=int(item["pk"].rpartition("#")[2]),
        whose=item["sk"].removeprefix(keys.RECIPIENTS),
        sealed=item.get("sealed", b""),
        since=since,
        version=item["version"],
        **json.loads(item["state"]),
    )
