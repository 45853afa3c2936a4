"""Reports of misconduct (第三十条): what happened to them, and nothing that tells whom they are about.

The invariant: whoever reads these events without the key of reports learns that there is a report, when it came and
which body has it; never a word of it, nor who is accused. They stand apart from the events of petitions: no view,
no count and no notice of petitions knows them.
"""

from datetime import date

from chalicelib.domain.events.base import STAFF, Event
from chalicelib.domain.values import happening


@happening
class ReportRegistered(Event):
    """第三十条第一款: 接收. `verified`: the telephone was proved by a one-time code. Who wrote it down for the
    reporter stands beside the event by post and office; by which way it came is sealed."""

    wire, label, shown = "report.registered", "登记检举控告", "已收到"
    office: str
    received_on: date
    named: bool
    verified: bool = False


@happening
class ReportTransferred(Event):
    """第二十二条第二款: 按照管理权限转送."""

    wire, label, shown = "report.transferred", "移送有权处理的机关", "已移送"
    to: str


@happening
class AccusedNamed(Event):
    """第三十条第三款. `to`: who has the report instead, when the one who had it turned out to be accused."""

    seen = STAFF
    wire, label, shown = "report.accused_named", "补充被检举对象", "已收到"
    to: str | None = None


@happening
class OrganisationDepartmentTold(Event):
    """第三十条第二款."""

    seen = STAFF
    wire, label, shown = "report.organisation_department_told", "通报组织部门", "已收到"


@happening
class ReportClosed(Event):
    """第三十条第一款: 办理和反馈. With which result is sealed."""

    seen = STAFF
    wire, label, shown = "report.closed", "办结登记", "已移送"


EVENTS: tuple[type[Event], ...] = (
    ReportRegistered,
    ReportTransferred,
    AccusedNamed,
    OrganisationDepartmentTold,
    ReportClosed,
)
