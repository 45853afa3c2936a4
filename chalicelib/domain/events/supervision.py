"""Supervision (第三十八条至第四十条): orders, leaders' instructions, recommendations.

Every one of these says by `about` which duty it belongs to: who may read a duty may read its events, nobody else.
"""

from datetime import date

from chalicelib.domain.events.base import EVERYTHING, STAFF, Event
from chalicelib.domain.values import happening


@happening
class PetitionSupervised(Event):
    """第四十条第一款: 及时督办. The problem is sealed with the demand: it is not yet verified."""

    wire, label, shown = "petition.supervised", "督办", "已督办，要求限期反馈办理情况"
    about: str
    org: str
    kind: str
    due: date


@happening
class OrderAnswered(Event):
    """The unit says in writing what it has done."""

    wire, label, shown = "petition.order_answered", "反馈督办", "被督办单位已反馈情况"
    about: str
    org: str


@happening
class OrderVerified(Event):
    """What was answered is so, or it is not: then there is a new date."""

    wire, label, shown = "petition.order_verified", "核实督办", "督办反馈已经核实"
    about: str
    org: str
    accepted: bool
    due: date | None = None


@happening
class PetitionPressed(Event):
    """第四十条第一款: who oversees asks where it stands; counted apart from the petitioner's urges."""

    wire, label, shown = "petition.pressed", "上级催办", "上级已催办"
    org: str
    times: int
    due: date


@happening
class PetitionComplained(Event):
    """第四十六条: about how the matter is handled. Never shown to whom it is about."""

    seen = EVERYTHING
    wire, label, shown = "petition.complained", "投诉办理情况", "您投诉了办理情况"
    about: str
    to: str
    kind: str
    against: str
    signals: tuple[str, ...] | None = None


@happening
class ComplaintAnswered(Event):
    """第四十六条: looked into and answered by who it went to."""

    seen = EVERYTHING
    wire, label, shown = "petition.complaint_answered", "答复投诉", "您的投诉已有答复"
    about: str
    org: str
    result: str


@happening
class MeasureImposed(Event):
    """第三十九条第三款: 约谈、通报、挂牌督办，责令限期整改."""

    seen = STAFF
    wire, label, shown = "petition.measure_imposed", "联席会议措施", "联席会议已采取督促措施"
    about: str
    org: str
    measure: str
    due: date | None = None


@happening
class RecommendationMade(Event):
    """第四十条: 改进工作、完善政策、追究责任."""

    seen = STAFF
    wire, label, shown = "petition.recommended", "提出建议", "信访部门已提出工作建议"
    about: str
    org: str
    advice: str


@happening
class RecommendationAnswered(Event):
    """第四十条第四款: 应当书面反馈采纳情况."""

    seen = STAFF
    wire, label, shown = "petition.recommendation_answered", "反馈采纳情况", "有关单位已反馈建议采纳情况"
    about: str
    org: str
    adopted: str


@happening
class PetitionInstructed(Event):
    """第十八条第二款: 阅办群众来信和网上信访."""

    wire, label, shown = "petition.instructed", "批示", "领导已批示，要求抓紧落实"
    about: str
    org: str
    due: date


@happening
class InstructionReported(Event):
    """What was done about a leader's instruction."""

    wire, label, shown = "petition.instruction_reported", "报告落实", "有关单位已报告批示落实情况"
    about: str
    org: str


@happening
class LeaderTookCharge(Event):
    """第十八条第二款: 包案化解. Who it is stands in the duty and, sealed, in the text."""

    wire, label, shown = "petition.charge_taken", "领导包案", "已由领导包案"
    about: str
    org: str


@happening
class ChargeClosed(Event):
    """第十八条第二款: what came of it."""

    wire, label, shown = "petition.charge_closed", "包案化解", "包案情况已有结果"
    about: str
    org: str


EVENTS: tuple[type[Event], ...] = (
    PetitionSupervised,
    OrderAnswered,
    OrderVerified,
    PetitionPressed,
    PetitionComplained,
    ComplaintAnswered,
    MeasureImposed,
    RecommendationMade,
    RecommendationAnswered,
    PetitionInstructed,
    InstructionReported,
    LeaderTookCharge,
    ChargeClosed,
)
