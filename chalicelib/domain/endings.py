"""Endings other than an opinion: proposed by one person, confirmed by another one (第十九条至第三十六条).

The invariant: a petitioner is told what a second person has read, word for word, on a ground of a closed list.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from chalicelib.domain import intake
from chalicelib.domain.case import Actor, Case, Change
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotYourStep, RuleBroken, TrackMismatch, WrongStage
from chalicelib.domain.events import Event, PetitionDeclined, PetitionDiverted
from chalicelib.domain.events.endings import (
    EndingProposed,
    EndingReturned,
    PetitionNotTakenAgain,
    PetitionTransferred,
)
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take
from chalicelib.domain.stages import REGISTERED
from chalicelib.domain.tables.endings import DECLINE, DIVERT, NOT_TAKE_AGAIN, TRANSFER, proposal
from chalicelib.domain.tables.road import agency, is_with_bureau
from chalicelib.domain.values import replace

GROUNDS_OF: Mapping[str, Mapping[str, tuple[str, str]]] = {
    DECLINE: intake.GROUNDS,
    DIVERT: intake.ROUTES,
    TRANSFER: intake.TRANSFERS,
    NOT_TAKE_AGAIN: intake.REPEATED,
}
"""Ending -> its closed list: ground -> (words, article). No ground stands in two lists."""
ENDING_OF = {ground: ending for ending, grounds in GROUNDS_OF.items() for ground in grounds}
GROUNDS = {
    ground: f"{PETITION.step(ending).label}：{words}"
    for ending, grounds in GROUNDS_OF.items()
    for ground, (words, _law) in grounds.items()
}
"""Every ground with its ending, as a form offers them."""

BY_VISIT = ("visit", "video")
"""采用走访形式 (第二十条第二款、第二十二条第二款)."""
NAMES_NO_BODY = ("pending_elsewhere", *intake.REPEATED)
"""Grounds after which nobody has to be told where else to go."""
KEPT = ("explanation", "where_to", "limit_note", "earlier")
"""What a proposal says, and a notice repeats."""

Texts = Mapping[int, Mapping[str, Any]]
"""What was said, by the number of its event."""


def propose_ending(
    case: Case,
    ground: str,
    explanation: str,
    where_to: str = "",
    limit_note: str = "",
    earlier: str = "",
    *,
    earlier_final: bool = False,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Propose how a matter ends without an opinion, on a ground that the Regulation gives.

    第十九条、第二十条、第二十二条、第二十三条、第三十一条、第三十六条. A new proposal replaces the one before.
    `earlier` is the number of a matter, `earlier_final` whether it has its re-review opinion.
    """
    ending = ENDING_OF[ground]
    law = GROUNDS_OF[ending][ground][1]
    check(PETITION.step("propose_ending"), case, by)
    if case.stage not in PETITION.step(ending).frm:
        raise WrongStage(f"事项当前阶段不能“{PETITION.step(ending).label}”", law=law)
    _MAY_END[ending](case, ground)
    if ending == NOT_TAKE_AGAIN and not earlier_final:
        raise RuleBroken(
            "只有已经作出复核意见的事项，以同一事实和理由再次提出的，才能不再受理",
            law=law,
            fields=[FieldError("/earlier", "没有查到这件事项的复核意见，请核对信访编号", "not_rereviewed")],
        )
    if not where_to and ground not in NAMES_NO_BODY:
        raise FieldsInvalid([FieldError("/where_to", f"应当告知信访人由哪个机关、单位办理（{law}）", "missing")])
    said = dict(zip(KEPT, (explanation, where_to, limit_note, earlier), strict=True))
    event = EndingProposed(org=agency(case), ending=ending, ground=ground, text=_filled(said))
    proposed = case.with_facts(
        proposal={
            "seq": case.version + 1,
            "by": by.user,
            "ending": ending,
            "ground": ground,
            "stage": case.stage,
            "org": agency(case),
        }
    )
    return take(PETITION, proposed, "propose_ending", event, by=by, on=on, rules=rules)


def _may_decline(case: Case, ground: str) -> None:
    """A matter that was handed over is objected to; a bureau passes letters about lawsuits on and guides visitors."""
    if ground == "not_our_competence" and case.stage != REGISTERED:
        raise RuleBroken(
            "转送、交办来的事项不属于本单位职权范围的，应当在5个工作日内提出异议，由转送、交办的单位核实",
            law="第二十三条第三款",
        )
    if ground == "litigation_matter" and case.facts["channel"] not in BY_VISIT:
        raise RuleBroken(
            "走访提出的涉诉事项才按这一条引导；来信、网上等提出的，信访部门应当转送同级政法部门，其他单位应当导入法定途径",
            law="第二十条第二款、第二十二条第二款",
        )


def _may_divert(case: Case, ground: str) -> None:
    if case.facts["kind"] != intake.GRIEVANCE:
        raise TrackMismatch("只有申诉求决类事项可以导入其他法定途径", law="第三十一条")


def _may_transfer(case: Case, ground: str) -> None:
    if not is_with_bureau(case):
        raise RuleBroken(
            "由信访部门转送政法部门、纪检监察机关；其他机关、单位应当告知信访人向有权处理的机关、单位提出",
            law="第二十二条第二款、第二十三条第一款",
        )


def _may_always(case: Case, ground: str) -> None:
    """What stands against it is asked of its earlier matter."""


_MAY_END: Mapping[str, Callable[[Case, str], None]] = {
    DECLINE: _may_decline,
    DIVERT: _may_divert,
    TRANSFER: _may_transfer,
    NOT_TAKE_AGAIN: _may_always,
}


def return_proposal(case: Case, reason: str, *, by: Actor, on: date, rules: Rules) -> Change:
    """Give the proposal back, with a reason: 不得推诿、敷衍、拖延 (第二十八条第一款)."""
    check(PETITION.step("return_proposal"), case, by)
    found = _read_by_another(case, by)
    event = EndingReturned(
        org=agency(case), ending=found["ending"], ground=found["ground"], text=_filled({"reason": reason})
    )
    return take(PETITION, without_proposal(case), "return_proposal", event, by=by, on=on, rules=rules)


def decline(case: Case, texts: Texts, note: str = "", *, by: Actor, on: date, rules: Rules) -> Change:
    """Do not take it, as it was proposed, and say where to go (第十九条、第二十条、第二十三条)."""
    found, said = _confirmed(case, DECLINE, texts, by)
    event = PetitionDeclined(org=agency(case), ground=found["ground"], text=_filled({**said, "note": note}))
    return _ended(case, DECLINE, event, by=by, on=on, rules=rules)


def divert(case: Case, texts: Texts, note: str = "", *, by: Actor, on: date, rules: Rules) -> Change:
    """Lead a grievance into the procedure the law has for it, naming the body and its limits (第三十一条第一至五项)."""
    found, said = _confirmed(case, DIVERT, texts, by)
    named = {"body": said["where_to"], **{name: said[name] for name in said if name != "where_to"}}
    event = PetitionDiverted(org=agency(case), route=found["ground"], text=_filled({**named, "note": note}))
    return _ended(case, DIVERT, event, by=by, on=on, rules=rules)


def transfer(case: Case, texts: Texts, note: str = "", *, by: Actor, on: date, rules: Rules) -> Change:
    """Pass it on to the body of law, or to the discipline organ that the cadre belongs to (第二十二条第二款)."""
    found, said = _confirmed(case, TRANSFER, texts, by)
    named = {"body": said["where_to"], **{name: said[name] for name in said if name != "where_to"}}
    event = PetitionTransferred(org=agency(case), ground=found["ground"], text=_filled({**named, "note": note}))
    return _ended(case, TRANSFER, event, by=by, on=on, rules=rules)


def not_take_again(case: Case, texts: Texts, note: str = "", *, by: Actor, on: date, rules: Rules) -> Change:
    """Do not take again what has its re-review opinion; new facts and reasons stay open (第三十六条第三款)."""
    _, said = _confirmed(case, NOT_TAKE_AGAIN, texts, by)
    event = PetitionNotTakenAgain(org=agency(case), text=_filled({**said, "note": note}))
    return _ended(case, NOT_TAKE_AGAIN, event, by=by, on=on, rules=rules)


def without_proposal(case: Case) -> Case:
    """The case in which no ending is proposed: it was decided, given back, or the matter went another way."""
    return replace(case, facts={name: held for name, held in case.facts.items() if name != "proposal"})


def _ended(case: Case, ending: str, event: Event, *, by: Actor, on: date, rules: Rules) -> Change:
    return take(PETITION, without_proposal(case), ending, event, by=by, on=on, rules=rules)


def _confirmed(case: Case, ending: str, texts: Texts, by: Actor) -> tuple[Mapping[str, Any], dict[str, str]]:
    """The proposal of this ending, made by somebody else, and what it says; still true of the case as it stands."""
    step = PETITION.step(ending)
    check(step, case, by)
    found = proposal(case)
    if found is None or found["ending"] != ending:
        raise RuleBroken(f"还没有人拟定“{step.label}”的结论，请先拟定结论，再由另一名工作人员办理", law=step.law)
    _read_by_another(case, by)
    _MAY_END[ending](case, found["ground"])
    said = texts[found["seq"]]
    return found, {name: said[name] for name in KEPT if said.get(name)}


def _read_by_another(case: Case, by: Actor) -> Mapping[str, Any]:
    found = proposal(case)
    if found is None:
        raise RuleBroken("没有待复核的结论", law="第二十八条第一款")
    if found["by"] == by.user:
        raise NotYourStep(
            "结论是您拟定的，应当由另一名工作人员复核；没有其他人员的，由单位负责人复核", law="第二十八条第一款"
        )
    return found


def _filled(parts: Mapping[str, str]) -> dict[str, str]:
    return {name: said for name, said in parts.items() if said}
