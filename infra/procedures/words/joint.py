"""Several organs at one matter."""

from chalicelib.domain.events.joint import CoordinationHeld, DepartmentsAsked
from infra.procedures.words.base import HANDLING, Variants, When

CHAPTER = HANDLING
STEPS: dict[str, str] = {
    "ask_departments": (
        "涉及两个以上机关、单位的，主办单位可以请其他单位协办，写明要它说明什么、在哪天以前反馈；"
        "反馈日期应当在主办单位自己的期限届满以前。一次可以请几个单位，一件事项先后不超过25个。"
        "正在等待反馈的单位不重复请；信访部门、联席会议、已停用的单位和本地区以外的机关不作协办单位。"
        "简易办理的事项应当先转为普通办理。"
    ),
    "answer_jointly": (
        "协办单位就本单位职责范围内的事实、意见和依据作出说明，可以写明回答了第几项诉求。过了反馈日期的，仍应当反馈。"
        "协办意见供主办单位使用，由主办单位统一答复信访人；还有单位没有反馈的，主办单位不能作出处理意见。"
    ),
    "decline_support": "不属于本单位职责的，说明理由，由主办单位决定另请单位，或者再次请本单位协办。",
    "release_department": "请错单位，或者情况已经清楚的，主办单位说明理由，解除尚未反馈的单位的协办。",
    "coordinate": (
        "责任单位、信访部门或者联席会议办公室登记协调会议的日期、参加的单位和议定的事项。"
        "参加的单位不少于两个，开会日期在收到事项以后、登记当日以前。"
    ),
}
WHEN: When = {}
SPELLED: dict[str, str] = {"left": "个数"}
VARIANTS: Variants = {
    DepartmentsAsked: (("", {}, {"orgs": ("supporting",)}),),
    CoordinationHeld: (
        ("责任单位以外的单位登记的", {}, {"org": "office"}),
        ("责任单位登记的", {}, {"org": "agency"}),
    ),
}
