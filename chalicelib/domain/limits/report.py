"""The limits of reports of misconduct. What discipline organs owe by their own rules runs outside this system."""

from collections.abc import Mapping
from types import MappingProxyType

from chalicelib.domain.limits.base import TimeLimit

TRANSFER_REPORT = TimeLimit(
    name="transfer_report",
    label="移送期限",
    law="第二十二条第二款",
    days=15,
    for_staff=True,
    note="由信访部门收到的，应当在15日内按照管理权限转送；不提醒、不通报，只在保密列表中显示",
)

REPORT: Mapping[str, TimeLimit] = MappingProxyType({TRANSFER_REPORT.name: TRANSFER_REPORT})
