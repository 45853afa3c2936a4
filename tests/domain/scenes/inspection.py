"""Tasks of supervision: every step taken once. They are a procedure of their own, and no part of a petition."""

from typing import Any

from chalicelib.domain import check_sheet, inspection, limits
from chalicelib.domain.case import SUPERVISOR, Actor, Case, Change
from chalicelib.domain.check_sheet import Sheet
from chalicelib.domain.errors import DomainError
from chalicelib.domain.inspection import KINDS, Task
from chalicelib.domain.procedure import Rules
from tests.domain import county
from tests.domain.county import BUREAU_CLERK, HOUSING_CLERK, MARCH, NUMBER, TREE
from tests.domain.scenes.base import SECRET, Function, Held, Scene

RULES = Rules(county.RULES.calendar, limits.KNOWN)
A_SUPERVISOR = Actor(SUPERVISOR, "county", "supervisor1")
CHECK = "261234567901"
"""The number of the task."""
HELD: Held = {
    "task": set(KINDS),
    "leader": {"leader1"},
    "scored": {NUMBER},
    "numbers": {NUMBER},
    "items": {1, 2},  # type: ignore[dict-item]
    "passed": {1, 2},  # type: ignore[dict-item]
    "failed": {1, 2},  # type: ignore[dict-item]
}


def a_task(kind: str = inspection.PROBLEM_LIST, **changes: Any) -> Task:
    """Two problems of the housing office, to be answered by Monday the 16th."""
    said: dict[str, Any] = {
        "kind": kind,
        "title": SECRET,
        "org": "housing",
        "items": (SECRET, SECRET),
        "due": MARCH[16],
        "note": SECRET,
    }
    return Task(**said | changes)


def nothing_to_answer(kind: str, **changes: Any) -> Task:
    """A task of which nobody owes an answer."""
    return a_task(kind, **{"items": (), "due": None} | changes)


def opened(task: Task | None = None, by: Actor = BUREAU_CLERK) -> Case:
    """The bureau opened it on Monday the 2nd."""
    return opening(task, by).case


def opening(task: Task | None = None, by: Actor = BUREAU_CLERK) -> Change:
    """The same with all that happened."""
    return inspection.open_inspection(CHECK, task or a_task(), tree=TREE, by=by, at=county.noon(MARCH[2]), rules=RULES)


def answered(case: Case | None = None) -> Case:
    """The unit answered both items on Tuesday the 10th."""
    return inspection.answer_inspection(
        case or opened(), (SECRET, SECRET), (SECRET, SECRET), by=HOUSING_CLERK, on=MARCH[10], rules=RULES
    ).case


def a_sheet() -> Sheet:
    """Of a petition that was served."""
    return check_sheet.score(county.served(), ())


def sampled() -> Case:
    """One case was drawn."""
    return opened(nothing_to_answer(inspection.RANDOM_CHECK, sheets={NUMBER: a_sheet()}))


def _scene(function: Function, before: Case | None, *args: Any, **named: Any) -> Scene:
    return Scene(before, function, lambda case: function(*((case,) if case else ()), *args, **named, rules=RULES))


def scenes() -> dict[str, Scene]:
    """A scene for each step."""
    unit, bureau = {"by": HOUSING_CLERK, "on": MARCH[10]}, {"by": BUREAU_CLERK, "on": MARCH[12]}
    appraisal, reception = (
        opened(nothing_to_answer(inspection.APPRAISAL)),
        opened(nothing_to_answer(inspection.RECEPTION, org=None)),
    )
    return {
        "open_inspection": _scene(
            inspection.open_inspection, None, CHECK, a_task(), tree=TREE, by=BUREAU_CLERK, at=county.noon(MARCH[2])
        ),
        "sign_for": _scene(inspection.sign_for, opened(), **unit),
        "answer_inspection": _scene(inspection.answer_inspection, opened(), (SECRET, SECRET), (SECRET, SECRET), **unit),
        "recheck": _scene(inspection.recheck, answered(), (2,), SECRET, MARCH[20], **bureau),
        "score_sample": _scene(inspection.score_sample, sampled(), NUMBER, a_sheet(), None, None, "", SECRET, **bureau),
        "record_votes": _scene(inspection.record_votes, appraisal, 40, 30, 6, 4, SECRET, **bureau),
        "record_reception": _scene(inspection.record_reception, reception, "leader1", 6, (NUMBER,), SECRET, **bureau),
        "close_inspection": _scene(
            inspection.close_inspection, opened(nothing_to_answer(inspection.SELF_CHECK)), SECRET, **bureau
        ),
    }


def pointers(error: DomainError) -> set[str]:
    return {each.pointer for each in error.fields}
