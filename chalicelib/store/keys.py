"""Every key of the business table is spelled here and nowhere else."""

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone

SHARDS = ("0", "1", "2", "3")
CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
NO_DATE = "9999-12-31"


def case(case_id: str) -> str:
    """Partition of a case and all that belongs to it."""
    return f"CASE#{case_id}"


CASE, CONTACT, ACCUSED = "CASE", "CONTACT", "ACCUSED"
EVENTS, TEXTS, DESKS, LINKS, NOTICES = "EVENT#", "TEXT#", "DESK#", "LINK#", "NOTICE#"
SIGNERS = "SIGNER#"


def event(seq: int) -> str:
    """Sort key of the seq-th event of a case; six digits keep them in order."""
    return f"{EVENTS}{seq:06d}"


def text(seq: int) -> str:
    """Sort key of the sealed free text of the seq-th event."""
    return f"{TEXTS}{seq:06d}"


def desk(org: str) -> str:
    """Sort key of an organ's desk in a case."""
    return f"{DESKS}{org}"


def link(kind: str, value: str) -> str:
    """Sort key of a pointer that puts the case into a list."""
    return f"{LINKS}{kind}#{value}"


def signer(number: int) -> str:
    """Sort key of somebody who joined a petition after it was filed."""
    return f"{SIGNERS}{number:06d}"


def notice(seq: int, recipient: str, channel: str) -> str:
    """Sort key of what is owed to one recipient because of one event."""
    return f"{NOTICES}{seq:06d}#{recipient}#{channel}"


def files(case_id: str) -> str:
    """Partition of the photos and papers of a case: whoever reads a case does not read them."""
    return f"FILE#{case_id}"


def file(number: int) -> str:
    """Sort key of one of them."""
    return f"FILE#{number:02d}"


def receipts(case_id: str) -> str:
    """Partition of the signed receipts of a case: whoever reads a case does not read them."""
    return f"RECEIPTS#{case_id}"


def receipt(seq: int) -> str:
    """Sort key of the receipt of an event."""
    return f"RECEIPT#{seq:06d}"


def receipt_of_notice(seq: int, recipient: str, channel: str) -> str:
    """Sort key of the receipt of one notice."""
    return f"RECEIPT#{seq:06d}#{recipient}#{channel}"


SIGNERS_OF_OFFICE, ROOTS, LEAVES = "SIGNERS", "ROOTS", "LEAVES"
"""Partitions of the public keys, of the nightly roots (by day), and of the newest tree in tiles."""
TOP = "TOP"
"""Sort key of what holds the tiles together."""


def tile(number: int) -> str:
    """Sort key of 256 leaves."""
    return f"TILE#{number:06d}"


READINGS = "READ#"


def reading(user: str) -> str:
    """Sort key of the fact that somebody opened a report of misconduct."""
    return f"{READINGS}{user}"


CALENDAR, CALENDAR_VERSIONS, CALENDAR_WATCH = "CALENDAR", "VERSION#", "WATCH"
"""Partition of the notices on days off, and what stands in it."""


def calendar_version(number: int) -> str:
    """Sort key of the number-th notice on days off."""
    return f"{CALENDAR_VERSIONS}{number:06d}"


DAYS_LOST, DECISIONS, PROGRESS = "DAYS_LOST", "DECISION#", "PROGRESS#"
"""Partition of the decisions on 不可抗力 for all cases, and what stands in it."""


def decision(number: int) -> str:
    """Sort key of the number-th decision."""
    return f"{DECISIONS}{number:06d}"


def progress(number: int) -> str:
    """Sort key of how far the number-th decision has come."""
    return f"{PROGRESS}{number:06d}"


ANNOUNCEMENTS = "ANNOUNCEMENTS"
"""Partition of the bulk notices (群发通知), and list name of those the sweep has something to do with."""


def announcement(number: int) -> str:
    """Sort key of the number-th bulk notice, and partition of its recipients."""
    return f"ANNOUNCEMENT#{number:06d}"


RECIPIENTS, REFUSAL = "TO#", "REFUSAL"


def recipient(whose: str) -> str:
    """Sort key of one telephone number in one bulk notice: one text each."""
    return f"{RECIPIENTS}{whose}"


def recipients(number: int, state: str) -> str:
    """List name of the recipients of a bulk notice that stand so."""
    return f"{announcement(number)}#{state}"


def refusal(index: str) -> str:
    """Partition of what was said of one number: no bulk notices, or again."""
    return f"REFUSAL#{index}"


def submission(digest: str) -> str:
    """Partition of a filing's idempotency record."""
    return f"SUBMISSION#{digest}"


SUBMISSION = "SUBMISSION"


def org(org_id: str) -> str:
    """Partition of an office."""
    return f"ORG#{org_id}"


def user(user_id: str) -> str:
    """Partition of a member of staff."""
    return f"USER#{user_id}"


ORG, USER = "ORG", "USER"
TREE = ("ORG#", "TREE")
"""Key of the office tree's version: every grant of a case checks that it has not moved."""


def staff(org_id: str) -> str:
    """List name of the staff of an office."""
    return f"STAFF#{org_id}"


def stat(month: str) -> str:
    """Partition of a month's statistics rows, one per case."""
    return f"STAT#{month}"


def worklist(org_id: str) -> str:
    """List name of what an organ has before it."""
    return f"DESK#{org_id}"


def sealed(org_id: str) -> str:
    """List name of the reports of misconduct that a body has. No list, count or digest of petitions reads it."""
    return f"SEALED#{org_id}"


def closed(org_id: str) -> str:
    """List name of what an organ had before it and is done with."""
    return f"DONE#{org_id}"


def inspections(org_id: str, stage: str) -> str:
    """List name of the tasks of supervision of an organ that stand so: what it opened, and what it has to answer.

    They stand in no list of petitions.
    """
    return f"INSPECTION#{org_id}#{stage}"


def above(*, is_reported: bool) -> str:
    """List name of the ledger of matters handed down from above."""
    return "ABOVE#DONE" if is_reported else "ABOVE#OPEN"


def person(index: str) -> str:
    """List name of one person's petitions; `index` is a keyed hash, never a number."""
    return f"PERSON#{index}"


def inbox(org_id: str) -> str:
    """List name of an organ's in-site messages."""
    return f"INBOX#{org_id}"


def by_due(due: date | None, case_id: str) -> str:
    """List key that sorts by due date; what has no date comes last."""
    return f"{due.isoformat() if due else NO_DATE}#{case_id}"


def by_time(at: datetime, case_id: str) -> str:
    """List key that sorts by instant."""
    return f"{instant(at)}#{case_id}"


def shard(case_id: str) -> str:
    """One of four partitions of the `due` index, spread evenly by the number's hash."""
    return SHARDS[hashlib.sha256(case_id.encode()).digest()[0] % len(SHARDS)]


def instant(at: datetime) -> str:
    """UTC, to the second: strings that sort as instants do."""
    return at.astimezone(UTC).isoformat(timespec="seconds")[:19] + "Z"  # a third of the time that strftime takes


def moment(text: str) -> datetime:
    """Back from `instant`."""
    return datetime.fromisoformat(text)
