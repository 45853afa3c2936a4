"""What an opinion promises becomes a duty with its date (第三十二条第二款: 应当督促有关机关、单位执行).

The invariant: the unit says that it has kept its word, the petitioner says whether it has.
"""

from collections.abc import Callable, Mapping
from datetime import date

from chalicelib.domain import aftercare
from chalicelib.domain.aftercare import BROKEN, COMMITMENT, KEPT, OF_THE_ANSWER, PROVED, REPLACED, UNKEPT
from chalicelib.domain.case import OPEN, PETITIONER, VISITING, Actor, Case, Change, Clock, Duty
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotYourStep, RuleBroken
from chalicelib.domain.events.promises import CommitmentConfirmed, CommitmentProved
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take, with_clock
from chalicelib.domain.tables.road import agency
from chalicelib.domain.values import replace

LAW = "第三十二条第二款"


def begun(case: Case, on: date) -> tuple[Case, Mapping[str, int]]:
    """The case with the promises of the opinion that is served, each owed by who gave it, and their days.

    What an earlier opinion promised and was not kept gives way to the new one. Nobody is late with a promise before
    it was told: one that lies before the service is due on that day.
    """
    for duty in case.duties_of(COMMITMENT, *UNKEPT):
        case = case.with_duty(duty, REPLACED)
    days = {}
    for claim, due in case.facts.get("promised", ()):
        case, duty = case.with_new_duty(COMMITMENT, agency(case), claim=claim, due=due)
        days[duty.id] = max(0, (date.fromisoformat(due) - on).days)
    return replace(case, facts=aftercare.without(case.facts, "promised", *OF_THE_ANSWER)), days


def prove_commitment(
    case: Case, text: str, done_on: date, named: str | None = None, *, by: Actor, on: date, rules: Rules
) -> Change:
    """Say how and when a promise was carried out (第三十二条第二款); the petitioner is asked whether it is so."""
    check(PETITION.step("prove_commitment"), case, by)
    duty = _meant(case, (OPEN, BROKEN), named)
    if duty.org != by.org:
        raise NotYourStep("这项承诺由作出承诺的单位报告", law=LAW)
    if not case.received_on <= done_on <= on:
        said = f"办好的日期应在{case.received_on.isoformat()}至今天之间"
        raise FieldsInvalid([FieldError("/done_on", said, "out_of_range")])
    due = aftercare.due_of(case, duty)
    event = CommitmentProved(org=duty.org, about=duty.id, due=due, done_on=done_on, text={"text": text})
    proved = case.with_duty(duty, PROVED)
    return take(PETITION, proved, "prove_commitment", event, by=by, on=on, rules=rules, about=duty.id)


def confirm_commitment(
    case: Case, kept: bool, text: str = "", named: str | None = None, *, by: Actor, on: date, rules: Rules
) -> Change:
    """Say whether a promise was kept (第三十二条第二款): the petitioner, or the bureau after a return visit.

    One that was not kept was never met: its date runs from where it began, whatever the unit reported.
    """
    check(PETITION.step("confirm_commitment"), case, by)
    visited = by.role != PETITIONER
    if visited and not aftercare.is_not_the_answerer(case, by):
        raise NotYourStep("本单位作出的承诺，不由本单位确认", law=LAW)
    if visited and not case.facts.get("visited_on"):
        raise RuleBroken("是否落实由信访人说了算，请先回访", law=LAW)
    duty = _meant(case, UNKEPT, named)
    due, clock = aftercare.due_of(case, duty), case.clock(COMMITMENT, duty.id)
    if not kept:
        _may_be_broken(duty, text, due, on)
    broken = int(case.facts.get("broken", 0)) + (not kept)
    event = CommitmentConfirmed(
        org=duty.org, about=duty.id, kept=kept, visited=visited, broken=broken, text={"text": text} if text else {}
    )
    judged = case.with_duty(duty, KEPT) if kept else case.with_duty(duty, BROKEN, on=on.isoformat(), by=by.role)
    if clock is not None:
        judged = with_clock(judged, clock, _judged(clock, kept, on))
    counted = judged if kept else judged.with_facts(broken=broken)
    expecting, granted = expecting_a_visit(counted, aftercare.is_doubted)
    change = take(PETITION, expecting, "confirm_commitment", event, by=by, on=on, rules=rules, about=duty.id)
    return replace(change, granted=granted)


def expecting_a_visit(case: Case, when: Callable[[Case], bool]) -> tuple[Case, tuple[str, ...]]:
    """The case with a desk for who has to visit now: what an office owes stands in its list."""
    org = aftercare.visitor(case)
    if not when(case) or case.desk(org) is not None:
        return case, ()
    return case.with_desk_beside(org, VISITING), (org,)


def _judged(clock: Clock, kept: bool, on: date) -> Clock:
    """Its date as it is now: kept, it is met if it was not yet; broken, it runs on, whatever was reported."""
    if kept:
        return clock.end(on, "met") if clock.is_running else clock
    return replace(clock, ended_on=None, ending="")


def _may_be_broken(duty: Duty, text: str, due: date, on: date) -> None:
    if duty.state == BROKEN:
        raise RuleBroken("已经反映过这项承诺没有落实，正在督促", law=LAW)
    if duty.state == OPEN and on <= due:
        raise RuleBroken(f"承诺的日期是{due.isoformat()}，过了这一天还没有办好，再告诉我们", law=LAW)
    if not text:
        raise FieldsInvalid([FieldError("/text", "请写明还有什么没有办", "missing")])


def _meant(case: Case, states: tuple[str, ...], named: str | None) -> Duty:
    """The promise that is named, or the only one there is. Raises RuleBroken, FieldsInvalid."""
    waiting = case.duties_of(COMMITMENT, *states)
    if not waiting:
        raise RuleBroken("没有等待这一步的承诺", law=LAW)
    if not named and len(waiting) > 1:
        listed = "、".join(duty.id for duty in waiting)
        raise FieldsInvalid([FieldError("/duty", f"有{len(waiting)}项承诺，请写明是哪一项：{listed}", "missing")])
    found = next((duty for duty in waiting if duty.id == named), None if named else waiting[0])
    if found is None:
        raise FieldsInvalid([FieldError("/duty", "没有这一项承诺，或者它不在等待这一步", "no_such_duty")])
    return found
