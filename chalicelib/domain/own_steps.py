"""What petitioners may do of their own accord: add material, urge once a day, withdraw."""

from datetime import date

from chalicelib.domain import signals
from chalicelib.domain.case import Actor, Case, Change
from chalicelib.domain.errors import RuleBroken
from chalicelib.domain.events import MaterialSupplemented, PetitionUrged, PetitionWithdrawn
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take
from chalicelib.domain.tables.road import agency


def supplement(case: Case, text: str, *, by: Actor, on: date, rules: Rules) -> Change:
    """Add facts and reasons (第十九条); nothing stops a clock for it."""
    raised = signals.found(text)
    event = MaterialSupplemented(org=agency(case), signals=raised or None, text={"text": text})
    heard = case.with_facts(signals=list(raised))
    return take(PETITION, heard if raised else case, "supplement", event, by=by, on=on, rules=rules)


def urge(case: Case, *, by: Actor, on: date, rules: Rules) -> Change:
    """Urge whoever has to act: always, but once a day, and counted (第二十八条: 不得推诿、敷衍、拖延)."""
    check(PETITION.step("urge"), case, by)
    if case.facts.get("urged_on") == on.isoformat():
        raise RuleBroken("今天已经催办过，明天可以再催", law="第二十八条")
    times = int(case.facts.get("urges", 0)) + 1
    due = case.due_of(agency(case)) or case.due() or on
    event = PetitionUrged(org=agency(case), times=times, due=due)
    counted = case.with_facts(urged_on=on.isoformat(), urges=times)
    return take(PETITION, counted, "urge", event, by=by, on=on, rules=rules)


def withdraw(case: Case, reason: str = "", *, by: Actor, on: date, rules: Rules) -> Change:
    """End the matter by the petitioner's own will (第十九条: 信访人提出信访事项); it may be brought again."""
    event = PetitionWithdrawn(org=agency(case), text={"reason": reason} if reason else {})
    return take(PETITION, case, "withdraw", event, by=by, on=on, rules=rules)
