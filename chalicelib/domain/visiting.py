"""Return visits, and what a visit may lead to: handling the matter anew (第三十二条第二款、第四十条第一款).

The invariant: 已办结 is the unit's word, 已解决 the petitioner's; no step of the unit writes it.
"""

from datetime import date

from chalicelib.domain import aftercare
from chalicelib.domain.case import Actor, Case, Change
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotYourStep, RuleBroken
from chalicelib.domain.events.promises import MatterReopened, PetitionRevisited
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take
from chalicelib.domain.tables.road import agency
from chalicelib.domain.values import replace, value

QUESTIONS = ("informed", "satisfied", "carried_out", "solved")
REVIEWED_ALREADY = ("uphold", "change")


@value
class Answers:
    """What the petitioner says to the four questions; all of them, or none when nobody was reached."""

    informed: bool | None = None
    satisfied: str | None = None
    carried_out: str | None = None
    solved: bool | None = None


NOBODY = Answers()


def revisit(
    case: Case,
    answers: Answers,
    remark: str,
    spoken_with: str = "",
    *,
    reached: bool = True,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Ask the petitioner whether what was answered is so (第二十一条、第三十二条第二款): the bureau, never the unit.

    Who was not reached is tried again by the same date; after three days of trying the visit is done and the matter
    stays unconfirmed.
    """
    check(PETITION.step("revisit"), case, by)
    _by_another(case, by, "回访")
    _answered(answers, spoken_with, reached=reached)
    clock = case.running("revisit")
    missed = 0 if reached else _missed(case, on)
    event = PetitionRevisited(
        org=by.org or "",
        reached=reached,
        informed=answers.informed,
        satisfied=answers.satisfied,
        carried_out=answers.carried_out,
        solved=answers.solved,
        missed=missed or None,
        text={"note": remark, **({"spoken_with": spoken_with} if spoken_with else {})},
    )
    if reached:
        failed = answers.solved is False or answers.carried_out != "yes"
        visited = _without(case, "missed", "missed_on").with_facts(
            visited_on=on.isoformat(),
            solved=answers.solved,
            revisit=aftercare.UNSOLVED if failed else aftercare.SOLVED,
        )
    elif clock is None or missed >= aftercare.TRIES:
        visited = _without(case, "missed", "missed_on")
    else:
        visited = case.with_facts(missed=missed, missed_on=on.isoformat())
    since = clock.start if clock else on
    return take(PETITION, visited, "revisit", event, by=by, on=on, rules=rules, since=since)


def reopen(case: Case, reason: str, *, by: Actor, on: date, rules: Rules) -> Change:
    """Have a matter handled anew that a return visit found not carried out, or not solved (第三十二条第二款、第四十条).

    It passes the whole chain again, and what was looked into before is part of the old answer.
    """
    check(PETITION.step("reopen"), case, by)
    _by_another(case, by, "重新办理")
    if not aftercare.was_said_not_to_be_solved(case):
        raise RuleBroken("回访时信访人反映没有落实或者没有解决的，才能重新办理，请先回访", law="第三十二条第二款")
    if case.facts.get("review", {}).get("outcome") in REVIEWED_ALREADY:
        raise RuleBroken("已经复查的，按复查意见执行；没有落实的，请督办", law="第三十五条、第四十条第一款")
    if case.duties_of("late_request", "open"):
        raise RuleBroken("有一件超过期限的申请还没有审核，请先审核", law="第三十五条")
    begun = _without(case, "investigated", "draft", "draft_returns").with_facts(simple=False)
    event = MatterReopened(org=agency(case), text={"reason": reason})
    return take(PETITION, begun, "reopen", event, by=by, on=on, rules=rules)


def _by_another(case: Case, by: Actor, what: str) -> None:
    if not aftercare.is_not_the_answerer(case, by):
        raise NotYourStep(f"本单位办理的事项，不由本单位“{what}”", law="第四十条第一款")


def _answered(answers: Answers, spoken_with: str, *, reached: bool) -> None:
    """Whoever was reached was asked everything; who was not answered nothing. Raises FieldsInvalid."""
    if reached:
        wrong = [
            FieldError(f"/{name}", "联系上的，请填写回访结果", "missing")
            for name in QUESTIONS
            if getattr(answers, name) is None
        ]
        if not spoken_with:
            wrong.append(FieldError("/spoken_with", "请写明与谁通话、见面", "missing"))
    else:
        wrong = [
            FieldError(f"/{name}", "没有联系上的，不填写回访结果", "not_reached")
            for name in QUESTIONS
            if getattr(answers, name) is not None
        ]
    if wrong:
        raise FieldsInvalid(wrong)


def _missed(case: Case, on: date) -> int:
    """The days on which nobody was reached, today among them: several tries of one day are one."""
    before = int(case.facts.get("missed", 0))
    return before if case.facts.get("missed_on") == on.isoformat() else before + 1


def _without(case: Case, *names: str) -> Case:
    return replace(case, facts=aftercare.without(case.facts, *names))
