"""Review and re-review."""

from chalicelib.domain.case import REREVIEWING, REVIEWING
from chalicelib.domain.events import review as events
from chalicelib.domain.tables import review
from infra.procedures.words.base import HANDLING, Variants, When

CHAPTER = HANDLING
_ASKED = (
    "以寄出或者递交之日为准，不论何时登记、由哪个单位登记；登记时已经结案的，照样受理。"
    "不是当天寄出或者递交的，应当写明凭据。超过期限又没有说明理由的，不予登记，并告知期限何时届满。"
)
_LATE = "超过期限、但说明了理由的，登记下来，由复查、复核机关审核，不得退回不理。"
STEPS: dict[str, str] = {
    "request_review": (
        "对按信访程序作出的处理意见不服的，可以请求原办理机关、单位的上一级机关、单位复查。"
        "乡镇、街道的由县级政府复查，部门的由本级政府复查，垂直管理的由其上一级主管机关复查，政府的由上一级政府复查；"
        "政府的复查、复核工作由信访部门承办，本地区以外的机关的意见由信访部门登记。"
        f"达成协议的、建议意见和咨询的答复，不能请求复查。{_ASKED}"
    ),
    "request_late_review": _LATE,
    "decide_late_request": "准予受理的，期限自收到申请之日起算；不予受理的，写明理由，告知信访人。",
    "send_file": "复查、复核机关在本地区以外的，由信访部门移送案卷，写明移送函的文号。",
    "decide_review": (
        "维持、变更，或者撤销并责令重新办理；逐项答复诉求，载明事实、理由和依据。撤销的，指定重新办理的天数。"
        "参与过原意见拟稿、审核、签发的人员回避。由本地区以外的机关作出的，写明意见书的文号。"
    ),
    "serve_review": (
        "送达复查意见，留存送达回证。维持、变更的，信访人可以请求复核；撤销的，原办理单位重新办理，"
        "不得以同一事实和理由作出与原意见相同或者基本相同的意见，原意见的评价期停止计时。"
    ),
    "conclude_review": "期限内没有请求复核的，程序结束。",
    "request_rereview": f"对复查意见不服的，可以向复查机关、单位的上一级机关、单位请求复核。{_ASKED}",
    "request_late_rereview": _LATE,
    "decide_rereview": (
        "维持或者变更。复核意见是最后的意见，认为原意见有错的直接变更，不再退回重新办理。"
        "参与过原意见和复查意见的人员回避。已经通知听证的，听证结束以后作出。"
    ),
    "serve_rereview": (
        "送达复核意见，留存送达回证。以同一事实和理由再提出的，不再受理。只有经过听证的复核意见可以依法向社会公示。"
    ),
}
WHEN: When = {
    review.must_be_reviewed: "超过期限的复查申请准予受理",
    review.must_be_rereviewed: "超过期限的复核申请准予受理",
    review.must_be_redone: "原意见被复查撤销",
    review.is_revoked: "撤销原意见的",
    review.is_not_revoked: "维持或者变更原意见的",
}
for _step in review.STEPS:
    if _step.action == "decide_late_request":
        WHEN |= {
            start.when: f"{review.ORDERS[start.limit.removesuffix('_decide')]}申请准予受理的"
            for start in _step.starts
            if start.when
        }
SPELLED: dict[str, str] = {"outcome": "结果"}
VARIANTS: Variants = {
    events.ReviewRequested: (("", {}, {"office": REVIEWING}),),
    events.ReviewRequestedLate: (("", {}, {"office": REVIEWING}),),
    events.RereviewRequested: (("", {}, {"office": REREVIEWING}),),
    events.RereviewRequestedLate: (("", {}, {"office": REREVIEWING}),),
    events.LateRequestDecided: (
        ("准予受理的", {}, {"admitted": True}),
        ("不予受理的", {}, {"admitted": False}),
    ),
    events.ReviewServed: (
        ("维持或者变更的", {}, {"outcome": review.UPHOLD}),
        ("撤销的", {}, {"outcome": review.REVOKE}),
    ),
}
