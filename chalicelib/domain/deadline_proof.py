"""办结时限证明: of every clock that ran in a case, where its date comes from, who was warned, and how it ended.

Told from the events alone, and from the clocks as they stand now; whoever has both can count it again
(`infra/verify/deadlines.py` does, and shares no line with this file).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, Protocol

from chalicelib.domain import limits, procedures
from chalicelib.domain.case import Case, Clock
from chalicelib.domain.procedure import Rules, derivation
from chalicelib.domain.tables.classification import LIMIT_OF_TRACK
from chalicelib.domain.values import value
from chalicelib.domain.workdays import Derivation, days_left

IN_TIME, LATE, RUNNING, OVERDUE = "in_time", "late", "running", "overdue"
STOPPED, LAPSED, MOOT, REPLACED = "stopped", "lapsed", "moot", "replaced"
# 办结 is said of the matter; most limits are of a step on its way (转送、告知、送达).
VERDICTS = {
    IN_TIME: "按期完成",
    LATE: "超期完成",
    RUNNING: "在期限内",
    OVERDUE: "已超期，尚未完成",
    STOPPED: "停止计时",
    LAPSED: "期限届满",
    MOOT: "期限不再适用",
    REPLACED: "期限重新起算",
}
WARNINGS = ("petition.reminded", "petition.overdue")
"""A reminder, and lateness told rung by rung. The lines of working days that follow (`petition.still_overdue`) press
whoever is late already; they warn nobody, and stand in the chain and the notices."""

ENDED_BESIDE_THE_TABLE: Mapping[str, tuple[tuple[str, str], ...]] = {
    "petition.reclassified": tuple((limit, "moot") for limit in LIMIT_OF_TRACK.values()),
    "petition.late_request_decided": (("ask_review", "met"), ("ask_rereview", "met")),
    "petition.review_served": (("rating", "moot"),),
    "petition.rereview_served": (("rating", "moot"),),
    "petition.commitment_confirmed": (("commitment", "met"),),
    "petition.revisited": (("commitment", "met"),),
}
"""Ends that a step's own function makes; all others stand in its row."""


class Told(Protocol):
    """An event as it was recorded."""

    seq: int
    type: str
    at: datetime
    data: dict[str, Any]
    clocks: tuple[dict[str, Any], ...]
    hash: bytes


@value
class End:
    """How a run ended: `met`, `lapsed`, `moot` or `replaced` by a new run. `event` is unknown where only the day is."""

    on: date
    ending: str
    event: Told | None


@value
class Proof:
    """One run of one clock."""

    clock: Clock
    run: int
    start: Told
    said: Told
    """The last event that told its date."""
    derivation: Derivation
    warnings: tuple[Told, ...]
    end: End | None
    verdict: str
    margin: int | None
    """Days left to the due date when it ended, or today; negative when late. None where nobody had to act."""


@dataclass
class _Run:
    start: Told
    told: list[tuple[Told, dict[str, Any]]] = field(default_factory=list)
    until: Told | None = None
    """The event that began the next run."""


def proofs(case: Case, events: Sequence[Told], rules: Rules, *, on: date) -> list[Proof]:
    """Every run of every clock, in the order in which they began."""
    found: list[Proof] = []
    for (limit, about), runs in _runs(events).items():
        for number, run in enumerate(runs, start=1):
            held = case.clock(limit, about) if run.until is None else None
            clock = held or _as_told(run.told[-1][1])
            found.append(_proof(clock, number, run, events, rules, on=on, is_now=held is not None))
    return sorted(found, key=lambda proof: (proof.start.seq, proof.clock.limit, proof.clock.about))


def endings() -> Mapping[str, tuple[str, ...]]:
    """Limit -> the kinds of event by which it may end: for whoever checks a proof."""
    found: dict[str, set[str]] = {}
    for wire, ends in _ends().items():
        for limit in ends:
            found.setdefault(limit, set()).add(wire)
    return {limit: tuple(sorted(wires)) for limit, wires in sorted(found.items())}


def _proof(
    clock: Clock, number: int, run: _Run, events: Sequence[Told], rules: Rules, *, on: date, is_now: bool
) -> Proof:
    last, until = run.told[-1][0], run.until.seq if run.until else events[-1].seq + 1
    within = [each for each in events if run.start.seq < each.seq < until]
    end = _now_ended(clock, last, events) if is_now else _ended_before(clock, last, within, run.until)
    warned = (each for each in within if each.type in WARNINGS)
    mine = (clock.limit, clock.about)
    verdict, margin = _verdict(clock, end, on)
    return Proof(
        clock=clock,
        run=number,
        start=run.start,
        said=last,
        derivation=derivation(clock, rules),
        warnings=tuple(each for each in warned if (each.data["limit"], each.data.get("about", "")) == mine),
        end=end,
        verdict=verdict,
        margin=margin,
    )


def _runs(events: Iterable[Told]) -> dict[tuple[str, str], list[_Run]]:
    """The runs of each clock: a step that starts a limit begins a new one, everything else goes on with the old."""
    found: dict[tuple[str, str], list[_Run]] = {}
    for event in events:
        for said in event.clocks:
            key = (said["limit"], said.get("about") or "")
            runs = found.setdefault(key, [])
            begins = (
                not runs or event.type in _starts().get(key[0], ()) or said["start"] != runs[-1].told[-1][1]["start"]
            )
            if begins:
                if runs:
                    runs[-1].until = event
                runs.append(_Run(event))
            runs[-1].told.append((event, said))
    return found


def _now_ended(clock: Clock, last: Told, events: Sequence[Told]) -> End | None:
    if clock.ended_on is None:
        return None
    by = (
        each
        for each in events
        if each.seq > last.seq and _may_end(each, clock) == clock.ending and clock.ended_on in _days(each)
    )
    return End(clock.ended_on, clock.ending, next(by, None))


def _ended_before(clock: Clock, last: Told, within: Sequence[Told], until: Told | None) -> End | None:
    """How a run ended that another one replaced: by an event on the way, or by the one that began the next."""
    for each in within:
        if each.seq > last.seq and (ending := _may_end(each, clock)):
            return End(each.at.date(), ending, each)
    return End(until.at.date(), "replaced", until) if until else None


def _may_end(event: Told, clock: Clock) -> str:
    """How this event ends this clock, if it does. What names another duty ends nothing of this one."""
    ending = _ends().get(event.type, {}).get(clock.limit, "")
    if event.data.get("limit", clock.limit) != clock.limit:
        return ""
    named = event.data.get("about")
    return "" if clock.about and named and named != clock.about else ending


def _days(event: Told) -> tuple[date, ...]:
    """The days an event may have stopped a clock on: its own, and that of the service it records."""
    served = event.data.get("served_on")
    return (event.at.date(), *([date.fromisoformat(served)] if served else []))


def _verdict(clock: Clock, end: End | None, on: date) -> tuple[str, int | None]:
    if end is None:
        if clock.is_stopped:
            return STOPPED, None
        late = clock.is_overdue(on)
        return (OVERDUE, -clock.days_late(on)) if late else (RUNNING, days_left(clock.due, on))
    if end.ending == "met":
        done = clock if clock.ended_on else clock.end(end.on, "met")
        return (LATE, -done.days_late(on)) if done.is_overdue(on) else (IN_TIME, days_left(clock.due, end.on))
    return {"lapsed": LAPSED, "moot": MOOT}.get(end.ending, REPLACED), None


def _as_told(said: Mapping[str, Any]) -> Clock:
    """A clock as the last event of its run told it."""
    day = date.fromisoformat
    return Clock(
        limit=said["limit"],
        owner=said["owner"],
        start=day(said["start"]),
        due=day(said["due"]),
        legal_due=day(said["legal_due"]),
        stat_due=day(said["stat_due"]),
        provisional=said["provisional"],
        calendar=said["calendar"],
        days=said.get("days"),
        extended_by=said.get("extended_by") or 0,
        pauses=tuple((day(begins), day(ends) if ends else None) for begins, ends in said.get("pauses") or ()),
        not_before=day(said["not_before"]) if said.get("not_before") else None,
        about=said.get("about") or "",
    )


@cache
def _starts() -> Mapping[str, frozenset[str]]:
    """Limit -> the kinds of event that begin a new run of it."""
    found: dict[str, set[str]] = {}
    for procedure in procedures.PROCEDURES.values():
        for step in procedure.steps:
            for start in step.starts:
                found.setdefault(start.limit, set()).add(step.emits.wire)
    return {limit: frozenset(wires) for limit, wires in found.items()}


@cache
def _ends() -> Mapping[str, Mapping[str, str]]:
    """Kind of event -> limit -> how it ends it, from the rows of all procedures."""
    found: dict[str, dict[str, str]] = {}
    for procedure in procedures.PROCEDURES.values():
        for step in procedure.steps:
            ends = found.setdefault(step.emits.wire, {})
            ends |= dict.fromkeys(step.drops, "moot") | dict.fromkeys(step.meets, "met")
        for rule in limits.KNOWN.values():
            for step in procedure.steps:
                if rule.then == step.action:
                    found.setdefault(step.emits.wire, {})[rule.name] = "lapsed"
    for wire, beside in ENDED_BESIDE_THE_TABLE.items():
        found.setdefault(wire, {}).update(beside)
    return found
