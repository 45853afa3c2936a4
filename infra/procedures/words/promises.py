"""What a unit promised to have done by a date, return visits, and relief."""

from chalicelib.domain import aftercare
from chalicelib.domain.events.promises import CommitmentConfirmed, PetitionRevisited
from infra.procedures.words.base import HANDLING, Variants, When

CHAPTER = HANDLING
STEPS: dict[str, str] = {
    "prove_commitment": (
        "处理意见中承诺的事，送达时逐项登记，按承诺的日期计时。责任单位办好以后，写明落实情况和凭据；"
        "报告以后请信访人确认，不由本单位认定。"
    ),
    "confirm_commitment": (
        "信访人说明承诺的事办好没有；信访部门回访以后，可以代为登记。承诺的日期以前，责任单位没有报告办好的，"
        "不能登记为没有落实。没有落实的，原定日期照常计算，告知责任单位、信访部门和督查人员，由信访部门回访。"
    ),
    "revisit": (
        f"支持信访请求的、信访人不满意或者反映没有解决的、承诺没有落实的，以及按编号抽取的（约每{aftercare.ONE_IN}件抽1件），"
        "由信访部门回访，不由办理单位自己回访。逐项询问是否收到书面答复、是否满意、是否落实、是否解决。"
        f"没有联系上的，在原定日期以前再联系；{aftercare.TRIES}天都没有联系上的，回访结束，问题记为未确认。"
        "问题是否解决，只按信访人的评价和回访登记；办结不等于解决。"
    ),
    "reopen": (
        "回访时信访人反映没有落实或者没有解决的，信访部门可以写明理由，要求重新办理。重新调查核实，按同样的程序作出"
        "新的处理意见并送达，评价和请求复查的期限自新的意见送达起算；原办理期限不重新起算。"
        "已经复查维持或者变更的，按复查意见执行。"
    ),
    "offer_relief": "对生活确有困难的信访人，告知或者帮助其申请社会救助；可能符合司法救助条件的，告知向政法部门申请。",
    "record_relief": "登记救助申请的结果；正在审核的，有结果以后再登记。",
}
WHEN: When = {
    aftercare.has_undated_promise: "处理意见中有承诺的，每项承诺",
    aftercare.must_be_visited: "支持信访请求或者抽中回访的",
    aftercare.is_dissatisfied: "不满意或者没有解决的",
    aftercare.is_doubted: "信访人反映没有落实的",
    aftercare.must_be_tried_again: "没有联系上的",
}
SPELLED: dict[str, str] = {"broken": "项数"}
VARIANTS: Variants = {
    CommitmentConfirmed: (
        ("已经落实的", {}, {"kept": True}),
        ("没有落实、信访人反映的", {}, {"kept": False, "visited": False}),
        ("没有落实、回访得知的", {}, {"kept": False, "visited": True}),
    ),
    PetitionRevisited: (
        ("没有落实或者没有解决的", {}, {"reached": True, "solved": False}),
        ("其他情形", {}, {"reached": True, "solved": True, "carried_out": "yes"}),
    ),
}
