"""DAYS_LOST items: decisions on 不可抗力 for all cases, laid down by one, confirmed by another, and how far each came.

The invariant: a decision that is in force is never written again. How far it came stands in an item of its own, which
only the timer writes; it is a count for people, and which case has the decision is known by the case alone.
"""

import json
from dataclasses import field
from datetime import date, datetime
from typing import Any

from chalicelib.domain.case import Actor
from chalicelib.domain.days_lost import Decision
from chalicelib.domain.values import replace, value
from chalicelib.store import items, keys, second_person
from chalicelib.store.command import Command
from chalicelib.store.second_person import SamePerson, done_by, token
from chalicelib.store.table import Absent, Condition, ConditionFailed, Holds, Item, Table

PROPOSED, IN_FORCE = "proposed", "in_force"


@value
class Progress:
    """How many cases it concerns, how many of them have it, and in how many it failed when they were last looked at."""

    total: int | None = None
    """None until the cases were counted."""
    done: int = 0
    failed: int = 0
    looked: str = ""
    """When a look at every open case last found nothing left to do; empty while there is."""
    version: int = 0


@value
class Laid:
    """One decision as it was laid down. `role` and `org` are those of whoever confirmed it, at that time."""

    number: int
    decision: Decision
    state: str
    proposed_by: str
    proposed_at: str
    confirmed_by: str = ""
    confirmed_at: str = ""
    role: str = ""
    org: str = ""
    proposing: str = ""
    """The command by which it was laid down: its repeat lays nothing down."""
    confirming: str = ""
    version: int = 0
    progress: Progress = field(default_factory=Progress)

    @property
    def by(self) -> Actor:
        """Who records it in a case."""
        return Actor(self.role, self.org, self.confirmed_by)


def load(table: Table) -> tuple[Laid, ...]:
    """Every decision with how far it came, the first first: one query of one partition. Raises Busy, Denied."""
    decisions, progress = [], {}
    for item in table.query(keys.DAYS_LOST).items:
        state, version = json.loads(item["state"]), item["version"]
        if item["sk"].startswith(keys.PROGRESS):
            progress[int(item["sk"].removeprefix(keys.PROGRESS))] = Progress(**state, version=version)
        else:
            decisions.append(_laid(int(item["sk"].removeprefix(keys.DECISIONS)), state, version))
    return tuple(replace(each, progress=progress.get(each.number, Progress())) for each in decisions)


def in_force(table: Table) -> tuple[Laid, ...]:
    """The decisions that count. Raises Busy, Denied."""
    return tuple(each for each in load(table) if each.state == IN_FORCE)


def propose(table: Table, decision: Decision, *, by: str, at: datetime, command: Command) -> Laid:
    """Lay a decision down for another person to look at; a repeat of the command is answered with the one it laid down.

    Raises Taken, KeyReused, Busy, Denied.
    """
    kept = load(table)
    if again := done_by(command, kept):
        return again
    number = max((each.number for each in kept), default=0) + 1
    return _put(table, Laid(number, decision, PROPOSED, by, keys.instant(at), proposing=token(command)), command)


def confirm(table: Table, number: int, *, by: Actor, at: datetime, command: Command) -> Laid | None:
    """Bring a decision into force; None when there is none, or it was already, and not by this very command.

    Raises SamePerson, Taken, KeyReused, Busy, Denied.
    """
    kept = load(table)
    if again := done_by(command, kept):
        return again
    found = next((each for each in kept if each.number == number), None)
    if found is None or found.state != PROPOSED:
        return None
    if found.proposed_by == by.user:
        raise SamePerson
    confirmed = replace(
        found,
        state=IN_FORCE,
        confirmed_by=by.user or "",
        confirmed_at=keys.instant(at),
        role=by.role,
        org=by.org or "",
        confirming=token(command),
    )
    return _put(table, confirmed, command)


def came(table: Table, laid: Laid, progress: Progress) -> None:
    """Write down how far a decision came. One that was faster wrote as much. Raises Busy, Denied."""
    version = laid.progress.version
    state = {name: held for name, held in vars(progress).items() if name != "version"}
    try:
        table.put(
            _item(keys.progress(laid.number), version + 1, state), Holds("version", version) if version else Absent()
        )
    except ConditionFailed:
        return


def _put(table: Table, laid: Laid, command: Command) -> Laid:
    state = {name: held for name, held in vars(laid).items() if name not in ("number", "version", "progress")}
    said = laid.decision
    state["decision"] = vars(said) | {"begins": said.begins.isoformat(), "ends": said.ends.isoformat()}
    when: Condition = Holds("version", laid.version) if laid.version else Absent()
    item = _item(keys.decision(laid.number), laid.version + 1, state)
    return second_person.put(table, item, when, replace(laid, version=laid.version + 1), command, lambda: load(table))


def _item(sk: str, version: int, state: dict[str, Any]) -> Item:
    return {
        "pk": keys.DAYS_LOST,
        "sk": sk,
        "kind": items.DAYS_LOST,
        "version": version,
        "state": json.dumps(state, ensure_ascii=False, separators=(",", ":")),
    }


def _laid(number: int, state: dict[str, Any], version: int) -> Laid:
    said = state.pop("decision")
    days = {name: date.fromisoformat(said[name]) for name in ("begins", "ends")}
    return Laid(number, Decision(**said | days | {"places": tuple(said["places"])}), version=version, **state)
