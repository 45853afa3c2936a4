"""Hearings, mediation and settlement (第三十一条第六项、第三十三条、第三十六条)."""

from datetime import date, datetime

from chalicelib.domain.events.base import EVERYTHING, Event
from chalicelib.domain.values import happening


@happening
class HearingRequested(Event):
    """第三十一条第六项、第三十六条第二款: asked for by the petitioner."""

    seen = EVERYTHING
    wire, label, shown = "petition.hearing_requested", "申请听证", "您申请了听证"
    org: str


@happening
class HearingDeclined(Event):
    """第三十一条第六项: 可以举行听证. It may be declined or given up; the reason is told."""

    seen = EVERYTHING
    wire, label, shown = "petition.hearing_declined", "不举行听证", "这件事不举行听证，理由见告知内容"
    org: str


@happening
class HearingAnnounced(Event):
    """第三十一条第六项、第三十六条第二款: time, place, chair and participants, known in good time."""

    seen = EVERYTHING
    wire, label, shown = "petition.hearing_announced", "听证通知", "听证的时间和地点已定"
    org: str
    at_time: datetime
    place: str
    chair: str
    public: bool
    closed_for: str | None = None


@happening
class HearingPostponed(Event):
    """第三十一条第六项、第三十六条第二款: another day, with a reason."""

    seen = EVERYTHING
    wire, label, shown = "petition.hearing_postponed", "延期听证", "听证改了时间"
    org: str
    at_time: datetime
    place: str


@happening
class HearingHeld(Event):
    """第三十一条第六项、第三十六条第二款: 听证笔录 and conclusion."""

    seen = EVERYTHING
    wire, label, shown = "petition.hearing_held", "举行听证", "已举行听证"
    org: str
    held_on: date


@happening
class MediationHeld(Event):
    """第三十三条: 经争议双方当事人同意进行调解."""

    wire, label, shown = "petition.mediated", "调解", "已组织调解"
    org: str
    held_on: date
    reached: bool


@happening
class PetitionSettled(Event):
    """第三十三条: 制作调解协议书或者和解协议书. The matter is handled; no opinion, so nothing to be reviewed."""

    seen = EVERYTHING
    wire, label, shown = "petition.settled", "达成协议", "已达成协议，协议书请收好"
    org: str
    settlement: str
    signed_on: date
    closing: str = "settled"


EVENTS: tuple[type[Event], ...] = (
    HearingRequested,
    HearingDeclined,
    HearingAnnounced,
    HearingPostponed,
    HearingHeld,
    MediationHeld,
    PetitionSettled,
)
