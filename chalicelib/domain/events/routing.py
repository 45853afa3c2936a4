"""Who is competent (第二十二条至第二十四条): disputes, successors, matters from above, and who can be told at all."""

from datetime import date

from chalicelib.domain.events.base import STAFF, Event
from chalicelib.domain.values import happening


@happening
class UnitsConsulted(Event):
    """第二十四条第一款: 由所涉及的机关、单位协商受理. `agreed` is who takes it, if they agreed."""

    seen = STAFF
    wire, label, shown = "petition.units_consulted", "协商", "有关单位正在协商由谁办"
    org: str
    units: tuple[str, ...]
    agreed: str | None = None


@happening
class DisputeSubmitted(Event):
    """第二十四条第一款: 受理有争议的. `to` is who decides: the common superior, else the joint meeting."""

    wire, label, shown = "petition.dispute_submitted", "提请裁定", "正在协调由哪个单位办"
    org: str
    to: str


@happening
class UnitDesignated(Event):
    """第二十四条第一款: 由其共同的上一级机关、单位决定受理机关."""

    wire, label, shown = "petition.designated", "指定办理", "已转到指定的责任单位"
    org: str
    to: str


@happening
class PetitionSucceeded(Event):
    """第二十四条第二款: 由继续行使其职权的机关、单位受理."""

    wire, label, shown = "petition.succeeded", "承继办理", "原单位的职责已由新单位承接，原定期限不变"
    org: str
    to: str
    named_by_government: bool = False


@happening
class CompletionReported(Event):
    """第二十二条第一款第三项: 在指定办理期限内反馈结果，提交办结报告. This one goes upward."""

    seen = STAFF
    wire, label, shown = "petition.completion_reported", "办结报告", "办理结果已报上级"
    org: str
    from_above: str


@happening
class ContactCompleted(Event):
    """第二十三条第二款: 姓名（名称）、住址 are clear now, so notice is owed. What they are is sealed elsewhere."""

    wire, label, shown = "petition.contact_completed", "补全联系方式", "已补全您的联系方式，以后的进展会告诉您"
    notifiable: bool
    recorded_by_staff: bool = False


@happening
class PersonTold(Event):
    """第二十三条: a person told what no message could tell. `told` are the events that owed the notices."""

    wire, label, shown = "petition.person_told", "登记告知结果", "工作人员已告知您"
    org: str
    how: str
    told_on: date
    told: tuple[int, ...]


EVENTS: tuple[type[Event], ...] = (
    UnitsConsulted,
    DisputeSubmitted,
    UnitDesignated,
    PetitionSucceeded,
    CompletionReported,
    ContactCompleted,
    PersonTold,
)
