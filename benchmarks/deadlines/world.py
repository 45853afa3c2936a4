"""One county's deadlines over three years: petitions with running limits, staff who act or do not, sweeps that fail.

What is proved is the product's: `Sweeper`, `calendar_watch.look`, `calendars` and `Cases.commit` are the real ones.
"""

import random
from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any

from benchmarks.deadlines.days import BEGINS, ENDS, LIMITS, SWITCHES
from benchmarks.deadlines.table import Died, Trouble, TroubledTable
from chalicelib import profiles
from chalicelib.clock import CHINA
from chalicelib.domain import procedure
from chalicelib.domain.case import BY_LAW, PETITIONER, Case, Change, Clock, Desk, Happened
from chalicelib.domain.errors import ExtensionRefused
from chalicelib.domain.events.urgent import MeasureTaken
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.procedure import Rules
from chalicelib.domain.stages import ACCEPTED, FORWARDED, REGISTERED, SERVED
from chalicelib.store import calendars, keys, tenant
from chalicelib.store.cases import Cases, Command
from chalicelib.store.sealing import Keys
from chalicelib.store.table import Holds, Item
from chalicelib.triggers import calendar_watch
from chalicelib.triggers.deadlines import Sweeper

EVERY = timedelta(hours=1)
TREE = OfficeTree.of(profiles.load("county").offices)
UNITS = ("housing", "education", "health", "transport", "water", "agriculture", "justice", "audit")
MIXES: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = (
    (ACCEPTED, (("handle", 1), ("consultation_target", 1), ("decide_recusal", 2), ("hearing_answer", 3))),
    (ACCEPTED, (("handle", 1), ("hearing_answer", 2))),
    (FORWARDED, (("inform", 1), ("object", 1))),
    (REGISTERED, (("route", 1),)),
    (SERVED, (("ask_review", 1), ("rating", 1))),
)
NEAR_A_SWITCH = 0.4
"""So many begin where a new calendar may move them."""
LAST_START = 700
"""Of the three years: the last obligations are over before they end."""


@dataclass
class World:
    """The simulated county; `oracle.py` reads its table and this record afterwards."""

    seed: int
    obligations: int
    sweeper: Callable[..., Sweeper] = Sweeper
    every: timedelta = EVERY
    clean: list[datetime] = field(default_factory=list)
    """Sweeps that came to their end with nothing in their way."""
    sweeps: int = 0
    outages: int = 0
    longest_outage: timedelta = timedelta()
    overlapping: int = 0
    twice: int = 0
    moved: int = 0
    years_loaded: set[int] = field(default_factory=set)
    corrections: int = 0
    made: int = 0
    cases_made: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.table = TroubledTable(self.chance)
        self.table.put({"pk": keys.TREE[0], "sk": keys.TREE[1], "kind": "tree", "version": TREE.version})
        self.cases = Cases(self.table, Keys(lambda kind: kind.encode().ljust(32, b"."), lambda: 0.0))
        self.kept = calendars.Kept()
        self.rules = self._rules()
        self.plan: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        WindowSweeper.last = keys.instant(BEGINS)

    def play(self) -> "World":
        """Live the three years."""
        while self.made < self.obligations:
            self._plan_case()
        for at, notice in SWITCHES:
            self._later(at, lambda when, notice=notice: self._switch(notice, when))
        at = BEGINS
        while at < ENDS:
            self._act_until(at)
            at = self._sweeps_at(at)
        self._act_until(ENDS)
        return self

    def _rules(self) -> Rules:
        return tenant.rules_of(self.kept)

    def _later(self, at: datetime, act: Callable[[datetime], None]) -> None:
        insort(self.plan, (at, len(self.plan) + self.chance.randrange(10**9), act))

    def _act_until(self, at: datetime) -> None:
        while self.plan and self.plan[0][0] <= at:
            when, _, act = self.plan.pop(0)
            act(when)

    def _sweeps_at(self, at: datetime) -> datetime:
        """A sweep of the kind that comes now, and when the next one is to come."""
        kind = self.chance.random()
        if kind < 0.002:
            hours = self.chance.choice((3, 12, 30, 48, 72))
            self.outages += 1
            self.longest_outage = max(self.longest_outage, timedelta(hours=hours))
            return at + timedelta(hours=hours)
        trouble = Trouble()
        if kind < 0.12:
            trouble = Trouble(stale=0.3, ghost=0.5)
        elif kind < 0.16:
            trouble = Trouble(busy=0.2)
        elif kind < 0.20:
            trouble = Trouble(die=0.2)
        elif kind < 0.30:
            trouble = Trouble(rival=lambda: self._overlap(at), rival_at=0.5, ghost=0.3)
        is_cut = 0.30 <= kind < 0.36
        self.table.trouble = trouble
        try:
            is_whole = self._sweep(at, (lambda: self.chance.random() < 0.8) if is_cut else (lambda: True))
            if self.chance.random() < 0.1:
                self.twice += 1
                is_whole = self._sweep(at) and is_whole
            if is_whole and not (trouble.stale or trouble.busy or trouble.die or is_cut):
                self.clean.append(at)
        except Died:
            pass
        self.table.trouble = Trouble()
        return at + self.every

    def _sweep(self, at: datetime, has_time: Callable[[], bool] = lambda: True) -> bool:
        """As `deadlines.sweep` does it; False when something was put off."""
        self.sweeps += 1
        self.kept = calendars.load(self.table) if self.kept.watch_version or self.kept.versions else self.kept
        sweeper = self.sweeper(cases=self.cases, rules=self.rules, carry=self._carried, tree=lambda: TREE)
        swept = sweeper.run(at, has_time)
        self.moved += calendar_watch.look(sweeper, self.kept, at, has_time)
        if not self.kept.watch_version:
            self.kept = calendars.load(self.table)
        return swept.parked == 0

    def _overlap(self, at: datetime) -> None:
        """Another sweep, in the midst of a write of the first."""
        self.overlapping += 1
        self._sweep(at)

    def _carried(self, hit: Item) -> None:
        """A notice on its way out ends; how, is proved elsewhere."""
        row = self.table.get(hit["pk"], hit["sk"])
        if row and "wake_at" in row:
            ended = {name: held for name, held in row.items() if name not in ("shard", "wake_at", "parked")}
            self.table.put(ended, Holds("version", row["version"]))

    def _switch(self, notice: Any, at: datetime) -> None:
        proposed = calendars.propose(self.table, notice, by="admin1", at=at, command=Command.of("admin1", str(at), ""))
        calendars.confirm(
            self.table, proposed.number, by="security1", at=at, command=Command.of("security1", str(at), "")
        )
        self.kept = calendars.load(self.table)
        self.rules = self._rules()
        self.corrections += notice.year in self.years_loaded
        self.years_loaded.add(notice.year)

    # what people do

    def _plan_case(self) -> None:
        stage, mix = self.chance.choice(MIXES)
        on = BEGINS.date() + timedelta(days=self.chance.randrange(LAST_START))
        if self.chance.random() < NEAR_A_SWITCH:
            on = self.chance.choice(SWITCHES)[0].date() + timedelta(days=self.chance.randrange(-58, 30))
        at = datetime.combine(on, time(self.chance.randrange(8, 18), self.chance.randrange(60)), CHINA)
        wanted = [(name, f"{name}.{n}" if many > 1 else "") for name, many in mix for n in range(1, many + 1)]
        self.made += len(wanted)
        case_id = f"{self.seed % 100:02}{len(self.cases_made):010}"
        self.cases_made.append(case_id)
        self._later(at, lambda when: self._file(case_id, stage, wanted, when))
        for name, about in wanted:
            self._plan_staff(case_id, name, about, at)

    def _plan_staff(self, case_id: str, name: str, about: str, at: datetime) -> None:
        """Met in time, late, long after, or never while anybody looks; some are stopped or lengthened on the way."""
        known = LIMITS[name]
        span = known.days * (1.5 if known.working else 1)
        kind = self.chance.random()
        after = span * self.chance.uniform(0.05, 1) if kind < 0.5 else span + self.chance.expovariate(1 / 9)
        met = at + timedelta(days=after + (60 if kind > 0.985 else 0), minutes=self.chance.randrange(600))
        if name == "handle" and self.chance.random() < 0.2:
            when = at + timedelta(days=self.chance.uniform(5, 58))
            self._later(when, lambda now: self._extend(case_id, name, now))
        if name in ("handle", "consultation_target") and self.chance.random() < 0.25:
            stop = at + timedelta(days=self.chance.uniform(1, span))
            go_on = stop + timedelta(days=self.chance.uniform(0.1, 20))
            self._later(stop, lambda now: self._stop(case_id, name, now, is_over=False))
            self._later(go_on, lambda now: self._stop(case_id, name, now, is_over=True))
            met = max(met, go_on + timedelta(days=1))
        self._later(met, lambda now: self._meet(case_id, name, about, now))

    def _file(self, case_id: str, stage: str, wanted: list[tuple[str, str]], at: datetime) -> None:
        unit = self.chance.choice(UNITS)
        on, clocks = at.date(), []
        for name, about in wanted:
            owner = PETITIONER if LIMITS[name].right else unit
            clocks.append(procedure.dated(Clock(name, owner, on, on, on, on, about=about), self.rules))
        facts = {"notifiable": False, "bureau": "bureau", "came_from": FORWARDED}
        case = Case(case_id, "petition", stage, on, at, "bureau", agency=unit, facts=facts, clocks=tuple(clocks))
        case = replace(case, desks=(Desk("bureau", ("intake",)), Desk(unit, ("lead",))))
        self._commit(case, case, at, *(procedure.told(clock, self.rules) for clock in clocks))

    def _meet(self, case_id: str, name: str, about: str, at: datetime) -> None:
        case, clock = self._running(case_id, name, about)
        if case and clock:
            self._commit(case, procedure.with_clock(case, clock, clock.end(at.date(), "met")), at)

    def _extend(self, case_id: str, name: str, at: datetime) -> None:
        case, clock = self._running(case_id, name)
        if case and clock:
            try:
                longer, told = procedure.extend(
                    case, name, self.chance.choice((10, 20, 30)), on=at.date(), rules=self.rules
                )
            except ExtensionRefused:
                return
            self._commit(case, longer, at, told)

    def _stop(self, case_id: str, name: str, at: datetime, *, is_over: bool) -> None:
        case, clock = self._running(case_id, name)
        if case and clock:
            if is_over:
                changed = procedure.resume(case, name, on=at.date(), rules=self.rules)
            else:
                changed = procedure.pause(case, name, on=at.date())
            after = changed.running(name)
            if after is not None and changed is not case:
                self._commit(case, changed, at, procedure.told(after, self.rules))

    def _running(self, case_id: str, name: str, about: str = "") -> tuple[Case | None, Clock | None]:
        case = self.cases.load(case_id).case
        clock = case.running(name, about)
        return (case, clock) if clock else (None, None)

    def _commit(self, before: Case, after: Case, at: datetime, *clocks: Any) -> None:
        trouble, self.table.trouble = self.table.trouble, Trouble()
        event = MeasureTaken(taken_on=at.date(), clocks=tuple(clocks))
        change = Change(after, (Happened(event, BY_LAW),))
        command = Command.of("staff", f"{before.id}|{before.version}", {})
        if before.version:
            held = self.cases.load(before.id)
            self.cases.commit(held, change, command, at=at, tree=TREE, rules=self.rules)
        else:
            key = self.cases._new_key(before.id)
            _, writes = self.cases.writes(None, change, key, command, at=at, tree=TREE, rules=self.rules)
            self.table.transact(writes, f"{before.id}|first")
        self.table.trouble = trouble


class WindowSweeper(Sweeper):
    """The naive design: it looks at what came due since its last run, and remembers when that was."""

    last: str = keys.instant(BEGINS)

    def _due(self, shard: str, until: str) -> Any:
        page = self.cases.table.hits("due", shard, low=WindowSweeper.last, high=until, limit=10_000)
        yield from page.items
        if shard == keys.SHARDS[-1]:
            WindowSweeper.last = until


__all__ = ["WindowSweeper", "World"]
