"""A random trace as the office would hand it out: its chain, its notices, and the export of it for somebody."""

from dataclasses import replace
from datetime import datetime, time

from chalicelib.api.views.export import written
from chalicelib.clock import CHINA
from chalicelib.domain.case import BUREAU, PETITIONER, Actor
from chalicelib.domain.intake import Contact
from chalicelib.domain.owed import owed
from chalicelib.domain.owed.upward import redirected
from chalicelib.store import chain, items, keys, proofs
from chalicelib.store.cases import CaseFile
from chalicelib.store.sealing import DataKey
from chalicelib.store.table import Item
from infra.traces.drive import trace
from infra.traces.world import RULES, TREE

STAFF, CITIZEN = Actor(BUREAU, "bureau", "bureau1"), Actor(PETITIONER)


def played(seed: int) -> tuple[CaseFile, list[Item], datetime]:
    """The file of one trace, its EVENT items, and when it ended."""
    found, head = trace(seed, keep=True), b""
    rows: list[Item] = []
    notices: list[Item] = []
    texts: dict[int, dict[str, object]] = {}
    for on, change in found.kept or ():
        at = datetime.combine(on, time(9), CHINA)
        for happened in change.happened:
            seq, said = len(rows) + 1, dict(happened.event.text)
            body = chain.canonical(change.case, seq, happened, chain.text_bytes(said), at, head)
            head = chain.digest(body)
            rows.append({"pk": keys.case(change.case.id), "sk": keys.event(seq), "body": chain.pack(body)})
            if said:
                texts[seq] = said
            for notice in redirected(owed(change.case, happened.event), change.case.accused, TREE):
                row = proofs.owed_item(change.case.id, seq, notice, at)
                notices.append(row | {"kind": items.NOTICE})
    assert found.kept, "a trace begins with a registration"
    case = replace(found.kept[-1][1].case, version=len(rows), head=head)
    events = tuple(chain.read(row) for row in rows)
    file = CaseFile(case, DataKey(b"", b""), events, texts, Contact("周桂兰"), tuple(notices))
    return file, rows, datetime.combine(found.on, time(9), CHINA)


def exported(seed: int, by: Actor = STAFF) -> bytes:
    """The bytes of the export of one trace."""
    file, rows, at = played(seed)
    return written(file, rows, by, TREE, RULES, at, [])
