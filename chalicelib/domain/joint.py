"""Several departments, one reply (第二十四条): the lead asks, each answers by its date, the lead replies for all.

The invariant: while a department that was asked has not answered, declined or been released, there is no reply.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from chalicelib.domain.case import OPEN, SUPPORTING, Actor, Case, Change, Duty
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotYourStep, RuleBroken, TargetRefused
from chalicelib.domain.events.joint import (
    CoordinationHeld,
    DepartmentReleased,
    DepartmentsAsked,
    JointlyAnswered,
    SupportDeclined,
)
from chalicelib.domain.offices import Office, OfficeTree
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take
from chalicelib.domain.tables.joint import (
    ANSWERED,
    JOINT,
    MOST,
    NOT_OURS,
    RELEASED,
    may_coordinate,
    open_duties,
    open_duty_of,
)
from chalicelib.domain.tables.road import agency
from chalicelib.domain.values import replace

LAW = "第二十四条"
LONGEST = timedelta(days=366)
"""The Regulation names no number; a date further off is a slip of the keyboard."""


def answers_outstanding(case: Case) -> tuple[str, ...]:
    """The departments without whose answer the lead may not reply (第二十四条)."""
    return tuple(duty.org for duty in open_duties(case))


def is_outstanding(case: Case) -> bool:
    """Some department still has to answer."""
    return bool(open_duties(case))


def can_be_asked(office: Office | None) -> bool:
    """It works, is of this area, and has powers of its own to say something about."""
    return (
        office is not None
        and office.active
        and office.kind
        not in (
            "external",
            "joint_meeting",
            "government",
            "bureau",
        )
    )


def ask_departments(
    case: Case,
    orgs: Sequence[str],
    question: str,
    due: date,
    *,
    tree: OfficeTree,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Ask other departments concerned for what is theirs to say, each by the same date (第二十四条: 两个或者两个
    以上机关、单位). Different questions are asked in different steps."""
    check(PETITION.step("ask_departments"), case, by)
    if case.facts.get("simple"):
        raise RuleBroken("简易办理的事项责任单位只有一个；需要其他单位协办的，请先转为普通办理", law=LAW)
    _may_be_asked(case, orgs, tree)
    _in_time(case, due, on)
    asked, ids = case, []
    for org in orgs:
        asked, duty = asked.with_new_duty(JOINT, org, due=due.isoformat())
        asked = asked.with_desk_beside(org, SUPPORTING)
        ids.append(duty.id)
    event = DepartmentsAsked(orgs=tuple(orgs), due=due, text={"question": question})
    days = {"joint_answer": (due - on).days}
    change = take(PETITION, asked, "ask_departments", event, by=by, on=on, rules=rules, days=days, each_of=tuple(ids))
    return replace(change, granted=tuple(orgs))


def answer_jointly(
    case: Case, opinion: str, claims: Sequence[int] = (), *, by: Actor, on: date, rules: Rules
) -> Change:
    """Say what is one's own to say (第二十四条); late is better than never. The department goes on seeing the case."""
    duty = _own_duty(case, "answer_jointly", by)
    wrong = [
        FieldError(f"/claims/{place}", f"没有第{claim}项诉求，或者已经写过", "no_such_claim")
        for place, claim in enumerate(claims)
        if not 1 <= claim <= case.facts["claims"] or list(claims).index(claim) != place
    ]
    if wrong:
        raise FieldsInvalid(wrong)
    answered = case.with_duty(duty, ANSWERED, on=on.isoformat())
    event = JointlyAnswered(
        org=duty.org,
        about=duty.id,
        answered=tuple(claims),
        left=len(open_duties(answered)),
        text={"opinion": opinion},
    )
    return take(PETITION, answered, "answer_jointly", event, by=by, on=on, rules=rules, about=duty.id)


def decline_support(case: Case, reason: str, *, by: Actor, on: date, rules: Rules) -> Change:
    """Say that it is not within one's powers, with reasons (第二十四条); the lead asks another, or again."""
    duty = _own_duty(case, "decline_support", by)
    event = SupportDeclined(org=duty.org, about=duty.id, text={"reason": reason})
    declined = case.with_duty(duty, NOT_OURS)
    return take(PETITION, declined, "decline_support", event, by=by, on=on, rules=rules, about=duty.id)


def release_department(case: Case, org: str, reason: str, *, by: Actor, on: date, rules: Rules) -> Change:
    """Let a department go that has not answered (第二十四条): it was asked by mistake, or is needed no longer."""
    check(PETITION.step("release_department"), case, by)
    waiting = [duty for duty in case.duties_of(JOINT, OPEN, NOT_OURS) if duty.org == org]
    if not waiting:
        said = "没有请这个单位协办，或者它已经反馈意见"
        raise RuleBroken(said, law=LAW, fields=[FieldError("/department", "请选择尚未反馈的协办单位", "not_asked")])
    duty = waiting[-1]
    released = case
    for each in waiting:
        released = released.with_duty(each, RELEASED)
    if not _took_part(released, org):
        released = released.without_desk_of(org, SUPPORTING)
    event = DepartmentReleased(org=org, about=duty.id, text={"reason": reason})
    return take(PETITION, released, "release_department", event, by=by, on=on, rules=rules, about=duty.id)


def coordinate(
    case: Case,
    minutes: str,
    attended: Sequence[str],
    held_on: date,
    *,
    tree: OfficeTree,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Put the minutes of a coordination on file: who was there, and what was agreed (第二十四条、第十四条)."""
    check(PETITION.step("coordinate"), case, by)
    if not may_coordinate(case, by):
        raise NotYourStep("“协调会议纪要”由责任单位、信访部门或者联席会议办公室登记", law=LAW)
    wrong = [
        FieldError(f"/attended/{place}", "没有这个单位，或者已经写过", "no_such_office")
        for place, org in enumerate(attended)
        if tree.get(org) is None or list(attended).index(org) != place
    ]
    if len(set(attended)) < 2:
        wrong.append(FieldError("/attended", "协调会议至少有两个单位参加", "too_few"))
    if not case.received_on <= held_on <= on:
        said = f"开会日期应在{case.received_on.isoformat()}至今天之间"
        wrong.append(FieldError("/held_on", said, "out_of_range"))
    if wrong:
        raise FieldsInvalid(wrong)
    event = CoordinationHeld(org=by.org or "", held_on=held_on, attended=tuple(attended), text={"minutes": minutes})
    return take(PETITION, case, "coordinate", event, by=by, on=on, rules=rules)


def _may_be_asked(case: Case, orgs: Sequence[str], tree: OfficeTree) -> None:
    """Each exists, works, is another one than the lead, and does not owe an answer already."""
    wrong = []
    for place, org in enumerate(orgs):
        at = f"/departments/{place}"
        if not can_be_asked(tree.get(org)):
            wrong.append(FieldError(at, "没有这个单位，或者它不能协办；请从单位名录中选择", "no_such_office"))
        elif org == agency(case):
            wrong.append(FieldError(at, "这是主办单位自己", "lead"))
        elif open_duty_of(case, org) or list(orgs).index(org) != place:
            wrong.append(FieldError(at, "已经请这个单位协办，正在等它反馈", "already_asked"))
    if not orgs:
        wrong.append(FieldError("/departments", "请至少选择一个协办单位", "missing"))
    before = len(case.duties_of(JOINT))
    if before + len(orgs) > MOST:
        said = f"一件事项先后请协办的单位不超过{MOST}个，还可以请{MOST - before}个"
        wrong.append(FieldError("/departments", said, "too_many"))
    if wrong:
        raise TargetRefused("不能请这些单位协办", law=LAW, fields=wrong)


def _in_time(case: Case, due: date, on: date) -> None:
    """After today, and within the lead's own period while that still runs."""
    handle = case.running("handle")
    latest = handle.due if handle and handle.due > on else on + LONGEST
    if not on < due <= latest:
        said = f"反馈日期应在今天之后、{latest.isoformat()}以前"
        raise FieldsInvalid([FieldError("/due", said, "out_of_range")])


def _own_duty(case: Case, action: str, by: Actor) -> Duty:
    step = PETITION.step(action)
    check(step, case, by)
    duty = open_duty_of(case, by.org)
    if duty is None:
        raise RuleBroken("本单位没有待反馈的协办意见：已经反馈、说明或者解除", law=step.law)
    return duty


def _took_part(case: Case, org: str) -> bool:
    return any(duty.org == org for duty in case.duties_of(JOINT, OPEN, ANSWERED, NOT_OURS))
