"""Urgent and major matters (第二十五条). Petitioners do not see how they are guarded."""

from datetime import date

from chalicelib.domain.events.base import STAFF, Event
from chalicelib.domain.values import happening


@happening
class SignalChecked(Event):
    """A person looked at what the words raised."""

    seen = STAFF
    wire, label, shown = "petition.signal_checked", "人工核查", "正在办理"
    result: str
    signals: tuple[str, ...]


@happening
class UrgencyMarked(Event):
    """第二十五条: 可能造成社会影响的重大、紧急信访事项."""

    seen = STAFF
    wire, label, shown = "petition.urgency_marked", "标为重大紧急", "正在加紧办理"
    level: str
    org: str


@happening
class UrgencyTold(Event):
    """第二十五条: one addressee was told."""

    seen = STAFF
    wire, label, shown = "petition.urgency_told", "紧急通报", "正在加紧办理"
    addressee: str
    told_on: date


@happening
class UrgencyReported(Event):
    """第二十五条: 及时报告."""

    seen = STAFF
    wire, label, shown = "petition.urgency_reported", "重大紧急报告", "正在加紧办理"
    level: str
    addressees: tuple[str, ...]


@happening
class MeasureTaken(Event):
    """第二十五条: 在职责范围内依法采取措施."""

    seen = STAFF
    wire, label, shown = "petition.measure_taken", "采取措施", "正在加紧办理"
    taken_on: date


@happening
class UrgencyEnded(Event):
    """The danger is over."""

    seen = STAFF
    wire, label, shown = "petition.urgency_ended", "解除紧急", "正在办理"


EVENTS: tuple[type[Event], ...] = (
    SignalChecked,
    UrgencyMarked,
    UrgencyTold,
    UrgencyReported,
    MeasureTaken,
    UrgencyEnded,
)
