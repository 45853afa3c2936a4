"""From hearing the petitioner to the signed opinion (第三十一条第六项、第三十二条)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from chalicelib.api.acting import Acting
from chalicelib.api.bodies import Claims, Note, Reason, Story
from chalicelib.api.fields import choice, line, said, text
from chalicelib.api.steps.call import StepCall
from chalicelib.domain import gates, intake, opinion
from chalicelib.domain.intake import Answer, Commitment, Opinion

Finding = Literal["support", "explain", "not_support"]
Way = Literal["call", "visit", "meeting", "letter", "online"]
Check = Literal["no_delay", "no_brush_off", "no_broken_word", "no_careless"]


class ClaimsConfirmation(Struct, forbid_unknown_fields=True):
    """The claims as the petitioner confirmed them."""

    claims: Annotated[Claims, said("与信访人核对后的诉求", "处理意见要逐项答复")]


class WorkEntry(Struct, forbid_unknown_fields=True):
    """One entry of the work done outside the system."""

    how: Annotated[Way, choice(intake.WAYS), said("方式")]
    note: Annotated[Reason, said("谈了什么、查了什么")]
    held_on: Annotated[date | None, said("日期", "不填就是今天；应在受理以后")] = None
    present: Annotated[str, line(200), said("在场人员（选填）")] = ""
    place: Annotated[str, line(200), said("地点（选填）")] = ""


class HistoricalMark(Struct, forbid_unknown_fields=True):
    """Why it is an old matter."""

    reason: Annotated[Reason, said("为什么是历史遗留问题", "标记以后须重新调查核实，并由领导包案")]


class ClaimAnswer(Struct, forbid_unknown_fields=True):
    """One claim's answer (第三十二条)."""

    claim: Annotated[int, Meta(ge=1, le=10), said("第几项诉求")]
    finding: Annotated[Finding, choice(intake.FINDINGS), said("意见")]
    answer: Annotated[Story, said("答复")]
    basis: Annotated[str, text(1_000), said("依据", "法律、法规、规章或者有关规定的名称和条款；解释说明的可以不写")] = (
        ""
    )


class Promised(Struct, forbid_unknown_fields=True):
    """What will be done about a claim, by when and by whom (第三十二条第二款)."""

    claim: Annotated[int, Meta(ge=1, le=10), said("第几项诉求")]
    what: Annotated[str, line(200), said("承诺办什么")]
    due: Annotated[date, said("何时办好")]
    responsible: Annotated[str, line(60), said("由谁负责")]


class OpinionDraft(Struct, forbid_unknown_fields=True):
    """信访处理意见书: facts, an answer to every claim, and what is promised beyond it."""

    facts: Annotated[Story, said("查明的事实", "向谁了解、看了哪些材料、查明了什么")]
    answers: Annotated[list[ClaimAnswer], Meta(min_length=1, max_length=10), said("逐项答复")]
    commitments: Annotated[list[Promised], Meta(max_length=10), said("承诺事项（选填）")] = []


class SecondReading(Struct, forbid_unknown_fields=True):
    """The draft is good; or it is let through with a reason."""

    note: Annotated[Note, said("核稿意见（选填）")] = ""
    override_reason: Annotated[str, text(500), said("质量关没有通过、仍然放行的理由", "通过的不填；理由会一并存档")] = (
        ""
    )


class DraftReturn(Struct, forbid_unknown_fields=True):
    """What has to be mended."""

    reason: Annotated[Reason, said("要改什么")]


class OpinionSignature(Struct, forbid_unknown_fields=True):
    """The head has gone through all four."""

    checks: Annotated[list[Check], Meta(max_length=4), choice(gates.CHECKS), said("签发前逐项核对")]
    note: Annotated[Note, said("签发意见", "有关口没有通过的，请写明仍然签发的理由")] = ""


def written(asked: Any) -> Opinion:
    """The body of a draft or a direct answer as the opinion it is."""
    return Opinion(
        asked.facts,
        tuple(Answer(each.claim, each.finding, each.answer, each.basis) for each in asked.answers),
        tuple(Commitment(each.claim, each.what, each.due, each.responsible) for each in asked.commitments),
    )


def claims_of(step: Acting) -> Sequence[str]:
    """The words of the claims: as they were confirmed, else as they were filed."""
    said_in = step.texts.get(step.case.facts.get("claims_in", 1), {})
    return list(said_in.get("claims", ()))


def earlier_replies(step: Acting) -> Sequence[str]:
    """What this matter was answered before: the opinion that was revoked and is given anew."""
    given = step.texts.get(step.case.facts.get("opinion", 0), {})
    return [each["answer"] for each in given.get("answers", ())]


def revoked_opinion(step: Acting) -> Opinion | None:
    """The opinion that a review revoked, as it was given (第三十五条)."""
    given = step.texts.get(step.case.facts.get("revoked", 0))
    return Opinion.of(given) if given else None


CALLS: Mapping[str, StepCall] = {
    "confirm_claims": StepCall(
        ClaimsConfirmation,
        lambda step, asked: opinion.confirm_claims(step.case, asked.claims, by=step.by, on=step.on, rules=step.rules),
    ),
    "hear_petitioner": StepCall(
        WorkEntry,
        lambda step, asked: opinion.hear_petitioner(
            step.case,
            asked.how,
            asked.held_on or step.on,
            asked.note,
            asked.present,
            asked.place,
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
    ),
    "investigate": StepCall(
        WorkEntry,
        lambda step, asked: opinion.investigate(
            step.case,
            asked.how,
            asked.held_on or step.on,
            asked.note,
            asked.present,
            asked.place,
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
    ),
    "mark_historical": StepCall(
        HistoricalMark,
        lambda step, asked: opinion.mark_historical(step.case, asked.reason, by=step.by, on=step.on, rules=step.rules),
    ),
    "draft_reply": StepCall(
        OpinionDraft,
        lambda step, asked: opinion.draft_reply(
            step.case,
            written(asked),
            claims=claims_of(step),
            earlier=earlier_replies(step),
            revoked=revoked_opinion(step),
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
        reads=True,
    ),
    "second_read": StepCall(
        SecondReading,
        lambda step, asked: opinion.second_read(
            step.case, asked.note, asked.override_reason, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "return_draft": StepCall(
        DraftReturn,
        lambda step, asked: opinion.return_draft(step.case, asked.reason, by=step.by, on=step.on, rules=step.rules),
    ),
    "sign": StepCall(
        OpinionSignature,
        lambda step, asked: opinion.sign(
            step.case,
            step.texts.get(step.case.facts.get("draft", {}).get("seq", 0), {}),
            asked.checks,
            asked.note,
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
        reads=True,
    ),
}
