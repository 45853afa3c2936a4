"""检举控告: its own small table. What must be true for a step and what it records stands in `report.py`."""

from chalicelib.domain.case import BUREAU, CLERK, LEAD, PETITIONER, UNIT_HEAD, WINDOW, Case
from chalicelib.domain.events.report import (
    AccusedNamed,
    OrganisationDepartmentTold,
    ReportClosed,
    ReportRegistered,
    ReportTransferred,
)
from chalicelib.domain.procedure import NEW, STAY, Starts, Step

RECEIVED, HANDED_OVER, CLOSED = "report_registered", "report_transferred", "report_closed"
STAGES = {RECEIVED: "已收到", HANDED_OVER: "已移送", CLOSED: "已办结"}
ENDS = (CLOSED,)
OPEN = (RECEIVED, HANDED_OVER)
READERS = (BUREAU, CLERK, UNIT_HEAD)
"""Posts that may read a report, if their own body has it. A window only takes it in, and nobody reads by overseeing."""
TAKERS = (WINDOW, *READERS)
"""Posts that write a report down for who brings it by letter, visit or telephone."""


def holder(case: Case) -> str:
    """The one body that has the report."""
    return case.agency or case.office


def is_with_bureau(case: Case) -> bool:
    """A petition bureau received it, and has to hand it over (第二十二条第二款)."""
    return not case.facts["direct"]


STEPS: tuple[Step, ...] = (
    Step(
        action="register_report", label="登记检举控告", law="第二十二条第一款、第三十条第一款",
        frm=(NEW,), to=RECEIVED, by=(PETITIONER, *TAKERS), emits=ReportRegistered,
        starts=(Starts("transfer_report", holder, is_with_bureau),),
    ),
    Step(
        action="transfer_report", label="移送有权处理的机关", law="第二十二条第二款",
        frm=OPEN, to=HANDED_OVER, by=READERS, desk=LEAD, emits=ReportTransferred, meets=("transfer_report",),
    ),
    Step(
        action="name_accused", label="补充被检举对象", law="第三十条第三款",
        frm=(*OPEN, CLOSED), to=STAY, by=READERS, desk=LEAD, emits=AccusedNamed,
    ),
    Step(
        action="tell_organisation_department", label="通报组织部门", law="第三十条第二款",
        frm=OPEN, to=STAY, by=READERS, desk=LEAD, emits=OrganisationDepartmentTold,
    ),
    Step(
        action="close_report", label="办结登记", law="第三十条第一款",
        frm=OPEN, to=CLOSED, by=READERS, desk=LEAD, emits=ReportClosed, drops=("transfer_report",),
    ),
)  # fmt: skip
