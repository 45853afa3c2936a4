"""简易办理: proposed by whoever forwards a matter, decided by the unit that handles it, and left when it does not fit.

The invariant: the period of the law runs from the first acceptance, whichever way the matter is handled.
"""

from collections.abc import Collection
from datetime import date

from chalicelib.domain import intake
from chalicelib.domain.case import Actor, Case, Change
from chalicelib.domain.errors import FieldError, FieldsInvalid, RuleBroken
from chalicelib.domain.events.simple import ConvertedToOrdinary, PetitionAcceptedSimply, SimpleProposed
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take
from chalicelib.domain.simplicity import EXCLUSIONS, fits_kind, qualifies_for_simple
from chalicelib.domain.tables.road import agency, may_be_handled_here
from chalicelib.domain.tables.simple import is_simple

MAIN_LIMITS = ("handle", "suggestion_target", "consultation_target")
"""One of them runs from every acceptance on."""


def propose_simple(
    case: Case, ground: str, declared: Collection[str] = (), *, by: Actor, on: date, rules: Rules
) -> Change:
    """Say to the unit that the matter is simple enough (第二十二条: 转送); whether it is, the unit decides."""
    check(PETITION.step("propose_simple"), case, by)
    if case.facts.get("simple_proposed"):
        raise RuleBroken("已经建议过简易办理", law="第二十二条")
    must_be_simple(case, ground, declared)
    event = SimpleProposed(org=case.office, ground=ground)
    proposed = case.with_facts(simple_proposed=ground)
    return take(PETITION, proposed, "propose_simple", event, by=by, on=on, rules=rules)


def accept_simply(
    case: Case,
    ground: str,
    undertaker: str,
    declared: Collection[str] = (),
    *,
    wants_paper: bool = False,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Take it, and handle it simply (第二十三条、第三十一条). No written notice unless the petitioner wants one;
    the 60 days of 第三十四条 run underneath from this day."""
    check(PETITION.step("accept_simply"), case, by)
    if not may_be_handled_here(case):
        raise RuleBroken("申诉求决类事项应当转送、交办有权处理的机关、单位", law="第二十二条第一款")
    must_be_simple(case, ground, declared)
    track = intake.TRACK_OF_KIND[case.facts["kind"]]
    event = PetitionAcceptedSimply(
        org=agency(case), track=track, ground=ground, wants_paper=wants_paper, text={"undertaker": undertaker}
    )
    first = case.facts.get("first_handler") or {"org": agency(case), "user": by.user, "on": on.isoformat()}
    accepted = case.with_facts(
        track=track, simple=True, simple_ground=ground, wants_paper=wants_paper, first_handler=first
    )
    return take(PETITION, accepted, "accept_simply", event, by=by, on=on, rules=rules)


def convert_to_ordinary(case: Case, reason: str, *, by: Actor, on: date, rules: Rules) -> Change:
    """Leave the simple procedure (第三十一条、第三十四条): the days since the first acceptance stay counted."""
    check(PETITION.step("convert_to_ordinary"), case, by)
    if not is_simple(case):
        raise RuleBroken("这件事项不是简易办理的", law="第三十四条")
    running = [clock for limit in MAIN_LIMITS if (clock := case.running(limit))]
    due = running[0].due if running else on
    event = ConvertedToOrdinary(org=agency(case), due=due, text={"reason": reason})
    return take(PETITION, case.with_facts(simple=False), "convert_to_ordinary", event, by=by, on=on, rules=rules)


def must_be_simple(case: Case, ground: str, declared: Collection[str] = ()) -> None:
    """Raise unless the ground fits the kind and nothing excludes the simple procedure."""
    if not fits_kind(case, ground):
        said = "申诉求决类事项不能以“可以即时反馈”为由，请选择其他情形"
        raise FieldsInvalid([FieldError("/ground", said, "ground_mismatch")])
    why_not = qualifies_for_simple(case, declared=declared)
    if why_not:
        said = "；".join(EXCLUSIONS[code][0] for code in why_not)
        raise RuleBroken(f"不适用简易办理：{said}", law="第三十一条")
