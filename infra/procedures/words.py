"""What the document says in words: what must be true for a step, who is who, and on what a notice depends.

The invariant: nothing here repeats a number, an article or a stage of the tables; those are read from them.
"""

from datetime import date, datetime
from typing import Any

from chalicelib.clock import CHINA
from chalicelib.domain import case as posts
from chalicelib.domain import events, intake, limits
from chalicelib.domain.case import Case
from chalicelib.domain.events import ClockOverdue, ClockReminded, Event
from chalicelib.domain.owed import SITE, SMS
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import NEW
from chalicelib.domain.tables import road

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
}
DESKS = {posts.INTAKE: "登记单位", posts.LEAD: "责任单位"}
PARTIES = {"office": "登记单位", "agency": "责任单位", "bureau": "信访部门", posts.PETITIONER: "信访人"}
CHANNELS = {SMS: "短信", SITE: "站内消息"}

RECEIVING = {
    "register": (
        "收到信访事项，不论以什么形式提出，都应当登记，如实记录请求、事实和理由。"
        "收到日期不得晚于登记当日；先收到、后录入的，期限仍自收到之日起算。"
        "没有逐项列明诉求的，以标题作为一项诉求。"
        "信访人姓名（名称）不清，或者既无住址又无电话的，照常登记，免予告知。"
    ),
    "forward": (
        "登记单位将事项转送有权处理的机关、单位。"
        "责任单位直接收到、属于本系统下级职权范围的，只能转送自己的下级。"
        "不得转给本单位、信访部门、联席会议、已停用的单位和本地区以外的机关。"
    ),
    "assign": (
        "需要反馈办理结果的重要事项，可以交办，并指定反馈日期；反馈日期应当在交办之日以后。其他要求与转送相同。"
    ),
    "object": (
        "不属于本机关、单位或者本系统职权范围的，可以在期限内提出异议，详细说明理由，"
        "并可以建议改由哪个单位办理。每次转送、交办只能提出一次异议；"
        "异议核实期间，责任单位的告知期限照常计算。"
    ),
    "uphold_objection": (
        "登记单位核实同意的，收回相关材料，重新转送、交办。登记单位自己的期限接着计算，"
        "材料不在手上的日子不计入；原责任单位的期限不再计算。"
    ),
    "reject_objection": (
        "登记单位核实后不同意的，说明理由，事项回到提出异议以前的阶段，由原责任单位办理，原定期限不变。"
    ),
    "close_objection": ("期限内没有提出异议的，不能再提出异议。这是权利期满，不是超期；原定的告知期限照常计算。"),
    "accept": (
        "属于本机关、单位职权范围的，书面告知信访人接收情况以及处理途径和程序，并确定一名承办人。"
        "办理途径应当与事项类别一致。"
        "申诉求决类事项，信访部门应当转送、交办，不得自行办理。"
    ),
    "decline": (
        "只有本文列明的理由可以不予受理，并应当书面说明。"
        "除因已经受理或者正在办理而不予受理的以外，应当告知信访人向哪个机关、单位提出。"
    ),
    "divert": (
        "只有申诉求决类事项可以导入法定途径。应当写明由哪个机关办理、为什么由它办理；该途径有期限要求的，一并写明。"
    ),
}
HANDLING = {
    "extend": (
        "情况复杂的，由责任单位负责人批准，可以延长一次，"
        f"不超过{limits.HANDLE.extendable_by}日，并告知信访人延期理由。"
        "只有信访程序的办理期限可以延长；超期以后不得延长。"
    ),
    "reply": ("处理意见载明事实和理由，逐项答复诉求，每项答复一次，不得遗漏。予以支持和不予支持的，写明依据。"),
    "serve": (
        "处理意见书送达信访人，即为办结。送达日期不得早于作出意见之日，不得晚于登记送达之日。"
        "除网上送达外，应当写明送达回证的情况。短信只是提醒，不是送达。"
    ),
    "rate": (
        "信访人对信访部门和责任单位分别评价，并说明问题是否解决。每件评价一次；结案以后，评价期内仍可评价。"
        "信访人不便自己评价的，由窗口或者信访部门工作人员代录，并注明代录。"
    ),
    "close_rating": "评价期届满没有评价的，记为超期未评价，不计为满意。",
    "conclude": "期限内没有请求复查的，程序结束。",
}
OWN_STEPS = {
    "supplement": "信访人可以随时补充事实、理由和材料；补充材料不停止任何期限。",
    "urge": "信访人认为办理拖延的，可以催办，每天一次；催办次数记入办理过程，并当即回告由谁办理、何日到期。",
    "withdraw": "信访人可以撤回自己提出的事项；撤回以后，各单位的期限不再计算，以后仍可再次提出。",
}
CHAPTERS = {"第三章　信访事项的提出和受理": RECEIVING, "第四章　信访事项的办理": HANDLING, "信访人的权利": OWN_STEPS}
"""What must be true for a step and what it means, as its function checks it."""

WHEN = {
    road.is_with_bureau: "向信访部门提出的",
    road.owes_direct_notice: "直接向责任单位提出、姓名和住址清楚的",
    road.owes_notice: "姓名和住址清楚的",
    road.has_right_to_review: "按信访程序办理的",
    road.nothing_is_left: "没有任何期限还在计时",
}
SPELLED = {
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
    "days": "天数",
    "limit": "期限名称",
    "reason": "原因",
    "office_rating": "评价",
    "unit_rating": "评价",
    "solved": "是否解决",
    "code": "验证码",
}
SAMPLE = Case(
    id="",
    procedure=PETITION.name,
    stage=NEW,
    received_on=date(2026, 3, 2),
    registered_at=datetime(2026, 3, 2, tzinfo=CHINA),
    office="office",
    agency="agency",
    facts={"direct": False, "notifiable": True, "bureau": "bureau"},
)
"""A case whose organs are called by their part in it."""
_HANDED = (
    ("", {}, {}),
    ("退回以后重新转送、交办的", {}, {"again": True}),
    ("信访人姓名、住址不清的", {"notifiable": False}, {}),
)
_BY_TRACK = tuple((f"按{track}办理的", {}, {"track": code}) for code, track in intake.TRACKS.items())
VARIANTS: dict[type[Event], tuple[tuple[str, dict[str, bool], dict[str, Any]], ...]] = {
    events.PetitionRegistered: (
        ("信访人向信访部门提出的", {}, {}),
        ("信访人直接向责任单位提出的", {"direct": True}, {}),
        ("工作人员登记的", {}, {"assisted": True}),
    ),
    events.PetitionForwarded: _HANDED,
    events.PetitionAssigned: _HANDED,
    events.PetitionAccepted: _BY_TRACK,
    events.OpinionServed: _BY_TRACK,
    events.PetitionConcluded: (("没有请求复查的", {}, {"limit": "ask_review"}), ("其他情形", {}, {"limit": ""})),
    ClockReminded: (
        ("单位的期限", {}, {"owner": "agency"}),
        ("评价期", {}, {"owner": posts.PETITIONER, "limit": "rating"}),
    ),
    ClockOverdue: (("责任单位超期的", {}, {"owner": "agency"}), ("登记单位超期的", {}, {"owner": "office"})),
}
"""What a notice depends on: how one says it, what it changes in the case, and what in the event."""
