"""What passes by itself, or over everybody."""

from chalicelib.domain.events import BY_WIRE
from infra.procedures.words.base import HANDLING, Variants, When

CHAPTER = HANDLING
STEPS: dict[str, str] = {
    "record_force_majeure": (
        "登记有关机关对不可抗力的认定：由谁认定、凭哪份文件、什么原因、从哪天到哪天、影响哪些地方。"
        "由信访部门或者负责人登记，责任单位不能为自己登记。"
        "这些日子不计入信访人的权利期限，登记以后才开始计算的也不计入；"
        "单位的期限不变，超期的天数照记，另外注明全部天数和超期的天数里各有几天属于不可抗力，统计时分开列出。"
        "认定以前已经届满的，信访人可以以此为理由在期限届满后申请，由受理机关审核。"
        "条例没有规定不可抗力，参照《行政诉讼法》第四十八条、《行政复议法》第二十条。"
    ),
}
WHEN: When = {}
SPELLED: dict[str, str] = {}
VARIANTS: Variants = {
    BY_WIRE["petition.date_recounted"]: (("日期没有变动、只是由暂定变为确定的", {}, {}),),
}
