"""What cannot wait."""

from chalicelib.domain.tables import road
from infra.procedures.words.base import RECEIVING, Variants, When

CHAPTER = RECEIVING
STEPS: dict[str, str] = {
    "check_signal": (
        "登记、补充的内容里有轻生、扬言伤害他人、群体聚集、公共安全隐患等字样的，不分昼夜当即告知收到事项的单位和负责人，"
        "由人核查，不由系统判断。属于紧急情况的，核查的同时标为紧急；不属于的，写明理由。"
    ),
    "mark_urgent": "可能造成社会影响的，标为紧急或者重大紧急，不分昼夜告知责任单位、登记单位和它们的负责人。",
    "tell_urgent": (
        "逐一登记向谁报告、通报，对方何人何时接收。"
        "紧急的应报告本级党委、政府，通报联席会议办公室；重大紧急的还应报告上一级信访部门和国家信访局。"
    ),
    "report_urgent": "条例要求报告、通报的都已登记，才能作出重大紧急报告。",
    "take_measure": "在职责范围内依法采取措施，防止不良影响的产生、扩大；每项措施登记一次。",
    "end_urgency": "报告以后，情况消除的，解除紧急；事项按原定期限继续办理。",
}
WHEN: When = {road.raises_signals: "内容里有紧急信号的"}
SPELLED: dict[str, str] = {}
VARIANTS: Variants = {}
