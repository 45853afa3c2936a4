"""Supervision: urging, orders, measures, recommendations, instructions, complaints."""

from chalicelib.domain.events import ClockOverdue
from chalicelib.domain.events import supervision as events
from chalicelib.domain.tables import supervision
from infra.procedures.words.base import SAMPLE, SUPERVISING, Variants, When

CHAPTER = SUPERVISING
STEPS: dict[str, str] = {
    "press": (
        "负有督促职责的人可以随时询问办理进展，每人每天一次；次数与信访人的催办分开计算。事项就在本单位的，不能催办自己。"
    ),
    "supervise": (
        "发现受理、办理不合规定，或者推诿、敷衍、拖延、弄虚作假、拒不执行处理意见的，写明方式、问题、要求和反馈日期，"
        "督办经办这件事项的单位；信访部门自己的问题，由督查人员、领导或者联席会议督办。"
        "同一单位的同一问题没有办结以前，不重复督办。事项办结、结案、撤回以后，仍可以督办。"
    ),
    "answer_order": "被督办的单位在系统中书面反馈查明的情况、采取的措施和结果。挂牌督办、限期整改的，同样反馈。",
    "verify_order": (
        "由督促一方核实反馈是否属实，本单位的反馈不能由本单位核实；联席会议的措施由联席会议核实。"
        "不予认可的，重新指定日期，退回继续办理，期限重新计算。"
    ),
    "impose": (
        "信访工作联席会议对履职不力、存在严重问题的领导班子和领导干部，可以约谈、通报、挂牌督办，责令限期整改。"
        "挂牌督办、限期整改应当指定期限；约谈、通报登记后即为已落实。"
    ),
    "recommend": (
        "改进工作的建议向有关单位提出；完善政策的建议向本级党委和政府提出；"
        "追究责任的建议向有管理权限的机关、单位提出，不能向责任单位自己提出，责任单位也看不到。"
    ),
    "feed_back": "收到建议的机关、单位书面反馈是否采纳，以及采纳的情况或者不采纳的理由。",
    "instruct": "领导阅办群众来信和网上信访，写明要求和报告日期，批给有关单位。",
    "report_instruction": "有关单位书面报告批示的落实情况。",
    "take_charge": "领导包案化解群众反映强烈的突出问题；一件事项同时只有一位领导包案，已经回避的领导不能包案。",
    "close_charge": "包案领导本人登记化解情况，也可以由信访部门代为登记。",
    "complain": (
        "信访人在任何阶段，包括程序结束以后，都可以投诉办理情况。投诉由信访部门答复；"
        "打击报复、泄露情况的，以及投诉信访部门的，由本级政府的督查人员、领导答复。"
        "投诉的内容和投诉这件事，被投诉的单位都看不到。同样的投诉答复以前不重复提出，新发生的打击报复除外。"
    ),
    "answer_complaint": "答复投诉的单位核实后，把结果告诉信访人；需要责任单位改正的，另行督办。",
}
WHEN: When = {
    supervision.has_order_back: "督办反馈不予认可的",
    supervision.has_measure_back: "整改反馈不予认可的",
    supervision.has_measure_to_date: "挂牌督办、限期整改的",
    supervision.is_led: "已有领导包案的",
    supervision.is_led_by_none: "没有领导包案的",
}
SPELLED: dict[str, str] = {"measure": "措施", "advice": "建议种类", "adopted": "采纳情况"}
_SUPERVISED = {"org": "supervised", "about": "order.1"}

VARIANTS: Variants = {
    events.PetitionSupervised: (("", {}, _SUPERVISED),),
    events.OrderAnswered: (("", {}, _SUPERVISED),),
    events.OrderVerified: (
        ("认可反馈的", {}, {**_SUPERVISED, "accepted": True}),
        ("不予认可的", {}, {**_SUPERVISED, "accepted": False}),
    ),
    events.PetitionComplained: (
        ("由信访部门答复的", {}, {"to": "bureau"}),
        ("打击报复、泄露情况的，投诉信访部门的", {}, {"to": "government"}),
    ),
    events.MeasureImposed: (
        ("挂牌督办、限期整改的", {}, {"org": "supervised", "due": SAMPLE.received_on}),
        ("约谈、通报的", {}, {"org": "supervised"}),
    ),
    events.RecommendationMade: (("", {}, {"org": "answering"}),),
    events.RecommendationAnswered: (("", {}, {"about": "recommendation.1"}),),
    events.PetitionInstructed: (("", {}, {"org": "instructed"}),),
    events.InstructionReported: (("", {}, {"about": "instruction.1"}),),
    ClockOverdue: (
        ("责任单位超期满3天仍未办的", {}, {"owner": "agency", "rung": 2}),
        ("责任单位超期满7天仍未办的", {}, {"owner": "agency", "rung": 3}),
        ("信访部门超期满7天仍未办的", {}, {"owner": "bureau", "rung": 3}),
        ("投诉没有按时答复的", {}, {"owner": "bureau", "limit": "complaint"}),
    ),
}
