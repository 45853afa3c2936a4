"""The bureau writes to many in the county of the other tests: rates, money, and sweeps cut short at will."""

from dataclasses import dataclass, field
from datetime import time

from benchmarks.notice_world import Counters
from chalicelib.domain import announcements as rules
from chalicelib.domain.announcements import Audience
from chalicelib.profiles.profile import Budget, Limit
from chalicelib.store import announced
from chalicelib.store.announcements import Announcements
from chalicelib.store.bulk_quota import BulkQuota
from chalicelib.store.command import Command
from chalicelib.store.quotas import Quotas
from chalicelib.triggers.announcements import Carrier, carry_on
from tests.triggers.world import World

RATES = {
    "bulk": (Limit("number", 86_400, 1, True), Limit("everybody", 86_400, 100, True), Limit("everybody", 1, 2, True))
}
WORDS = "明天停电。不想再收请打0736-6622345。"


@dataclass
class Street(World):
    """The county of the other tests, in which the bureau writes to many."""

    budgets: tuple[Budget, ...] = (Budget("day", 400, 200, 100),)
    firsts: int = 0
    counters: Counters = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.counters = Counters(lambda: self.at)
        self.limit(RATES)

    def limit(self, rates: dict[str, tuple[Limit, ...]], *budgets: Budget) -> None:
        """Other rates, and other money."""
        of = self.counters
        now = lambda: self.at  # noqa: E731
        texts = Quotas(rates, budgets or self.budgets, of.count, of.uncount, of.spend, now, of.unspend)
        self.carrier_of_bulk = Carrier(
            self.cases,
            self.carrier,
            BulkQuota(texts, lambda period: of.counted[period,]),
            (time(8), time(20)),
            "0736-6622345",
            now,
            lambda seconds: self.pass_time(seconds=int(seconds)),
        )

    @property
    def written(self) -> Announcements:
        return self.carrier_of_bulk.announcements

    def release(self, text: str = "明天停电", audience: Audience | None = None) -> int:
        """Written by one, released by another."""
        command = Command.of("bureau1", text, {})
        this = self.written.write(text, audience or Audience(), command, by="bureau1", at=self.at)
        return self.written.move(this, rules.release(this, by="leader1", at=self.at)).number

    def stop(self, number: int = 1) -> None:
        this = self.written.find(number)
        assert this is not None
        self.written.move(this, rules.stop(this, by="bureau1", at=self.at))

    def go(self, texts: int = 10_000) -> int:
        """The end of a sweep that has time for so many texts."""
        left = iter(range(10_000))
        begun = len(self.carrier.sent)
        return carry_on(
            self.carrier_of_bulk, self.first, lambda: len(self.carrier.sent) - begun < texts and next(left, -1) >= 0
        )

    def first(self) -> None:
        self.firsts += 1

    def fates(self, number: int = 1) -> dict[str, int]:
        return {state: n for state, n in announced.counts(self.table, number).items() if n}

    def state(self, number: int = 1) -> str:
        this = self.written.find(number)
        return this.state if this else ""


def of_five(street: Street) -> Street:
    """Five petitioners with a telephone each."""
    for number in range(5):
        street.file(phone=f"1390000000{number}", number=123001785 + number)
    return street
