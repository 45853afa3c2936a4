"""From hearing the petitioner to the draft that is signed (第三十一条第六项、第三十二条)."""

from datetime import date

from chalicelib.domain.events.base import EVERYTHING, STAFF, Event
from chalicelib.domain.values import happening


@happening
class ClaimsConfirmed(Event):
    """第三十二条: 载明信访人投诉请求. As the petitioner and the unit understand them."""

    seen = EVERYTHING
    wire, label, shown = "petition.claims_confirmed", "确认诉求", "已与您核对要求解决的事项"
    org: str
    claims: int


@happening
class PetitionerHeard(Event):
    """第三十一条第六项: 听取信访人陈述事实和理由."""

    wire, label, shown = "petition.heard", "听取陈述", "责任单位听取了您的陈述"
    org: str
    how: str
    held_on: date


@happening
class MatterInvestigated(Event):
    """第三十一条第六项: 调查核实. One entry of the work done outside the system."""

    wire, label, shown = "petition.investigated", "调查核实", "责任单位作了调查核实"
    org: str
    how: str
    held_on: date


@happening
class MarkedHistorical(Event):
    """第二十八条: 查明事实. An old matter is investigated anew, and a leader takes it on (第十八条第二款: 包案)."""

    seen = STAFF
    wire, label, shown = "petition.marked_historical", "标记历史遗留", "责任单位将重新调查核实"
    org: str


@happening
class OpinionDrafted(Event):
    """第三十二条: the whole opinion, not yet anybody's but its drafter's."""

    seen = STAFF
    wire, label, shown = "petition.drafted", "拟稿", "责任单位正在拟写意见"
    org: str
    findings: tuple[str, ...]
    flags: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    commitments: int = 0


@happening
class OpinionRead(Event):
    """第二十八条: 恪尽职守. A second person read the draft."""

    seen = STAFF
    wire, label, shown = "petition.draft_read", "核稿", "责任单位正在审核意见"
    org: str
    draft: int
    overridden: bool = False


@happening
class DraftReturned(Event):
    """第二十八条: a draft that will not do goes back with a reason."""

    seen = STAFF
    wire, label, shown = "petition.draft_returned", "退改", "责任单位正在修改意见"
    org: str
    draft: int


EVENTS: tuple[type[Event], ...] = (
    ClaimsConfirmed,
    PetitionerHeard,
    MatterInvestigated,
    MarkedHistorical,
    OpinionDrafted,
    OpinionRead,
    DraftReturned,
)
