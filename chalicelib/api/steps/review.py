"""Review and re-review (第三十五条、第三十六条)."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from chalicelib.api.bodies import Reason, Story
from chalicelib.api.fields import choice, line, said, text
from chalicelib.api.steps.call import StepCall
from chalicelib.domain import intake, review, reviewing
from chalicelib.domain.review import Request
from chalicelib.domain.reviewing import Decision, Service
from chalicelib.domain.tables import review as table

Method = Literal["online", "window", "mail", "person"]
Outcome = Literal["uphold", "revoke", "change"]
LastOutcome = Literal["uphold", "change"]


class ReviewAsking(Struct, forbid_unknown_fields=True):
    """Why, and when it was posted or handed in: that day decides whether it is in time."""

    request: Annotated[Reason, said("请求", "对哪几项意见不服，要求怎样处理")]
    reasons: Annotated[Story, said("事实和理由")]
    dispatched_on: Annotated[
        date | None, said("寄出或者递交的日期", "网上申请不填；来信以邮戳为准，当面递交以递交之日为准")
    ] = None
    received_on: Annotated[date | None, said("收到日期", "不填就是今天；期限自收到之日起算")] = None
    proof: Annotated[str, text(500), said("日期的凭据", "不是今天寄出或者递交的必须填写：邮戳、收件登记等")] = ""
    late_reason: Annotated[
        str, text(2_000), said("超过期限的理由", "在期限内申请的不填；超过期限的，写明为什么耽误，由复查、复核机关审核")
    ] = ""


class LateAnswer(Struct, forbid_unknown_fields=True):
    """Whether the reason excuses the delay."""

    admitted: Annotated[bool, said("理由正当，准予受理")]
    reason: Annotated[Reason, said("审核的理由", "会原样告诉信访人")]


class Sending(Struct, forbid_unknown_fields=True):
    """The letter with which the file goes."""

    document: Annotated[str, line(100), said("移送函的名称和文号")]


class _Written(Struct, forbid_unknown_fields=True, kw_only=True):
    facts: Annotated[Story, said("查明的事实和理由", "审查了哪些材料、向谁了解、查明了什么")]
    findings: Annotated[
        list[Annotated[str, text(1_000)]], Meta(max_length=10), said("逐项意见", "按诉求的顺序，每项诉求写一条")
    ] = []
    basis: Annotated[str, text(1_000), said("依据", "法律、法规、规章或者有关规定的名称和条款")] = ""
    decided_on: Annotated[date | None, said("意见书的日期", "不填就是今天")] = None
    document: Annotated[
        str, line(100), said("上级机关意见书的名称和文号", "由本县以外的机关作出的必须填写，其他不填")
    ] = ""


class ReviewOpinion(_Written, forbid_unknown_fields=True, kw_only=True):
    """复查意见书."""

    outcome: Annotated[Outcome, choice(table.OUTCOMES), said("复查结果")]
    redo_days: Annotated[
        Annotated[int, Meta(ge=1, le=90)] | None, said("重新办理的天数", "撤销原意见的必须填写，自送达复查意见之日起算")
    ] = None


class RereviewOpinion(_Written, forbid_unknown_fields=True, kw_only=True):
    """复核意见书."""

    outcome: Annotated[LastOutcome, choice(table.LAST_OUTCOMES), said("复核结果", "认为原意见有错的，直接变更")]


class Serving(Struct, forbid_unknown_fields=True):
    """How and when the opinion reached the petitioner; online it is today."""

    method: Annotated[Method, choice(intake.SERVICE_METHODS), said("怎样送达")]
    served_on: Annotated[date | None, said("送达日期", "网上送达可以不填")] = None
    proof: Annotated[str, text(500), said("送达回证", "网上送达可以不填；其他方式写签收人、邮件号等")] = ""


class LastServing(Serving, forbid_unknown_fields=True):
    """And whether the opinion may be made public."""

    may_publish: Annotated[
        bool, said("可以向社会公示", "只有经过听证的复核意见可以公示；公示的文字不得出现信访人和他人的个人信息")
    ] = False


def _request(asked: Any) -> Request:
    return Request(asked.request, asked.reasons, asked.dispatched_on, asked.received_on, asked.proof, asked.late_reason)


def _service(asked: Any, today: date) -> Service:
    return Service(asked.method, asked.served_on or today, asked.proof)


def _decision(asked: Any, redo_days: int | None = None) -> Decision:
    return Decision(
        asked.outcome, tuple(asked.findings), asked.facts, asked.basis, redo_days, asked.decided_on, asked.document
    )


REVIEW = StepCall(
    ReviewAsking,
    lambda step, asked: review.request_review(
        step.case, _request(asked), tree=step.tree, by=step.by, on=step.on, rules=step.rules
    ),
)
REREVIEW = StepCall(
    ReviewAsking,
    lambda step, asked: review.request_rereview(
        step.case, _request(asked), tree=step.tree, by=step.by, on=step.on, rules=step.rules
    ),
)
"""A late request is asked for like one in time: the dates decide what it is."""

CALLS: Mapping[str, StepCall] = {
    "request_review": REVIEW,
    "request_late_review": REVIEW,
    "decide_late_request": StepCall(
        LateAnswer,
        lambda step, asked: review.decide_late_request(
            step.case, asked.admitted, asked.reason, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "send_file": StepCall(
        Sending,
        lambda step, asked: reviewing.send_file(step.case, asked.document, by=step.by, on=step.on, rules=step.rules),
    ),
    "decide_review": StepCall(
        ReviewOpinion,
        lambda step, asked: reviewing.decide_review(
            step.case, _decision(asked, asked.redo_days), by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "serve_review": StepCall(
        Serving,
        lambda step, asked: reviewing.serve_review(
            step.case, _service(asked, step.on), by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "request_rereview": REREVIEW,
    "request_late_rereview": REREVIEW,
    "decide_rereview": StepCall(
        RereviewOpinion,
        lambda step, asked: reviewing.decide_rereview(
            step.case, _decision(asked), by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "serve_rereview": StepCall(
        LastServing,
        lambda step, asked: reviewing.serve_rereview(
            step.case, _service(asked, step.on), asked.may_publish, by=step.by, on=step.on, rules=step.rules
        ),
    ),
}
