"""Answers at the first desk, and the simple procedure for what can be settled at once (简易办理)."""

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api.bodies import Name, Reason, Story
from chalicelib.api.fields import OfficeId, choice, said, text
from chalicelib.api.steps.call import StepCall
from chalicelib.api.steps.opinion import ClaimAnswer, claims_of
from chalicelib.domain import direct, simple, simplicity
from chalicelib.domain.intake import Answer, Opinion

SimpleGround = Literal["clear", "at_once", "everyday", "concluded_before", "other"]
Exclusion = Literal["may_be_refused", "statutory_procedure", "several_bodies", "major"]
Outcome = Literal["adopted", "partly", "not_adopted"]
_EXCLUSIONS = {code: label for code, (label, _) in simplicity.EXCLUSIONS.items()}

Ground = Annotated[SimpleGround, choice(simplicity.SIMPLE_GROUNDS), said("为什么可以简易办理")]
Excluded = Annotated[
    list[Annotated[Exclusion, choice(_EXCLUSIONS)]],
    Meta(max_length=4),
    said("有没有下列情形（没有的不选）", "有其中任何一种，都不能简易办理"),
]


class Question(Struct, forbid_unknown_fields=True):
    """Whom to ask, and what."""

    to: Annotated[OfficeId, said("向哪个单位征询")]
    question: Annotated[Reason, said("需要了解什么", "只写答复需要的内容")]


class Advice(Struct, forbid_unknown_fields=True):
    """What the unit knows of it."""

    advice: Annotated[Story, said("回复", "由信访部门答复信访人")]


class DirectAnswer(Struct, forbid_unknown_fields=True):
    """An answer to every claim; the facts may be left out."""

    answers: Annotated[list[ClaimAnswer], Meta(min_length=1, max_length=10), said("逐项答复")]
    facts: Annotated[Story, said("查明的事实（选填）")] = ""
    excluded: Excluded = []
    override_reason: Annotated[str, text(500), said("质量关没有通过、仍然放行的理由（选填）", "理由会一并存档")] = ""


class Proposal(Struct, forbid_unknown_fields=True):
    """Why it is simple; that nothing speaks against it."""

    ground: Ground
    excluded: Excluded = []


class SimpleAcceptance(Struct, forbid_unknown_fields=True):
    """Why it is simple, who handles it, and whether a written notice is wanted."""

    ground: Ground
    undertaker: Annotated[Name, said("承办人", "一件事由一个人负责到底")]
    wants_paper: Annotated[bool, said("信访人要求书面告知")] = False
    excluded: Excluded = []


class Conversion(Struct, forbid_unknown_fields=True):
    """Why it is not simple after all."""

    reason: Annotated[Reason, said("为什么转为普通办理", "会告诉信访人；办结日期仍从第一次受理算起")]


class SuggestionOutcome(Struct, forbid_unknown_fields=True):
    """What becomes of a suggestion, why, and how it is rewarded."""

    outcome: Annotated[Outcome, choice(simplicity.SUGGESTION_OUTCOMES), said("是否采纳")]
    reason: Annotated[Reason, said("研究的情况和理由", "会告诉信访人")]
    reward: Annotated[str, text(500), said("怎样奖励（选填）", "有贡献的，按规定给予奖励；会告诉信访人")] = ""


CALLS: Mapping[str, StepCall] = {
    "consult": StepCall(
        Question,
        lambda step, asked: direct.consult(
            step.case, asked.to, asked.question, tree=step.tree, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "advise": StepCall(
        Advice,
        lambda step, asked: direct.advise(step.case, asked.advice, by=step.by, on=step.on, rules=step.rules),
    ),
    "answer_directly": StepCall(
        DirectAnswer,
        lambda step, asked: direct.answer_directly(
            step.case,
            Opinion(asked.facts, tuple(Answer(a.claim, a.finding, a.answer, a.basis) for a in asked.answers)),
            tuple(asked.excluded),
            asked.override_reason,
            claims=claims_of(step),
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
        reads=True,
    ),
    "propose_simple": StepCall(
        Proposal,
        lambda step, asked: simple.propose_simple(
            step.case, asked.ground, tuple(asked.excluded), by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "accept_simply": StepCall(
        SimpleAcceptance,
        lambda step, asked: simple.accept_simply(
            step.case,
            asked.ground,
            asked.undertaker,
            tuple(asked.excluded),
            wants_paper=asked.wants_paper,
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
    ),
    "convert_to_ordinary": StepCall(
        Conversion,
        lambda step, asked: simple.convert_to_ordinary(
            step.case, asked.reason, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "decide_suggestion": StepCall(
        SuggestionOutcome,
        lambda step, asked: direct.decide_suggestion(
            step.case, asked.outcome, asked.reason, asked.reward, by=step.by, on=step.on, rules=step.rules
        ),
    ),
}
