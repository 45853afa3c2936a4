"""Deciding a review or a re-review, serving it, and what follows (第三十五条、第三十六条)."""

from datetime import date

from chalicelib.domain.case import Actor, Case, Change
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotYourStep, OpinionIncomplete, RuleBroken
from chalicelib.domain.events.review import FileSent, RereviewDecided, RereviewServed, ReviewDecided, ReviewServed
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take, with_clock
from chalicelib.domain.review import LAW
from chalicelib.domain.stages import UNDER_REREVIEW
from chalicelib.domain.tables.review import (
    CHANGE,
    ORDERS,
    REREVIEW,
    REVIEW,
    REVOKE,
    hands,
    holds_the_file,
    is_external,
    is_revoked,
)
from chalicelib.domain.tables.road import agency
from chalicelib.domain.values import value


@value
class Decision:
    """复查意见书、复核意见书: the outcome, what is said to every claim, the facts and reasons, and the basis.

    `redo_days` are the days a revoked opinion is worked on anew; `document` is the paper of an organ outside.
    """

    outcome: str
    findings: tuple[str, ...]
    facts: str
    basis: str
    redo_days: int | None = None
    decided_on: date | None = None
    document: str = ""


@value
class Service:
    """How and when the written opinion reached the petitioner."""

    method: str
    served_on: date
    proof: str = ""


def send_file(case: Case, document: str, *, by: Actor, on: date, rules: Rules) -> Change:
    """Send the file to a reviewing organ outside the system, with a letter (第三十五条、第三十六条第一款)."""
    check(PETITION.step("send_file"), case, by)
    order = REREVIEW if case.stage == UNDER_REREVIEW else REVIEW
    if not is_external(case):
        raise RuleBroken(f"{ORDERS[order]}机关在本系统内，可以直接查看案卷，不必移送", law=LAW[order])
    if not holds_the_file(case, by):
        raise NotYourStep("“移送案卷”由登记复查、复核的信访部门办理", law=LAW[order])
    event = FileSent(organ=case.facts[order]["organ"], order=order, text={"document": document})
    return take(PETITION, case, "send_file", event, by=by, on=on, rules=rules)


def decide_review(case: Case, decision: Decision, *, by: Actor, on: date, rules: Rules) -> Change:
    """Give the review opinion (第三十五条); whoever had a hand in the opinion stays away (第二十八条第三款)."""
    decided_on = _decided(case, REVIEW, decision, by=by, on=on)
    event = ReviewDecided(
        organ=case.facts[REVIEW]["organ"],
        outcome=decision.outcome,
        decided_on=decided_on,
        redo_days=decision.redo_days,
        text=_said(decision),
    )
    return take(
        PETITION, _noted(case, REVIEW, decision, by, decided_on), "decide_review", event, by=by, on=on, rules=rules
    )


def decide_rereview(case: Case, decision: Decision, *, by: Actor, on: date, rules: Rules) -> Change:
    """Give the re-review opinion (第三十六条第一款); an announced hearing comes first (第三十六条第二款)."""
    decided_on = _decided(case, REREVIEW, decision, by=by, on=on)
    event = RereviewDecided(
        organ=case.facts[REREVIEW]["organ"],
        outcome=decision.outcome,
        decided_on=decided_on,
        heard=was_heard(case),
        text=_said(decision),
    )
    noted = _noted(case, REREVIEW, decision, by, decided_on)
    return take(PETITION, noted, "decide_rereview", event, by=by, on=on, rules=rules)


def was_heard(case: Case) -> bool:
    """A hearing of this re-review was held."""
    return any(duty.facts.get("order") == REREVIEW for duty in case.duties_of("hearing", "held"))


def _decided(case: Case, order: str, decision: Decision, *, by: Actor, on: date) -> date:
    """Check everything that must be true for a decision; answer its day."""
    check(PETITION.step(f"decide_{order}"), case, by)
    if by.user and by.user in hands(case, order):
        said = "您参与过所审查意见的拟稿、审核或者签发，应当回避，由其他人员办理"
        raise NotYourStep(said, law="第二十八条第三款")
    if case.duties_of("hearing", "announced"):
        raise RuleBroken("已经通知举行听证，听证结束后再作出意见", law=LAW[order])
    facts = case.facts[order]
    decided_on = decision.decided_on or on
    wrong = []
    if not date.fromisoformat(facts["received"]) <= decided_on <= on:
        said = f"作出意见的日期应在{facts['received']}（收到申请）至今天之间"
        wrong.append(FieldError("/decided_on", said, "out_of_range"))
    if facts.get("external") and not decision.document:
        wrong.append(FieldError("/document", f"请写明{ORDERS[order]}机关的意见书名称和文号", "missing"))
    if order == REREVIEW and decision.outcome == REVOKE:
        wrong.append(FieldError("/outcome", "复核意见是最后的意见，认为原意见有错的，应当直接变更", "not_a_choice"))
    if decision.outcome == REVOKE and not decision.redo_days:
        wrong.append(FieldError("/redo_days", "撤销原意见的，应当指定重新办理的天数", "missing"))
    if decision.outcome != REVOKE and decision.redo_days:
        wrong.append(FieldError("/redo_days", "只有撤销原意见的，才指定重新办理的天数", "out_of_range"))
    if wrong:
        raise FieldsInvalid(wrong)
    _complete(decision, case.facts["claims"])
    return decided_on


def _complete(decision: Decision, claims: int) -> None:
    """Every claim is answered, as in an opinion (第三十二条); of a revoked one the unit answers anew."""
    wrong = []
    if len(decision.findings) != claims and not (decision.outcome == REVOKE and not decision.findings):
        wrong.append(FieldError("/findings", f"信访人有{claims}项诉求，请按顺序逐项写明意见", "unanswered"))
    if decision.outcome == CHANGE and not decision.basis:
        wrong.append(FieldError("/basis", "变更原意见的，应当载明依据", "missing"))
    if wrong:
        raise OpinionIncomplete("意见书应当逐项答复诉求，并载明事实、理由和依据", law="第三十二条", fields=wrong)


def _said(decision: Decision) -> dict[str, str]:
    said = {
        "facts": decision.facts,
        "findings": "\n".join(f"{number}．{each}" for number, each in enumerate(decision.findings, start=1)),
        "basis": decision.basis,
        "document": decision.document,
    }
    return {name: each for name, each in said.items() if each}


def _noted(case: Case, order: str, decision: Decision, by: Actor, decided_on: date) -> Case:
    noted = {
        **case.facts[order],
        "outcome": decision.outcome,
        "decided": decided_on.isoformat(),
        **({"days": decision.redo_days} if decision.redo_days else {}),
        **({"by": by.user} if by.user else {}),
    }
    return case.with_facts(**{order: noted})


def serve_review(case: Case, service: Service, *, by: Actor, on: date, rules: Rules) -> Change:
    """Record the service of the review opinion (第三十五条): the next right runs from it, or the days of handling anew.

    A revoked opinion is no longer there to be rated: its successor is.
    """
    _may_be_served(case, REVIEW, service, by=by, on=on)
    facts = case.facts[REVIEW]
    days = {}
    if is_revoked(case):
        days = {"redo": facts["days"]}
        case = case.with_facts(revoked=case.facts.get("opinion", 0))
        rating = case.running("rating")
        if rating is not None:
            case = with_clock(case, rating, rating.end(service.served_on, "moot"))
    event = ReviewServed(
        org=agency(case),
        organ=facts["organ"],
        outcome=facts["outcome"],
        method=service.method,
        served_on=service.served_on,
        text={"proof": service.proof} if service.proof else {},
    )
    return take(PETITION, case, "serve_review", event, by=by, on=service.served_on, rules=rules, days=days)


def serve_rereview(
    case: Case, service: Service, may_publish: bool = False, *, by: Actor, on: date, rules: Rules
) -> Change:
    """Record the service of the last opinion (第三十六条); only a heard one may be made public (第三十六条第二款)."""
    _may_be_served(case, REREVIEW, service, by=by, on=on)
    if may_publish and not was_heard(case):
        said = "只有经过听证的复核意见可以依法向社会公示"
        raise RuleBroken(said, law="第三十六条第二款", fields=[FieldError("/may_publish", said)])
    facts = case.facts[REREVIEW]
    event = RereviewServed(
        org=agency(case),
        organ=facts["organ"],
        outcome=facts["outcome"],
        method=service.method,
        served_on=service.served_on,
        may_publish=may_publish,
        text={"proof": service.proof} if service.proof else {},
    )
    last = case.with_facts(final=True, **({"publish": True} if may_publish else {}))
    return take(PETITION, last, "serve_rereview", event, by=by, on=service.served_on, rules=rules)


def _may_be_served(case: Case, order: str, service: Service, *, by: Actor, on: date) -> None:
    check(PETITION.step(f"serve_{order}"), case, by)
    if case.running(f"{order}_decide") is None:
        raise RuleBroken(f"{ORDERS[order]}意见书已经送给信访人", law=LAW[order])
    decided = date.fromisoformat(case.facts[order]["decided"])
    wrong = []
    if not decided <= service.served_on <= on:
        wrong.append(FieldError("/served_on", f"送达日期应在{decided.isoformat()}至今天之间", "out_of_range"))
    if service.method != "online" and not service.proof:
        wrong.append(FieldError("/proof", "请写明送达回证的情况（签收人、邮件号等）", "missing"))
    if wrong:
        raise FieldsInvalid(wrong)
