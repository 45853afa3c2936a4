"""A case to take away: the exact bytes of its chain, and all that is needed to count its dates again.

Whoever exports gets what he may read; an event he may not read stands as its hash, so that the whole can be checked.
The form is `sunlight-case-export/1`. How it is checked: `docs/security.md`; by whom: `infra/verify`, `web/verify.html`.
"""

import hashlib
from datetime import datetime
from typing import Any

from chalicelib.api.views.deadline_proofs import deadline_proofs
from chalicelib.api.views.opinion import opinion
from chalicelib.api.views.readable import Readable
from chalicelib.api.views.timeline import notice
from chalicelib.domain import deadline_proof, merkle
from chalicelib.domain.case import Actor
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.owed.recipients import is_person
from chalicelib.domain.procedure import Rules
from chalicelib.domain.workdays import Calendar
from chalicelib.store import chain, proofs
from chalicelib.store.cases import CaseFile
from chalicelib.store.receipts import Receipt

FORMAT = "sunlight-case-export/1"


def written(
    file: CaseFile,
    by: Actor,
    tree: OfficeTree,
    rules: Rules,
    at: datetime,
    receipts: list[Receipt],
) -> bytes:
    """The bytes of the file: the digest of all that follows it stands first."""
    inner = chain.coded(export(file, by, tree, rules, at, receipts))
    return b'{"digest":"' + hashlib.sha256(inner).hexdigest().encode() + b'","export":' + inner + b"}"


def export(
    file: CaseFile,
    by: Actor,
    tree: OfficeTree,
    rules: Rules,
    at: datetime,
    receipts: list[Receipt],
) -> dict[str, Any]:
    """What stands in it."""
    may, bodies = Readable.of(file, by), [each.body for each in file.events[: file.case.version]]
    told = deadline_proofs(file, by, tree, rules, at.date())
    return {
        "format": FORMAT,
        "reader": "petitioner" if may.is_petitioner else "staff",
        "case": file.case.id,
        "procedure": file.case.procedure,
        "stage": file.case.stage,
        "exported_at": at.isoformat(),
        "on": at.date().isoformat(),
        "count": len(bodies),
        "head": file.case.head.hex(),
        "tree": merkle.root([chain.digest(body) for body in bodies]).hex(),
        "events": [
            {"body": body.decode()} if seq in may.events else {"hash": chain.digest(body).hex()}
            for seq, body in enumerate(bodies, start=1)
        ],
        "texts": [{"seq": seq, "text": chain.text_bytes(file.texts[seq]).decode()} for seq in sorted(may.texts)],
        "opinion": opinion(file, is_petitioner=may.is_petitioner),
        "notices": _notices(file, may),
        "deadline_proofs": told,
        "limits": _limits(file, may, told, rules),
        "endings": {limit: list(wires) for limit, wires in deadline_proof.endings().items()},
        "calendars": _calendars(file, may, told, rules),
        "receipts": may.receipts(file, receipts),
    }


def _notices(file: CaseFile, may: Readable) -> list[dict[str, Any]]:
    """Staff get all proofs that they see; a petitioner those to people, and the words of those to himself."""
    hidden = {each.seq for each in file.events if each.data.get("about") in may.hidden}
    found = [proofs.proof(row) for row in file.notices]
    if not may.is_petitioner:
        return [notice(each, file) for each in found if each.seq not in hidden]
    mine = [notice(each, file) for each in found if is_person(each.recipient)]
    return [each if each["recipient"] == "petitioner" else each | {"said": []} for each in mine]


def _limits(file: CaseFile, may: Readable, told: list[dict[str, Any]], rules: Rules) -> dict[str, Any]:
    """The rules of the limits that anything in this export was counted by."""
    named = {said["limit"] for each in file.events if each.seq in may.events for said in each.clocks}
    named |= {each["limit"] for each in told}
    return {
        name: {
            "label": rule.label,
            "law": rule.law,
            "number": rule.number,
            "unit": rule.unit,
            "of": rule.of,
            "kind": rule.kind,
            "extendable_by": rule.extendable_by,
            "for_staff": rule.for_staff,
        }
        for name in sorted(named)
        if (rule := rules.limits[name])
    }


def _calendars(file: CaseFile, may: Readable, told: list[dict[str, Any]], rules: Rules) -> dict[str, Any]:
    """The calendar in force, and every earlier one that a date in this export was counted with."""
    named = {said["calendar"] for each in file.events if each.seq in may.events for said in each.clocks}
    named |= {each["calendar"] for each in told}
    earlier = {version: calendar for version, calendar in rules.earlier.items() if version in named}
    found = earlier | {rules.calendar.version: rules.calendar}
    return {version: _calendar(calendar) for version, calendar in found.items()}


def _calendar(calendar: Calendar) -> dict[str, Any]:
    return {
        "first": calendar.first.isoformat(),
        "horizon": calendar.horizon.isoformat(),
        "off": sorted(day.isoformat() for day in calendar.off),
        "make_up": sorted(day.isoformat() for day in calendar.make_up),
    }
