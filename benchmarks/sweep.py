"""What a sweep looks at to find what is due, with many cases open: the real sweep over the table in memory.

The cases that are due are filed by the product's own code; the others are one such case under other numbers.
"""

import json
from datetime import datetime, timedelta
from typing import Any

from benchmarks.units import query_units
from chalicelib import profiles
from chalicelib.domain import limits, receiving
from chalicelib.domain.case import BUREAU, Actor
from chalicelib.domain.intake import GRIEVANCE, Contact, Filing
from chalicelib.domain.numbers import case_number
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.procedure import Rules
from chalicelib.domain.workdays import Calendar
from chalicelib.store import keys
from chalicelib.store.cases import Cases, Command
from chalicelib.store.memory import MemoryTable
from chalicelib.store.sealing import Keys
from chalicelib.store.table import Item, Page
from chalicelib.triggers.deadlines import Sweeper

SIZES = {1_000: 10, 10_000: 100, 100_000: 100}
"""Open cases -> those due."""
AT = "2026-11-25T10:00:00+08:00"
LONG_AGO = timedelta(days=40)
COUNTY_BUREAU = "bureau"


class CountingTable(MemoryTable):
    """Counts what index queries give, which is what they examine: the key condition is all there is."""

    def __init__(self) -> None:
        super().__init__()
        self.queries, self.examined, self.read_units = 0, 0, 0.0

    def hits(self, index: str, name: str, **bounds: Any) -> Page:
        page = super().hits(index, name, **bounds)
        self.queries += 1
        self.examined += len(page.items)
        self.read_units += query_units([_wire(item) for item in page.items], consistent=False)
        return page


def main() -> None:
    """Sweep each size, print what was examined."""
    print(json.dumps({str(size): measure(size, due) for size, due in SIZES.items()}))


def measure(size: int, due: int) -> dict[str, Any]:
    """What one sweep looks at among so many open cases, of which so many are due."""
    at, table = datetime.fromisoformat(AT), CountingTable()
    tree = OfficeTree.of(profiles.load("county").offices)
    rules = Rules(Calendar.shipped(), limits.PETITION)
    cases = Cases(table, Keys(lambda kind: kind.encode().ljust(32, b"."), lambda: 0.0))
    table.put({"pk": keys.TREE[0], "sk": keys.TREE[1], "kind": "tree", "version": tree.version})
    for number in range(due):
        _file(cases, number, at - LONG_AGO, tree, rules)
    _multiply(table, _file(cases, due, at, tree, rules), size - due - 1)
    sweeper = Sweeper(cases=cases, rules=rules, carry=lambda hit: None, tree=lambda: tree)
    swept = sweeper.run(at)
    if (swept.acted, swept.parked) != (due, 0):
        raise SystemExit(f"{due} cases were due among {size}, the sweep says {swept}")
    return {
        "due": due,
        "examined": table.examined,
        "examined_per_due": table.examined / due,
        "queries": table.queries,
        "index_read_units": table.read_units,
    }


def _file(cases: Cases, number: int, at: datetime, tree: OfficeTree, rules: Rules) -> str:
    """A letter without name and address: nobody can be told, so nothing but the case itself is due."""
    case_id = case_number(at.year, lambda below: (number * 7919 + 123) % below)
    filing = Filing(GRIEVANCE, "letter", at.date(), "楼道漏水", "三楼以上楼道漏水两个月。")
    by = Actor(BUREAU, COUNTY_BUREAU, "bureau1")
    change = receiving.register(case_id, filing, Contact(), tree.offices[COUNTY_BUREAU], by=by, at=at, rules=rules)
    return cases.file(change, Contact(), Command.of("benchmark", case_id, {}), at=at, tree=tree, rules=rules)


def _multiply(table: MemoryTable, case_id: str, times: int) -> None:
    """More cases like this one, in the index under their own numbers."""
    item = table.get(keys.case(case_id), keys.CASE)
    assert item is not None
    for number in range(times):
        other = f"99{number:010d}"
        table.put(item | {"pk": keys.case(other), "shard": keys.shard(other), "list_key": f"{AT[:10]}#{other}"})


def _wire(item: Item) -> dict[str, dict[str, str]]:
    return {name: {"S": value} for name, value in item.items()}


if __name__ == "__main__":
    main()
