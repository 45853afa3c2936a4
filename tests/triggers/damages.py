"""What may be done to one row from outside, by the kind of finding it has to give: which row, and how it changes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain.stages import UNDER_WAY
from chalicelib.store import keys, projection, proofs, snapshot
from chalicelib.store.cases import unpacked
from chalicelib.store.table import Item
from tests.triggers.many import gone


def without(*names: str) -> Callable[[Item], Item]:
    return lambda row: {name: held for name, held in row.items() if name not in names}


MENDED: dict[str, tuple[str, Callable[[Item], bool], Callable[[Item], Item | None]]] = {
    "notice_missing": ("NOTICE#", lambda row: row["sk"].endswith("#sms"), gone),
    "list_wrong": ("CASE", lambda row: row["kind"] == "case", lambda row: row | {"list_name": "DESK#water"}),
    "wake_wrong": ("CASE", lambda row: "wake_at" in row, without("shard", "wake_at")),
    "person_link_missing": ("LINK#person#", lambda _row: True, gone),
    "stat_behind": ("26", lambda row: row["kind"] == "stat", gone),
    "stat_wrong": ("26", lambda row: row["kind"] == "stat", lambda row: row | {"state": "{}"}),
    "submission_missing": ("SUBMISSION", lambda row: True, gone),
    "desk_wrong": ("DESK#", lambda row: "list_name" in row, gone),
    "ledger_wrong": ("LINK#above#", lambda _row: True, gone),
    "notice_not_due": (
        "NOTICE#",
        lambda row: row["sk"].endswith("#petitioner#sms"),
        lambda row: _owed_again(row, None),
    ),
}
LISTED: dict[str, tuple[str, Callable[[Item], bool], Callable[[Item], Item | None]]] = {
    "case_missing": ("CASE", lambda row: row["kind"] == "case", gone),
    "unreadable": ("CASE", lambda row: row["kind"] == "case", lambda row: row | {"snapshot": b"x"}),
    "key_broken": ("CASE", lambda row: row["list_name"][:6] != "SEALED", lambda row: row | {"data_key": b"x"}),
    "chain_broken": ("EVENT#", lambda _row: True, lambda row: row | {"body": row["body"][:-1]}),
    "text_missing": ("TEXT#", lambda _row: True, gone),
    "text_broken": ("TEXT#", lambda row: row["pk"][5:8] == "261", lambda row: row | {"sealed": row["sealed"][:-1]}),
    "contact_missing": ("CONTACT", lambda _row: True, gone),
    "no_next_date": ("CASE", lambda row: _is_open(row), lambda row: _without_clocks(row)),
    "accused_missing": ("ACCUSED", lambda _row: True, gone),
    "submission_nowhere": ("SUBMISSION", lambda _row: True, lambda row: row | {"result": "260000000000"}),
    "notice_not_owed": ("NOTICE#", lambda _row: True, lambda row: _another_recipient(row)),
    "stat_nowhere": ("26", lambda row: row["kind"] == "stat", lambda row: row | {"sk": "260000000000"}),
    "notice_overdue": ("NOTICE#", lambda row: _is_text(row), lambda row: _long_owed(row)),
    "link_baseless": ("LINK#person#", lambda _row: True, lambda row: _of_a_stranger(row)),
}
ANEW = ("notice_missing", "notice_not_due")
"""What is laid down anew does not stand where it stood: it has to be looked at."""


def _another_recipient(row: Item) -> Item:
    sk = row["sk"].rsplit("#", 2)
    return row | {"sk": f"{sk[0]}#org:water#site", "state": row["state"].replace(sk[1], "org:water")}


def _of_a_stranger(row: Item) -> Item:
    name = keys.person("of nobody here")
    return row | {"sk": keys.link("person", name), "list_name": name}


def _is_open(row: Item) -> bool:
    return row["kind"] == "case" and unpacked(row).stage in UNDER_WAY


def _without_clocks(row: Item) -> Item:
    """As the rules of an earlier version may have left it: everything that is found by a date agrees that none is."""
    case = replace(unpacked(row), clocks=())
    name, key = projection.lead_entry(case)
    return without("shard", "wake_at")(row) | {"snapshot": snapshot.pack(case), "list_name": name, "list_key": key}


def _is_text(row: Item) -> bool:
    return str(row["sk"]).endswith("#petitioner#sms")


def _owed_again(row: Item, wake_at: datetime | None, **changes: Any) -> Item:
    return proofs.item(replace(proofs.proof(row), state=proofs.OWED, wake_at=wake_at, **changes))


def _long_owed(row: Item) -> Item:
    """Owed ten days ago, and put off again and again."""
    owed = keys.moment(proofs.proof(row).owed_at)
    return _owed_again(row, owed + timedelta(days=60), owed_at=keys.instant(owed - timedelta(days=60)))
