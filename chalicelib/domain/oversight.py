"""What supervision calls things (第三十八条至第四十条、第十八条): closed lists and their words."""

from collections.abc import Mapping

ORDER, MEASURE = "order", "measure"
COMPLAINT, RECOMMENDATION = "complaint", "recommendation"
INSTRUCTION, LEADER_LED = "instruction", "leader_led"

ANSWERED, DONE = "answered", "done"
ORDER_STATES = {"open": "待反馈", ANSWERED: "已反馈，待核实", DONE: "已核实办结"}

ORDER_KINDS: Mapping[str, str] = {
    "phone": "电话督办",
    "letter": "发函督办",
    "special": "专项督办",
    "interview": "约谈督办",
    "on_spot": "实地督查",
}

PROBLEMS: Mapping[str, tuple[str, str]] = {
    "not_registered": ("不按规定登记、转送、交办", "第四十三条、第四十四条第一项"),
    "not_accepted": ("职权范围内的事项不受理", "第四十四条第二项"),
    "no_notice": ("未按期书面告知", "第四十四条第三项"),
    "overdue": ("未在规定期限内办结", "第四十五条第一项"),
    "shirking": ("推诿", "第四十条第一款"),
    "perfunctory": ("敷衍", "第四十条第一款"),
    "delay": ("拖延", "第四十条第一款"),
    "fraud": ("弄虚作假", "第四十条第一款"),
    "refused_execution": ("拒不执行信访处理意见", "第四十条第一款"),
    "no_feedback": ("不按要求反馈", "第四十条第四款"),
    "procedure": ("受理、办理程序不当", "第四十条第一款"),
}
"""What an order is given for, and the article that names it: the list is closed (第四十条)."""

INTERVIEW, BULLETIN, LISTED, RECTIFY = "interview", "bulletin", "listed", "rectify"
MEASURES: Mapping[str, str] = {INTERVIEW: "约谈", BULLETIN: "通报", LISTED: "挂牌督办", RECTIFY: "限期整改"}
WITH_A_DATE = (LISTED, RECTIFY)
"""These are answered in writing by a date; an interview or a bulletin is done once it is recorded."""

IMPROVE, POLICY, ACCOUNTABILITY = "improve", "policy", "accountability"
RECOMMENDATIONS: Mapping[str, str] = {IMPROVE: "改进工作", POLICY: "完善政策", ACCOUNTABILITY: "追究责任"}
ADOPTED: Mapping[str, str] = {"adopted": "已采纳", "partly": "部分采纳", "not_adopted": "未采纳"}

RETALIATION, LEAK = "retaliation", "leak"
COMPLAINTS: Mapping[str, str] = {
    "attitude": "态度恶劣、作风粗暴",
    "delay": "推诿、拖延",
    "no_notice": "没有按期书面告知",
    RETALIATION: "打击报复",
    LEAK: "泄露检举、揭发材料或者个人情况",
    "other": "其他",
}
GRAVE = (RETALIATION, LEAK)
"""第四十六条第五、六项: not for the bureau, whoever did it; and a new act may be told while another is looked into."""
OFFICE, UNIT = "office", "unit"
AGAINST: Mapping[str, str] = {UNIT: "责任单位", OFFICE: "信访部门"}
RESULTS: Mapping[str, str] = {"true": "属实", "partly": "部分属实", "untrue": "不属实"}

IN_CHARGE, SETTLED = "open", "settled"
