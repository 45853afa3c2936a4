"""What a case is to others, as staff see it; a petitioner sees only what was made out of his own."""

from typing import Any

from chalicelib.api.views.names import name_of
from chalicelib.api.views.opinion import opinion
from chalicelib.domain import matters
from chalicelib.domain.case import PETITIONER, Actor, Case
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.stages import HANDLING
from chalicelib.domain.tables.matters import leads
from chalicelib.domain.tables.road import agency
from chalicelib.store.cases import CaseFile

OWN = {matters.SPLIT_FROM: "由另一件分出", matters.SPLIT_INTO: "分出了另一件"}
RELATIONS = {**matters.RELATIONS, **OWN}


def links(case: Case, *, is_petitioner: bool) -> list[dict[str, str]]:
    """The other matters, each with what it is to this one and since when."""
    return [
        {"relation": relation, "relation_label": RELATIONS[relation], "case_number": number, "on": on}
        for relation, number, on in case.facts.get("links", ())
        if relation in OWN or not is_petitioner
    ]


def for_staff(file: CaseFile, by: Actor, tree: OfficeTree) -> dict[str, Any]:
    """What only staff see of it: repetition and whom it is charged to, mergers; the office of registration also what
    was filed before a part was cut out.
    """
    facts = file.case.facts
    charged = facts.get("charged_to", "")
    found: dict[str, Any] = {
        "repeat": bool(facts.get("repeat")),
        "charged_to": charged,
        "charged_to_name": name_of(charged, tree) if charged else "",
        "merged_with": facts.get("merged_with", ""),
        "merged": list(facts.get("merged", ())),
    }
    if facts.get("cut") and by.org == file.case.office:
        found["filed"] = {name: file.texts[1][name] for name in matters.CURRENT}
    return found


def may_use_leading_opinion(case: Case, by: Actor) -> bool:
    """The unit writes its opinion, and the case follows another one."""
    return by.role != PETITIONER and bool(case.facts.get("merged_with")) and case.stage in HANDLING and leads(case, by)


def leading_opinion(leading: CaseFile, case: Case) -> dict[str, Any] | None:
    """The opinion of the case that leads, as a draft: every case gets its own, and its claims may be others."""
    found = opinion(leading, is_petitioner=False) if agency(leading.case) == agency(case) else None
    return {"case_number": leading.case.id, **found} if found else None
