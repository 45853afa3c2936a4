"""Endings with a second reader: declined, led elsewhere, not taken again (第十九条、第三十一条、第三十六条)."""

from chalicelib.domain.events.base import EVERYTHING, STAFF, Event
from chalicelib.domain.values import happening


@happening
class EndingProposed(Event):
    """What one person means to answer instead of an acceptance; it binds nobody before another one has read it."""

    seen = STAFF
    wire, label, shown = "petition.ending_proposed", "拟定结论", "正在研究怎样处理"
    org: str
    ending: str
    ground: str


@happening
class EndingReturned(Event):
    """The second reader does not agree."""

    seen = STAFF
    wire, label, shown = "petition.ending_returned", "退回重拟", "正在研究怎样处理"
    org: str
    ending: str
    ground: str


@happening
class PetitionDeclined(Event):
    """第十九条、第二十三条."""

    seen = EVERYTHING
    wire, label, shown = "petition.declined", "不予受理", "不能受理，原因见告知书"
    org: str
    ground: str


@happening
class PetitionDiverted(Event):
    """第三十一条第一至五项."""

    seen = EVERYTHING
    wire, label, shown = "petition.diverted", "导入法定途径", "应由法律规定的单位办理"
    org: str
    route: str


@happening
class PetitionTransferred(Event):
    """第二十二条第二款: 转送同级政法部门, or 按照管理权限转送有关纪检监察机关."""

    seen = EVERYTHING
    wire, label, shown = "petition.transferred", "转有关机关", "已转有关机关依法处理"
    org: str
    ground: str


@happening
class PetitionNotTakenAgain(Event):
    """第三十六条第三款: the same facts and reasons after a re-review opinion. New facts stay open."""

    seen = EVERYTHING
    wire, label, shown = "petition.not_taken_again", "不再受理", "不再受理，原因见告知书；有新的事实和理由可以再提"
    org: str


EVENTS: tuple[type[Event], ...] = (
    EndingProposed,
    EndingReturned,
    PetitionDeclined,
    PetitionDiverted,
    PetitionTransferred,
    PetitionNotTakenAgain,
)
