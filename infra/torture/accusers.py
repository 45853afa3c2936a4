"""Reports of misconduct, handed on by some while others name whom else they are about (第三十条第三款).

Both hold the same version: a grant to somebody who is accused in the same moment must never win.
"""

from typing import Any

from chalicelib.domain import report
from chalicelib.domain.case import PETITIONER, Actor, Case, Change
from chalicelib.domain.intake import Contact
from chalicelib.domain.limits.report import REPORT
from chalicelib.domain.numbers import case_number
from chalicelib.domain.procedure import Rules
from chalicelib.store.cases import Command
from infra.torture.clients import SPREAD_DAYS, Petition, by_day
from infra.torture.world import START, World
from infra.traces.world import RULES as COUNTY_RULES
from infra.traces.world import TREE

RULES = Rules(COUNTY_RULES.calendar, REPORT)

BODIES = ("discipline", "housing", "education", "town-qingxi", "market", "city-discipline")
"""Where a report may be handed; and whoever may turn out to be accused."""
MOST_STEPS = 4


class Accusation(Petition):
    """One report, and the people of whoever holds it."""

    def __init__(self, world: World, number: int) -> None:
        self.world, self.number, self.case_id = world, number, ""
        self.place, self.generation = 0, 0
        self.accused = world.chance.choice(BODIES[1:5])
        self.command = Command.of("accuser", f"{world.found.seed}-{number}", [number])
        self.pressed = ("name_accused", Actor(PETITIONER), {}, 0)
        world.at(by_day(START, world.chance, days=(0, SPREAD_DAYS)), self.file)

    def _file(self) -> str:
        world, at = self.world, self.world.clock()
        told = report.Report("秘题举报", "秘语：收受好处。", (self.accused,), ("秘名某科长",))
        office = report.intake(TREE, "bureau", told.accused())
        number = case_number(at.year, world.chance.randrange)
        contact = Contact("秘名桂兰", f"1990099{self.number % 10_000:04d}", "秘址")
        change = report.register_report(number, told, office, named=True, by=Actor(PETITIONER), at=at, rules=RULES)
        self.case_id = world.reports.file(change, contact, self.command, at=at, tree=TREE, rules=RULES)
        self._is_kept(self.accused)
        return self.case_id

    def _go_on(self) -> None:
        if self.place < MOST_STEPS:
            self.world.at(by_day(self.world.now, self.world.chance, days=(0.01, 9)), self.open_page)

    def open_page(self) -> None:
        """Whoever holds it hands it on, or names somebody else; a colleague does the other thing in between."""
        self.generation += 1
        item = self._standing()
        chance, org = self.world.chance, item["list_name"].partition("#")[2]
        by = Actor("bureau" if org == "bureau" else "clerk", org, f"{org}-clerk")
        self.pressed = (
            chance.choice(("transfer_report", "name_accused")),
            by,
            {"to": chance.choice(BODIES)},
            item["version"],
        )
        self.command = self._command(by, 0)
        self.press()

    def _colleague(self) -> None:
        action, by, asked, version = self.pressed
        other = "name_accused" if action == "transfer_report" else "transfer_report"
        command = self._command(by, 1)
        ledger = self._ledger(command)
        self._asked(lambda: self._take(other, by, asked, version, command), ledger)

    def _take(self, action: str, by: Actor, asked: dict[str, Any], version: int, command: Command) -> str:
        reports = self.world.reports
        held = reports.load(self.case_id)
        if reports.begin(held, version, command):
            at = self.world.clock()
            change = self._decided(action, held.case, asked["to"], by, at)
            reports.commit(held, change, command, at=at, tree=TREE, rules=RULES)
        if action == "name_accused":
            self._is_kept(asked["to"])
        return self.case_id

    def _is_kept(self, org: str) -> None:
        """The product says that it knows of this accusation: from here on nobody under it may have the case."""
        self.world.known.accusations.setdefault(self.case_id, set()).add(org)

    @staticmethod
    def _decided(action: str, case: Case, to: str, by: Actor, at: Any) -> Change:
        how: dict[str, Any] = {"tree": TREE, "by": by, "on": at.date(), "rules": RULES}
        if action == "transfer_report":
            return report.transfer_report(case, to, "county", **how)
        return report.name_accused(case, (to,), (), (), **how)
