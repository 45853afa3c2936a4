"""What can be wrong, in the words of the Regulation. Details are Chinese sentences: people read them.

The invariant: an error says what was expected and found, and never carries personal data or text of a case.
"""

from collections.abc import Sequence
from typing import ClassVar

from chalicelib.domain.values import value


@value
class FieldError:
    """One field that has to be mended: a JSON pointer and what to write instead."""

    pointer: str
    message: str
    code: str = "invalid"


class DomainError(Exception):
    """A rule was not met. `law` is the article, if one says so."""

    code: ClassVar[str] = "rule_broken"
    title: ClassVar[str] = "不符合规定"

    def __init__(self, detail: str, *, law: str = "", fields: Sequence[FieldError] = ()) -> None:
        super().__init__(detail)
        self.detail, self.law, self.fields = detail, law, tuple(fields)


class NotFound(DomainError):
    """It does not exist, or is not for this person: both look alike."""

    code, title = "not_found", "没有找到"


class NotYourStep(DomainError):
    """The case is visible, but this step belongs to another post."""

    code, title = "not_your_step", "这一步由其他岗位办理"


class WrongStage(DomainError):
    """The step does not follow from where the case stands."""

    code, title = "wrong_stage", "当前阶段不能进行这一步"


class FieldsInvalid(DomainError):
    """Fields of the body have to be mended."""

    code, title = "fields_invalid", "填写的内容需要改正"

    def __init__(self, fields: Sequence[FieldError]) -> None:
        super().__init__(f"有{len(fields)}处需要改正", fields=fields)


class TakenInElsewhere(FieldsInvalid):
    """第三十条第三款: whoever works for the accused takes no report in. A log cannot tell it from a slip of the
    keyboard, so that it names nobody as accused: it has the same code."""

    title = "不能由本单位登记"

    def __init__(self, detail: str, *, law: str, fields: Sequence[FieldError]) -> None:
        DomainError.__init__(self, detail, law=law, fields=fields)


class RuleBroken(DomainError):
    """A rule of the Regulation forbids this step as it was asked for."""


class OpinionIncomplete(RuleBroken):
    """第三十二条: an opinion states the claims, the facts and reasons, the finding and its basis."""

    code, title = "opinion_incomplete", "处理意见书要素不全"


class QualityGate(RuleBroken):
    """第二十八条、第三十二条: an answer that says nothing, is too short for its claim or was copied."""

    code, title = "quality_gate", "答复没有通过质量关"


class ExtensionRefused(RuleBroken):
    """第三十四条: once, at most 30 days, in time, by the unit's own head."""

    code, title = "extension_refused", "不能延长办理期限"


class ObjectionTooLate(RuleBroken):
    """第二十三条第三款: five working days."""

    code, title = "objection_too_late", "超过提出异议的期限"


class TargetRefused(RuleBroken):
    """The named office cannot receive this case."""

    code, title = "target_refused", "不能转给这个单位"


class RightLapsed(RuleBroken):
    """The petitioner's right was not used in time."""

    code, title = "right_lapsed", "已超过期限"


class TrackMismatch(RuleBroken):
    """Kind and track do not go together (第二十九条至第三十一条)."""

    code, title = "track_mismatch", "办理途径与事项类别不符"
