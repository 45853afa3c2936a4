"""Lists of cases: worklists by due date, a person's petitions, an office's messages. Bounded, by cursor, never a scan.

The invariant: index hits are pointers; what is shown is read from the cases themselves.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import date, timedelta
from hmac import compare_digest, digest

from chalicelib.domain.case import Case
from chalicelib.domain.values import value
from chalicelib.store import items, keys, proofs
from chalicelib.store.cases import Cases, place, unpacked
from chalicelib.store.table import Item, Table

YELLOW_DAYS = 3
"""黄灯: three days or fewer are left (practice; `experience.md`)."""
LIGHTS = ("red", "yellow", "green")
BATCH = 50
OFFICES_PER_PAGE = 25
OPEN = "OPEN"
MOST_DRAWN_FROM = 500
"""A sample is drawn from so many of the last cases of an office."""


class CursorRefused(Exception):
    """The cursor is not ours, or belongs to another list."""


@value
class Row:
    """One case in a list, with its title."""

    case: Case
    title: str


@value
class Listed:
    """One page of a list; `cursor` is None on the last one."""

    rows: tuple[Row, ...]
    cursor: str | None


def worklist(
    cases: Cases, org: str, *, light: str, today: date, limit: int, cursor: str, is_done: bool = False
) -> Listed:
    """What an office owes, first due first; or what it is done with, newest receipt first."""
    name = keys.closed(org) if is_done else keys.worklist(org)
    low, high = ("", keys.NO_DATE + "~") if is_done else bounds(light, today)
    scope = f"{name}|{light}"
    page = cases.table.hits(
        "lists", name, low=low, high=high, limit=limit, after=_after(cases, scope, cursor), newest_first=is_done
    )
    return Listed(_rows(cases, page.items), _cursor(cases, scope, page.after))


def of_offices(cases: Cases, orgs: Sequence[str], *, light: str, today: date, limit: int, cursor: str) -> Listed:
    """What several offices owe, office by office, each first due first. A case of two offices stands once on a page.

    Bounded: a page asks at most OFFICES_PER_PAGE offices, so it may be short or empty and still not be the last.
    """
    scope = f"OFFICES#{light}#{'#'.join(orgs[:1])}"
    begun = _after(cases, scope, cursor) or {"org": orgs[0] if orgs else "", "after": None}
    low, high = bounds(light, today)
    hits: list[Item] = []
    at, after = orgs.index(begun["org"]) if begun["org"] in orgs else len(orgs), begun["after"]
    for _office in range(OFFICES_PER_PAGE):
        if at >= len(orgs) or len(hits) >= limit:
            break
        page = cases.table.hits(
            "lists", keys.worklist(orgs[at]), low=low, high=high, limit=limit - len(hits), after=after
        )
        hits += page.items
        after = page.after
        at += after is None
    goes_on = {"org": orgs[at], "after": after} if at < len(orgs) else None
    return Listed(_rows(cases, hits), _cursor(cases, scope, goes_on))


def counts(cases: Cases, org: str, today: date) -> dict[str, int]:
    """How many of an office's open cases show which light: three counts over the index, no case is read."""
    found = {}
    for light in LIGHTS:
        low, high = bounds(light, today)
        found[light] = cases.table.count("lists", keys.worklist(org), low=low, high=high)
    return found | {"total": sum(found.values())}


def bounds(light: str, today: date) -> tuple[str, str]:
    """Between which list keys a light lies; a key begins with the due date."""
    yellow_ends = today + timedelta(days=YELLOW_DAYS)
    first, last = {
        "red": ("", (today - timedelta(days=1)).isoformat()),
        "yellow": (today.isoformat(), yellow_ends.isoformat()),
        "green": ((yellow_ends + timedelta(days=1)).isoformat(), keys.NO_DATE),
    }.get(light, ("", keys.NO_DATE))
    return first, last + "~"


def of_person(cases: Cases, index: str, *, limit: int, cursor: str) -> Listed:
    """The petitions of one person, newest first; `index` is the blind index of the telephone signed in with."""
    name = keys.person(index)
    page = cases.table.hits("lists", name, limit=limit, after=_after(cases, name, cursor), newest_first=True)
    return Listed(_rows(cases, page.items), _cursor(cases, name, page.after))


def pointed_at(cases: Cases, name: str, *, limit: int, cursor: str) -> Listed:
    """A list by its name, in the order of its keys."""
    page = cases.table.hits("lists", name, limit=limit, after=_after(cases, name, cursor))
    return Listed(_rows(cases, page.items), _cursor(cases, name, page.after))


def ledger(cases: Cases, *, is_reported: bool, limit: int, cursor: str) -> Listed:
    """The matters handed down from above, by the date that was set there; what has no date comes last."""
    name = keys.above(is_reported=is_reported)
    page = cases.table.hits("lists", name, limit=limit, after=_after(cases, name, cursor), newest_first=is_reported)
    return Listed(_rows(cases, page.items), _cursor(cases, name, page.after))


def closed_cases(cases: Cases, org: str) -> list[Case]:
    """What an office is done with, newest receipt first, unopened: at most `MOST_DRAWN_FROM`."""
    hits = cases.table.hits("lists", keys.closed(org), limit=MOST_DRAWN_FROM, newest_first=True).items
    found: list[Case] = []
    for begin in range(0, len(hits), BATCH):
        some = [(hit["pk"], keys.CASE) for hit in hits[begin : begin + BATCH]]
        found += [unpacked(item) for item in cases.table.get_many(some)]
    return found


def open_cases(cases: Cases, *, limit: int, cursor: str) -> tuple[list[Item], str | None]:
    """What `open_from` finds, by a signed cursor."""
    found, place_after = open_from(cases.table, _after(cases, OPEN, cursor), limit=limit)
    return found, _cursor(cases, OPEN, place_after)


def open_from(table: Table, begun: Item | None, *, limit: int) -> tuple[list[Item], Item | None]:
    """CASE items that time may still change, as they stand, shard by shard and soonest first; and where to go on.

    A page may hold fewer. No report of misconduct: the sweep never wakes for one, so the index of what is due does not
    hold it. Raises Busy, Denied.
    """
    begun = begun or {"shard": keys.SHARDS[0], "after": None}
    hits: list[Item] = []
    at, after = keys.SHARDS.index(begun["shard"]), begun["after"]
    while at < len(keys.SHARDS) and len(hits) < limit:
        page = table.hits("due", keys.SHARDS[at], limit=limit - len(hits), after=after)
        hits += page.items
        after = page.after
        at += after is None
    found = table.get_many([(hit["pk"], hit["sk"]) for hit in hits if hit["kind"] == items.CASE])
    return found, {"shard": keys.SHARDS[at], "after": after} if at < len(keys.SHARDS) else None


def messages(cases: Cases, org: str, *, limit: int, cursor: str) -> tuple[list[proofs.Proof], str | None]:
    """An office's in-site messages, newest first."""
    name = keys.inbox(org)
    page = cases.table.hits("lists", name, limit=limit, after=_after(cases, name, cursor), newest_first=True)
    found = cases.table.get_many([(hit["pk"], hit["sk"]) for hit in page.items])
    return [proofs.proof(item) for item in found], _cursor(cases, name, page.after)


def _rows(cases: Cases, hits: Sequence[Item]) -> tuple[Row, ...]:
    """Cases and titles in the order of the hits: one batch read of both per fifty."""
    found: list[Row] = []
    partitions = list(dict.fromkeys(hit["pk"] for hit in hits))
    for begin in range(0, len(partitions), BATCH):
        some = partitions[begin : begin + BATCH]
        wanted = [(pk, sk) for pk in some for sk in (keys.CASE, keys.text(1))]
        by_key = {(item["pk"], item["sk"]): item for item in cases.table.get_many(wanted)}
        found += [_row(cases, by_key[pk, keys.CASE], by_key.get((pk, keys.text(1)))) for pk in some]
    return tuple(found)


def _row(cases: Cases, item: Item, text: Item | None) -> Row:
    held = cases.open(item)
    newer = held.case.facts.get("text_at")
    if newer:  # a part was split off or cut out: the title of then must not be shown any more
        text = cases.table.get(item["pk"], keys.text(newer))
    title = json.loads(held.key.unseal(text["sealed"], place(text)))["title"] if text else ""
    return Row(held.case, title)


def _cursor(cases: Cases, scope: str, after: Item | None) -> str | None:
    if after is None:
        return None
    text = json.dumps(after, sort_keys=True, separators=(",", ":")).encode()
    return urlsafe_b64encode(_mac(cases, scope, text) + text).decode().rstrip("=")


def _after(cases: Cases, scope: str, cursor: str) -> Item | None:
    """Where to go on. The cursor is signed over its list: it opens no other one."""
    if not cursor:
        return None
    try:
        raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        after = json.loads(raw[16:])
    except ValueError:
        raise CursorRefused from None
    if not isinstance(after, dict) or not compare_digest(raw[:16], _mac(cases, scope, raw[16:])):
        raise CursorRefused
    return after


def _mac(cases: Cases, scope: str, text: bytes) -> bytes:
    return digest(cases.keys.secret("cursor"), scope.encode() + b"|" + text, "sha256")[:16]
