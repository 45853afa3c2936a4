"""What several organs handle together (第二十四条)."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct

from chalicelib.api.bodies import Reason, Story
from chalicelib.api.fields import OfficeId, choice, said
from chalicelib.api.steps.call import StepCall
from chalicelib.domain import joint

Claim = Literal["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
CLAIMS = {number: f"第{number}项" for number in get_args(Claim)}


class Asking(Struct, forbid_unknown_fields=True):
    """Who is asked, what, and by when."""

    departments: Annotated[
        list[OfficeId], Meta(min_length=1, max_length=25), said("请哪些单位协办", "一件事项先后不超过 25 个单位")
    ]
    question: Annotated[Reason, said("请它们说明什么", "这一次选的单位看到同样的问题；问题不同的，分几次请")]
    due: Annotated[date, said("请在哪天前反馈", "应当在办理期限届满以前")]


class JointAnswer(Struct, forbid_unknown_fields=True):
    """What is this department's own to say."""

    opinion: Annotated[Story, said("协办意见", "写明本单位职责范围内的事实、意见和依据；由主办单位统一答复信访人")]
    claims: Annotated[
        list[Annotated[Claim, choice(CLAIMS)]], Meta(max_length=10), said("回答了第几项诉求（选填）")
    ] = []


class NotOurs(Struct, forbid_unknown_fields=True):
    """Why it is not within its powers."""

    reason: Annotated[Reason, said("为什么不属于本单位职责", "由主办单位决定另请单位，或者再请本单位")]


class Release(Struct, forbid_unknown_fields=True):
    """Whom the lead needs no longer, and why."""

    department: Annotated[OfficeId, said("解除哪个单位的协办")]
    reason: Annotated[Reason, said("解除的原因")]


class Minutes(Struct, forbid_unknown_fields=True):
    """A meeting of coordination: when, who, and what was agreed."""

    held_on: Annotated[date, said("哪天开的会")]
    attended: Annotated[list[OfficeId], Meta(min_length=1, max_length=30), said("参加的单位")]
    minutes: Annotated[Story, said("会议纪要", "议定的事项、分工和时限")]


CALLS: Mapping[str, StepCall] = {
    "ask_departments": StepCall(
        Asking,
        lambda step, asked: joint.ask_departments(
            step.case,
            tuple(asked.departments),
            asked.question,
            asked.due,
            tree=step.tree,
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
    ),
    "answer_jointly": StepCall(
        JointAnswer,
        lambda step, asked: joint.answer_jointly(
            step.case, asked.opinion, tuple(map(int, asked.claims)), by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "decline_support": StepCall(
        NotOurs,
        lambda step, asked: joint.decline_support(step.case, asked.reason, by=step.by, on=step.on, rules=step.rules),
    ),
    "release_department": StepCall(
        Release,
        lambda step, asked: joint.release_department(
            step.case, asked.department, asked.reason, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "coordinate": StepCall(
        Minutes,
        lambda step, asked: joint.coordinate(
            step.case,
            asked.minutes,
            tuple(asked.attended),
            asked.held_on,
            tree=step.tree,
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
    ),
}
