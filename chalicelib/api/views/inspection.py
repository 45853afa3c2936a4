"""What people see of a task of supervision: its items with their answers, the sample with its sheets, the record."""

from datetime import date
from typing import Any

from chalicelib.api.views.clocks import clocks, light
from chalicelib.api.views.names import office_of
from chalicelib.api.views.timeline import timeline
from chalicelib.domain import check_sheet
from chalicelib.domain.case import LEADER, Actor, Case
from chalicelib.domain.events.inspection import (
    InspectionAnswered,
    InspectionPassed,
    InspectionRechecked,
    ReceptionRecorded,
)
from chalicelib.domain.inspection import KINDS, RECEPTION, sheets
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.procedure import Rules, next_steps
from chalicelib.domain.tables.inspection import INSPECTION, stage_label
from chalicelib.store import people
from chalicelib.store.cases import CaseFile
from chalicelib.store.lists import Row

WAITING, TOLD, PASSED, FAILED = "waiting", "answered", "passed", "failed"
ITEM_STATES = {WAITING: "待反馈", TOLD: "已反馈，待复查", PASSED: "已整改到位", FAILED: "没有整改到位，继续整改"}
BY_ITSELF = "系统（自动）"


def inspection(file: CaseFile, actor: Actor, tree: OfficeTree, rules: Rules, today: date) -> dict[str, Any]:
    """The whole of a task, for the unit and for who opened it alike."""
    found, facts = file.case, file.case.facts
    opened, leaders = file.texts[1], _leaders(found, tree)
    return {
        **_head(found, opened["title"], tree, today),
        "law": KINDS[facts["kind"]][1],
        "note": opened["note"],
        "signed_on": facts.get("signed_on"),
        "items": _items(file),
        "sample": _sample(file),
        "votes": dict(zip(("participants", "satisfied", "basically", "not_satisfied"), facts["voted"], strict=True))
        if "voted" in facts
        else None,
        "receptions": [
            {
                "leader": each.data["leader"],
                "leader_name": leaders.get(each.data["leader"], each.data["leader"]),
                "visitors": each.data["visitors"],
                "numbers": each.data["numbers"],
                "note": file.texts[each.seq]["note"],
                "on": each.at.date().isoformat(),
            }
            for each in file.events
            if each.type == ReceptionRecorded.wire
        ],
        "leaders": [{"user": user, "name": name} for user, name in leaders.items()],
        "clocks": clocks(found, tree, rules, today, is_petitioner=False),
        "timeline": _timeline(file, tree, actor),
        "next_steps": [
            {"action": step.action, "label": step.label, "law": step.law}
            for step in next_steps(INSPECTION, found, actor)
        ],
    }


def inspection_row(listed: Row, tree: OfficeTree, today: date, *, org: str) -> dict[str, Any]:
    """One line of the list of an office; `mine` is what it opened, the rest is about it."""
    return _head(listed.case, listed.title, tree, today) | {"mine": listed.case.office == org}


def _head(found: Case, title: str, tree: OfficeTree, today: date) -> dict[str, Any]:
    org, due = found.facts.get("org"), found.due()
    return {
        "case_number": found.id,
        "version": found.version,
        "inspection": found.facts["kind"],
        "inspection_label": KINDS[found.facts["kind"]][0],
        "stage": found.stage,
        "stage_label": stage_label(found),
        "title": title,
        "office": office_of(found.office, tree),
        "unit": office_of(org, tree) if org else None,
        "opened_on": found.received_on.isoformat(),
        "due": due.isoformat() if due else None,
        "light": light(due, today),
        "asked": found.facts["items"],
        "left": len(found.facts["open"]),
    }


def _leaders(found: Case, tree: OfficeTree) -> dict[str, str]:
    """Whose reception it may be, by account: the leaders of the government of who opened it; of other tasks, nobody."""
    government = tree.government_of(found.office)
    if found.facts["kind"] != RECEPTION or government is None:
        return {}
    return {user.id: user.name for user in people.find_by_org(government, LEADER)}


def _items(file: CaseFile) -> list[dict[str, Any]]:
    """Every item with what was last answered and where it stands."""
    found = [
        {"no": no, "text": text, "state": WAITING, "answer": "", "responsible": ""}
        for no, text in enumerate(file.texts[1]["items"], start=1)
    ]
    for each in file.events:
        if each.type == InspectionAnswered.wire:
            for said in file.texts[each.seq]["answers"]:
                found[said["item"] - 1] |= {
                    "state": TOLD,
                    "answer": said["text"],
                    "responsible": said["responsible"],
                }
        elif each.type == InspectionRechecked.wire:
            for state, numbers in ((PASSED, each.data["passed"]), (FAILED, each.data["failed"])):
                for no in numbers:
                    found[no - 1]["state"] = state
    return [each | {"state_label": ITEM_STATES[each["state"]]} for each in found]


def _sample(file: CaseFile) -> list[dict[str, Any]]:
    checked = file.case.facts.get("checked", ())
    return [
        {
            "case_number": number,
            "points": sheet.points,
            "full": sheet.full,
            "checked": number in checked,
            "lines": [
                {
                    "line": line.code,
                    "label": check_sheet.LABELS[line.code][0],
                    "law": check_sheet.LABELS[line.code][1],
                    "points": line.points,
                    "full": line.full,
                    "reason": line.reason,
                }
                for line in sheet.lines
                if line.concerns
            ],
        }
        for number, sheet in sheets(file.texts).items()
    ]


def _timeline(file: CaseFile, tree: OfficeTree, actor: Actor) -> list[dict[str, Any]]:
    """What happened; what was said item by item stands at the items, and a remark here."""
    entries = timeline(file, tree, actor)
    for entry in entries:
        entry["text"] = {"note": entry["text"]["note"]} if entry.get("text", {}).get("note") else {}
        if entry["event"] == InspectionPassed.wire:
            entry["by"] = BY_ITSELF
    return entries
