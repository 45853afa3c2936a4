"""STAT rows: one per case, in the month of its registration. Statistics are queries over rows, never counters.

The invariant: a row is written only by a newer version of its case, so order and repetition of messages do not matter.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chalicelib.domain.case import EXCUSED, PETITIONER, Case, Clock
from chalicelib.domain.force_majeure import days_excused
from chalicelib.domain.petition import DUTIES
from chalicelib.store import items, keys
from chalicelib.store.chain import Recorded
from chalicelib.store.table import ConditionFailed, Item, Older, Table

Row = Mapping[str, Any]
MOST_LATE = 200
"""How many overdue limits are named one by one, the oldest first; the counts hold all of them."""


def record(table: Table, case: Case, events: Sequence[Recorded]) -> bool:
    """Bring the row of a case up to this version; False when it was there already. Raises Busy, Denied."""
    try:
        table.put(item(case, events), Older("version", case.version))
    except ConditionFailed:
        return False
    return True


def item(case: Case, events: Sequence[Recorded]) -> Item:
    """The row of a case: everything statistics ask for, nothing of a person."""
    state = {
        "stage": case.stage,
        "office": case.office,
        "agency": case.agency,
        "received_on": case.received_on.isoformat(),
        **{name: case.facts.get(name) for name in ("kind", "channel", "category", "track")},
        **{name: case.facts.get(name) for name in ("rated_office", "rated_unit", "solved", "rated_by_staff")},
        "rating_lapsed": any(clock.limit == "rating" and clock.ending == "lapsed" for clock in case.clocks),
        "steps": steps(events),
        "clocks": [
            [clock.limit, clock.owner, clock.due.isoformat(), clock.ended_on.isoformat() if clock.ended_on else ""]
            for clock in case.clocks
            if clock.owner != PETITIONER and clock.ending != "moot" and not _is_kept(case, clock)
        ],
        **({EXCUSED: case.facts[EXCUSED]} if EXCUSED in case.facts else {}),
    }
    return {
        "pk": keys.stat(f"{case.registered_at:%Y-%m}"),
        "sk": case.id,
        "kind": items.STAT,
        "version": case.version,
        "state": json.dumps(state, ensure_ascii=False, separators=(",", ":")),
    }


def _is_kept(case: Case, clock: Clock) -> bool:
    """A complaint is read where it went and nowhere else: figures name no case that has one."""
    duty = case.duty(clock.about)
    kind = DUTIES[duty.kind] if duty else None
    return bool(duty and kind and kind.kept_to and kind.kept_to(duty))


@dataclass
class Punctuality:
    """How an organ kept one of its limits."""

    on_time: int = 0
    late: int = 0
    running: int = 0
    overdue: int = 0
    excused: int = 0
    """Of those late or overdue, how many had days among them that nobody could use (不可抗力)."""


@dataclass
class Unit:
    """One organ's month: the cases it leads, the limits it owes, and how it was rated."""

    total: int = 0
    stages: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    limits: dict[str, Punctuality] = field(default_factory=dict)
    ratings: Counter[str] = field(default_factory=Counter)
    ratings_by_staff: Counter[str] = field(default_factory=Counter)
    """Told on paper or by telephone and written down by somebody else: counted apart."""
    solved: Counter[str] = field(default_factory=Counter)


@dataclass
class Late:
    """A limit that has run out while its case waits: who owes it, since when."""

    case_number: str
    unit: str
    limit: str
    due: str
    days: int
    excused_days: int = 0


@dataclass
class Summary:
    """A month of registrations: the whole tenant and each organ."""

    month: str
    total: int
    channels: Counter[str]
    categories: Counter[str]
    units: dict[str, Unit]
    late: list[Late] = field(default_factory=list)


def month(table: Table, name: str, *, today: date) -> Summary:
    """Everything registered in a month (`2026-11`), as it stands today. Raises Busy, Denied."""
    rows = table.query(keys.stat(name)).items
    return summarize(name, (json.loads(row["state"]) | {"case": row["sk"]} for row in rows), today=today)


def steps_of(table: Table, cases: Sequence[Case]) -> dict[str, dict[str, str]]:
    """Case -> kind of event -> the day it last happened, from the rows; a case without a row yet is left out."""
    found = table.get_many([(keys.stat(f"{case.registered_at:%Y-%m}"), case.id) for case in cases])
    return {row["sk"]: json.loads(row["state"])["steps"] for row in found}


def summarize(name: str, rows: Iterable[Row], *, today: date) -> Summary:
    """Count rows. What lapsed unrated is counted as such, never as satisfied (满意度评价)."""
    found = Summary(name, 0, Counter(), Counter(), {})
    for row in rows:
        found.total += 1
        found.channels[row["channel"]] += 1
        found.categories[row["category"] or ""] += 1
        unit = _unit(found, row["agency"] or row["office"])
        unit.total += 1
        unit.stages[row["stage"]] += 1
        unit.kinds[row["kind"]] += 1
        _count_rating(found, row)
        for limit, owner, due, ended_on in row["clocks"]:
            kept = _unit(found, owner).limits.setdefault(limit, Punctuality())
            _count_clock(kept, due, ended_on, today.isoformat())
            last = date.fromisoformat(due)
            excused = days_excused(row.get(EXCUSED, ()), last, date.fromisoformat(ended_on) if ended_on else today)
            kept.excused += excused > 0
            if not ended_on and due < today.isoformat():
                found.late.append(Late(row["case"], owner, limit, due, (today - last).days, excused))
    found.late = sorted(found.late, key=lambda late: (late.due, late.case_number))[:MOST_LATE]
    return found


def _count_clock(kept: Punctuality, due: str, ended_on: str, today: str) -> None:
    if ended_on:
        kept.on_time, kept.late = kept.on_time + (ended_on <= due), kept.late + (ended_on > due)
    else:
        kept.running, kept.overdue = kept.running + (today <= due), kept.overdue + (today > due)


def _count_rating(found: Summary, row: Row) -> None:
    """The bureau and the responsible unit are rated apart (第二十一条)."""
    by_staff, unit = row.get("rated_by_staff"), _unit(found, row["agency"] or row["office"])
    if row["rated_unit"]:
        _ratings(unit, by_staff)[row["rated_unit"]] += 1
        unit.solved["solved" if row["solved"] else "unsolved"] += 1
    elif row["rating_lapsed"]:
        unit.ratings["lapsed"] += 1
    if row["rated_office"] and row["agency"]:
        _ratings(_unit(found, row["office"]), by_staff)[row["rated_office"]] += 1


def _ratings(unit: Unit, by_staff: bool | None) -> Counter[str]:
    return unit.ratings_by_staff if by_staff else unit.ratings


def _unit(found: Summary, org: str) -> Unit:
    return found.units.setdefault(org, Unit())


def steps(events: Sequence[Recorded]) -> dict[str, str]:
    """Kind of event -> the day it last happened; a forwarding after a return replaces the first one."""
    return {event.type: event.at.date().isoformat() for event in events}
