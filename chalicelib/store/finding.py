"""Cases found by a person or by what they are about. Sealed data is searched within bounds, and the bounds are said.

By number, telephone, identity number or exact name through keyed hashes; by words within the open desks of one
office, of which at most five hundred are looked at.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from chalicelib.domain.case import Case
from chalicelib.domain.intake import Contact
from chalicelib.domain.likeness import shingles
from chalicelib.domain.matters import current
from chalicelib.domain.values import value
from chalicelib.store import contacts, keys, lists
from chalicelib.store.cases import Cases
from chalicelib.store.lists import Row
from chalicelib.store.sealing import place
from chalicelib.store.table import Item

MOST_FOUND, MOST_POINTERS = 50, 200
"""So many are shown, and so many pointers are followed to find them among those that may not be seen."""
MOST_LOOKED_AT = 500
MOST_NAMES = 20
"""Of the people of a petition so many are looked for."""
BATCH = 50

Seen = Callable[[Case], bool]


@value
class Said:
    """A case with what it asks for."""

    case: Case
    title: str
    claims: tuple[str, ...]

    def shingles(self) -> frozenset[str]:
        """What it is compared by."""
        return shingles((self.title, *self.claims))


def by_person(cases: Cases, field: str, held: str, sees: Seen) -> list[Row]:
    """The cases of a telephone, an identity number or an exact name, newest first, that may be seen: at most fifty."""
    index = cases.keys.index(field, contacts.exact(held) if field == contacts.NAME else held)
    found: list[Row] = []
    cursor: str | None = ""
    looked_at = 0
    while cursor is not None and len(found) < MOST_FOUND and looked_at < MOST_POINTERS:
        listed = lists.of_person(cases, index, limit=BATCH, cursor=cursor)
        found += [row for row in listed.rows if sees(row.case)]
        looked_at += BATCH
        cursor = listed.cursor
    return found[:MOST_FOUND]


def same_people(cases: Cases, contact: Contact) -> dict[str, tuple[str, ...]]:
    """Partition of each case that one of these people brought, and by what he is known there (同人)."""
    found: dict[str, dict[str, None]] = {}
    for field, held in list(dict.fromkeys(contacts.petitioners(contact)))[:MOST_NAMES]:
        for hit in cases.table.hits("lists", cases.person(field, held), limit=BATCH, newest_first=True).items:
            found.setdefault(hit["pk"], {})[field] = None
    return {pk: tuple(fields) for pk, fields in found.items()}


def open_desks(cases: Cases, org: str, today: date) -> list[str]:
    """Partitions of what an office has before it, first due first: at most five hundred."""
    low, high = lists.bounds("all", today)
    hits = cases.table.hits("lists", keys.worklist(org), low=low, high=high, limit=MOST_LOOKED_AT)
    return [hit["pk"] for hit in hits.items]


def read(cases: Cases, partitions: Sequence[str], sees: Seen) -> Iterator[Said]:
    """What these cases ask for, of those that may be seen."""
    for begin in range(0, len(partitions), BATCH):
        some = partitions[begin : begin + BATCH]
        wanted = [(pk, sk) for pk in some for sk in (keys.CASE, keys.text(1))]
        by_key = {(item["pk"], item["sk"]): item for item in cases.table.get_many(wanted)}
        for pk in some:
            said = _said(cases, by_key[pk, keys.CASE], by_key.get((pk, keys.text(1))), sees)
            if said is not None:
                yield said


def _said(cases: Cases, item: Item, filed: Item | None, sees: Seen) -> Said | None:
    held = cases.open(item)
    if filed is None or not sees(held.case):
        return None
    texts = {1: json.loads(held.key.unseal(filed["sealed"], place(filed)))}
    if newer := held.case.facts.get("text_at"):
        text = cases.table.get(item["pk"], keys.text(newer))
        texts[newer] = json.loads(held.key.unseal(text["sealed"], place(text))) if text else {}
    now = current(texts, held.case.facts)
    return Said(held.case, now["title"], tuple(now["claims"]))
