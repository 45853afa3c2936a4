"""Who can be told, and what a person told: exemption and revival of the notice (第二十三条第二款)."""

from collections.abc import Sequence
from datetime import date

from chalicelib.domain.case import PETITIONER, Actor, Case, Change
from chalicelib.domain.errors import FieldError, FieldsInvalid, RuleBroken
from chalicelib.domain.events.routing import ContactCompleted, PersonTold
from chalicelib.domain.intake import Contact
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take, with_clock
from chalicelib.domain.tables.road import agency
from chalicelib.domain.values import replace

COMPLETED = ("name", "phone", "address")


def completed(known: Contact, given: Contact) -> Contact:
    """The contact with what was missing. What is known is not overwritten: correcting is another matter.

    Raises FieldsInvalid.
    """
    said = {name: getattr(given, name) for name in COMPLETED if getattr(given, name)}
    if not said:
        raise FieldsInvalid([FieldError("/name", "请至少补充姓名、电话、住址中的一项", "missing")])
    again = [name for name, words in said.items() if getattr(known, name) not in ("", words)]
    if again:
        raise FieldsInvalid([FieldError(f"/{name}", "已经登记过，这里只补缺少的", "known") for name in again])
    return replace(known, **said)


def complete_contact(case: Case, contact: Contact, person: str = "", *, by: Actor, on: date, rules: Rules) -> Change:
    """Name or address have come: the notice that is owed now is owed within its days from today (第二十三条第二款).

    `contact` is sealed beside the case and `person`, the keyed hash of a telephone that came, is all the case keeps.
    """
    check(PETITION.step("complete_contact"), case, by)
    reached = _without_decision_alone(case, on) if contact.is_notifiable else case
    reached = reached.with_facts(notifiable=contact.is_notifiable, person=person or case.facts.get("person", ""))
    event = ContactCompleted(notifiable=contact.is_notifiable, recorded_by_staff=by.role != PETITIONER)
    return take(PETITION, reached, "complete_contact", event, by=by, on=on, rules=rules)


def _without_decision_alone(case: Case, on: date) -> Case:
    """The target of who owed nobody a notice gives way to the notice that is owed from today."""
    for limit in ("decide_acceptance", "decide_acceptance_direct"):
        clock = case.running(limit)
        if clock is not None:
            case = with_clock(case, clock, clock.end(on, "moot"))
    return case


def record_notice(
    case: Case,
    waiting: Sequence[int],
    how: str,
    told_on: date,
    note: str = "",
    *,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Record how a person told the petitioner what no message could tell (第二十三条: 书面告知信访人).

    `waiting` are the events whose notices were handed to a person.
    """
    check(PETITION.step("record_notice"), case, by)
    if not waiting:
        raise RuleBroken("没有转人工告知、还没有登记结果的通知", law="第二十三条")
    if not case.registered_at.date() <= told_on <= on:
        said = f"告知日期应在{case.registered_at.date().isoformat()}至今天之间"
        raise FieldsInvalid([FieldError("/told_on", said, "out_of_range")])
    event = PersonTold(
        org=by.org or agency(case),
        how=how,
        told_on=told_on,
        told=tuple(waiting),
        text={"note": note} if note else {},
    )
    return take(PETITION, case, "record_notice", event, by=by, on=on, rules=rules)
