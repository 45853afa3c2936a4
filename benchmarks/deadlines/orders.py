"""`python -m benchmarks.deadlines.orders --orders 100000`: whatever the order of what happens, one due date.

Pauses, resumptions, an extension and calendars reach a clock in any order in which they may: a pause before its end, a
notice before its correction. Every order of the same facts has to give the day that counting from the facts
gives, day by day, in another way than the engine. What was told on the way protects whom it was told to: a right of
the petitioner is compared with the same told history.
"""

import argparse
import json
import multiprocessing
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.deadlines.days import BEGINS, LIMITS, NOTICE_2027, NOTICE_2027_CORRECTED
from benchmarks.deadlines.oracle import CALENDARS, count
from chalicelib.domain import limits, procedure
from chalicelib.domain.case import PETITIONER, Case, Clock
from chalicelib.domain.notices_of_days_off import with_notice
from chalicelib.domain.procedure import Rules
from chalicelib.domain.recounting import recount
from chalicelib.domain.stages import ACCEPTED
from chalicelib.domain.workdays import Calendar
from infra.reliability.measured import keep

ORDERS_OF_ONE, DRAWS = 5, 15
"""Different orders of one set of facts, and how many are drawn to find them."""
CHUNK = 500
_FIRST = Calendar.shipped()
_SECOND = with_notice(_FIRST, NOTICE_2027, "cn-2027.n1")
RULES = tuple(
    Rules(calendar, limits.PETITION)
    for calendar in (_FIRST, _SECOND, with_notice(_SECOND, NOTICE_2027_CORRECTED, "cn-2027.n2"))
)
DAYS = tuple(days for _, days in CALENDARS[:3])
Fact = tuple[str, date, int]
RIGHTS = tuple(name for name, known in LIMITS.items() if known.right)
DUTIES = tuple(name for name, known in LIMITS.items() if not known.right)
EXTENDED = {"handle": (5, 10, 20, 30)}
BASE = Case("260000000000", "petition", ACCEPTED, date(2026, 10, 20), BEGINS, "bureau", agency="housing")


def facts(chance: random.Random) -> tuple[str, date, list[list[Fact]]]:
    """A limit, its first day, and what happens to it: sequences whose own order stands."""
    name = chance.choice(RIGHTS if chance.random() < 0.05 else DUTIES)
    start = date(2026, 10, 20) + timedelta(days=chance.randrange(270))
    stops, day = [], start
    if not LIMITS[name].right:
        for _ in range(chance.choice((1, 2, 2, 3))):
            begins = day + timedelta(days=chance.randrange(12))
            day = begins + timedelta(days=chance.randrange(15))
            stops += [("pause", begins, 0), ("resume", day, 0)]
        if stops and chance.random() < 0.15:
            stops.pop()
    longer = [("extend", start, chance.choice(EXTENDED[name]))] if name in EXTENDED and chance.random() < 0.6 else []
    known = [("calendar", start, 1), ("calendar", start, 2)][: chance.choice((1, 2, 2))]
    return name, start, [stops, longer, known]


def interleaved(chance: random.Random, sequences: list[list[Fact]]) -> Iterator[Fact]:
    """One of the orders in which they may arrive."""
    left = [list(each) for each in sequences if each]
    while left:
        mine = chance.choices(left, [len(each) for each in left])[0]
        yield mine.pop(0)
        left = [each for each in left if each]


def by_engine(name: str, start: date, order: list[Fact]) -> date:
    """What the engine makes of it, step by step."""
    rules = RULES[0]
    owner = PETITIONER if LIMITS[name].right else "housing"
    case = replace(BASE, clocks=(procedure.dated(Clock(name, owner, start, start, start, start), rules),))
    for kind, day, number in order:
        if kind == "calendar":
            rules = RULES[number]
            change = recount(case, on=day, rules=rules)
            case = change.case if change else case
        elif kind == "extend":
            case, _ = procedure.extend(case, name, number, on=day, rules=rules)
        else:
            if kind == "pause":
                case = procedure.pause(case, name, on=day)
            else:
                case = procedure.resume(case, name, on=day, rules=rules)
    return _clock(case, name).due


def by_counting(name: str, start: date, order: list[Fact]) -> date:
    """What the facts give; and of a right, the last day that was told."""
    if LIMITS[name].right:
        told = count(name, start, 0, [], DAYS[0])
        for _, _, number in order:
            told = max(told, count(name, start, 0, [], DAYS[number]))
        return told
    pauses: list[list[str | None]] = []
    extended = calendar = 0
    for kind, day, number in order:
        if kind == "pause":
            pauses.append([day.isoformat(), None])
        elif kind == "resume":
            pauses[-1][1] = day.isoformat()
        elif kind == "extend":
            extended = number
        else:
            calendar = number
    return count(name, start, extended, pauses, DAYS[calendar])


def one(seed: int) -> dict[str, Any]:
    """One set of facts in several orders."""
    chance = random.Random(seed)
    name, start, sequences = facts(chance)
    drawn = {tuple(interleaved(chance, sequences)) for _ in range(DRAWS)}
    orders = [list(order) for order in sorted(drawn)][:ORDERS_OF_ONE]
    wrong, found = [], set()
    for order in orders:
        due, counted = by_engine(name, start, order), by_counting(name, start, order)
        found.add(due)
        if due != counted:
            wrong.append(f"seed {seed}: {name} from {start} by {order} ends {due}, counted {counted}")
    return {
        "orders": len(orders),
        "events": sum(map(len, orders)),
        "several_dates": int(len(found) > 1),
        "wrong": wrong,
    }


def played(orders: int, seed: int = 1, processes: int | None = 1) -> dict[str, Any]:
    """So many orders, added up."""
    total: dict[str, Any] = {"sets_of_facts": 0, "orders": 0, "events": 0, "several_dates": 0, "wrong": []}
    with multiprocessing.Pool(processes) as pool:
        while total["orders"] < orders:
            sets = -(-(orders - total["orders"]) // ORDERS_OF_ONE)
            for each in pool.imap_unordered(one, range(seed, seed + sets), CHUNK):
                total = {name: total[name] + each.get(name, 1) for name in total}
            seed += sets
    return total


def _clock(case: Case, name: str) -> Clock:
    found = case.running(name)
    assert found is not None
    return found


def main() -> int:
    """Prove it; 1 when any order gave another date."""
    parser = argparse.ArgumentParser(prog="benchmarks.deadlines.orders", description=__doc__)
    parser.add_argument("--orders", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=None)
    parser.add_argument("--out")
    asked = parser.parse_args()
    began = time.monotonic()
    figures = played(asked.orders, asked.seed, asked.processes)
    wrong = figures.pop("wrong")
    figures |= {"wrong": len(wrong)}
    result = {
        "title": "Pauses, resumptions, extensions and calendars in any order they may arrive in give one due date",
        "asked": "100,000 random event orders give one due date each",
        "command": f"make soak-orders ORDERS={asked.orders}",
        "seconds": round(time.monotonic() - began, 1),
        "figures": figures,
        "held": not wrong and not figures["several_dates"],
    }
    print(json.dumps(result | {"first_wrong": wrong[:5]}, ensure_ascii=False, indent=1))
    if asked.out:
        keep(Path(asked.out), result)
    return 0 if result["held"] else 1


if __name__ == "__main__":
    sys.exit(main())
