"""The way to relief (第三十七条第二款): told, helped along, and what came of it. Who grants it decides elsewhere."""

from datetime import date

from chalicelib.domain.case import OPEN, Actor, Case, Change, Duty
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotYourStep, RuleBroken
from chalicelib.domain.events.promises import ReliefOffered, ReliefRecorded
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take
from chalicelib.domain.tables.promises import PENDING, RELIEF, RELIEFS, may_help

LAW = "第三十七条第二款"


def offer_relief(case: Case, relief: str, told: str, helped: str = "", *, by: Actor, on: date, rules: Rules) -> Change:
    """Tell somebody in hardship how to apply for relief, and help with it (第三十七条第二款)."""
    _may(case, "offer_relief", by)
    if any(duty.facts["relief"] == relief for duty in case.duties_of(RELIEF, OPEN, PENDING)):
        raise RuleBroken(f"已经告知过{RELIEFS[relief]}的途径，请登记结果", law=LAW)
    offered, duty = case.with_new_duty(RELIEF, by.org or case.office, relief=relief)
    said = {"told": told, **({"helped": helped} if helped else {})}
    event = ReliefOffered(org=duty.org, about=duty.id, relief=relief, text=said)
    return take(PETITION, offered, "offer_relief", event, by=by, on=on, rules=rules, about=duty.id)


def record_relief(
    case: Case, result: str, text: str = "", named: str | None = None, *, by: Actor, on: date, rules: Rules
) -> Change:
    """Record what came of an application for relief (第三十七条第二款); one still looked at is recorded again."""
    _may(case, "record_relief", by)
    duty = _meant(case, named)
    if duty.state == result:
        raise RuleBroken("已经登记为正在审核", law=LAW)
    event = ReliefRecorded(org=duty.org, about=duty.id, result=result, text={"text": text} if text else {})
    recorded = case.with_duty(duty, result)
    return take(PETITION, recorded, "record_relief", event, by=by, on=on, rules=rules, about=duty.id)


def _may(case: Case, action: str, by: Actor) -> None:
    step = PETITION.step(action)
    check(step, case, by)
    if not may_help(case, by):
        raise NotYourStep(f"“{step.label}”由责任单位或者信访部门办理", law=LAW)


def _meant(case: Case, named: str | None) -> Duty:
    waiting = case.duties_of(RELIEF, OPEN, PENDING)
    if not waiting:
        raise RuleBroken("没有等待结果的救助申请", law=LAW)
    if not named and len(waiting) > 1:
        listed = "、".join(duty.id for duty in waiting)
        raise FieldsInvalid([FieldError("/duty", f"有{len(waiting)}件，请写明是哪一件：{listed}", "missing")])
    found = next((duty for duty in waiting if duty.id == named), None if named else waiting[0])
    if found is None:
        raise FieldsInvalid([FieldError("/duty", "没有这一件，或者已经登记结果", "no_such_duty")])
    return found
