"""The events of the petition's main road, in the order they happen."""

from datetime import date

from chalicelib.domain.events.base import EVERYTHING, STAFF, ByTime, Event
from chalicelib.domain.values import happening


@happening
class PetitionRegistered(Event):
    """第二十二条、第二十三条: 应当予以登记."""

    wire, label, shown = "petition.registered", "登记", "已登记，正在确定由谁办"
    channel: str
    kind: str
    office: str
    received_on: date
    claims: int
    assisted: bool = False
    persons: int | None = None
    level_skipping: bool | None = None
    representatives: int | None = None
    signers: int | None = None
    proxy: bool | None = None
    split_from: str | None = None
    earlier: str | None = None
    from_above: str | None = None
    above_due: date | None = None
    signals: tuple[str, ...] | None = None


@happening
class PetitionForwarded(Event):
    """第二十二条第一款第一、二项."""

    wire, label, shown = "petition.forwarded", "转送", "已转到责任单位"
    to: str
    again: bool = False


@happening
class PetitionAssigned(Event):
    """第二十二条第一款第三项: with its own date, reported back."""

    wire, label, shown = "petition.assigned", "交办", "已交责任单位办理"
    to: str
    report_by: date
    again: bool = False


@happening
class ForwardingObjected(Event):
    """第二十三条第三款."""

    wire, label, shown = "petition.objected", "提出异议", "正在核实由哪个单位办"
    org: str
    suggested: str | None = None


@happening
class ObjectionUpheld(Event):
    """第二十三条第三款: 经核实同意后，交还相关材料."""

    wire, label, shown = "petition.objection_upheld", "同意退回", "正在重新确定由谁办"
    org: str


@happening
class ObjectionRejected(Event):
    """第二十三条第三款: the sender did not agree."""

    wire, label, shown = "petition.objection_rejected", "不同意退回", "仍由原单位办理"
    org: str


@happening
class ObjectionPeriodClosed(ByTime):
    """第二十三条第三款: five working days passed without an objection."""

    seen = STAFF
    wire, label, shown = "petition.objection_closed", "异议期届满", "由该单位办理"
    limit: str
    due: date


@happening
class PetitionAccepted(Event):
    """第二十三条: 告知接收情况以及处理途径和程序."""

    wire, label, shown = "petition.accepted", "受理", "责任单位正在办理"
    org: str
    track: str


@happening
class HandlingExtended(Event):
    """第三十四条."""

    seen = EVERYTHING
    wire, label, shown = "petition.extended", "延长办理期限", "办理期限经批准延长"
    org: str
    days: int


@happening
class OpinionGiven(Event):
    """第三十二条. Who drafted, read and signed it; `failed` are the gates and checks that it did not pass."""

    wire, label, shown = "petition.replied", "作出处理意见", "意见已作出，正在送给您"
    inner = ("drafted_by", "read_by", "signed_by", "flags", "failed", "overridden")
    org: str
    findings: tuple[str, ...]
    drafted_by: str | None = None
    read_by: str | None = None
    signed_by: str | None = None
    flags: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    overridden: bool = False


@happening
class OpinionServed(Event):
    """第三十四条: 办结 is here. 第三十五条: the right to review runs from the written reply."""

    wire, label, shown = "petition.served", "送达", "已办结，请查收并评价"
    inner = ("cause", "failed")
    org: str
    method: str
    served_on: date
    track: str
    cause: str | None = None
    failed: tuple[str, ...] = ()


@happening
class PetitionRated(Event):
    """第二十一条: 方便信访人查询、评价."""

    seen = EVERYTHING
    wire, label, shown = "petition.rated", "评价", "您已评价"
    office: str
    unit: str
    solved: bool
    recorded_by_staff: bool = False


@happening
class RatingLapsed(ByTime):
    """The window closed without a rating; never counted as satisfied."""

    wire, label, shown = "petition.rating_lapsed", "超期未评价", "评价期已过"
    limit: str
    due: date


@happening
class PetitionConcluded(ByTime):
    """第三十五条: the right to review was not used in time. Or nothing is left to happen."""

    wire, label, shown = "petition.concluded", "结案", "程序已结束"
    limit: str = ""
    due: date | None = None


@happening
class ClockReminded(ByTime):
    """A due date comes near (黄灯)."""

    seen = STAFF
    wire, label, shown = "petition.reminded", "临期提醒", "正在按时办理"
    limit: str
    owner: str
    due: date
    days_left: int
    about: str | None = None


@happening
class ClockOverdue(ByTime):
    """第四十四条: a due date passed. `due` and `detected_at` tell how late it was noticed."""

    wire, label, shown = "petition.overdue", "超期", "超过期限，已告知信访局督促"
    limit: str
    owner: str
    due: date
    days: int
    rung: int = 1
    about: str | None = None


ROAD: tuple[type[Event], ...] = (
    PetitionRegistered,
    PetitionForwarded,
    PetitionAssigned,
    ForwardingObjected,
    ObjectionUpheld,
    ObjectionRejected,
    ObjectionPeriodClosed,
    PetitionAccepted,
    HandlingExtended,
    OpinionGiven,
    OpinionServed,
    PetitionRated,
    RatingLapsed,
    PetitionConcluded,
    ClockReminded,
    ClockOverdue,
)
