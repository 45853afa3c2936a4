"""The main road from forwarding to rating (第三章、第四章、第二十一条), in the order of the Regulation."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api.bodies import Name, Note, Reason
from chalicelib.api.fields import OfficeId, choice, line, said, text
from chalicelib.api.steps.call import StepCall
from chalicelib.api.steps.opinion import OpinionDraft, claims_of, earlier_replies, revoked_opinion, written
from chalicelib.domain import handling, intake, receiving

Track = Literal["petition_procedure", "perform_duty", "suggestion", "consultation"]
LimitDays = Annotated[int, Meta(ge=1, le=366)]
Cause = Literal["policy_gap", "execution", "facility", "communication", "conduct", "dispute", "other"]
Method = Literal["online", "window", "mail", "person"]
Rating = Literal["satisfied", "basically", "not_satisfied"]


class Forwarding(Struct, forbid_unknown_fields=True):
    """Where to."""

    to: Annotated[OfficeId, said("转给哪个单位")]
    note: Annotated[Note, said("附言（选填）")] = ""


class Assignment(Struct, forbid_unknown_fields=True):
    """Where to, and by when to report back."""

    to: Annotated[OfficeId, said("交给哪个单位办理")]
    due: Annotated[date, said("要求在哪天前反馈结果")]
    note: Annotated[Note, said("附言（选填）")] = ""


class Objection(Struct, forbid_unknown_fields=True):
    """详细说明理由 -- 第二十三条第三款."""

    reason: Annotated[str, text(2_000, least=10), said("为什么不属于本单位职权范围", "请详细说明理由和依据")]
    suggested: Annotated[OfficeId | None, said("建议由哪个单位办（选填）")] = None


class Upholding(Struct, forbid_unknown_fields=True):
    """A word for the file."""

    note: Annotated[Note, said("附言（选填）")] = ""


class Rejection(Struct, forbid_unknown_fields=True):
    """Why the objection is not agreed to."""

    reason: Annotated[Reason, said("不同意退回的理由")]


class Acceptance(Struct, forbid_unknown_fields=True):
    """处理途径和程序 -- 第二十三条."""

    track: Annotated[Track, choice(intake.TRACKS), said("办理途径")]
    undertaker: Annotated[Name, said("承办人", "一件事由一个人负责到底")]
    limit_days: Annotated[
        LimitDays | None,
        said("履行法定职责的天数（选填）", "只在按履行法定职责办理时填；没有规定的不填，按两个月"),
    ] = None
    basis: Annotated[str, line(200), said("规定这一天数的法律、法规、规章（选填）")] = ""


class Extension(Struct, forbid_unknown_fields=True):
    """How many days, and the reason that the petitioner is told."""

    days: Annotated[int, Meta(ge=1, le=365), said("延长多少天", "最多 30 日，只能延长一次")]
    reason: Annotated[Reason, said("延长的理由", "会告诉信访人")]


class Reply(OpinionDraft, forbid_unknown_fields=True, kw_only=True):
    """The answer to a suggestion or a question, or by the simple procedure: in one step."""

    override_reason: Annotated[
        str, text(500), said("质量关没有通过、仍然放行的理由", "只由单位负责人填写；通过的不填")
    ] = ""


class Service(Struct, forbid_unknown_fields=True):
    """How and when the opinion reached the petitioner; online it is today."""

    method: Annotated[Method, choice(intake.SERVICE_METHODS), said("怎样送达")]
    served_on: Annotated[date | None, said("送达日期", "网上送达可以不填")] = None
    proof: Annotated[str, text(500), said("送达回证", "网上送达可以不填；其他方式写签收人、邮件号等")] = ""
    cause: Annotated[Cause | None, choice(intake.CAUSES), said("信访问题的成因", "按信访程序办理的必须选择")] = None


class Judgement(Struct, forbid_unknown_fields=True):
    """The petitioner's rating of bureau and unit, and whether it is solved."""

    office: Annotated[Rating, choice(intake.RATINGS), said("对信访部门的评价")]
    unit: Annotated[Rating, choice(intake.RATINGS), said("对责任单位的评价")]
    solved: Annotated[bool, said("问题是否解决")]
    remark: Annotated[str, text(500), said("还想说的（选填）", "不满意的，请写一写为什么，方便改进")] = ""
    proof: Annotated[str, text(200), said("评价凭据", "由工作人员代录的必须填写：评价表编号或者通话录音编号")] = ""


CALLS: Mapping[str, StepCall] = {
    "forward": StepCall(
        Forwarding,
        lambda step, asked: receiving.forward(
            step.case, asked.to, asked.note, tree=step.tree, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "assign": StepCall(
        Assignment,
        lambda step, asked: receiving.assign(
            step.case, asked.to, asked.due, asked.note, tree=step.tree, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "object": StepCall(
        Objection,
        lambda step, asked: receiving.object_to(
            step.case, asked.reason, asked.suggested, tree=step.tree, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "uphold_objection": StepCall(
        Upholding,
        lambda step, asked: receiving.uphold_objection(step.case, asked.note, by=step.by, on=step.on, rules=step.rules),
    ),
    "reject_objection": StepCall(
        Rejection,
        lambda step, asked: receiving.reject_objection(
            step.case, asked.reason, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "accept": StepCall(
        Acceptance,
        lambda step, asked: receiving.accept(
            step.case,
            asked.track,
            asked.undertaker,
            asked.limit_days,
            asked.basis,
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
    ),
    "extend": StepCall(
        Extension,
        lambda step, asked: handling.extend(
            step.case, asked.days, asked.reason, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "reply": StepCall(
        Reply,
        lambda step, asked: handling.reply(
            step.case,
            written(asked),
            asked.override_reason,
            claims=claims_of(step),
            earlier=earlier_replies(step),
            revoked=revoked_opinion(step),
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
        reads=True,
    ),
    "serve": StepCall(
        Service,
        lambda step, asked: handling.serve(
            step.case,
            asked.method,
            asked.served_on or step.on,
            asked.proof,
            asked.cause or "",
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
    ),
    "rate": StepCall(
        Judgement,
        lambda step, asked: handling.rate(
            step.case,
            asked.office,
            asked.unit,
            asked.solved,
            asked.remark,
            asked.proof,
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
    ),
}
