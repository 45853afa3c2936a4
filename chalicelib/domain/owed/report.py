"""Who is told of a report of misconduct: nobody, by any channel. Whoever may read it finds it in the sealed list."""

from collections.abc import Mapping

from chalicelib.domain.events.base import Event
from chalicelib.domain.events.report import (
    AccusedNamed,
    OrganisationDepartmentTold,
    ReportClosed,
    ReportRegistered,
    ReportTransferred,
)
from chalicelib.domain.owed.base import Rule, Silent

OWED: Mapping[type[Event], Rule | Silent] = {
    ReportRegistered: Silent("编号和查询码当面给检举人，不发短信，以免泄露（第三十条第三款）"),
    ReportTransferred: Silent("检举人凭编号和查询码可查到“已移送”，不发短信；接收机关在保密列表中看到"),
    AccusedNamed: Silent("补充被检举对象只由有权处理的机关知悉（第三十条第三款）"),
    OrganisationDepartmentTold: Silent("通报另行按保密规定送达，不经本系统通知"),
    ReportClosed: Silent("纪检监察机关处理检举控告的告知按照有关规定执行（第二十三条第四款）"),
}
