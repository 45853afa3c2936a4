"""The main road: receiving (第三章), and the notices of the whole road. Its second half stands in `handling.py`."""

from chalicelib.domain import case as posts
from chalicelib.domain import events, intake
from chalicelib.domain.events import ClockOverdue, ClockReminded
from chalicelib.domain.tables import road
from infra.procedures.words.base import RECEIVING, Variants, When

CHAPTER = RECEIVING
STEPS: dict[str, str] = {
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
        "办理途径应当与事项类别一致；申请查处违法行为、履行保护合法权益职责的，由责任单位依法履行或者答复，"
        "法律、法规、规章规定了期限的，写明天数和依据。"
        "申诉求决类事项，信访部门应当转送、交办，不得自行办理。"
    ),
}
WHEN: When = {
    road.is_with_bureau: "向信访部门提出的",
    road.owes_direct_notice: "直接向责任单位提出、姓名和住址清楚的",
    road.owes_notice: "姓名和住址清楚的",
    road.owes_direct_decision: "直接向责任单位提出、姓名或者住址不清的",
    road.owes_decision: "姓名或者住址不清的",
    road.has_right_to_review: "按信访程序办理的",
    road.nothing_is_left: "没有任何期限还在计时",
}
SPELLED: dict[str, str] = {}
_HANDED = (
    ("", {}, {}),
    ("退回以后重新转送、交办的", {}, {"again": True}),
    ("信访人姓名、住址不清的", {"notifiable": False}, {}),
)
_BY_TRACK = tuple((f"按{track}办理的", {}, {"track": code}) for code, track in intake.TRACKS.items())
VARIANTS: Variants = {
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
        ("承诺到期当日", {}, {"owner": "agency", "limit": "commitment", "days_left": 0}),
    ),
    ClockOverdue: (("责任单位超期的", {}, {"owner": "agency"}), ("登记单位超期的", {}, {"owner": "office"})),
}
