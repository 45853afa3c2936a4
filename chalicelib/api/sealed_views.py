"""What the body competent sees of a report of misconduct: everything, and who else has opened it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from chalicelib.api.forms import form
from chalicelib.api.sealed_steps import CALLS
from chalicelib.api.views.clocks import clock, light
from chalicelib.api.views.timeline import local
from chalicelib.domain import recusal
from chalicelib.domain.case import PETITIONER, Actor, Case
from chalicelib.domain.events.report import EVENTS, AccusedNamed
from chalicelib.domain.intake import CHANNELS, WEB
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.procedure import Rules, next_steps
from chalicelib.domain.report import PROCEDURE, STAGES
from chalicelib.store import keys
from chalicelib.store.cases import CaseFile
from chalicelib.store.chain import Recorded
from chalicelib.store.lists import Row
from chalicelib.store.reports import Reading

BY_WIRE = {event.wire: event for event in EVENTS}
NOT_SHOWN = ("salt", "taken_in_by")
"""`taken_in_by` stands at `by`."""


def report(
    file: CaseFile, readings: Sequence[Reading], actor: Actor, tree: OfficeTree, rules: Rules, today: date
) -> dict[str, Any]:
    """The whole of it, the reporter's telephone in full: whoever may read this has to answer him (第三十条)."""
    found, said = file.case, file.texts[1]
    writer = _writer(file)
    seen = [*writer, *readings]
    return {
        "case_number": found.id,
        "version": found.version,
        "stage": found.stage,
        "stage_label": STAGES[found.stage],
        "received_on": found.received_on.isoformat(),
        "registered_at": found.registered_at.isoformat(),
        "channel": said.get("channel", WEB),
        "channel_label": CHANNELS[said.get("channel", WEB)],
        "documents": said.get("documents", ""),
        "title": said["title"],
        "text": said["text"],
        "accused": {
            "offices": [_office(each, tree) for each in recusal.offices_of(found.accused)],
            "people": [{"by": kind, "who": who} for kind, who in recusal.people_of(found.accused)],
        },
        "reporter": {
            "name": file.contact.name,
            "phone": file.contact.phone,
            "address": file.contact.address,
            "verified": bool(file.events[0].data["verified"]),
        },
        "clocks": [clock(each, tree, rules, today) for each in found.clocks],
        "timeline": [_entry(each, file, seen, tree) for each in file.events],
        "readings": [_reading(each, found, tree, wrote=each in writer) for each in seen],
        "next_steps": [
            {"action": each.action, "label": each.label, "law": each.law, "form": form(CALLS[each.action].body)}
            for each in next_steps(PROCEDURE, found, actor)
        ],
    }


def _writer(file: CaseFile) -> list[Reading]:
    """Who wrote it down for the reporter knows every word of it, though he never opened it: an accusation that comes
    later finds him among those who had read it."""
    first = file.events[0]
    user = file.texts[1].get("taken_in_by")
    return [Reading(user, first.by["org"], keys.instant(first.at), version=1)] if user else []


def row(listed: Row, tree: OfficeTree, today: date) -> dict[str, Any]:
    """One line of the sealed list."""
    due = listed.case.due()
    return {
        "case_number": listed.case.id,
        "title": listed.title,
        "stage": listed.case.stage,
        "stage_label": STAGES[listed.case.stage],
        "received_on": listed.case.received_on.isoformat(),
        "due": due.isoformat() if due else None,
        "light": light(due, today),
        "version": listed.case.version,
    }


def left(case: Case) -> dict[str, Any]:
    """All that is told of a step to somebody who may not see the report any more: that it was taken."""
    return {"case_number": case.id, "version": case.version, "stage": case.stage, "stage_label": STAGES[case.stage]}


def _entry(each: Recorded, file: CaseFile, readings: Sequence[Reading], tree: OfficeTree) -> dict[str, Any]:
    found: dict[str, Any] = {
        "seq": each.seq,
        "event": each.type,
        "label": BY_WIRE[each.type].label,
        "at": each.at.isoformat(),
        "by": _by(each, file, tree),
        "text": {name: said for name, said in file.texts.get(each.seq, {}).items() if name not in NOT_SHOWN},
        "hash": each.hash.hex(),
    }
    if "to" in each.data:
        found["to_name"] = _office(each.data["to"], tree)["name"]
    if each.type == AccusedNamed.wire:
        writer = _writer(file)
        found["read_before"] = [
            _reading(one, file.case, tree, wrote=one in writer) for one in readings if one.version < each.seq
        ]
    return found


def _by(each: Recorded, file: CaseFile, tree: OfficeTree) -> str:
    if each.by["role"] == PETITIONER:
        return "检举人"
    user = each.by.get("user") or file.texts.get(each.seq, {}).get("taken_in_by", "")
    return f"{_office(each.by['org'], tree)['name']} {user}".strip()


def _reading(each: Reading, case: Case, tree: OfficeTree, *, wrote: bool) -> dict[str, Any]:
    """`wrote`: it is who took the report down, and did not open it. `accused`: by now this reader is accused, or works
    where somebody accused stands above: 第四十六条第五项."""
    path = tree.path(each.org) if each.org in tree.offices else ()
    return {
        "user": each.user,
        "org": each.org,
        "org_name": _office(each.org, tree)["name"],
        "at": local(each.at),
        "wrote": wrote,
        "accused": not recusal.permits(case.accused, path, user=each.user),
    }


def _office(org: str, tree: OfficeTree) -> dict[str, str]:
    office = tree.get(org)
    return {"id": org, "name": office.name if office else org}
