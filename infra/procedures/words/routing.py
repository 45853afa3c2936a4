"""Which organ a matter goes to, and back."""

from chalicelib.domain import case as posts
from chalicelib.domain.events.routing import DisputeSubmitted, UnitDesignated
from chalicelib.domain.tables import road, routing
from infra.procedures.words.base import RECEIVING, Variants, When

CHAPTER = RECEIVING
STEPS: dict[str, str] = {
    "consult_units": (
        "受理有争议的，由所涉及的两个以上单位协商，登记参加的单位和结果。协商同意受理的单位不得再提出异议。"
        "被退回两次的，不再直接转送、交办，只能转给协商同意的单位，或者提请裁定。"
    ),
    "submit_dispute": (
        "协商不成的，提请所涉及单位共同的上一级机关、单位裁定；没有共同的上一级，或者上一级不在本地区的，"
        "由信访工作联席会议协调。登记单位自己的期限不因此停止。"
    ),
    "designate": "裁定的机关指定受理单位，并说明理由。被指定的单位不得再提出异议，告知期限自收到之日起计算。",
    "succeed": (
        "责任单位分立、合并、撤销的，由继续行使其职权的单位承继；单位名录没有写明的，"
        "由本级党委、政府指定，并写明依据。原定期限不变，改由承继单位负责。"
    ),
    "report_completion": "上级转送、交办的事项办结以后，由登记单位向上级提交办结报告。只提交一次。",
    "complete_contact": (
        "登记时姓名（名称）、住址不清的，以后补全。只补缺少的，不改已经登记的。"
        "补全以后应当告知的，告知期限自补全之日起计算。"
    ),
    "record_notice": "短信没有确认发出、转为人工告知的，工作人员告知以后登记怎样告知的、哪天告知的。",
}
WHEN: When = {
    road.is_handed_down: "上级转送、交办给信访部门的",
    road.is_assigned_from_above: "上级交办并指定反馈日期的",
    routing.owes_unit_notice_now: "已转送、交办，责任单位尚未告知的",
    routing.owes_direct_notice_now: "直接向责任单位提出，尚未告知的",
}
SPELLED: dict[str, str] = {}
VARIANTS: Variants = {
    DisputeSubmitted: (("", {}, {"to": posts.DECIDING}),),
    UnitDesignated: (
        ("", {}, {}),
        ("信访人姓名、住址不清的", {"notifiable": False}, {}),
    ),
}
