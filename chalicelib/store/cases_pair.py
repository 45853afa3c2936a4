"""Two cases in ONE transaction: a link between them, a merger, a new case that comes out of another.

The invariant: what two cases say of each other stands on both or on neither. The first case is the one that
somebody acted on: its version and its command are the client's, the second is read and decided again when it moved.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime

from chalicelib.domain.case import Case, Change
from chalicelib.domain.intake import Contact
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.procedure import Rules
from chalicelib.domain.values import value
from chalicelib.store import items, keys
from chalicelib.store.cases import Cases, Command, Held, NumberTaken, StaleCase, StaleTree, refused
from chalicelib.store.table import Cancelled, Check, Put, Write


class StaleOther(Exception):
    """The second case moved on since it was loaded: load it again and decide again."""


@value
class Taken:
    """A loaded case and what a step made of it."""

    held: Held
    change: Change


def commit_pair(
    cases: Cases, first: Taken, second: Taken, command: Command, *, at: datetime, tree: OfficeTree, rules: Rules
) -> Case:
    """Commit one step of two cases; answer the first as it stands then.

    Seeing that this very command was committed before is success. Raises StaleCase (the first), StaleOther, KeyReused,
    Busy, Denied. Neither change may grant a desk.
    """
    case, writes = _written(cases, first, command, at=at, tree=tree, rules=rules)
    writes += _written(cases, second, command, at=at, tree=tree, rules=rules)[1]
    try:
        cases.table.transact(writes, secrets.token_hex(16))
    except Cancelled as cancelled:
        _told(cases, first, second, refused(writes, cancelled), command, cancelled)
        return cases.load(first.held.case.id).case
    return case


def file_beside(
    cases: Cases,
    new: Change,
    contact: Contact,
    other: Taken,
    command: Command,
    *,
    at: datetime,
    tree: OfficeTree,
    rules: Rules,
) -> str:
    """Commit a new case together with what it means for another; answer its number, or the one given the first time.

    Raises NumberTaken, StaleTree, StaleOther, KeyReused, Busy, Denied.
    """
    case, writes = cases.filing(new, contact, command, at=at, tree=tree, rules=rules)
    writes += _written(cases, other, command, at=at, tree=tree, rules=rules)[1]
    try:
        cases.table.transact(writes, secrets.token_hex(16))
    except Cancelled as cancelled:
        failed = refused(writes, cancelled)
        if items.SUBMISSION in _kinds(failed):
            return cases.filed(command) or case.id
        if items.TREE in _kinds(failed):
            raise StaleTree from cancelled
        if _of(failed, other):
            raise StaleOther from cancelled
        raise NumberTaken from cancelled
    return case.id


def split_off(
    cases: Cases,
    parent: Taken,
    new: Change,
    contact: Contact,
    command: Command,
    *,
    at: datetime,
    tree: OfficeTree,
    rules: Rules,
) -> Case:
    """Commit a step of a case that makes a new one out of it; answer the case it was taken from as it stands then.

    Raises StaleCase, StaleTree, NumberTaken, KeyReused, Busy, Denied.
    """
    case, writes = _written(cases, parent, command, at=at, tree=tree, rules=rules)
    writes += cases.filing(new, contact, command, at=at, tree=tree, rules=rules)[1]
    try:
        cases.table.transact(writes, secrets.token_hex(16))
    except Cancelled as cancelled:
        failed = refused(writes, cancelled)
        if _of(failed, parent):
            return _seen_again(cases, parent, command, cancelled)
        if items.TREE in _kinds(failed):
            raise StaleTree from cancelled
        raise NumberTaken from cancelled
    return case


def _written(
    cases: Cases, taken: Taken, command: Command, *, at: datetime, tree: OfficeTree, rules: Rules
) -> tuple[Case, list[Write]]:
    held = taken.held
    assert not taken.change.granted, "the tree is checked once in a transaction, and by the new case"
    return cases.writes(held.case, taken.change, held.key, command, at=at, tree=tree, rules=rules)


def _told(
    cases: Cases, first: Taken, second: Taken, failed: Sequence[Write], command: Command, cancelled: Cancelled
) -> None:
    if _of(failed, first):
        _seen_again(cases, first, command, cancelled)
    elif _of(failed, second):
        raise StaleOther from cancelled


def _seen_again(cases: Cases, taken: Taken, command: Command, cancelled: Cancelled) -> Case:
    """The case, if it was moved by this very command. Raises StaleCase, KeyReused."""
    before = taken.held.case
    now = cases.load(before.id).case
    if cases.took(before.id, before.version, command):
        return now
    raise StaleCase(now.version) from cancelled


def _of(failed: Sequence[Write], taken: Taken) -> bool:
    """Did a write of this case fail?"""
    return any(isinstance(write, Put) and write.item["pk"] == keys.case(taken.held.case.id) for write in failed)


def _kinds(failed: Sequence[Write]) -> set[str]:
    return {items.TREE if isinstance(write, Check) else write.item["kind"] for write in failed}
