"""A county that owes notices, an SMS gateway that behaves badly, and a clock of its own: what `make soak-notices` runs.

The product's own code works here: the rules, the commit, `triggers/notices.py`, `triggers/deadlines.py`, the proofs,
the quotas, the sender with its signatures, the receipts. Only table, wire, counters and clock are in memory.
"""

import contextlib
import heapq
import itertools
import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from benchmarks.mortal import BlindlyAgain, Died, Mortal
from chalicelib import profiles
from chalicelib.clock import CHINA
from chalicelib.domain import limits, receiving
from chalicelib.domain.case import BUREAU, PETITIONER, Actor
from chalicelib.domain.intake import GRIEVANCE, WEB, Contact, Filing
from chalicelib.domain.numbers import case_number
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.procedure import Rules
from chalicelib.domain.workdays import Calendar
from chalicelib.notices.gateway import FATES, Answer, GatewaySender, NoLine
from chalicelib.notices.senders import NotSent, Unknown
from chalicelib.notices.signing import is_signed
from chalicelib.profiles.profile import Budget, Limit
from chalicelib.store import delivery, guard, keys
from chalicelib.store.cases import Cases, Command
from chalicelib.store.memory import MemoryTable
from chalicelib.store.quotas import Quotas
from chalicelib.store.sealing import Keys
from chalicelib.store.table import Item
from chalicelib.triggers import notices
from chalicelib.triggers.deadlines import AT_ONCE, Sweeper, Swept
from chalicelib.triggers.notices import Post
from infra.gateway.model import CALLBACK, Gateway, Silence

PROFILE = profiles.load("county")
TREE = OfficeTree.of(PROFILE.offices)
RULES = Rules(Calendar.shipped(), limits.PETITION)
UNITS = tuple(office.id for office in PROFILE.offices if office.kind in ("department", "township"))
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=CHINA)
OUTAGE = (datetime(2026, 11, 24, 8, 30, tzinfo=CHINA), datetime(2026, 11, 24, 16, 30, tzinfo=CHINA))
FLOOD = (datetime(2026, 11, 26, 9, 0, tzinfo=CHINA), datetime(2026, 11, 26, 10, 0, tzinfo=CHINA))
FLOOD_DAY = 3
SWEEP_EVERY, CALLBACKS_EVERY = timedelta(minutes=5), timedelta(seconds=30)
SWEEP_HAS_S = 270
"""A sweep's own time: what it does not reach is there for the next one. A timed-out call costs it five seconds, an
answer 60 ms, of which it waits for AT_ONCE side by side; and each row it looks at 20 ms of its table."""
ROW_S, ANSWER_S = 0.02, 0.06
KEY = b"agreed with the gateway, 32 byte"
NO_PHONE, STREAM_LOST, DIES = 0.01, 0.03, 0.01
DIES_IN_A_SWEEP = 0.0005
"""For each text too. A sweep sends hundreds: with the odds of a consumer of single messages it would hardly end."""


@dataclass
class Counters:
    """The guard table's counters in memory."""

    now: Callable[[], datetime]
    counted: Counter[tuple[Any, ...]] = field(default_factory=Counter)

    def count(self, action: str, rule: Limit, subject: str) -> None:
        name = self._name(action, rule, subject)
        if self.counted[name] >= rule.most:
            raise guard.TooMany("", rule.window_s - int(self.now().timestamp()) % rule.window_s)
        self.counted[name] += 1

    def uncount(self, action: str, rule: Limit, subject: str) -> None:
        self.counted[self._name(action, rule, subject)] -= 1

    def _name(self, action: str, rule: Limit, subject: str) -> tuple[str, str, int, str, int]:
        return action, rule.per, rule.window_s, subject, int(self.now().timestamp()) // rule.window_s

    def spend(self, period: str, _ends: int, most: int | None) -> int | None:
        if most is not None and self.counted[period,] >= most:
            return None
        self.counted[period,] += 1
        return self.counted[period,]

    def unspend(self, period: str) -> None:
        self.counted[period,] -= 1


@dataclass
class Plan:
    """How much of what happens. The naive designs stand beside ours: each changes one thing."""

    cases: int
    seed: int = 1
    days: int = 5
    """So many days people file; one alone is that of the flood."""
    hours: float = 12
    """From eight o'clock, so many hours of each day."""
    flood: tuple[datetime, datetime] = FLOOD
    codes_per_second: int = 40
    """What the flood asks for: more than the gateway carries for everybody."""
    sender: type[Mortal] = Mortal
    trusts_ok: bool = False
    codes_have_a_quota: bool = True


@dataclass
class World:
    """One run."""

    plan: Plan
    at: datetime = MONDAY
    spent_s: float = 0
    """What the sweep that is running has spent of its time."""
    table: MemoryTable = field(default_factory=MemoryTable)
    codes: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    sweeps: list[Swept] = field(default_factory=list)
    filed: list[str] = field(default_factory=list)
    _events: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    _order: Any = field(default_factory=itertools.count)
    _is_sweeping: bool = False
    _is_flooding: bool = False
    _flooded_to: datetime = field(init=False)
    is_over: bool = False

    def __post_init__(self) -> None:
        self._flooded_to = self.plan.flood[0]
        pk, sk = keys.TREE
        self.table.put({"pk": pk, "sk": sk, "kind": "tree", "version": TREE.version})
        self.cases = Cases(self.table, Keys(lambda kind: kind.encode().ljust(32, b"."), lambda: 0.0))
        self.gateway = Gateway(KEY, self.now, seed=self.plan.seed, down=(OUTAGE,))
        self.gateway_sender = GatewaySender(
            "https://gateway", PROFILE.signature, lambda: KEY, now=self.now, wire=self._wire
        )
        self.counters = Counters(self.now)
        rates = {**PROFILE.limits, "send_code": self._code_rates()}
        budgets = (Budget("day", 90_000, 30_000),) if self.plan.codes_have_a_quota else ()
        of = self.counters
        self.quotas = Quotas(rates, budgets, of.count, of.uncount, of.spend, self.now, of.unspend)
        self.post = Post(
            cases=self.cases,
            sender=self.plan.sender(
                self.gateway_sender, self.gateway, lambda: DIES_IN_A_SWEEP if self._is_sweeping else DIES
            ),
            mobile_of=self._duty_telephone,
            holder_of=self._duty_telephone,  # every post of every office is held
            tree=lambda: TREE,
            window=PROFILE.send_window,
            telephone=PROFILE.phone,
            now=self.now,
            gives_receipts=not self.plan.trusts_ok,
            lookup_lag=self.gateway.lag,
            quotas=self.quotas,
        )
        self.sweeper = Sweeper(self.cases, RULES, self._look_at, lambda: TREE)

    def items(self, kind: str) -> list[Item]:
        """Every item of one kind, case by case."""
        found = (self.table.query(keys.case(case_id)).items for case_id in self.filed)
        return [item for items in found for item in items if item["kind"] == kind]

    def now(self) -> datetime:
        return self.at + timedelta(seconds=self.spent_s)

    def run(self) -> None:
        """Everything that is planned, and then as long as anything is owed (at most ten days)."""
        for number in range(self.plan.cases):
            day, share = (
                (number % self.plan.days if self.plan.days > 1 else FLOOD_DAY),
                self.gateway.draw(f"filed|{number}"),
            )
            self.plan_at(
                MONDAY + timedelta(days=day, seconds=share * self.plan.hours * 3600), lambda n=number: self._file(n)
            )
        self.plan_at(MONDAY, self._sweep)
        self.plan_at(MONDAY, self._bring_callbacks)
        if self.plan.codes_per_second:
            self.plan_at(self.plan.flood[0], self._flood)
        while self._events:
            self.at, _, work = heapq.heappop(self._events)
            with contextlib.suppress(Died):
                work()
            self.spent_s = 0

    def plan_at(self, at: datetime, work: Callable[[], None]) -> None:
        heapq.heappush(self._events, (at, next(self._order), work))

    def _notices_due(self) -> bool:
        hits = (hit for shard in keys.SHARDS for hit in self.table.hits("due", shard, limit=100_000).items)
        return any(hit["kind"] == "notice" for hit in hits)

    def _file(self, number: int) -> None:
        case_id = case_number(2026, lambda below: (number * 7919 + 11) % below)
        phone = "" if self.gateway.draw(f"phone|{number}") < NO_PHONE else f"139{number:08d}"
        filing = Filing(GRIEVANCE, WEB, self.at.date(), "楼道漏水", "三楼以上楼道漏水两个月。")
        contact = Contact(name="王某", phone=phone, address="青山县东街1号")
        change = receiving.register(
            case_id, filing, contact, TREE.offices["bureau"], by=Actor(PETITIONER), at=self.at, rules=RULES
        )
        self.cases.file(change, contact, Command.of("petitioner", case_id, {}), at=self.at, tree=TREE, rules=RULES)
        self.filed.append(case_id)
        self._by_stream(case_id, 1)
        wait = timedelta(minutes=20 + 100 * self.gateway.draw(f"forwarded|{number}"))
        self.plan_at(self.at + wait, lambda: self._forward(case_id, UNITS[number % len(UNITS)]))

    def _forward(self, case_id: str, to: str) -> None:
        held = self.cases.load(case_id)
        by = Actor(BUREAU, "bureau", "bureau1")
        change = receiving.forward(held.case, to, tree=TREE, by=by, on=self.at.date(), rules=RULES)
        command = Command.of("staff", f"{case_id}-{held.case.version}", {})
        case = self.cases.commit(held, change, command, at=self.at, tree=TREE, rules=RULES)
        self._by_stream(case_id, case.version)

    def _by_stream(self, case_id: str, seq: int) -> None:
        """Stream, topic and queue: within seconds, now and then twice, now and then not at all."""
        at = self.gateway.draw(f"{case_id}|{seq}|stream")
        if at < STREAM_LOST:
            self.gateway.met["event never brought"] += 1
            return
        bring = lambda: notices.deliver(self.post, case_id, seq)  # noqa: E731
        self.plan_at(self.at + timedelta(seconds=1 + 4 * at), bring)
        if at > 1 - STREAM_LOST:
            self.gateway.met["event brought twice"] += 1
            self.plan_at(self.at + timedelta(seconds=6), bring)

    def _sweep(self) -> None:
        last = MONDAY + timedelta(days=max(self.plan.days, FLOOD_DAY + 1))
        self.is_over = self.at > MONDAY + timedelta(days=15) or (
            self.at > last and not self.at.minute and not self._notices_due()
        )
        if not self.is_over:
            self.plan_at(self.at + SWEEP_EVERY, self._sweep)
        self._is_sweeping = True
        try:
            swept = self.sweeper.run(self.at, self._has_time)
            self.sweeps.append(swept)
            swept.parked += self.sweeper.keep_on(self.at, self._has_time, now=self.now, pause=self._pause).parked
        finally:
            self._is_sweeping = False

    def _has_time(self) -> bool:
        return self.spent_s < SWEEP_HAS_S

    def _pause(self, seconds: float) -> None:
        self.spent_s += seconds

    def _look_at(self, hit: Item) -> None:
        self.spent_s += ROW_S
        notices.send_due(hit, lambda: self.post)

    def _bring_callbacks(self) -> None:
        if not self.is_over:
            self.plan_at(self.at + CALLBACKS_EVERY, self._bring_callbacks)
        for headers, body in self.gateway.due_callbacks():
            assert is_signed(KEY, CALLBACK, body, self.at, headers)
            told = [(each["out_id"], FATES[each["state"]]) for each in json.loads(body)["receipts"]]
            delivery.take(self.table, told, self.at)

    def _flood(self) -> None:
        if self.at < self.plan.flood[1]:
            self.plan_at(self.at + timedelta(seconds=1), self._flood)
        self._flood_until(self.at)

    def _flood_until(self, now: datetime) -> None:
        """Codes asked for from everywhere, for new numbers and for those of petitioners: all of each second before."""
        kept, self._is_flooding = (self.at, self.spent_s), True
        while self._flooded_to <= min(now, self.plan.flood[1]):
            self.at, self.spent_s = self._flooded_to, 0
            for _ in range(self.plan.codes_per_second):
                self._ask_for_code()
            self._flooded_to += timedelta(seconds=1)
        (self.at, self.spent_s), self._is_flooding = kept, False

    def _ask_for_code(self) -> None:
        self.codes["asked"] += 1
        number = self.codes["asked"]
        phone = f"139{number % self.plan.cases:08d}" if number % 10 == 0 else f"138{number:08d}"
        try:
            for rule in self.quotas.limits["send_code"]:
                self.counters.count("send_code", rule, phone if rule.per == "number" else "*")
            self.quotas.take_for_code()
            self.gateway_sender.send(phone, "验证码123456。", f"code-{number}")
        except NotSent:
            self.quotas.give_code_back()
            self.codes["NotSent"] += 1
        except (guard.TooMany, Unknown) as error:
            self.codes[type(error).__name__] += 1
        else:
            self.codes["sent"] += 1

    def _code_rates(self) -> tuple[Limit, ...]:
        """Those of the profile but the hourly one, which would end the flood after minutes; a naive design has none."""
        if not self.plan.codes_have_a_quota:
            return ()
        rules = PROFILE.limits["send_code"]
        return tuple(
            each for each in rules if each.per == "number" or (each.per == "everybody" and each.window_s < 3600)
        )

    def _duty_telephone(self, org: str, _posts: str | Sequence[str], _without: Collection[str]) -> str:
        return f"137{UNITS.index(org) if org in UNITS else 99:02d}{int(self.now().timestamp()) % 997:06d}"

    def _wire(self, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        if self.plan.codes_per_second and not self._is_flooding:
            self._flood_until(self.now())
        self.requests += 1
        try:
            answer = self.gateway.post(path, headers, body)
        except (Silence, NoLine) as lost:
            self.spent_s += (5 if isinstance(lost, Silence) else 2) / AT_ONCE * self._is_sweeping
            raise
        self.spent_s += ANSWER_S / AT_ONCE * self._is_sweeping
        return answer


def naive(plan: Plan) -> dict[str, Plan]:
    """The designs that have to fail, each with what it does wrong."""
    return {
        "sends again whatever was not confirmed": replace(plan, sender=BlindlyAgain),
        "takes OK for delivered": replace(plan, trusts_ok=True),
        "gives codes and notices one quota": replace(plan, codes_have_a_quota=False),
    }
