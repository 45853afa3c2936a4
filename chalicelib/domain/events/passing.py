"""What passes by itself, or over everybody: lateness that goes on, dates counted anew, posts found empty, disasters."""

from datetime import date

from chalicelib.domain.events.base import EVERYTHING, STAFF, ByTime, Event
from chalicelib.domain.values import happening


@happening
class ClockStillOverdue(ByTime):
    """第四十条: 及时督办. The line of one working day; a petitioner reads of the lateness, not of every day of it."""

    seen = STAFF
    wire, label, shown = "petition.still_overdue", "仍未办结", "超过期限，正在督促"
    limit: str
    owner: str
    due: date
    days: int
    about: str | None = None


@happening
class DateRecounted(Event):
    """The State Council announced or corrected the days off, and this date is another one, or certain now."""

    wire, label, shown = "petition.date_recounted", "重新计算期限", "放假安排公布后，日期已重新计算"
    limit: str
    owner: str
    due_before: date
    due: date
    calendar: str
    provisional: bool
    about: str | None = None
    rights: tuple[str, ...] | None = None
    """The petitioner's rights that end on this day now and are told together; none, where another event tells it."""


@happening
class PostFoundEmpty(Event):
    """第四十条: whoever was to be told was not there, and somebody else was told. Nobody is accused by it."""

    seen = STAFF
    wire, label, shown = "petition.post_empty", "岗位无人", "正在办理"
    whom: str
    place: str
    gap: str
    instead: str | None = None


@happening
class ForceMajeureRecorded(Event):
    """By decision, days that nobody could use (民法典第一百八十条): a right does not run out by them."""

    seen = EVERYTHING
    wire, label, shown = "petition.force_majeure", "登记不可抗力认定", "有关机关认定了不可抗力"
    org: str
    begins: date
    ends: date


EVENTS: tuple[type[Event], ...] = (ClockStillOverdue, DateRecounted, PostFoundEmpty, ForceMajeureRecorded)
