"""Steps of a task of supervision: receipt, answer item by item, recheck, score, votes, receptions, end."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib import policy
from chalicelib.api.acting import Acting, actor
from chalicelib.api.bodies import Note
from chalicelib.api.fields import CaseNumber, UserId, choice, digits, line, of_post, said, text
from chalicelib.api.steps.call import StepCall
from chalicelib.domain import check_sheet, inspection
from chalicelib.domain.case import LEADER, Change
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotFound
from chalicelib.domain.numbers import is_case_number
from chalicelib.domain.petition import PETITION
from chalicelib.store import people
from chalicelib.store.tenant import cases

CheckLine = Literal[
    "registered",
    "forwarded",
    "informed",
    "heard",
    "investigated",
    "answered",
    "based",
    "on_time",
    "extended",
    "served",
    "rated",
    "promises",
]
MOST_VOTES = 9_999
Votes = Annotated[int, Meta(ge=0, le=MOST_VOTES)]


class Signing(Struct, forbid_unknown_fields=True):
    """Nothing needs to be said to have it."""


class Answering(Struct, forbid_unknown_fields=True):
    """Item by item, in their order."""

    answers: Annotated[
        list[Annotated[str, text(2_000)]],
        Meta(min_length=1, max_length=30),
        said("整改情况", "按问题的顺序逐项填写，每项写明查明的情况、措施和结果"),
    ]
    responsible: Annotated[
        list[Annotated[str, line(50)]],
        Meta(min_length=1, max_length=30),
        said("责任人", "按问题的顺序逐项填写"),
    ]


class Rechecking(Struct, forbid_unknown_fields=True, kw_only=True):
    """Which items are not put right."""

    failed: Annotated[
        list[Annotated[str, digits("^[1-9][0-9]?$")]],
        Meta(max_length=30),
        said("没有整改到位的", "填写问题的序号；全部整改到位的不填"),
    ] = []
    note: Annotated[Annotated[str, text(2_000)], said("复查情况")]
    due: Annotated[date | None, said("重新反馈的日期", "有没整改到位的，应当填写")] = None


class Scoring(Struct, forbid_unknown_fields=True, kw_only=True):
    """A sampled case, gone through by a person; one line may be corrected."""

    number: Annotated[CaseNumber, said("抽取的事项编号")]
    line: Annotated[CheckLine | None, choice(check_sheet.LABELS), said("改哪一项的得分（选填）")] = None
    points: Annotated[Annotated[int, Meta(ge=0, le=100)] | None, said("这一项的得分", "改分的填写")] = None
    reason: Annotated[Annotated[str, text(500)], said("改分的理由", "改分的填写")] = ""
    remark: Annotated[Note, said("评语（选填）")] = ""


class Voting(Struct, forbid_unknown_fields=True, kw_only=True):
    """What came of an appraisal."""

    participants: Annotated[Annotated[int, Meta(ge=1, le=MOST_VOTES)], said("参加人数")]
    satisfied: Annotated[Votes, said("满意票数")]
    basically: Annotated[Votes, said("基本满意票数")]
    not_satisfied: Annotated[Votes, said("不满意票数")]
    note: Annotated[Note, said("意见建议（选填）")] = ""


class Receiving(Struct, forbid_unknown_fields=True, kw_only=True):
    """Whom a leader received."""

    leader: Annotated[UserId, of_post(LEADER), said("接访领导")]
    visitors: Annotated[Annotated[int, Meta(ge=0, le=MOST_VOTES)], said("接待人数")]
    numbers: Annotated[list[CaseNumber], Meta(max_length=50), said("有关事项的编号（选填）")] = []
    note: Annotated[Note, said("接访情况（选填）")] = ""


class Ending(Struct, forbid_unknown_fields=True):
    """A word at the end."""

    note: Annotated[Note, said("办结说明（选填）")] = ""


def _score(step: Acting, asked: Scoring) -> Change:
    return inspection.score_sample(
        step.case,
        asked.number,
        inspection.sheets(step.texts).get(asked.number),
        asked.line,
        asked.points,
        asked.reason,
        asked.remark,
        by=step.by,
        on=step.on,
        rules=step.rules,
    )


def _receive(step: Acting, asked: Receiving) -> Change:
    user = people.load_user(asked.leader)
    if user is None or not user.active or user.role != LEADER:
        raise FieldsInvalid([FieldError("/leader", "没有这位领导，请从名单中选择", "no_such_leader")])
    wrong = [
        FieldError(f"/numbers/{place}", "没有找到这件信访事项，请核对编号", "unknown")
        for place, number in enumerate(asked.numbers)
        if not _is_there(number, step)
    ]
    if wrong:
        raise FieldsInvalid(wrong)
    return inspection.record_reception(
        step.case, user.id, asked.visitors, asked.numbers, asked.note, by=step.by, on=step.on, rules=step.rules
    )


def _is_there(number: str, step: Acting) -> bool:
    """A petition that who records it may see."""
    try:
        case = cases().load(number).case if is_case_number(number) else None
    except NotFound:
        return False
    return case is not None and case.procedure == PETITION.name and policy.may_see(actor(), case, step.tree)


CALLS: Mapping[str, StepCall] = {
    "sign_for": StepCall(
        Signing, lambda step, asked: inspection.sign_for(step.case, by=step.by, on=step.on, rules=step.rules)
    ),
    "answer_inspection": StepCall(
        Answering,
        lambda step, asked: inspection.answer_inspection(
            step.case, asked.answers, asked.responsible, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "recheck": StepCall(
        Rechecking,
        lambda step, asked: inspection.recheck(
            step.case, [int(each) for each in asked.failed], asked.note, asked.due,
            by=step.by, on=step.on, rules=step.rules,
        ),
    ),
    "score_sample": StepCall(Scoring, _score, reads=True),
    "record_votes": StepCall(
        Voting,
        lambda step, asked: inspection.record_votes(
            step.case, asked.participants, asked.satisfied, asked.basically, asked.not_satisfied, asked.note,
            by=step.by, on=step.on, rules=step.rules,
        ),
    ),
    "record_reception": StepCall(Receiving, _receive),
    "close_inspection": StepCall(
        Ending,
        lambda step, asked: inspection.close_inspection(
            step.case, asked.note, by=step.by, on=step.on, rules=step.rules
        ),
    ),
}  # fmt: skip
