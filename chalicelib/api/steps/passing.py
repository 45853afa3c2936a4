"""Days that nobody could use (不可抗力)."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from msgspec import Struct

from chalicelib.api.bodies import Reason
from chalicelib.api.fields import line, said
from chalicelib.api.steps.call import StepCall
from chalicelib.domain import force_majeure


class ForceMajeure(Struct, forbid_unknown_fields=True):
    """The decision: who, by which paper, why, from when to when, and where."""

    begins: Annotated[date, said("从哪天起")]
    ends: Annotated[date, said("到哪天止", "包括这一天")]
    document: Annotated[str, line(100), said("文件名称和文号")]
    decided_by: Annotated[str, line(50), said("由谁认定", "作出认定的机关")]
    reason: Annotated[Reason, said("发生了什么", "不能预见、不能避免且不能克服的客观情况；信访人会看到")]
    area: Annotated[str, line(100, least=0), said("影响哪些地方（选填）")] = ""


CALLS: Mapping[str, StepCall] = {
    "record_force_majeure": StepCall(
        ForceMajeure,
        lambda step, asked: force_majeure.record_force_majeure(
            step.case,
            asked.begins,
            asked.ends,
            asked.document,
            asked.decided_by,
            asked.reason,
            asked.area,
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
    ),
}
