"""Hearings, mediation and settlement."""

from chalicelib.domain.case import REREVIEWING
from chalicelib.domain.events import hearing as events
from infra.procedures.words.base import HANDLING, Variants, When

CHAPTER = HANDLING
STEPS: dict[str, str] = {
    "request_hearing": (
        "重大、复杂、疑难的事项，信访人可以在办理、复查、复核中申请听证，由正在办理、复查、复核的机关、单位答复。"
    ),
    "announce_hearing": (
        "写明时间、地点、主持人和参加人员，至少提前7日通知（依地方听证规定）；没有申请的，也可以主动举行。"
        "主持人不能是调查、拟稿人员和应当回避的人员。涉及国家秘密、商业秘密、个人隐私的不公开，其他公开举行。"
        "复核中的听证，自通知之日至举行之日不计入复核期限；办理、复查的期限照常计算。"
    ),
    "postpone_hearing": "写明理由，另定日期，同样至少提前7日通知。",
    "hold_hearing": "依次陈述、质询、辩论、评议、合议，制作听证笔录，写明到场人员和听证结论。",
    "decline_hearing": "申请了的、通知了的都可以不举行，写明理由，告知信访人；复核期限自次日起接着计算。",
    "mediate": "经争议双方当事人同意进行调解，写明经过和结果。可以登记多次。",
    "settle": (
        "双方自愿、不违反政策法规强制性规定，达成一致并签订调解协议书、和解协议书的，按协议办结；"
        "没有处理意见，不能请求复查，可以评价。"
    ),
}
WHEN: When = {}
SPELLED: dict[str, str] = {}
_BY_ORDER = (
    ("办理中的听证", {}, {"org": "agency"}),
    ("复查、复核中的听证", {}, {"org": REREVIEWING}),
)
VARIANTS: Variants = {
    events.HearingAnnounced: _BY_ORDER,
    events.HearingPostponed: _BY_ORDER,
    events.HearingDeclined: _BY_ORDER,
}
