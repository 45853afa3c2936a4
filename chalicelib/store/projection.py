"""What lists see of a case: the desk of whoever leads it rides on CASE itself, every other desk is an item.

CASE is written anyway, so the leading desk costs one index entry instead of an item of its own
(docs/decisions). Written with the case and never a source of truth: hits are pointers, readers reload.
"""

from datetime import date

from chalicelib.domain.case import INSPECTION, REPORT, Case
from chalicelib.store import items, keys
from chalicelib.store.table import Item


def lead(case: Case) -> str:
    """The organ that has to act, or acted last."""
    return case.agency or case.office


def lead_entry(case: Case) -> tuple[str, str]:
    """List and place of CASE itself: by due date while its leading desk owes something, by receipt when it is done.

    A report of misconduct stands apart, in the sealed list of the body that has it (第三十条第三款).
    """
    if case.procedure == REPORT:
        (desk,) = case.desks
        return keys.sealed(desk.org), keys.by_due(case.due(), case.id)
    org = lead(case)
    if case.procedure == INSPECTION:
        return _inspection(case, org)
    due = case.due_of(org)
    if due is None:
        return keys.closed(org), keys.by_due(case.received_on, case.id)
    return keys.worklist(org), keys.by_due(due, case.id)


def desks(before: Case | None, after: Case) -> list[Item]:
    """The DESK items that have to be written: those of other organs whose duty appeared, moved or ended."""
    old = duties(before) if before else {}
    new = duties(after)
    return [desk(after, org, new.get(org)) for org in sorted(old.keys() | new.keys()) if old.get(org) != new.get(org)]


def link(case: Case, kind: str, name: str) -> Item:
    """A pointer that puts a case into a list by the time it was registered."""
    pk, sk = keys.case(case.id), keys.link(kind, name)
    list_key = keys.by_time(case.registered_at, case.id)
    return {"pk": pk, "sk": sk, "kind": items.LINK, "list_name": name, "list_key": list_key}


def ledger(before: Case | None, after: Case) -> list[Item]:
    """The entry in the ledger of matters from above: by the date set there, and apart once it was reported."""
    entry = _entry(after)
    if entry is None or (before is not None and _entry(before) == entry):
        return []
    pk, sk = keys.case(after.id), keys.link("above", "ledger")
    return [{"pk": pk, "sk": sk, "kind": items.LINK, "list_name": entry[0], "list_key": entry[1]}]


def _entry(case: Case) -> tuple[str, str] | None:
    if not case.facts.get("from_above"):
        return None
    due = case.facts.get("above_due")
    name = keys.above(is_reported=bool(case.facts.get("reported_above")))
    return name, keys.by_due(date.fromisoformat(due) if due else None, case.id)


def duties(case: Case) -> dict[str, tuple[str, str]]:
    """Organ -> list and place of its desk: every organ that owes something, but the one that leads."""
    if case.procedure == INSPECTION:  # a unit finds it after it has answered, too
        return {each.org: _inspection(case, each.org) for each in case.desks if each.org != lead(case)}
    return {
        each.org: (keys.worklist(each.org), keys.by_due(due, case.id))
        for each in case.desks
        if each.org != lead(case) and (due := case.due_of(each.org)) is not None
    }


def _inspection(case: Case, org: str) -> tuple[str, str]:
    return keys.inspections(org, case.stage), keys.by_due(case.due(), case.id)


def desk(case: Case, org: str, entry: tuple[str, str] | None) -> Item:
    """The DESK item of an organ; without an entry it is in no list any more."""
    item: Item = {"pk": keys.case(case.id), "sk": keys.desk(org), "kind": items.DESK}
    return item if entry is None else item | {"list_name": entry[0], "list_key": entry[1]}
