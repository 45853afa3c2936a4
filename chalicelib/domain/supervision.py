"""第五章 监督和追责: orders of who oversees and their answers, urging from above, measures of the joint meeting.

Each says what must be true and what is recorded, then lets the engine take the step of the table.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from chalicelib.domain import oversight, recusal
from chalicelib.domain.case import JOINT_MEETING, OPEN, SUPERVISED, Actor, Case, Change, Duty
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotYourStep, RuleBroken, TargetRefused
from chalicelib.domain.events.supervision import (
    MeasureImposed,
    OrderAnswered,
    OrderVerified,
    PetitionPressed,
    PetitionSupervised,
)
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take
from chalicelib.domain.tables.road import agency

LONGEST = timedelta(days=366)
"""No article names a number; a date further off is a slip of the keyboard."""


def press(case: Case, *, by: Actor, on: date, rules: Rules) -> Change:
    """Ask where it stands, once a day each person, counted apart from the petitioner's urges (第四十条第一款)."""
    check(PETITION.step("press"), case, by)
    org = agency(case)
    if org == by.org:
        raise RuleBroken("事项就在本单位，请直接办理", law="第二十八条")
    today = on.isoformat()
    pressing = list(case.facts.get("pressing", ())) if case.facts.get("pressed_on") == today else []
    if by.user in pressing:
        raise RuleBroken("您今天已经催办过，明天可以再催；需要限期反馈的，请督办", law="第四十条第一款")
    times = int(case.facts.get("presses", 0)) + 1
    event = PetitionPressed(org=org, times=times, due=case.due_of(org) or case.due() or on)
    counted = case.with_facts(pressed_on=today, pressing=[*pressing, by.user], presses=times)
    return take(PETITION, counted, "press", event, by=by, on=on, rules=rules)


def supervise(
    case: Case,
    kind: str,
    problem: str,
    demand: str,
    due: date,
    org: str | None = None,
    *,
    tree: OfficeTree,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Order a unit of the case, or the bureau, to put a problem right and to answer in writing by a date (第四十条)."""
    check(PETITION.step("supervise"), case, by)
    to = addressee(case, org, tree=tree, by=by, only_of_the_case=True)
    dated(due, on)
    standing = case.duties_of(oversight.ORDER, OPEN, oversight.ANSWERED)
    if any((duty.org, duty.facts["problem"]) == (to, problem) for duty in standing):
        said = oversight.PROBLEMS[problem][0]
        raise RuleBroken(f"已因“{said}”督办过这个单位，还没有办结，请先核实或者催办", law="第四十条第一款")
    begun, duty = case.with_new_duty(oversight.ORDER, to, kind=kind, problem=problem, by=by.org)
    event = PetitionSupervised(
        about=duty.id, org=to, kind=kind, due=due, text={"problem": oversight.PROBLEMS[problem][0], "demand": demand}
    )
    days = {"order": (due - on).days}
    change = take(
        PETITION,
        begun.with_desk_beside(to, SUPERVISED),
        "supervise",
        event,
        by=by,
        on=on,
        rules=rules,
        days=days,
        about=duty.id,
    )
    return Change(change.case, change.happened, (to,))


def answer_order(case: Case, text: str, named: str | None = None, *, by: Actor, on: date, rules: Rules) -> Change:
    """Say in writing what was done about an order or a measure (第四十条第一款、第三十九条第三款)."""
    check(PETITION.step("answer_order"), case, by)
    duty = the_duty(case, (oversight.ORDER, oversight.MEASURE), OPEN, named, org=by.org)
    answered = case.with_duty(duty, oversight.ANSWERED)
    event = OrderAnswered(about=duty.id, org=duty.org, text={"text": text})
    return take(PETITION, answered, "answer_order", event, by=by, on=on, rules=rules, about=duty.id)


def verify_order(
    case: Case,
    accepted: bool,
    note: str,
    due: date | None = None,
    named: str | None = None,
    *,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Look whether what was answered is so; if not, it is to be done by a new date (第四十条第一款)."""
    check(PETITION.step("verify_order"), case, by)
    kinds = (oversight.ORDER, oversight.MEASURE) if by.role == JOINT_MEETING else (oversight.ORDER,)
    duty = the_duty(case, kinds, oversight.ANSWERED, named)
    if duty.org == by.org:
        raise NotYourStep("本单位的反馈由督办单位核实", law="第四十条第一款")
    if accepted:
        judged, days = released(case.with_duty(duty, oversight.DONE), duty.org), {}
        due = None
    else:
        if due is None:
            raise FieldsInvalid([FieldError("/due", "不予认可的，请重新指定反馈日期", "missing")])
        dated(due, on)
        judged, days = case.with_duty(duty, OPEN), {duty.kind: (due - on).days}
    event = OrderVerified(about=duty.id, org=duty.org, accepted=accepted, due=due, text={"note": note})
    return take(PETITION, judged, "verify_order", event, by=by, on=on, rules=rules, days=days, about=duty.id)


def impose(
    case: Case,
    kind: str,
    text: str,
    due: date | None = None,
    org: str | None = None,
    *,
    tree: OfficeTree,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """What the joint meeting does about leaders who fail: 约谈、通报、挂牌督办，责令限期整改 (第三十九条第三款)."""
    check(PETITION.step("impose"), case, by)
    to = addressee(case, org, tree=tree, by=by)
    has_date = kind in oversight.WITH_A_DATE
    if has_date and due is None:
        raise FieldsInvalid([FieldError("/due", f"{oversight.MEASURES[kind]}应当指定期限", "missing")])
    if has_date and due is not None:
        dated(due, on)
    begun, duty = case.with_new_duty(oversight.MEASURE, to, kind=kind, by=by.org)
    until = due if has_date else None
    begun = begun.with_desk_beside(to, SUPERVISED) if has_date else begun.with_duty(duty, oversight.DONE)
    event = MeasureImposed(about=duty.id, org=to, measure=kind, due=until, text={"text": text})
    days = {"measure": (until - on).days} if until else {}
    change = take(PETITION, begun, "impose", event, by=by, on=on, rules=rules, days=days, about=duty.id)
    return Change(change.case, change.happened, (to,) if has_date else ())


def addressee(
    case: Case, org: str | None, *, tree: OfficeTree, by: Actor, only_of_the_case: bool = False, pointer: str = "/org"
) -> str:
    """Who is told to act: the responsible unit if nobody else is named. Raises TargetRefused."""
    to = org or agency(case)
    office = tree.get(to)
    if office is None or not office.active or office.kind == "external":
        raise TargetRefused("没有这个单位，或者它不能接收", fields=[FieldError(pointer, "请从单位名录中选择")])
    if not recusal.permits(case.accused, tree.path(to)):
        raise TargetRefused("这个单位不能接收该信访事项", law="第三十条第三款")
    if to == by.org:
        raise TargetRefused(
            "不能督促本单位自己；信访部门的问题由督查人员、领导督办", fields=[FieldError(pointer, "请选择其他单位")]
        )
    if not tree.is_within(to, tree.area_of(by.org or "")):
        raise TargetRefused("这个单位不在您督促的范围内", fields=[FieldError(pointer, "请选择本地区的单位")])
    if only_of_the_case and case.desk(to) is None and to != case.facts.get("bureau"):
        raise TargetRefused(
            "只能督办经办这件事项的单位和信访部门", fields=[FieldError(pointer, "请选择经办这件事项的单位")]
        )
    return to


def the_duty(case: Case, kinds: Sequence[str], state: str, named: str | None, *, org: str | None = None) -> Duty:
    """The duty that is meant: the one named, or the only one there is. Raises FieldsInvalid, NotYourStep."""
    waiting = [duty for kind in kinds for duty in case.duties_of(kind, state) if org is None or duty.org == org]
    if not named and len(waiting) == 1:
        return waiting[0]
    if not named and waiting:
        listed = "、".join(duty.id for duty in waiting)
        raise FieldsInvalid([FieldError("/duty", f"有{len(waiting)}件，请写明是哪一件：{listed}", "missing")])
    duty = case.duty(named or "")
    if duty is None or duty.kind not in kinds or (named and duty.state != state):
        raise FieldsInvalid([FieldError("/duty", "没有这一件，或者它不在等待这一步", "no_such_duty")])
    if duty not in waiting:
        raise NotYourStep("这一件由其他单位承担", law="第四十条")
    return duty


def released(case: Case, org: str) -> Case:
    """The case after a supervised duty ended: with no other one, the office is not supervised any more."""
    left = [
        duty
        for kind in (oversight.ORDER, oversight.MEASURE)
        for duty in case.duties_of(kind, OPEN, oversight.ANSWERED)
        if duty.org == org
    ]
    return case if left else case.without_desk_of(org, SUPERVISED)


def dated(due: date, on: date) -> None:
    """Refuse a date that is past, or a slip of the keyboard. Raises FieldsInvalid."""
    if not on < due <= on + LONGEST:
        raise FieldsInvalid([FieldError("/due", "日期应在今天之后、一年以内", "out_of_range")])
