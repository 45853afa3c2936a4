"""What an answer leaves behind: promises to be kept, and who has to look whether they were (第三十二条第二款).

Questions about a case, nothing else; the tables ask them, `promises.py` and `visiting.py` act.
"""

import hashlib
from datetime import date
from typing import Any

from chalicelib.domain.case import BUREAU, OPEN, PETITIONER, WINDOW, Actor, Case, Duty

COMMITMENT = "commitment"
PROVED, KEPT, BROKEN, REPLACED = "proved", "kept", "broken", "replaced"
UNKEPT = (OPEN, PROVED, BROKEN)

NOT_SATISFIED = "not_satisfied"
SOLVED, UNSOLVED = "solved", "unsolved"
OF_THE_ANSWER = (
    *("solved", "rated_office", "rated_unit", "rated_solved", "rated_by_staff"),
    *("revisit", "visited_on", "missed", "missed_on"),
)
"""Facts that speak of one answer: a new one has to be judged anew."""

ONE_IN = 10
"""The share of answers that are visited at random: a practice of this product, no number of the law."""
TRIES = 3
"""On so many days a petitioner is tried to be reached before the visit counts as done; the matter stays unconfirmed."""


def visitor(case: Case) -> str:
    """The petition bureau of the area."""
    return str(case.facts.get("bureau") or case.office)


def answerer(case: Case) -> str:
    """Who gave the answer."""
    return case.agency or case.office


def is_sampled(case: Case) -> bool:
    """One in ten, drawn by the number of the case: anybody can draw again, and nobody can choose."""
    drawn = int.from_bytes(hashlib.sha256(case.id.encode()).digest()[:8], "big")
    return drawn % ONE_IN == 0


def must_be_visited(case: Case) -> bool:
    """Supported, or drawn; and somebody is there who can look at it."""
    return _lacks_a_visit(case) and bool(case.facts.get("supported") or is_sampled(case))


def is_dissatisfied(case: Case) -> bool:
    """Rated as not satisfied, or as not solved."""
    rated = (case.facts.get("rated_office"), case.facts.get("rated_unit"))
    return _lacks_a_visit(case) and (NOT_SATISFIED in rated or case.facts.get("rated_solved") is False)


def is_doubted(case: Case) -> bool:
    """The petitioner says of a promise that it was broken, and nobody has visited since."""
    visited = str(case.facts.get("visited_on", ""))
    told = (duty for duty in case.duties_of(COMMITMENT, BROKEN) if duty.facts.get("by") == PETITIONER)
    return _lacks_a_visit(case) and any(str(duty.facts["on"]) > visited for duty in told)


def must_be_tried_again(case: Case) -> bool:
    """Nobody was reached: the same visit goes on, by the same date."""
    return _lacks_a_visit(case) and bool(case.facts.get("missed"))


def has_undated_promise(case: Case) -> bool:
    """The opinion that is served carries promises."""
    return any(case.clock(COMMITMENT, duty.id) is None for duty in case.duties_of(COMMITMENT, OPEN))


def was_said_not_to_be_solved(case: Case) -> bool:
    """A return visit found that it was not carried out, or not solved."""
    return bool(case.facts.get("revisit") == UNSOLVED)


def has_promise(case: Case) -> bool:
    """Some promise is not known to be kept."""
    return bool(case.duties_of(COMMITMENT, *UNKEPT))


def owes_promise(case: Case, actor: Actor) -> bool:
    """The actor's office promised it, and has not said yet that it is done."""
    return any(duty.org == actor.org for duty in case.duties_of(COMMITMENT, OPEN, BROKEN))


def may_confirm(case: Case, actor: Actor) -> bool:
    """The petitioner; the bureau after it has visited, never the unit itself."""
    return actor.role == PETITIONER or (is_not_the_answerer(case, actor) and bool(case.facts.get("visited_on")))


def is_not_the_answerer(case: Case, actor: Actor) -> bool:
    """Nobody judges his own answer."""
    return actor.org != answerer(case)


def may_rate(case: Case, actor: Actor) -> bool:
    """The petitioner, or somebody outside the rated unit who writes it down (第二十一条)."""
    return actor.role == PETITIONER or (actor.role in (WINDOW, BUREAU) and is_not_the_answerer(case, actor))


def solved(case: Case) -> bool | None:
    """What the petitioner says of it, by rating or at a return visit; None while nobody has asked."""
    found: bool | None = case.facts.get("solved")
    return found


def due_of(case: Case, duty: Duty) -> date:
    """The day by which it was promised to be done."""
    clock = case.clock(COMMITMENT, duty.id)
    return clock.due if clock else date.fromisoformat(str(duty.facts["due"]))


def without(facts: Any, *names: str) -> dict[str, Any]:
    """Facts without some of them."""
    return {name: held for name, held in facts.items() if name not in names}


def _lacks_a_visit(case: Case) -> bool:
    """Another office than the one that answered can visit, and is not already about to.

    An office that is spoken of is not brought to the case (第三十条第三款).
    """
    org = visitor(case)
    may_visit = org != answerer(case) and (case.desk(org) is not None or not case.accused)
    return may_visit and case.running("revisit") is None
