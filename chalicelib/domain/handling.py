"""第四章 信访事项的办理: one function per step, in the order of the Regulation; and the rating of 第二十一条.

Each says what must be true and what is recorded, then lets the engine take the step of the table.
"""

from collections.abc import Sequence
from datetime import date

from chalicelib.domain import aftercare, gates, intake, promises, quality
from chalicelib.domain.case import BUREAU, PETITIONER, UNIT_HEAD, Actor, Case, Change
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotYourStep, QualityGate, RightLapsed, RuleBroken
from chalicelib.domain.events import HandlingExtended, OpinionGiven, OpinionServed, PetitionRated
from chalicelib.domain.intake import Opinion
from chalicelib.domain.opinion import given, keeps_its_word
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take
from chalicelib.domain.procedure import extend as extend_clock
from chalicelib.domain.review import not_the_same_again
from chalicelib.domain.tables.road import agency, is_answered_directly
from chalicelib.domain.values import replace


def extend(case: Case, days: int, reason: str, *, by: Actor, on: date, rules: Rules) -> Change:
    """Extend the handling period once, by at most 30 days, with a reason told to the petitioner (第三十四条)."""
    check(PETITION.step("extend"), case, by)
    longer, told = extend_clock(case, "handle", days, on=on, rules=rules)
    event = HandlingExtended(org=agency(case), days=days, text={"reason": reason}, clocks=(told,))
    return take(PETITION, longer, "extend", event, by=by, on=on, rules=rules)


def reply(
    case: Case,
    opinion: Opinion,
    override_reason: str = "",
    *,
    claims: Sequence[str] = (),
    earlier: Sequence[str] = (),
    revoked: Opinion | None = None,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Give the answer in one step: to a suggestion, a question, or by the simple procedure (第二十九条、第三十二条).

    On the petition procedure the opinion is drafted, read and signed instead. What the quality gate finds is mended;
    only a head or the bureau may let it through, with a reason that is kept.
    """
    check(PETITION.step("reply"), case, by)
    if not is_answered_directly(case):
        raise RuleBroken(
            "按信访程序办理的，应当先拟稿，由另一人核稿，再由负责人签发", law="第三十一条第六项、第三十二条"
        )
    quality.complete(opinion, claims=case.facts["claims"])
    keeps_its_word(opinion, on)
    if case.facts.get("simple") and any(each.finding == intake.NOT_SUPPORT for each in opinion.answers):
        raise RuleBroken("简易办理不能作出不予支持的意见，请先转为普通办理", law="第三十二条第一款第三项")
    if revoked is not None:
        not_the_same_again(revoked, opinion)
    flags = let_through(quality.findings(opinion, claims, earlier), override_reason, by)
    event = OpinionGiven(
        org=agency(case),
        findings=tuple(each.finding for each in opinion.answers),
        drafted_by=by.user,
        signed_by=by.user,
        flags=flags,
        failed=gates.failed(case, opinion, flags, on),
        overridden=bool(flags),
        text={**opinion.text(), **({"override_reason": override_reason} if flags else {})},
    )
    dated = given(case, opinion, on, by.user)
    return take(PETITION, dated, "reply", event, by=by, on=on, rules=rules)


def let_through(found: Sequence[quality.Finding], override_reason: str, by: Actor) -> tuple[str, ...]:
    """The codes of what the quality gate found, once a head or the bureau lets it through with a reason (第三十二条).

    Raises QualityGate.
    """
    if found and not override_reason:
        raise QualityGate("答复没有通过质量关，请按提示修改", law="第三十二条", fields=[each.field() for each in found])
    if found and by.role not in (UNIT_HEAD, BUREAU):
        raise QualityGate(
            "没有通过质量关的答复，只能由单位负责人写明理由后放行",
            law="第三十二条",
            fields=[FieldError("/override_reason", "请修改答复，或者请单位负责人作出答复", "not_yours")],
        )
    return tuple(dict.fromkeys(each.code for each in found))


def serve(
    case: Case, method: str, served_on: date, proof: str = "", cause: str = "", *, by: Actor, on: date, rules: Rules
) -> Change:
    """Record the service of the written opinion with its proof: 办结, and rights run from here (第三十四、三十五条).

    The gate of procedure: whatever the law wants before an opinion has been done. Why the matter arose is coded here.
    """
    check(PETITION.step("serve"), case, by)
    missing = gates.unprepared(case) or gates.uninformed(case)
    if missing:
        raise RuleBroken(f"程序关没有通过：{missing}", law="第二十三条、第三十一条第六项")
    replied_on = date.fromisoformat(case.facts["replied_on"])
    wrong = []
    if not replied_on <= served_on <= on:
        said = f"送达日期应在{replied_on.isoformat()}至今天之间"
        wrong.append(FieldError("/served_on", said, "out_of_range"))
    if method != "online" and not proof:
        wrong.append(FieldError("/proof", "请写明送达回证的情况（签收人、邮件号等）", "missing"))
    if case.facts["track"] == intake.PETITION_PROCEDURE and not cause:
        wrong.append(FieldError("/cause", "请选择信访问题的成因", "missing"))
    if wrong:
        raise FieldsInvalid(wrong)
    event = OpinionServed(
        org=agency(case),
        method=method,
        served_on=served_on,
        track=case.facts["track"],
        cause=cause or None,
        failed=_late(case, served_on),
        text={"proof": proof} if proof else {},
    )
    caused, days = promises.begun(case.with_facts(cause=cause) if cause else case, served_on)
    expecting, granted = promises.expecting_a_visit(caused, aftercare.must_be_visited)
    change = take(PETITION, expecting, "serve", event, by=by, on=served_on, rules=rules, days=days, each_of=tuple(days))
    return replace(change, granted=granted)


def _late(case: Case, on: date) -> tuple[str, ...]:
    """The gate of time forbids no service, but its failure is recorded (第三十四条)."""
    return (gates.TIME,) if any(clock.is_overdue(on) for clock in gates.handling_clocks(case)) else ()


def rate(
    case: Case,
    office: str,
    unit: str,
    solved: bool,
    remark: str = "",
    proof: str = "",
    *,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Rate the bureau and the unit apart, and say whether the matter is solved (第二十一条).

    What staff write down for somebody needs its paper or its recording, and comes from outside the rated unit.
    """
    check(PETITION.step("rate"), case, by)
    if not aftercare.may_rate(case, by):
        raise NotYourStep("评价由被评价单位以外的工作人员代录", law="第二十一条")
    clock = case.running("rating")
    if clock is None:
        raise RightLapsed("已经评价过，或者评价期已过", law="第二十一条")
    if clock.is_overdue(on):
        raise RightLapsed(f"评价期已于{clock.due.isoformat()}届满", law="第二十一条")
    by_staff = by.role != PETITIONER
    if by_staff and not proof:
        said = "代录评价，请写明评价表编号或者通话录音编号"
        raise FieldsInvalid([FieldError("/proof", said, "missing")])
    rated = case.with_facts(
        rated_office=office, rated_unit=unit, rated_solved=solved, solved=solved, rated_by_staff=by_staff
    )
    event = PetitionRated(
        office=office,
        unit=unit,
        solved=solved,
        recorded_by_staff=by_staff,
        text={**({"remark": remark} if remark else {}), **({"proof": proof} if by_staff else {})},
    )
    expecting, granted = promises.expecting_a_visit(rated, aftercare.is_dissatisfied)
    change = take(PETITION, expecting, "rate", event, by=by, on=on, rules=rules)
    return replace(change, granted=granted)
