"""What is answered of the working-day calendar, and of days that nobody could use."""

from datetime import date
from typing import Literal

from infra.openapi.answers import Closed, Count, Cursor, Instant, Number, Positive


class NoticeShown(Closed):
    number: Positive
    year: int
    calendar: str
    state: Literal["proposed", "in_force"]
    state_label: str
    off: list[date]
    make_up: list[date]
    papers: list[str]
    proposed_by: str
    proposed_at: Instant
    confirmed_by: str
    confirmed_at: Instant | None


class CalendarShown(Closed):
    calendar: str
    first: date
    horizon: date
    days_ahead: int
    task: str
    notices: list[NoticeShown]


class DateMoved(Closed):
    case_number: Number
    limit: str
    limit_label: str
    of_petitioner: bool
    due_before: date
    due: date
    becomes_certain: bool


class MovesShown(Closed):
    items: list[DateMoved]
    looked_at: Count
    next_cursor: Cursor | None


class Place(Closed):
    id: str
    name: str


class DaysLostShown(Closed):
    number: Positive
    begins: date
    ends: date
    document: str
    decided_by: str
    reason: str
    places: list[Place]
    state: Literal["proposed", "in_force"]
    state_label: str
    proposed_by: str
    proposed_at: Instant
    confirmed_by: str
    confirmed_at: Instant | None
    total: Count | None
    done: Count
    failed: Count


class DaysLostList(Closed):
    items: list[DaysLostShown]


class DaysLostPreview(Closed):
    petitions: Count
    recorded: Count
    rights: Count
    looked_at: Count
    next_cursor: Cursor | None
