"""What a world is told by: its stores that reckon along, its key service's keys, and what it found."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chalicelib.domain.case import Change
from chalicelib.domain.intake import Contact
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.owed import owed
from chalicelib.domain.owed.upward import redirected
from chalicelib.store import items
from chalicelib.store.cases import Cases
from chalicelib.store.reports import Reports
from chalicelib.store.sealing import PUBLIC_HALF, REPORT, new_pair
from infra.torture.table import is_put_of

PAIR = dict(zip((REPORT, PUBLIC_HALF), new_pair(), strict=True))


def open_key(kind: str) -> bytes:
    """What the key service unwraps."""
    return PAIR.get(kind) or kind.encode().ljust(32, b".")


@dataclass
class Reckoned:
    """What one event must bring: the notices it owes with their texts, and how many events its command has."""

    owes: dict[tuple[str, str], tuple[str, ...]]
    of_command: int


class Reckoning(Cases):
    """What a change owes is reckoned once more from the rule table, before it is written.

    Kept by the bytes of the event: whoever loses the race for a number reckons for an event that never was.
    """

    reckoned: dict[bytes, Reckoned]

    def writes(self, before: Any, change: Change, *args: Any, tree: OfficeTree, **how: Any) -> Any:
        case, writes = super().writes(before, change, *args, tree=tree, **how)
        bodies = [write.item["body"] for write in writes if is_put_of(write, items.EVENT)]
        for body, happened in zip(bodies, change.happened, strict=False):
            told = redirected(owed(change.case, happened.event), change.case.accused, tree)
            owes = {(each.recipient, each.channel): each.texts for each in told}
            self.reckoned[body] = Reckoned(owes, len(change.happened))
        return case, writes


class WatchedCases(Reckoning):
    """The product's petitions."""


class WatchedReports(Reports, Reckoning):
    """The product's reports of misconduct: `Reports` takes out who is accused, `Reckoning` sees what is left."""


@dataclass
class Known:
    """What the world knows by itself, and no row of the product has to say."""

    contacts: dict[bytes, Contact] = field(default_factory=dict)
    """Who filed, by the command that filed."""
    accusations: dict[str, set[str]] = field(default_factory=dict)
    """Whom a report is about, as it was acknowledged to whoever said so."""
    troubled: dict[tuple[str, str], datetime] = field(default_factory=dict)
    """Rows whose write met a fault, and when it did last."""


@dataclass
class Found:
    """What a world has to tell. `wrong` is empty where every invariant held."""

    seed: str
    design: str = ""
    wrong: list[str] = field(default_factory=list)
    injected: Counter[str] = field(default_factory=Counter)
    figures: Counter[str] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
