"""Two thousand wait for a bulk notice, and nobody whom the law, or he himself, asked for a text gets it any later.

Two runs of the same twenty-five minutes stand side by side, one without the bulk notice. Table, clock and wire are in
memory; rules, quotas of the county, sweep and sender's side are the product's.
"""

import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from benchmarks.notice_world import Counters
from chalicelib import profiles
from chalicelib.domain import announcements as rules
from chalicelib.domain.announcements import Audience
from chalicelib.notices.senders import Sent
from chalicelib.profiles.profile import BULK, Budget, Limit
from chalicelib.store import announced, guard
from chalicelib.store.bulk_quota import BulkQuota
from chalicelib.store.command import Command
from chalicelib.store.quotas import NOTICE, Quotas
from chalicelib.store.table import Busy
from chalicelib.triggers import notices
from chalicelib.triggers.announcements import Carrier
from chalicelib.triggers.deadlines import Sweeper, Swept, bulk_notices
from tests.triggers.world import RULES, TEN, TREE, World

COUNTY = profiles.load("county")
WAITING, LEGAL, CODES = 2_000, 200, 50
MINUTES = 25
ANSWER_S = 0.06
LATE_IN_ITS_SECOND = 0.93
"""When others may have taken the room of the second."""
SWEEP_HAS_S = 270
Sender = Callable[[str, str, str], Sent]


@dataclass
class Town(World):
    """Everything that happens in it has its moment; a sweep that sends or waits lets the others go on."""

    shares_room: bool = False
    """A naive design: bulk notices are counted with those of the law, and no end of money."""
    went: dict[str, datetime] = field(default_factory=dict)
    """When each text left, by our own number of it."""
    refused: list[datetime] = field(default_factory=list)
    bulk: int = 0
    swept: list[Swept] = field(default_factory=list)
    """What each sweep did once it had come to the bulk notices."""
    _events: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    _order: "itertools.count[int]" = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        super().__post_init__()
        of = Counters(lambda: self.at)
        now = lambda: self.at  # noqa: E731
        self.quotas = Quotas(COUNTY.limits, COUNTY.budgets, of.count, of.uncount, of.spend, now, of.unspend)
        self.post = replace(self.post, sender=self, quotas=self.quotas, window=COUNTY.send_window)
        self.sweeper = Sweeper(self.cases, RULES, lambda hit: notices.send_due(hit, lambda: self.post), lambda: TREE)
        no_end = (Budget("day", 10**9, 1, 10**6),)
        with_all = replace(self.quotas, count=self._as_notice, limits={BULK: COUNTY.limits[NOTICE][:1]}, budgets=no_end)
        texts = with_all if self.shares_room else self.quotas
        quota = BulkQuota(texts, lambda period: of.counted[period,])
        self.of_bulk = Carrier(self.cases, self, quota, COUNTY.send_window, COUNTY.phone, now, self.pause)

    def send(self, phone: str, text: str, out_id: str) -> Sent:
        self.went[out_id] = self.at
        self.bulk += out_id.startswith("bulk")
        self.pause(ANSWER_S)
        return Sent(out_id)

    def ask(self, out_id: str) -> None:
        return None

    def _as_notice(self, _action: str, rule: Limit, subject: str) -> None:
        self.quotas.count(NOTICE, rule, subject)

    def pause(self, seconds: float) -> None:
        """Time passes, and what has its moment in it happens at its moment."""
        until = self.at + timedelta(seconds=seconds)
        while self._events and self._events[0][0] <= until:
            at, _, work = heapq.heappop(self._events)
            self.at = max(self.at, at)
            work()
        self.at = max(self.at, until)

    def plan(self, after: timedelta, work: Callable[[], None]) -> None:
        heapq.heappush(self._events, (TEN + after, next(self._order), work))

    def owe_many(self) -> None:
        """A bulk notice that was released, with its recipients laid down."""
        command = Command.of("bureau1", "k", {})
        written = self.of_bulk.announcements
        this = written.write("明天停电", Audience(), command, by="bureau1", at=self.at)
        released = rules.release(this, by="leader1", at=self.at)
        for number in range(WAITING):
            announced.lay(self.table, self.cases.keys, this.number, f"135{number:08d}", self.at)
        written.move(this, replace(released, laid=WAITING))

    def run(self) -> None:
        """Legal notices one by one and forty at once, codes all along, a sweep every five minutes."""
        for number in range(LEGAL):
            crowd = number >= LEGAL - 40
            after = timedelta(minutes=12, seconds=30) if crowd else timedelta(seconds=7 * number + LATE_IN_ITS_SECOND)
            self.plan(after, lambda n=number: self._owe_by_law(n))  # type: ignore[misc]
        for number in range(CODES):
            self.plan(timedelta(seconds=23 * number + LATE_IN_ITS_SECOND), lambda n=number: self._ask_for_code(n))  # type: ignore[misc]
        for minutes in range(0, MINUTES, 5):
            self._until(TEN + timedelta(minutes=minutes))
            self._sweep()
        self._until(TEN + timedelta(minutes=MINUTES))

    def _until(self, moment: datetime) -> None:
        self.pause(max(0.0, (moment - self.at).total_seconds()))

    def _owe_by_law(self, number: int) -> None:
        self.deliver(self.file(phone=f"139{number:08d}", number=1_000_003 * (number + 1)))

    def _ask_for_code(self, number: int) -> None:
        try:
            for rule in COUNTY.limits["send_code"]:
                self.quotas.count("send_code", rule, "*" if rule.per == "everybody" else f"{number}")
            self.quotas.take_for_code()
        except guard.TooMany:
            self.refused.append(self.at)
        else:
            self.went[f"code-{number}"] = self.at

    def _sweep(self) -> None:
        begun = self.at
        has_time = lambda: (self.at - begun).total_seconds() < SWEEP_HAS_S  # noqa: E731
        self.sweeper.run(begun, has_time)
        self.sweeper.keep_on(begun, has_time, now=lambda: self.at, pause=self.pause)
        self.swept.append(bulk_notices(self.sweeper, begun, has_time, lambda: self.of_bulk))

    def of_kind(self, kind: str) -> dict[str, datetime]:
        """When texts left: codes, or those that the law owes."""
        return {
            out_id: at
            for out_id, at in self.went.items()
            if out_id.startswith("code") == (kind == "code") and not out_id.startswith("bulk")
        }


def run(*, waiting: bool, **changes: bool) -> Town:
    town = Town(**changes)  # type: ignore[arg-type]
    if waiting:
        town.owe_many()
    town.run()
    return town


@pytest.fixture(scope="module")
def alone() -> Town:
    """The twenty-five minutes without a bulk notice."""
    return run(waiting=False)


def later(town: Town, alone: Town) -> list[str]:
    """What the law owed and left later than it would have, or not at all."""
    by_law, before = town.of_kind("law"), alone.of_kind("law")
    return [out_id for out_id, at in before.items() if by_law.get(out_id, datetime.max.replace(tzinfo=at.tzinfo)) > at]


def test_with_two_thousand_waiting_no_legal_notice_and_no_code_leaves_later(alone: Town) -> None:
    beside = run(waiting=True)
    assert beside.bulk == 300, "as many as a day has room for, in the same minutes"
    assert len(alone.of_kind("code")) == CODES
    assert beside.of_kind("code") == alone.of_kind("code")
    assert beside.refused == alone.refused == []
    assert len(alone.of_kind("law")) >= LEGAL
    assert later(beside, alone) == []
    moments = [(at, alone.of_kind("law")[out_id]) for out_id, at in beside.of_kind("law").items()]
    at_once = [at for at, before in moments if at == before]
    assert len(at_once) >= LEGAL, "at the very same moment, but for what a longer sweep meets sooner"


def test_what_the_law_owed_meanwhile_is_counted_with_the_sweep() -> None:
    town = Town()
    town.owe_many()
    for number in range(40):  # more than leave in a second: the rest is the sweep's
        town.plan(timedelta(seconds=5), lambda n=number: town._owe_by_law(n))  # type: ignore[misc]
    town._sweep()
    [swept] = town.swept
    assert swept.bulk == town.bulk == 300
    assert swept.examined == swept.acted > 0


def test_bulk_notices_that_cannot_even_begin_harm_no_sweep(capsys: pytest.CaptureFixture[str]) -> None:
    def no_key() -> Carrier:
        raise Busy

    town = Town()
    town.owe_many()
    assert bulk_notices(town.sweeper, town.at, lambda: True, no_key) == Swept()
    assert "BulkNoticeStands" in capsys.readouterr().out


def test_the_comparison_finds_a_bulk_notice_that_takes_room(alone: Town) -> None:
    assert later(run(waiting=True, shares_room=True), alone) != []
