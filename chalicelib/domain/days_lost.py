"""One decision on 不可抗力 for every case that it concerns: who may lay it down, which cases these are, and what it
does to one of them (`force_majeure.record_force_majeure`, as if it were recorded in that case alone).

The invariant: it needs no memory. A case that has these days is left alone, so applying the decision again, half way
through or twice changes nothing. Whom a case accuses makes no difference: it is a right of the petitioner.
"""

from datetime import date

from chalicelib.domain.case import Actor, Case, Change
from chalicelib.domain.errors import FieldError, FieldsInvalid
from chalicelib.domain.force_majeure import is_recorded, record_force_majeure, wrong_days
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules
from chalicelib.domain.values import value

STEP = PETITION.step("record_force_majeure")
AREAS = ("government", "township", "village")
"""Kinds of offices that are a place."""


@value
class Decision:
    """What was decided: first and last day (both included), by which paper, by whom, why, and for which places.

    A place is an office whose area it is: the government of the county, a township, a village.
    """

    begins: date
    ends: date
    document: str
    decided_by: str
    reason: str
    places: tuple[str, ...]


def check(decision: Decision, area: str, tree: OfficeTree, on: date) -> None:
    """Raise FieldsInvalid unless the days can be, and the places lie in the area of whoever lays it down."""
    wrong = wrong_days(decision.begins, decision.ends, on)
    for at, place in enumerate(decision.places):
        if not tree.is_within(place, area) or (place != area and tree.offices[place].kind not in AREAS):
            wrong.append(FieldError(f"/places/{at}", "应为本地区的政府、乡镇或者村", "not_a_choice"))
    if wrong:
        raise FieldsInvalid(wrong)


def concerns(case: Case, decision: Decision, tree: OfficeTree) -> bool:
    """An open petition that had come in by the last of these days, and that an organ of these places has or had.

    Where something happened is sealed text, and no list of names decides a right: the organs are what is known.
    """
    if case.procedure != PETITION.name or case.stage not in STEP.frm or case.received_on > decision.ends:
        return False
    return any(tree.is_within(desk.org, place) for desk in case.desks for place in decision.places)


def has(case: Case, decision: Decision) -> bool:
    """Does the case have it, or other words for the same days?"""
    return is_recorded(case, decision.begins, decision.ends)


def apply(case: Case, decision: Decision, *, by: Actor, on: date, rules: Rules, tree: OfficeTree) -> Change | None:
    """Record the decision in one case, by whoever confirmed it. None: the case has it, or it is about others."""
    if not concerns(case, decision, tree) or has(case, decision):
        return None
    # Who stands back from a case has no hand in it by name; the decision was his office's.
    who = Actor(by.role, by.org) if by.user in case.facts.get("recused", ()) else by
    return record_force_majeure(
        case,
        decision.begins,
        decision.ends,
        decision.document,
        decision.decided_by,
        decision.reason,
        named(decision, tree),
        by=who,
        on=on,
        rules=rules,
    )


def named(decision: Decision, tree: OfficeTree) -> str:
    """The places by name, as a line; the first five, and how many there are."""
    names = [tree.offices[place].name for place in decision.places if place in tree.offices]
    return "、".join(names[:5]) + (f"等{len(names)}处" if len(names) > 5 else "")
