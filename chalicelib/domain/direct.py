"""Answers at the first desk: directly, or after asking one unit; and what becomes of a suggestion.

The invariant: nobody who registered a matter decides a grievance that is not simple (第二十二条).
"""

from collections.abc import Collection, Sequence
from datetime import date

from chalicelib.domain import intake, quality
from chalicelib.domain.case import ADVISING, Actor, Case, Change
from chalicelib.domain.errors import FieldError, FieldsInvalid, RuleBroken, TargetRefused
from chalicelib.domain.events import OpinionGiven
from chalicelib.domain.events.simple import AdviceAsked, AdviceGiven, SuggestionDecided
from chalicelib.domain.handling import let_through
from chalicelib.domain.intake import Opinion
from chalicelib.domain.joint import can_be_asked
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.opinion import given, keeps_its_word
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take
from chalicelib.domain.simple import must_be_simple
from chalicelib.domain.simplicity import EVERYDAY
from chalicelib.domain.tables.road import agency
from chalicelib.domain.tables.simple import ADVICE, ANSWERABLE, ANSWERED, NOT_NEEDED, open_advice, owes_advice
from chalicelib.domain.values import replace


def answer_directly(
    case: Case,
    opinion: Opinion,
    declared: Collection[str] = (),
    override_reason: str = "",
    *,
    claims: Sequence[str] = (),
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Answer questions and suggestions, and everyday matters that cannot wait, without a forwarding
    (第二十三条: 能够当场告知的; 第二十九条: 予以回复). Every claim gets its answer, the facts may be left out."""
    check(PETITION.step("answer_directly"), case, by)
    kind = case.facts["kind"]
    if kind not in ANSWERABLE:
        raise RuleBroken("这类事项不能直接答复，应当按规定转送", law="第二十二条第一款")
    if kind == intake.GRIEVANCE:
        must_be_simple(case, EVERYDAY, declared)
        if any(each.finding == intake.NOT_SUPPORT for each in opinion.answers):
            raise RuleBroken("不予支持的意见不能直接作出，应当转送有权处理的机关、单位", law="第二十二条第一款")
    quality.complete(opinion, claims=case.facts["claims"])
    keeps_its_word(opinion, on)
    flags = let_through(quality.findings(opinion, claims), override_reason, by)
    event = OpinionGiven(
        org=agency(case),
        findings=tuple(each.finding for each in opinion.answers),
        drafted_by=by.user,
        signed_by=by.user,
        flags=flags,
        overridden=bool(flags),
        text={**opinion.text(), **({"override_reason": override_reason} if flags else {})},
    )
    answered = given(case, opinion, on, by.user).with_facts(track=intake.TRACK_OF_KIND[kind], answered_directly=True)
    if kind == intake.GRIEVANCE:
        answered = answered.with_facts(simple=True, simple_ground=EVERYDAY)
    asked = open_advice(answered)
    if asked is not None:
        answered = answered.with_duty(asked, NOT_NEEDED).without_desk_of(asked.org, ADVISING)
    return take(PETITION, answered, "answer_directly", event, by=by, on=on, rules=rules)


def consult(case: Case, to: str, question: str, *, tree: OfficeTree, by: Actor, on: date, rules: Rules) -> Change:
    """Ask one unit what it knows, to answer oneself (第十四条: 信访部门协调; the 15 days of 第二十二条 go on)."""
    check(PETITION.step("consult"), case, by)
    if case.facts["kind"] not in ANSWERABLE:
        raise RuleBroken("这类事项的内容不能向其他单位征询", law="第三十条第三款")
    asked = open_advice(case)
    if asked is not None:
        raise RuleBroken("已经在征询一个单位，等它回复以后可以再征询", law="第十四条")
    if not can_be_asked(tree.get(to)) or to == case.office:
        fields = [FieldError("/to", "请从单位名录中选择本单位以外的单位", "no_such_office")]
        raise TargetRefused("没有这个单位，或者不能向它征询", law="第十四条", fields=fields)
    consulted, duty = case.with_new_duty(ADVICE, to)
    consulted = consulted.with_desk_beside(to, ADVISING)
    event = AdviceAsked(to=to, about=duty.id, text={"question": question})
    change = take(PETITION, consulted, "consult", event, by=by, on=on, rules=rules, about=duty.id)
    return replace(change, granted=(to,))


def advise(case: Case, advice: str, *, by: Actor, on: date, rules: Rules) -> Change:
    """Say what one knows to whoever asked (第十四条、第十五条); whoever asked answers the petitioner."""
    step = PETITION.step("advise")
    check(step, case, by)
    duty = open_advice(case)
    if duty is None or not owes_advice(case, by):
        raise RuleBroken("本单位没有待回复的征询", law=step.law)
    event = AdviceGiven(org=duty.org, about=duty.id, text={"advice": advice})
    advised = case.with_duty(duty, ANSWERED)
    return take(PETITION, advised, "advise", event, by=by, on=on, rules=rules, about=duty.id)


def decide_suggestion(
    case: Case, outcome: str, reason: str, reward: str = "", *, by: Actor, on: date, rules: Rules
) -> Change:
    """Say whether a suggestion is adopted, in part or not, and why; reward it where it is due (第二十九条)."""
    check(PETITION.step("decide_suggestion"), case, by)
    if case.facts["kind"] != intake.SUGGESTION:
        raise RuleBroken("只有建议意见类事项有采纳情况", law="第二十九条")
    if case.facts.get("outcome") in ("adopted", outcome):
        raise RuleBroken("采纳情况已经登记过", law="第二十九条")
    if reward and outcome == "not_adopted":
        raise FieldsInvalid([FieldError("/reward", "采纳或者部分采纳的，才给予奖励", "not_adopted")])
    event = SuggestionDecided(
        org=agency(case),
        outcome=outcome,
        rewarded=bool(reward),
        text={"reason": reason, **({"reward": reward} if reward else {})},
    )
    decided = case.with_facts(outcome=outcome, rewarded=bool(reward))
    return take(PETITION, decided, "decide_suggestion", event, by=by, on=on, rules=rules)
