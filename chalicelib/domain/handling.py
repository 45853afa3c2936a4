"""第四章 信访事项的办理: one function per step, in the order of the Regulation; and the rating of 第二十一条.

Each says what must be true and what is recorded, then lets the engine take the step of the table.
"""

from datetime import date

from chalicelib.domain import intake
from chalicelib.domain.case import PETITIONER, Actor, Case, Change
from chalicelib.domain.errors import FieldError, FieldsInvalid, OpinionIncomplete, RightLapsed
from chalicelib.domain.events import HandlingExtended, OpinionGiven, OpinionServed, PetitionRated
from chalicelib.domain.intake import Opinion
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take
from chalicelib.domain.procedure import extend as extend_clock
from chalicelib.domain.tables.road import agency


def extend(case: Case, days: int, reason: str, *, by: Actor, on: date, rules: Rules) -> Change:
    """Extend the handling period once, by at most 30 days, with a reason told to the petitioner (第三十四条)."""
    check(PETITION.step("extend"), case, by)
    longer, told = extend_clock(case, "handle", days, on=on, rules=rules)
    event = HandlingExtended(org=agency(case), days=days, text={"reason": reason}, clocks=(told,))
    return take(PETITION, longer, "extend", event, by=by, on=on, rules=rules)


def reply(case: Case, opinion: Opinion, *, by: Actor, on: date, rules: Rules) -> Change:
    """Give the written opinion: it answers every claim, with the facts, the finding and its basis (第三十二条)."""
    check(PETITION.step("reply"), case, by)
    _complete(opinion, claims=case.facts["claims"])
    answers = [
        {"claim": each.claim, "finding": each.finding, "answer": each.answer, "basis": each.basis}
        for each in opinion.answers
    ]
    event = OpinionGiven(
        org=agency(case),
        findings=tuple(each.finding for each in opinion.answers),
        text={"facts": opinion.facts, "answers": answers},
    )
    dated = case.with_facts(replied_on=on.isoformat())
    return take(PETITION, dated, "reply", event, by=by, on=on, rules=rules)


def _complete(opinion: Opinion, *, claims: int) -> None:
    """信访处理意见书应当载明信访人投诉请求、事实和理由、处理意见及其法律法规依据. -- 第三十二条"""
    answered = [each.claim for each in opinion.answers]
    wrong = [
        FieldError(f"/answers/{place}/claim", f"没有第{each.claim}项诉求，或者已经答复过", "no_such_claim")
        for place, each in enumerate(opinion.answers)
        if not 1 <= each.claim <= claims or answered.index(each.claim) != place
    ]
    wrong += [
        FieldError("/answers", f"第{claim}项诉求没有答复", "unanswered")
        for claim in range(1, claims + 1)
        if claim not in answered
    ]
    wrong += [
        FieldError(f"/answers/{place}/basis", "支持或者不予支持的，须写明依据", "missing")
        for place, each in enumerate(opinion.answers)
        if each.finding != intake.EXPLAIN and not each.basis
    ]
    if wrong:
        raise OpinionIncomplete("处理意见应当逐项答复诉求，并载明事实和依据", law="第三十二条", fields=wrong)


def serve(case: Case, method: str, served_on: date, proof: str = "", *, by: Actor, on: date, rules: Rules) -> Change:
    """Record the service of the written opinion with its proof: 办结, and rights run from here (第三十四、三十五条)."""
    check(PETITION.step("serve"), case, by)
    replied_on = date.fromisoformat(case.facts["replied_on"])
    if not replied_on <= served_on <= on:
        raise FieldsInvalid(
            [FieldError("/served_on", f"送达日期应在{replied_on.isoformat()}至今天之间", "out_of_range")]
        )
    if method != "online" and not proof:
        raise FieldsInvalid([FieldError("/proof", "请写明送达回证的情况（签收人、邮件号等）", "missing")])
    event = OpinionServed(
        org=agency(case),
        method=method,
        served_on=served_on,
        track=case.facts["track"],
        text={"proof": proof} if proof else {},
    )
    return take(PETITION, case, "serve", event, by=by, on=served_on, rules=rules)


def rate(
    case: Case, office: str, unit: str, solved: bool, remark: str = "", *, by: Actor, on: date, rules: Rules
) -> Change:
    """Rate the bureau and the unit apart, and say whether the matter is solved (第二十一条)."""
    check(PETITION.step("rate"), case, by)
    clock = case.running("rating")
    if clock is None:
        raise RightLapsed("已经评价过，或者评价期已过", law="第二十一条")
    if clock.is_overdue(on):
        raise RightLapsed(f"评价期已于{clock.due.isoformat()}届满", law="第二十一条")
    rated = case.with_facts(rated_office=office, rated_unit=unit, solved=solved)
    event = PetitionRated(
        office=office,
        unit=unit,
        solved=solved,
        recorded_by_staff=by.role != PETITIONER,
        text={"remark": remark} if remark else {},
    )
    return take(PETITION, rated, "rate", event, by=by, on=on, rules=rules)
