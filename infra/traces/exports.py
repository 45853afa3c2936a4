"""A random trace as the office would hand it out: its chain, its notices, and the export of it for somebody."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from chalicelib.api.views.export import written
from chalicelib.clock import CHINA
from chalicelib.domain import own_steps, receiving
from chalicelib.domain.case import BUREAU, PETITIONER, Actor, Change
from chalicelib.domain.intake import Contact, Filing
from chalicelib.domain.owed import owed
from chalicelib.domain.owed.upward import redirected
from chalicelib.domain.procedure import Rules
from chalicelib.store import chain, keys, proofs
from chalicelib.store.cases import CaseFile
from chalicelib.store.sealing import DataKey
from chalicelib.store.table import Item
from infra.traces.drive import FIRST, NUMBER, trace
from infra.traces.world import RULES, TREE

STAFF, CITIZEN = Actor(BUREAU, "bureau", "bureau1"), Actor(PETITIONER)


def played(seed: int) -> tuple[CaseFile, datetime]:
    """The file of one trace, and when it ended."""
    found = trace(seed, keep=True)
    return recorded(found.kept or [], found.on)


def recorded(changes: Sequence[tuple[date, Change]], until: date) -> tuple[CaseFile, datetime]:
    """What a commit of each of these would leave in the table."""
    rows: list[Item] = []
    notices: list[Item] = []
    texts: dict[int, dict[str, Any]] = {}
    head = b""
    for on, change in changes:
        at = datetime.combine(on, time(9), CHINA)
        for happened in change.happened:
            seq, said = len(rows) + 1, dict(happened.event.text)
            body = chain.canonical(change.case, seq, happened, chain.text_bytes(said), at, head)
            head = chain.digest(body)
            rows.append({"pk": keys.case(change.case.id), "sk": keys.event(seq), "body": chain.pack(body)})
            if said:
                texts[seq] = said
            for notice in redirected(owed(change.case, happened.event), change.case.accused, TREE):
                notices.append(proofs.owed_item(change.case.id, seq, notice, at))
    case = replace(changes[-1][1].case, version=len(rows), head=head)
    events = tuple(chain.read(row) for row in rows)
    file = CaseFile(case, DataKey(b"", b""), events, texts, Contact("周桂兰"), tuple(notices))
    return file, datetime.combine(until, time(9), CHINA)


def long_case(events: int) -> tuple[CaseFile, datetime]:
    """A case to which its petitioner adds material day after day, until it has this many events."""
    on, office = FIRST, TREE.offices["bureau"]
    filing = Filing(kind="grievance", channel="web", received_on=on, title="路灯不亮", text="村口的路灯坏了三个月。")
    at = datetime.combine(on, time(9), CHINA)
    change = receiving.register(
        NUMBER, filing, Contact("周桂兰", "19900990001"), office, by=CITIZEN, at=at, rules=RULES
    )
    changes = [(on, change)]
    while len(changes) < events:
        on += timedelta(days=1)
        case = replace(changes[-1][1].case, version=len(changes))
        said = f"第{len(changes)}天，路灯还是不亮。"
        if len(changes) % 3:
            changes.append((on, own_steps.supplement(case, said, by=CITIZEN, on=on, rules=RULES)))
        else:
            changes.append((on, own_steps.urge(case, by=CITIZEN, on=on, rules=RULES)))
    return recorded(changes, on)


def exported(seed: int, by: Actor = STAFF) -> bytes:
    """The bytes of the export of one trace."""
    return exported_for(by, *played(seed))


def exported_for(by: Actor, file: CaseFile, at: datetime, rules: Rules = RULES) -> bytes:
    """The bytes of an export for somebody."""
    return written(file, by, TREE, rules, at, [])
