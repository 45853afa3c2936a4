"""Supervision and urging from above; complaints, recommendations, leaders' instructions and charges."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from msgspec import Struct

from chalicelib.api.acting import Acting
from chalicelib.api.bodies import Note, Reason
from chalicelib.api.fields import OfficeId, UserId, choice, of_duty, of_post, said, text
from chalicelib.api.steps.call import StepCall
from chalicelib.domain import complaints, leaders, oversight, recommendations, supervision
from chalicelib.domain.case import LEADER, Change
from chalicelib.domain.errors import FieldError, FieldsInvalid
from chalicelib.store import people

OrderKind = Literal["phone", "letter", "special", "interview", "on_spot"]
Problem = Literal[
    "not_registered",
    "not_accepted",
    "no_notice",
    "overdue",
    "shirking",
    "perfunctory",
    "delay",
    "fraud",
    "refused_execution",
    "no_feedback",
    "procedure",
]
Measure = Literal["interview", "bulletin", "listed", "rectify"]
Advice = Literal["improve", "policy", "accountability"]
Adopted = Literal["adopted", "partly", "not_adopted"]
ComplaintKind = Literal["attitude", "delay", "no_notice", "retaliation", "leak", "other"]
Against = Literal["unit", "office"]
Result = Literal["true", "partly", "untrue"]
Told = Annotated[str, text(5_000)]
ONLY_ONE = "只有一件时不用选"


class Pressing(Struct, forbid_unknown_fields=True):
    """Nothing needs to be said to ask where it stands."""


class Order(Struct, forbid_unknown_fields=True, kw_only=True):
    """督办单 (第四十条)."""

    kind: Annotated[OrderKind, choice(oversight.ORDER_KINDS), said("督办方式")]
    problem: Annotated[Problem, choice(oversight.PROBLEMS), said("发现的问题")]
    org: Annotated[OfficeId | None, said("督办哪个单位（选填）", "不填就是责任单位")] = None
    demand: Annotated[Reason, said("督办要求", "写明要解决什么、反馈什么")]
    due: Annotated[date, said("要求在哪天前书面反馈")]


class OrderAnswer(Struct, forbid_unknown_fields=True):
    """What was done, in writing."""

    text: Annotated[Told, said("反馈内容", "写明查明的情况、采取的措施和结果")]
    duty: Annotated[Annotated[str, of_duty("order", "measure")] | None, said("反馈哪一件（选填）", ONLY_ONE)] = None


class Verification(Struct, forbid_unknown_fields=True):
    """Whether what was answered is so."""

    accepted: Annotated[bool, said("是否认可反馈", "不认可的，退回继续办理")]
    note: Annotated[Reason, said("核实情况")]
    due: Annotated[date | None, said("重新反馈的日期", "不认可时填写")] = None
    duty: Annotated[Annotated[str, of_duty("order", "measure")] | None, said("核实哪一件（选填）", ONLY_ONE)] = None


class Imposing(Struct, forbid_unknown_fields=True, kw_only=True):
    """约谈、通报、挂牌督办，责令限期整改 (第三十九条)."""

    measure: Annotated[Measure, choice(oversight.MEASURES), said("采取的措施")]
    org: Annotated[OfficeId | None, said("对哪个单位（选填）", "不填就是责任单位")] = None
    text: Annotated[Reason, said("事由和要求")]
    due: Annotated[date | None, said("整改期限", "挂牌督办、限期整改应当填写")] = None


class Recommending(Struct, forbid_unknown_fields=True, kw_only=True):
    """改进工作、完善政策、追究责任的建议 (第四十条)."""

    advice: Annotated[Advice, choice(oversight.RECOMMENDATIONS), said("建议的种类")]
    org: Annotated[
        OfficeId | None,
        said("向哪个单位提出", "改进工作不填就是责任单位；完善政策不用填；追究责任填有管理权限的机关、单位"),
    ] = None
    text: Annotated[Told, said("建议内容", "写明发现的问题、依据和建议")]


class Feedback(Struct, forbid_unknown_fields=True):
    """应当书面反馈采纳情况 (第四十条第四款)."""

    adopted: Annotated[Adopted, choice(oversight.ADOPTED), said("是否采纳")]
    text: Annotated[Told, said("采纳情况", "部分采纳或者未采纳的，写明理由")]
    duty: Annotated[Annotated[str, of_duty("recommendation")] | None, said("反馈哪一件（选填）", ONLY_ONE)] = None


class Instruction(Struct, forbid_unknown_fields=True, kw_only=True):
    """领导批示 (第十八条)."""

    org: Annotated[OfficeId | None, said("批给哪个单位（选填）", "不填就是责任单位")] = None
    text: Annotated[Reason, said("批示内容")]
    due: Annotated[date, said("要求在哪天前报告落实情况")]


class InstructionReport(Struct, forbid_unknown_fields=True):
    """What was done about it."""

    text: Annotated[Told, said("落实情况")]
    duty: Annotated[Annotated[str, of_duty("instruction")] | None, said("报告哪一件（选填）", ONLY_ONE)] = None


class Charge(Struct, forbid_unknown_fields=True):
    """领导包案 (第十八条)."""

    leader: Annotated[UserId | None, of_post(LEADER), said("包案领导", "领导本人包案的不用选")] = None
    note: Annotated[Note, said("包案安排（选填）")] = ""


class ChargeResult(Struct, forbid_unknown_fields=True):
    """What came of it."""

    text: Annotated[Told, said("化解情况")]


class Complaint(Struct, forbid_unknown_fields=True, kw_only=True):
    """What a petitioner complains of; never shown to whom it is about."""

    kind: Annotated[ComplaintKind, choice(oversight.COMPLAINTS), said("投诉什么")]
    against: Annotated[Against, choice(oversight.AGAINST), said("投诉谁")]
    text: Annotated[Told, said("具体情况", "写明时间、经过。内容不会给被投诉的单位和人员看")]


class ComplaintAnswer(Struct, forbid_unknown_fields=True):
    """What was found, for the petitioner to read."""

    result: Annotated[Result, choice(oversight.RESULTS), said("核实结果")]
    text: Annotated[Told, said("答复", "信访人会看到")]
    duty: Annotated[Annotated[str, of_duty("complaint")] | None, said("答复哪一件（选填）", ONLY_ONE)] = None


def _take_charge(step: Acting, asked: Charge) -> Change:
    if asked.leader is not None:
        user = people.load_user(asked.leader)
        if user is None or not user.active or user.role != LEADER:
            raise FieldsInvalid([FieldError("/leader", "没有这位领导，请从名单中选择", "no_such_leader")])
    return leaders.take_charge(
        step.case, asked.leader, asked.note, tree=step.tree, by=step.by, on=step.on, rules=step.rules
    )


CALLS: Mapping[str, StepCall] = {
    "press": StepCall(
        Pressing,
        lambda step, asked: supervision.press(step.case, by=step.by, on=step.on, rules=step.rules),
    ),
    "supervise": StepCall(
        Order,
        lambda step, asked: supervision.supervise(
            step.case, asked.kind, asked.problem, asked.demand, asked.due, asked.org,
            tree=step.tree, by=step.by, on=step.on, rules=step.rules,
        ),
    ),
    "answer_order": StepCall(
        OrderAnswer,
        lambda step, asked: supervision.answer_order(
            step.case, asked.text, asked.duty, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "verify_order": StepCall(
        Verification,
        lambda step, asked: supervision.verify_order(
            step.case, asked.accepted, asked.note, asked.due, asked.duty, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "impose": StepCall(
        Imposing,
        lambda step, asked: supervision.impose(
            step.case, asked.measure, asked.text, asked.due, asked.org,
            tree=step.tree, by=step.by, on=step.on, rules=step.rules,
        ),
    ),
    "recommend": StepCall(
        Recommending,
        lambda step, asked: recommendations.recommend(
            step.case, asked.advice, asked.text, asked.org, tree=step.tree, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "feed_back": StepCall(
        Feedback,
        lambda step, asked: recommendations.feed_back(
            step.case, asked.adopted, asked.text, asked.duty, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "instruct": StepCall(
        Instruction,
        lambda step, asked: leaders.instruct(
            step.case, asked.text, asked.due, asked.org, tree=step.tree, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "report_instruction": StepCall(
        InstructionReport,
        lambda step, asked: leaders.report_instruction(
            step.case, asked.text, asked.duty, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "take_charge": StepCall(Charge, _take_charge),
    "close_charge": StepCall(
        ChargeResult,
        lambda step, asked: leaders.close_charge(step.case, asked.text, by=step.by, on=step.on, rules=step.rules),
    ),
    "complain": StepCall(
        Complaint,
        lambda step, asked: complaints.complain(
            step.case, asked.kind, asked.against, asked.text, tree=step.tree, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "answer_complaint": StepCall(
        ComplaintAnswer,
        lambda step, asked: complaints.answer_complaint(
            step.case, asked.result, asked.text, asked.duty, by=step.by, on=step.on, rules=step.rules
        ),
    ),
}  # fmt: skip
