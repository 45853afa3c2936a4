"""Signed receipts: that something was filed, handed in or told, with its hash, its time and the next legal date.

They stand beside the partition of their case: whoever reads a case does not pay for them. The first one stands.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from chalicelib.domain.case import PETITIONER, Case
from chalicelib.domain.events.routing import PersonTold
from chalicelib.domain.limits.base import TimeLimit
from chalicelib.domain.owed.recipients import is_person
from chalicelib.domain.procedure import Rules
from chalicelib.domain.values import value
from chalicelib.store import chain, items, keys, proofs
from chalicelib.store.chain import Recorded
from chalicelib.store.proofs import Proof
from chalicelib.store.signing import Envelope, Signer
from chalicelib.store.table import Absent, ConditionFailed, Table

FILING, MATERIAL, NOTICE = "filing", "material", "notice"
OF_EVENT = {
    "petition.registered": FILING,
    "petition.supplemented": MATERIAL,
    "petition.material_attached": MATERIAL,
    "petition.review_requested": MATERIAL,
    "petition.review_requested_late": MATERIAL,
    "petition.rereview_requested": MATERIAL,
    "petition.rereview_requested_late": MATERIAL,
    "petition.hearing_requested": MATERIAL,
}
"""What a petitioner hands in, by the event that records it."""
REACHED = (proofs.SENT, proofs.DELIVERED, proofs.TOLD)
"""What became of a notice that a receipt is given for: not that it is owed, that somebody was told."""


@value
class Receipt:
    """One as it is stored."""

    seq: int
    of: str
    envelope: Envelope


def of_case(table: Table, case_id: str) -> list[Receipt]:
    """All of a case, in the order of its events."""
    found = []
    for row in table.query(keys.receipts(case_id)).items:
        envelope = chain.decoded(row["state"])
        said = chain.decoded(envelope["statement"])
        found.append(Receipt(said["seq"], said["of"], envelope))
    return found


def write(table: Table, case: Case, events: tuple[Recorded, ...], rules: Rules, signer: Signer, at: datetime) -> int:
    """Sign whatever of this case has no receipt yet; how many that were. Raises Busy, Denied."""
    have = {row["sk"] for row in table.query(keys.receipts(case.id)).items}
    made = 0
    for sk, statement in _statements(table, case, events, rules, at):
        if sk not in have:
            made += _put(table, case.id, sk, signer.signed(statement))
    return made


def lacks(table: Table, case_id: str) -> bool:
    """True when something that was filed, handed in or told has no receipt: a notice went out after the last event of
    its case, or a message was lost.
    """
    wanted = [keys.receipt_of_notice(each.seq, each.recipient, each.channel) for each in proofs.of_case(table, case_id)
              if is_person(each.recipient) and each.state in REACHED]  # fmt: skip
    events = map(chain.read, table.query(keys.case(case_id), prefix=keys.EVENTS).items)
    wanted += [keys.receipt(event.seq) for event in events if event.type in OF_EVENT]
    return bool(wanted) and not {row["sk"] for row in table.query(keys.receipts(case_id)).items}.issuperset(wanted)


def _statements(
    table: Table, case: Case, events: tuple[Recorded, ...], rules: Rules, at: datetime
) -> Iterator[tuple[str, dict[str, Any]]]:
    by_seq = {each.seq: each for each in events}
    told_by = {seq: each for each in events if each.type == PersonTold.wire for seq in each.data["told"]}
    for each in events:
        if each.type in OF_EVENT:
            yield keys.receipt(each.seq), _said(case, each, OF_EVENT[each.type], rules, at)
    for notice in proofs.of_case(table, case.id):
        if is_person(notice.recipient) and notice.state in REACHED and notice.seq in by_seq:
            told = _told(notice, told_by.get(notice.seq))
            if told is None:
                continue
            said = _said(case, by_seq[notice.seq], NOTICE, rules, at) | {"notice": told}
            yield keys.receipt_of_notice(notice.seq, notice.recipient, notice.channel), said


def _told(notice: Proof, by_person: Recorded | None) -> dict[str, Any] | None:
    """Whom, by which way and when: by a person on the day that he says, whatever was tried before he had to.

    None where the row was read before the event that says so: the next message brings both.
    """
    found: dict[str, Any] = {
        "recipient": notice.recipient,
        "channel": notice.channel,
        "texts": list(notice.texts),
        "state": notice.state,
        "owed_at": notice.owed_at,
    }
    if notice.state == proofs.TOLD:
        if by_person is None:
            return None
        return found | {"at": by_person.data["told_on"], "how": notice.how, "recorded_by": by_person.seq}
    sent = notice.attempts[-1] if notice.attempts else None
    return found | {"at": sent.at if sent else notice.owed_at, "provider_id": sent.provider_id if sent else ""}


def _said(case: Case, event: Recorded, of: str, rules: Rules, at: datetime) -> dict[str, Any]:
    """Nothing of a person: numbers, hashes, days."""
    return {
        "v": 1,
        "kind": "receipt",
        "of": of,
        "case": case.id,
        "seq": event.seq,
        "event": event.type,
        "at": event.at.isoformat(),
        "received_on": case.received_on.isoformat(),
        "hash": event.hash.hex(),
        "text": event.text_digest,
        "next": _next(event, case, rules),
        "signed_at": at.isoformat(),
    }


def _next(event: Recorded, case: Case, rules: Rules) -> dict[str, str] | None:
    """The next date the law sets an organ: one that this event set, or else what stands in the case.

    A date of a duty beside the road (a complaint, an order) is nobody's but its own readers': 第十八条第四款.
    """
    set_now = [
        (said["due"], said["limit"]) for said in event.clocks if said["owner"] != PETITIONER and not said.get("about")
    ]
    running = [
        (clock.due.isoformat(), clock.limit)
        for clock in case.clocks
        if clock.is_running and clock.owner != PETITIONER and not clock.about
    ]
    for dates in (set_now, running):
        shown = sorted((due, limit) for due, limit in dates if _is_the_laws(rules.limits[limit]))
        if shown:
            due, rule = shown[0][0], rules.limits[shown[0][1]]
            return {"limit": rule.name, "label": rule.label, "law": rule.law, "due": due}
    return None


def _is_the_laws(rule: TimeLimit) -> bool:
    """Not a target that a place sets itself, nor what runs between organs."""
    return rule.kind == "statutory" and not rule.for_staff


def _put(table: Table, case_id: str, sk: str, envelope: Envelope) -> int:
    item = {"pk": keys.receipts(case_id), "sk": sk, "kind": items.RECEIPT}
    try:
        table.put(item | {"state": chain.coded(envelope).decode()}, Absent())
    except ConditionFailed:
        return 0
    return 1
