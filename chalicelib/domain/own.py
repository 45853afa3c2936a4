"""What concerns the people of a petition: a proxy whose principal does not want him, and others who join."""

from datetime import date

from chalicelib.domain import intake, people
from chalicelib.domain.case import PETITIONER, Actor, Case, Change
from chalicelib.domain.errors import NotYourStep, RuleBroken
from chalicelib.domain.events.own import PetitionJoined, ProxyRevoked
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take
from chalicelib.domain.tables.own import is_open_to_join, is_principals

LAW_OF_VISITS = "第二十条第三款"


def revoke_proxy(case: Case, reason: str = "", *, by: Actor, on: date, rules: Rules) -> Change:
    """End a proxy by the principal's own will (第十九条第一款): signed in by his own telephone, or told to an office.

    The proxy is told nothing from then on, and the query code that he knows is void.
    """
    check(PETITION.step("revoke_proxy"), case, by)
    if not people.has_proxy(case.facts):
        raise RuleBroken("这件事项没有代理人", law="第十九条第一款")
    if not is_principals(case, by):
        said = "撤销代理请用本人手机登录，或者打电话请登记单位办理" if by.role == PETITIONER else "不由您的单位办理"
        raise NotYourStep(said, law="第十九条第一款")
    known = dict(case.facts.get("known", {}))
    gone = known.pop(intake.PROXY, None)
    ended = case.with_facts(
        people={**case.facts["people"], "x": 0},
        known=known,
        code=people.code_version(case.facts) + 1,
        **({"revoked": [gone]} if gone else {}),
    )
    event = ProxyRevoked(recorded_by_staff=by.role != PETITIONER, text={"reason": reason} if reason else {})
    return take(PETITION, ended, "revoke_proxy", event, by=by, on=on, rules=rules)


def join(case: Case, *, by: Actor, on: date, rules: Rules) -> Change:
    """One more person brings the same matter (第二十条第三款: 共同的信访事项); signatures are not limited to five."""
    check(PETITION.step("join"), case, by)
    count = {"r": 0, "s": 0, "x": 0, **case.facts.get("people", {})}
    wrong = ""
    if by.standing:
        wrong = "这件事您已经反映过了"
    elif not is_open_to_join(case):
        wrong = "提出人没有开放这件事一起反映，您可以另行提出"
    elif count["s"] >= intake.MOST_SIGNERS:
        wrong = "一起反映的人数已满，您可以另行提出"
    if wrong:
        raise RuleBroken(wrong, law=LAW_OF_VISITS)
    count["s"] += 1
    event = PetitionJoined(signers=count["s"])
    return take(PETITION, case.with_facts(people=count), "join", event, by=by, on=on, rules=rules)
