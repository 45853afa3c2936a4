"""Which kind of matter it is, and by which track: corrected with a reason."""

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Struct

from chalicelib.api.bodies import Reason
from chalicelib.api.fields import choice, line, said
from chalicelib.api.steps.call import StepCall
from chalicelib.api.steps.road import LimitDays, Track
from chalicelib.domain import intake, tracks
from chalicelib.domain.errors import FieldError, FieldsInvalid
from chalicelib.profiles.profile import current

AnyKind = Literal["grievance", "suggestion", "consultation", "report_of_misconduct"]


class Reclassification(Struct, forbid_unknown_fields=True, kw_only=True):
    """What was meant, and why it was taken for something else. What is left out stays as it is."""

    kind: Annotated[
        AnyKind | None, choice({**intake.KINDS, intake.REPORT_OF_MISCONDUCT: "检举控告"}), said("更正为哪一类（选填）")
    ] = None
    track: Annotated[
        Track | None, choice(intake.TRACKS), said("更正为哪一种办理途径（选填）", "受理以后才填；期限不重新计算")
    ] = None
    category: Annotated[str, line(40), said("内容类别（选填）", "写成“领域”或者“领域/事项”")] = ""
    limit_days: Annotated[
        LimitDays | None,
        said("履行法定职责的天数（选填）", "只在改为履行法定职责时填；没有规定的不填，按两个月"),
    ] = None
    basis: Annotated[str, line(200), said("规定这一天数的法律、法规、规章（选填）")] = ""
    reason: Annotated[Reason, said("更正的理由", "会告诉信访人")]


def _category(category: str) -> str:
    if category and not current().has_category(category):
        raise FieldsInvalid([FieldError("/category", "没有这个类别，请从类别表中选择", "not_a_choice")])
    return category


CALLS: Mapping[str, StepCall] = {
    "reclassify": StepCall(
        Reclassification,
        lambda step, asked: tracks.reclassify(
            step.case,
            asked.reason,
            asked.kind or "",
            asked.track or "",
            _category(asked.category),
            asked.limit_days,
            asked.basis,
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
    ),
}
