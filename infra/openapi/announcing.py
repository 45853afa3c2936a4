"""What is answered of bulk notices (群发通知)."""

from typing import Literal

from chalicelib.domain import announcements as rules
from infra.openapi.answers import Closed, Count, Cursor, Instant, Positive


class AnnouncementRow(Closed):
    number: Positive
    text: str
    category: str
    org: str | None
    org_name: str
    state: Literal[tuple(rules.STATES)]  # type: ignore[valid-type]
    state_label: str
    written_by: str
    written_at: Instant
    released_by: str
    released_at: Instant | None
    stopped_by: str
    stopped_at: Instant | None
    ended_at: Instant | None


class AnnouncementList(Closed):
    items: list[AnnouncementRow]
    next_cursor: Cursor | None


class FateCount(Closed):
    state: Literal[tuple(rules.FATES)]  # type: ignore[valid-type]
    label: str
    count: Count


class ReasonCount(Closed):
    reason: str
    count: Positive


class AnnouncementReport(AnnouncementRow):
    received: str
    recipients: Count | None
    counts: list[FateCount]
    reasons: list[ReasonCount]


class AnnouncementPreview(Closed):
    received: str
    units: Positive
    recipients: Count
    is_all: bool
    refused: Count
    segments: Count
    fen: Count | None
    seconds: Count | None
    days: Count | None
    per_day: Positive | None


class RefusalShown(Closed):
    refuses: bool
    has_phone: bool
