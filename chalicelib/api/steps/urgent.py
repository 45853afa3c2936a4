"""What cannot wait (第二十五条)."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api.bodies import Name, Reason
from chalicelib.api.fields import choice, line, said
from chalicelib.api.steps.call import StepCall
from chalicelib.domain import urgent

Level = Literal["urgent", "major"]
Result = Literal["urgent", "major", "none"]
Addressee = Literal["government", "joint_office", "upper_bureau", "national_bureau", "police", "rescue", "unit"]


class SignalCheck(Struct, forbid_unknown_fields=True):
    """What a person found."""

    result: Annotated[Result, choice(urgent.RESULTS), said("核查结果")]
    note: Annotated[Reason, said("怎么核查的", "和谁联系了、情况怎样；判断不紧急的，写明理由")]


class Marking(Struct, forbid_unknown_fields=True):
    """How urgent, and why."""

    level: Annotated[Level, choice(urgent.LEVELS), said("紧急程度")]
    reason: Annotated[Reason, said("什么情况", "时间、地点、人数、可能造成的影响")]


class Telling(Struct, forbid_unknown_fields=True):
    """One addressee who was told."""

    addressee: Annotated[Addressee, choice(urgent.ADDRESSEES), said("向谁报告、通报")]
    person: Annotated[Name, said("对方接收人")]
    told_on: Annotated[date, said("哪天")]
    told_at: Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$"), said("几点几分", "例如 09:30")]
    how: Annotated[str, line(50), said("用什么方式", "电话、当面、系统、传真")]


class UrgentReport(Struct, forbid_unknown_fields=True):
    """重大紧急信访事项报告."""

    situation: Annotated[Reason, said("情况", "时间、地点、人员、规模、诉求、起因、现状")]
    measures: Annotated[Reason, said("已经采取的措施")]


class Measure(Struct, forbid_unknown_fields=True):
    """What was done."""

    measure: Annotated[Reason, said("采取了什么措施")]
    taken_on: Annotated[date, said("哪天")]


class UrgencyOver(Struct, forbid_unknown_fields=True):
    """How it ended."""

    outcome: Annotated[Reason, said("处置结果")]


CALLS: Mapping[str, StepCall] = {
    "check_signal": StepCall(
        SignalCheck,
        lambda step, asked: urgent.check_signal(
            step.case, asked.result, asked.note, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "mark_urgent": StepCall(
        Marking,
        lambda step, asked: urgent.mark_urgent(
            step.case, asked.level, asked.reason, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "tell_urgent": StepCall(
        Telling,
        lambda step, asked: urgent.tell_urgent(
            step.case,
            asked.addressee,
            asked.person,
            asked.told_on,
            asked.told_at,
            asked.how,
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
    ),
    "report_urgent": StepCall(
        UrgentReport,
        lambda step, asked: urgent.report_urgent(
            step.case, asked.situation, asked.measures, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "take_measure": StepCall(
        Measure,
        lambda step, asked: urgent.take_measure(
            step.case, asked.measure, asked.taken_on, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "end_urgency": StepCall(
        UrgencyOver,
        lambda step, asked: urgent.end_urgency(step.case, asked.outcome, by=step.by, on=step.on, rules=step.rules),
    ),
}
