"""The daily proof that no notice was lost: what events owe = what has ended + what is still open, day by day.

Stripe publishes such a figure of its ledger; here it is of the duty to inform (告知, 第二十三条、第四十四条第三项).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from chalicelib.store.checks_notices import DONE, MISSING, OPEN, OVERDUE

DAYS_SHOWN = 40
"""So many days stand for themselves, all before them in one line."""
EARLIER = "earlier"
STATES = (DONE, OPEN, OVERDUE, MISSING)


def add(tally: Mapping[str, Mapping[str, int]], found: Iterable[tuple[date, str]], today: date) -> dict[str, Any]:
    """A tally with one more case in it."""
    counted = {day: Counter(states) for day, states in tally.items()}
    for day, state in found:
        name = day.isoformat() if day > today - timedelta(days=DAYS_SHOWN) else EARLIER
        counted.setdefault(name, Counter())[state] += 1
    return {day: dict(states) for day, states in counted.items()}


def figure(tally: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """The days, newest first, and their sum. `complete` is what a day owes and has ended or has its time still."""
    days = [{"day": day, **_line(tally[day])} for day in sorted(tally, reverse=True) if day != EARLIER]
    if EARLIER in tally:
        days.append({"day": EARLIER, **_line(tally[EARLIER])})
    total = Counter[str]()
    for states in tally.values():
        total.update(states)
    return {"days": days, "total": _line(total)}


def incomplete(total: Mapping[str, int]) -> int:
    """How many notices of a line are exceptions: neither ended nor within their time."""
    return total.get(OVERDUE, 0) + total.get(MISSING, 0)


def _line(states: Mapping[str, int]) -> dict[str, int]:
    return {"owed": sum(states.values()), **{name: states.get(name, 0) for name in STATES}}
