"""The main road: handling (第四章)."""

from chalicelib.domain import limits
from infra.procedures.words.base import HANDLING, Variants, When

CHAPTER = HANDLING
STEPS: dict[str, str] = {
    "extend": (
        "情况复杂的，由责任单位负责人批准，可以延长一次，"
        f"不超过{limits.HANDLE.extendable_by}日，并告知信访人延期理由。"
        "只有信访程序的办理期限可以延长；超期以后不得延长。延长后告知信访部门。"
    ),
    "reply": (
        "建议意见、咨询和简易办理的事项，一步作出答复：载明事实和理由，逐项答复诉求，每项答复一次，不得遗漏。"
        "予以支持和不予支持的，写明依据。没有通过质量关的退回修改，单位负责人可以写明理由后放行。"
        "简易办理不能作出不予支持的意见。按信访程序办理的，应当拟稿、核稿、签发。"
    ),
    "serve": (
        "处理意见书送达信访人，即为办结。送达日期不得早于作出意见之日，不得晚于登记送达之日。"
        "除网上送达外，应当写明送达回证的情况。短信只是提醒，不是送达。"
        "没有通过程序关的不能送达；按信访程序办理的，送达时登记信访问题的成因。"
    ),
    "rate": (
        "信访人对信访部门和责任单位分别评价，并说明问题是否解决。每件评价一次；结案以后，评价期内仍可评价。"
        "信访人不便自己评价的，由窗口或者信访部门工作人员代录，并注明代录。"
    ),
    "close_rating": "评价期届满没有评价的，记为超期未评价，不计为满意。",
    "conclude": "期限内没有请求复查的，程序结束。",
}
WHEN: When = {}
SPELLED: dict[str, str] = {}
VARIANTS: Variants = {}
