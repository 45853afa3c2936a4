"""办结时限证明, as it is shown, printed and exported: of each clock its start, rule, days, warnings and end."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from chalicelib.api.views.names import name_of
from chalicelib.api.views.readable import Readable
from chalicelib.api.views.timeline import NOTICE_STATES, RECIPIENTS, local
from chalicelib.domain import deadline_proof
from chalicelib.domain.case import PETITIONER, Actor
from chalicelib.domain.deadline_proof import VERDICTS, End, Proof, Told
from chalicelib.domain.events import BY_WIRE
from chalicelib.domain.intake import TOLD_HOW
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.owed.recipients import is_person, number_of
from chalicelib.domain.procedure import Rules
from chalicelib.domain.workdays import Skipped
from chalicelib.store import proofs
from chalicelib.store.cases import CaseFile


def deadline_proofs(file: CaseFile, by: Actor, tree: OfficeTree, rules: Rules, on: date) -> list[dict[str, Any]]:
    """Those whose beginning this person may read."""
    may = Readable.of(file, by)
    told = [proofs.proof(row) for row in file.notices]
    return [
        _shown(each, may, told, tree, rules)
        for each in deadline_proof.proofs(file.case, file.events, rules, on=on)
        if may.clock(each.clock.limit, each.clock.about) and may.names(each.start)
    ]


def _shown(found: Proof, may: Readable, told: Sequence[proofs.Proof], tree: OfficeTree, rules: Rules) -> dict[str, Any]:
    clock, counted, rule = found.clock, found.derivation, rules.limits[found.clock.limit]
    return {
        "limit": clock.limit,
        "about": clock.about,
        "run": found.run,
        "label": rule.label,
        "law": rule.law,
        "kind": rule.kind,
        "of": rule.of,
        "owner": clock.owner,
        "owner_name": "信访人" if clock.owner == PETITIONER else name_of(clock.owner, tree),
        "unit": rule.unit,
        "days": counted.days,
        "extended_by": clock.extended_by,
        "calendar": clock.calendar,
        "provisional": clock.provisional,
        "start_on": clock.start.isoformat(),
        "start": _event(found.start),
        "skipped": _days(counted.skipped),
        "rolled": _days(counted.rolled),
        "pauses": [[begins.isoformat(), ends.isoformat() if ends else None] for begins, ends in clock.pauses],
        "due": clock.due.isoformat(),
        "legal_due": clock.legal_due.isoformat(),
        "stat_due": clock.stat_due.isoformat(),
        "not_before": clock.not_before.isoformat() if clock.not_before else None,
        "derivation": counted.text(),
        "warnings": [
            _event(each) | {"notices": [_notice(row, tree) for row in told if row.seq == each.seq]}
            for each in found.warnings
            if each.seq in may.events
        ],
        "end": _end(found.end, may),
        "verdict": found.verdict,
        "verdict_label": VERDICTS[found.verdict],
        "margin": found.margin,
    }


def _event(found: Told) -> dict[str, Any]:
    """Which event, so that it is found in the export; its time is told, also where its words are kept back.

    By the name of what happened: where a matter stands since then (`shown`) says nothing of a date.
    """
    return {
        "seq": found.seq,
        "event": found.type,
        "label": BY_WIRE[found.type].label,
        "at": found.at.isoformat(),
        "hash": found.hash.hex(),
    }


def _end(found: End | None, may: Readable) -> dict[str, Any] | None:
    if found is None:
        return None
    by = _event(found.event) if found.event is not None and may.names(found.event) else None
    return {"on": found.on.isoformat(), "ending": found.ending, "event": by}


def _days(days: Sequence[Skipped]) -> list[dict[str, str]]:
    return [{"day": each.day.isoformat(), "why": each.why} for each in days]


def _notice(row: proofs.Proof, tree: OfficeTree) -> dict[str, str]:
    """To whom a warning went, and what became of it."""
    state = TOLD_HOW[row.how] if row.state == proofs.TOLD else NOTICE_STATES[row.state]
    if is_person(row.recipient):
        whom = RECIPIENTS.get(row.recipient.partition(":")[0], "").format(number_of(row.recipient))
    else:
        whom = name_of(row.recipient.partition(":")[2], tree)
    last = row.attempts[-1].at if row.attempts else row.owed_at
    return {
        "recipient": row.recipient,
        "recipient_label": whom,
        "channel": row.channel,
        "state": row.state,
        "state_label": "已进入站内消息" if row.channel == proofs.SITE else state,
        "at": local(last),
    }
