"""Review and re-review (第三十五条、第三十六条)."""

from datetime import date

from chalicelib.domain.events.base import EVERYTHING, ByTime, Event
from chalicelib.domain.values import happening


@happening
class ReviewRequested(Event):
    """第三十五条: asked in time. The date of dispatch decides, however late it was recorded."""

    seen = EVERYTHING
    wire, label, shown = "petition.review_requested", "受理复查申请", "您的复查申请已收到，正在复查"
    organ: str
    office: str
    dispatched_on: date
    received_on: date
    recorded_by_staff: bool = False
    order: str = "review"


@happening
class ReviewRequestedLate(Event):
    """第三十五条: asked after the 30 days, with a reason. It is looked at, never dropped."""

    seen = EVERYTHING
    wire, label, shown = (
        "petition.review_requested_late",
        "登记超过期限的复查申请",
        "您的复查申请已收到，因超过期限正在核实原因",
    )
    organ: str
    office: str
    dispatched_on: date
    received_on: date
    due: date
    recorded_by_staff: bool = False
    order: str = "review"


@happening
class LateRequestDecided(Event):
    """第三十五条、第三十六条: whether the reason excuses the delay."""

    seen = EVERYTHING
    wire, label, shown = "petition.late_request_decided", "审核超过期限的申请", "您超过期限提出的申请已审核"
    organ: str
    order: str
    admitted: bool


@happening
class ReviewOpened(Event):
    """第三十五条: a late request was admitted, the review begins."""

    wire, label, shown = "petition.review_opened", "开始复查", "正在复查"


@happening
class FileSent(Event):
    """第三十五条、第三十六条: the file goes to a reviewing organ outside this system."""

    wire, label, shown = "petition.file_sent", "移送案卷", "有关材料已移送复查（复核）机关"
    organ: str
    order: str


@happening
class ReviewDecided(Event):
    """第三十五条: 提出复查意见."""

    seen = EVERYTHING
    wire, label, shown = "petition.reviewed", "作出复查意见", "复查意见已出"
    organ: str
    outcome: str
    decided_on: date
    redo_days: int | None = None


@happening
class ReviewServed(Event):
    """第三十五条: 书面答复. The right to re-review runs from here (第三十六条), or the days of handling anew."""

    wire, label, shown = "petition.review_served", "送达复查意见", "复查意见已送给您"
    org: str
    organ: str
    outcome: str
    method: str
    served_on: date
    order: str = "review"


@happening
class HandlingReopened(Event):
    """第三十五条: the opinion was revoked, the unit works on it anew."""

    wire, label, shown = "petition.redo", "重新办理", "原意见已撤销，正在重新办理"


@happening
class ReviewPeriodClosed(ByTime):
    """第三十六条: the right to re-review was not used in time."""

    wire, label, shown = "petition.rereview_lapsed", "复核申请期届满", "程序已结束"
    limit: str
    due: date


@happening
class RereviewRequested(Event):
    """第三十六条: asked in time."""

    seen = EVERYTHING
    wire, label, shown = "petition.rereview_requested", "受理复核申请", "您的复核申请已收到，正在复核"
    organ: str
    office: str
    dispatched_on: date
    received_on: date
    recorded_by_staff: bool = False
    order: str = "rereview"


@happening
class RereviewRequestedLate(Event):
    """第三十六条: asked after the 30 days, with a reason."""

    seen = EVERYTHING
    wire, label, shown = (
        "petition.rereview_requested_late",
        "登记超过期限的复核申请",
        "您的复核申请已收到，因超过期限正在核实原因",
    )
    organ: str
    office: str
    dispatched_on: date
    received_on: date
    due: date
    recorded_by_staff: bool = False
    order: str = "rereview"


@happening
class RereviewOpened(Event):
    """第三十六条: a late request was admitted, the re-review begins."""

    wire, label, shown = "petition.rereview_opened", "开始复核", "正在复核"


@happening
class RereviewDecided(Event):
    """第三十六条: 提出复核意见."""

    seen = EVERYTHING
    wire, label, shown = "petition.rereviewed", "作出复核意见", "复核意见已出"
    organ: str
    outcome: str
    decided_on: date
    heard: bool = False


@happening
class RereviewServed(Event):
    """第三十六条: the last opinion. On the same facts and reasons the matter is not taken again."""

    wire, label, shown = "petition.rereview_served", "送达复核意见", "复核意见已送给您"
    org: str
    organ: str
    outcome: str
    method: str
    served_on: date
    may_publish: bool = False
    closing: str = "final"
    order: str = "rereview"


EVENTS: tuple[type[Event], ...] = (
    ReviewRequested,
    ReviewRequestedLate,
    LateRequestDecided,
    ReviewOpened,
    FileSent,
    ReviewDecided,
    ReviewServed,
    HandlingReopened,
    ReviewPeriodClosed,
    RereviewRequested,
    RereviewRequestedLate,
    RereviewOpened,
    RereviewDecided,
    RereviewServed,
)
