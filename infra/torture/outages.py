"""What stands still, from when to when: drawn once for each world."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from infra.torture.faults import Faults

SPAN_H = 24 * 100


@dataclass
class Outage:
    """The windows in which one thing stands still."""

    windows: list[tuple[datetime, datetime]]

    def holds(self, at: datetime) -> bool:
        """Does it stand still at this moment?"""
        return any(since <= at < until for since, until in self.windows)

    def ends(self, at: datetime) -> datetime:
        """The first moment from this one on at which it does not."""
        for since, until in sorted(self.windows):
            if since <= at < until:
                at = until
        return at

    def within(self, since: datetime, until: datetime) -> timedelta:
        """How long it stood still in this time; windows that overlap count twice, which is generous."""
        spans = (min(until, ends) - max(since, begins) for begins, ends in self.windows)
        return sum((span for span in spans if span > timedelta()), timedelta())


class Outages:
    """The sweep's, the stream's, the provider's and the key service's."""

    def __init__(self, faults: Faults, start: datetime) -> None:
        self._faults, self._start = faults, start
        self.sweep = self._some(3, (1, 6, 24, 72))
        self.stream = self._some(2, (1, 8, 30, 72))
        self.provider = self._some(2, (2, 8, 80))
        self.keys = self._some(1, (1, 4))

    def _some(self, most: int, hours: tuple[int, ...]) -> Outage:
        chance, found = self._faults.chance, []
        for _ in range(chance.randint(0, most)):
            since = self._start + timedelta(hours=chance.randrange(SPAN_H))
            found.append((since, since + timedelta(hours=chance.choice(hours))))
        return Outage(found if self._faults.rate else [])
