"""What was promised and whether it was kept, return visits, and the way to relief (第三十二条、第三十七条)."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from msgspec import Struct

from chalicelib.api.bodies import Reason, Story
from chalicelib.api.fields import choice, line, of_duty, said, text
from chalicelib.api.steps.call import StepCall
from chalicelib.domain import intake, promises, relief, visiting
from chalicelib.domain.tables.promises import CARRIED_OUT, RELIEF_RESULTS, RELIEFS

CarriedOut = Literal["yes", "partly", "no"]
Satisfaction = Literal["satisfied", "basically", "not_satisfied"]
Relief = Literal["social", "judicial"]
ReliefResult = Literal["granted", "refused", "pending"]
Told = Annotated[str, text(2_000)]
ONLY_ONE = "只有一项时不用选"
Promise = Annotated[Annotated[str, of_duty("commitment")] | None, said("哪一项承诺（选填）", ONLY_ONE)]
WHEN_REACHED = "没有联系上的不填"


class Proof(Struct, forbid_unknown_fields=True):
    """How one can see that it is done."""

    text: Annotated[Story, said("落实情况", "写明做了什么、由谁做的、有什么凭据；信访人会看到，并会被问是否办好")]
    done_on: Annotated[date | None, said("哪天办好的", "不填就是今天")] = None
    duty: Promise = None


class Confirmation(Struct, forbid_unknown_fields=True):
    """Whether it was done."""

    kept: Annotated[bool, said("承诺的事办好没有")]
    text: Annotated[Told, said("具体情况", "没有办好的，请写明还有什么没有办")] = ""
    duty: Promise = None


class Visit(Struct, forbid_unknown_fields=True, kw_only=True):
    """The script of a return visit: closed questions, so that visits can be compared."""

    reached: Annotated[bool, said("是否联系上信访人")]
    spoken_with: Annotated[str, line(100), said("与谁通话、见面", WHEN_REACHED)] = ""
    informed: Annotated[bool | None, said("是否收到书面答复", WHEN_REACHED)] = None
    satisfied: Annotated[Satisfaction | None, choice(intake.RATINGS), said("对办理是否满意", WHEN_REACHED)] = None
    carried_out: Annotated[CarriedOut | None, choice(CARRIED_OUT), said("答复的事是否落实", WHEN_REACHED)] = None
    solved: Annotated[bool | None, said("问题是否解决", WHEN_REACHED)] = None
    remark: Annotated[Reason, said("回访记录", "信访人怎么说的；没有联系上的，写明怎样联系、几点")]


class Reopening(Struct, forbid_unknown_fields=True):
    """Why it is handled anew."""

    reason: Annotated[Reason, said("为什么重新办理", "信访人和责任单位都会看到")]


class ReliefOffer(Struct, forbid_unknown_fields=True):
    """Which relief, and what was told."""

    relief: Annotated[Relief, choice(RELIEFS), said("哪一种救助")]
    told: Annotated[Reason, said("告知了什么", "向哪个机关、怎样申请")]
    helped: Annotated[Told, said("怎样帮助申请（选填）")] = ""


class ReliefOutcome(Struct, forbid_unknown_fields=True):
    """What came of it."""

    result: Annotated[ReliefResult, choice(RELIEF_RESULTS), said("结果")]
    text: Annotated[Told, said("说明（选填）")] = ""
    duty: Annotated[Annotated[str, of_duty("relief")] | None, said("哪一件救助（选填）", "只有一件时不用选")] = None


CALLS: Mapping[str, StepCall] = {
    "prove_commitment": StepCall(
        Proof,
        lambda step, asked: promises.prove_commitment(
            step.case, asked.text, asked.done_on or step.on, asked.duty, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "confirm_commitment": StepCall(
        Confirmation,
        lambda step, asked: promises.confirm_commitment(
            step.case, asked.kept, asked.text, asked.duty, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "revisit": StepCall(
        Visit,
        lambda step, asked: visiting.revisit(
            step.case,
            visiting.Answers(asked.informed, asked.satisfied, asked.carried_out, asked.solved),
            asked.remark,
            asked.spoken_with,
            reached=asked.reached,
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
    ),
    "reopen": StepCall(
        Reopening,
        lambda step, asked: visiting.reopen(step.case, asked.reason, by=step.by, on=step.on, rules=step.rules),
    ),
    "offer_relief": StepCall(
        ReliefOffer,
        lambda step, asked: relief.offer_relief(
            step.case, asked.relief, asked.told, asked.helped, by=step.by, on=step.on, rules=step.rules
        ),
    ),
    "record_relief": StepCall(
        ReliefOutcome,
        lambda step, asked: relief.record_relief(
            step.case, asked.result, asked.text, asked.duty, by=step.by, on=step.on, rules=step.rules
        ),
    ),
}
