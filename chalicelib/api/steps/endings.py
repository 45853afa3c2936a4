"""The ways a matter ends other than by its opinion: one proposes, another one confirms."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from msgspec import Struct

from chalicelib.api.acting import Acting
from chalicelib.api.bodies import Address, Note, Reason
from chalicelib.api.fields import CaseNumber, choice, said, text
from chalicelib.api.steps.call import StepCall
from chalicelib.domain import endings
from chalicelib.domain.case import Case, Change
from chalicelib.domain.errors import NotFound
from chalicelib.domain.numbers import is_case_number
from chalicelib.store.tenant import cases

Ending = Literal["decline", "divert", "transfer", "not_take_again"]
Route = Literal["litigation", "arbitration", "party_appeal", "administrative_procedure", "perform_duty"]
Ground = Literal["not_our_competence", "pending_elsewhere", "litigation_matter"]
Transfer = Literal["political_legal", "discipline"]
AnyGround = Literal[Ground, Route, Transfer, "rereviewed"]


class Proposing(Struct, forbid_unknown_fields=True, kw_only=True):
    """How it should end, why, and what the petitioner is told: the notice repeats it word for word."""

    ground: Annotated[AnyGround, choice(endings.GROUNDS), said("结论和理由", "由另一名工作人员复核后才告知信访人")]
    where_to: Annotated[Address, said("由哪个机关、单位办理", "写明名称和电话，告诉信访人该找谁")] = ""
    limit_note: Annotated[str, text(500), said("那里的期限（选填）", "例如：自知道之日起 60 日内申请复议")] = ""
    earlier: Annotated[
        CaseNumber | None, said("已有复核意见的信访编号", "只在“不再受理”时填写，系统会核对复核意见")
    ] = None
    explanation: Annotated[Reason, said("说明理由", "会原样写进告知书")]


class Confirming(Struct, forbid_unknown_fields=True):
    """A word for the file; what the petitioner reads was proposed."""

    note: Annotated[Note, said("复核意见（选填）", "只存档，信访人看不到；拟定的理由会原样告知信访人")] = ""


class Returning(Struct, forbid_unknown_fields=True):
    """Why the proposal will not do."""

    reason: Annotated[Reason, said("退回的理由", "告诉拟定人哪里要重新研究")]


def is_final(number: str | None, case: Case) -> bool:
    """Has this petitioner's earlier matter its re-review opinion? A matter of somebody else is no earlier one."""
    if number is None or not is_case_number(number):
        return False
    try:
        earlier = cases().load(number).case
    except NotFound:
        return False
    people = {earlier.facts.get("person", ""), case.facts.get("person", "")} - {""}
    return bool(earlier.facts.get("final")) and len(people) < 2


def _confirmed(decide: Callable[..., Change]) -> StepCall:
    def taken(step: Acting, asked: Any) -> Change:
        return decide(step.case, step.texts, asked.note, by=step.by, on=step.on, rules=step.rules)

    return StepCall(Confirming, taken, reads=True)


CALLS: Mapping[str, StepCall] = {
    "propose_ending": StepCall(
        Proposing,
        lambda step, asked: endings.propose_ending(
            step.case,
            asked.ground,
            asked.explanation,
            asked.where_to,
            asked.limit_note,
            asked.earlier or "",
            earlier_final=is_final(asked.earlier, step.case),
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
    ),
    "return_proposal": StepCall(
        Returning,
        lambda step, asked: endings.return_proposal(step.case, asked.reason, by=step.by, on=step.on, rules=step.rules),
    ),
    "decline": _confirmed(endings.decline),
    "divert": _confirmed(endings.divert),
    "transfer": _confirmed(endings.transfer),
    "not_take_again": _confirmed(endings.not_take_again),
}
