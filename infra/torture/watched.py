"""What a world is told by: its alarms, its stores that reckon along, its key service's keys, and what it found."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain.case import Change
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.owed import owed
from chalicelib.domain.owed.upward import redirected
from chalicelib.store.cases import Cases
from chalicelib.store.reports import Reports
from chalicelib.store.sealing import PUBLIC_HALF, REPORT, new_pair

TICK, GRACE = timedelta(minutes=5), timedelta(minutes=15)
PAIR = dict(zip((REPORT, PUBLIC_HALF), new_pair(), strict=True))


def open_key(kind: str) -> bytes:
    """What the key service unwraps."""
    return PAIR.get(kind) or kind.encode().ljust(32, b".")


@dataclass
class Alarms:
    """The two alarms of the sweep, and those of what was parked, as `infra/resources.json` sets them."""

    last_beat: datetime
    late_since: datetime | None = None
    parked_at: datetime | None = None

    def is_on(self, now: datetime) -> bool:
        """Does somebody know that things are late?"""
        return (
            now - self.last_beat >= GRACE
            or (self.late_since is not None and now - self.late_since <= 2 * TICK)
            or (self.parked_at is not None and now - self.parked_at <= timedelta(minutes=40))
        )


class Reckoning(Cases):
    """What a change owes is reckoned once more from the rule table, before it is written."""

    owes: dict[tuple[str, int], frozenset[tuple[str, str]]]

    def writes(self, before: Any, change: Change, *args: Any, tree: OfficeTree, **how: Any) -> Any:
        seq = before.version if before else 0
        for number, happened in enumerate(change.happened, start=seq + 1):
            told = redirected(owed(change.case, happened.event), change.case.accused, tree)
            self.owes[change.case.id, number] = frozenset((each.recipient, each.channel) for each in told)
        return super().writes(before, change, *args, tree=tree, **how)


class WatchedCases(Reckoning):
    """The product's petitions."""


class WatchedReports(Reports, Reckoning):
    """The product's reports of misconduct: `Reports` takes out who is accused, `Reckoning` sees what is left."""


@dataclass
class Found:
    """What a world has to tell. `wrong` is empty where every invariant held."""

    seed: str
    design: str = ""
    wrong: list[str] = field(default_factory=list)
    injected: Counter[str] = field(default_factory=Counter)
    figures: Counter[str] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
