"""What every part uses: who is who, what a placeholder is called, and the chapters under which steps are said."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from chalicelib.clock import CHINA
from chalicelib.domain import case as posts
from chalicelib.domain.case import OPEN, Case, Duty
from chalicelib.domain.events import Event
from chalicelib.domain.owed import SITE, SMS
from chalicelib.domain.petition import DUTIES, PETITION
from chalicelib.domain.procedure import NEW

When = dict[Callable[[Case], bool], str]
"""A predicate of a step, in words."""
Variants = dict[type[Event], tuple[tuple[str, dict[str, Any], dict[str, Any]], ...]]
"""What a notice depends on: how one says it, what it changes in the facts of the case, and what in the event."""

RECEIVING = "第三章　信访事项的提出和受理"
HANDLING = "第四章　信访事项的办理"
SUPERVISING = "第五章　监督和追责"
RIGHTS = "信访人的权利"
HEADINGS = (RECEIVING, HANDLING, SUPERVISING, RIGHTS)
"""The chapters, in the order in which they are printed."""

HEAD = """# 信访事项办理程序

本文由程序表生成，请勿手工修改；程序表改动以后，用 `make procedures` 重新生成。
所引条文，凡未写明的，均指《信访工作条例》（2022年）。

登记单位，指登记信访事项的机关、单位，多数是信访部门；责任单位，指有权处理的机关、单位。
信访人直接向责任单位提出的，登记单位就是责任单位。
"""

POSTS = {
    posts.PETITIONER: "信访人",
    posts.WINDOW: "窗口工作人员",
    posts.CLERK: "经办人员",
    posts.UNIT_HEAD: "单位负责人",
    posts.BUREAU: "信访部门工作人员",
    posts.JOINT_MEETING: "信访工作联席会议办公室",
    posts.LEADER: "领导",
    posts.SUPERVISOR: "督查人员",
}
DESKS = {
    posts.INTAKE: "登记单位",
    posts.LEAD: "责任单位",
    "supporting": "协办单位",
    "advising": "被征询单位",
    "reviewing": "复查机关",
    "rereviewing": "复核机关",
    "supervised": "被督办单位",
    "instructed": "承办批示单位",
    "answering": "答复单位",
    posts.DECIDING: "裁定受理单位的机关",
    posts.VISITING: "回访单位",
    posts.RECUSING: "决定回避的单位",
}
PARTIES = {
    "office": DESKS[posts.INTAKE],
    "agency": DESKS[posts.LEAD],
    "bureau": "信访部门",
    "government": "本级政府",
    "joint_meeting": POSTS[posts.JOINT_MEETING],
    **{desk: said for desk, said in DESKS.items() if desk not in (posts.INTAKE, posts.LEAD)},
    posts.PETITIONER: "信访人",
}
"""Whoever may be owed something, by its part in the sample case below."""
CHANNELS = {SMS: "短信", SITE: "站内消息"}

SPELLED: dict[str, str] = {
    "no": "编号",
    "times": "次数",
    "q": "查询码",
    "date": "日期",
    "date2": "异议截止日期",
    "unit": "单位",
    "body": "机关",
    "how": "如何领取",
    "proc": "办理途径",
    "tel": "电话",
    "bureau": "信访部门简称",
    "days": "天数",
    "limit": "期限名称",
    "reason": "原因",
    "office_rating": "评价",
    "unit_rating": "评价",
    "solved": "是否解决",
    "code": "验证码",
    "kind": "种类",
    "time": "时间",
    "place": "地点",
    "fix": "更正的内容",
    "item": "事项",
    "win": "窗口",
    "amt": "金额",
    "bill": "缴款码",
}
SAMPLE = Case(
    id="",
    procedure=PETITION.name,
    stage=NEW,
    received_on=date(2026, 3, 2),
    registered_at=datetime(2026, 3, 2, tzinfo=CHINA),
    office="office",
    agency="agency",
    facts={"direct": False, "notifiable": True, "bureau": "bureau", "decider": posts.DECIDING},
    duties=tuple(Duty(kind, 1, "agency", OPEN, 1, {"by": "bureau"}) for kind in DUTIES),
)
"""A case whose organs are called by their part in it."""
