"""How a world sweeps: at the ticks of the timer when something is due; twice, overlapping, or for days not at all."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from chalicelib.clock import CHINA
from chalicelib.store import keys
from chalicelib.triggers import notices
from chalicelib.triggers.deadlines import Sweeper, Swept
from infra.torture.alarms import TICK, SweepAlarms
from infra.torture.faults import Faults, Killed
from infra.torture.outages import Outages
from infra.torture.table import Watched, oldest_due
from infra.traces.world import TREE


class Sweeping:
    """The sweep's part of a world."""

    memory: Watched
    faults: Faults
    off: Outages
    alarms: SweepAlarms
    chance: Any
    checks: Any
    found: Any
    cases: Any
    post: Any
    rules: Any
    now: datetime
    last_timer: datetime
    next_sweep: datetime | None
    at: Callable[..., None]
    process: Callable[..., Any]
    clock: Callable[[], datetime]

    def oldest_due(self) -> str | None:
        """The first moment for which this design would wake."""
        return oldest_due(self.memory)

    def _sweep_at(self, due: datetime) -> None:
        when = _tick(max(due.astimezone(CHINA), self.now))
        open_again = self.off.sweep.ends(when)
        if open_again > when:
            when = _tick(open_again)
        if self.next_sweep is not None and self.next_sweep <= when:
            return
        self.next_sweep = when
        self.at(when, lambda: self._timer(when))

    def _timer(self, when: datetime) -> None:
        if self.next_sweep != when:
            return
        self.next_sweep = None
        self._note_skipped(when)
        self._sweep_once()
        if self.faults.hits("sweep_double", 0.03):
            self._sweep_once()
        due = self.oldest_due()
        if due is not None and keys.moment(due) <= self.now:  # what it did not reach, the next one finds
            self._sweep_at(self.now + timedelta(seconds=1))

    def _note_skipped(self, when: datetime) -> None:
        """A sweep that stood still since the last one was played is a fault that happened."""
        before, self.last_timer = self.last_timer, when
        for since, until in self.off.sweep.windows:
            if before < until <= when or since <= before < until:
                self.faults.note("sweep_skipped")

    def _sweep_once(self) -> None:
        swept: Swept | None = None
        try:
            swept = self.process("sweep", self._sweep, self._another_sweep)
        except (Exception, Killed):
            self.found.figures["sweeps_died"] += 1
        if swept is None:
            self.alarms.died(self.now)
            self.checks.after_sweep(has_finished=False)
            return
        self.alarms.swept(self.now, swept.oldest_s, swept.parked)
        self.found.figures["sweeps"] += 1
        self.checks.after_sweep(has_finished=True)

    def _sweep(self) -> Swept:
        sweeper = Sweeper(self.cases, self.rules, self.carry, lambda: TREE)
        return self.sweep_with(sweeper, self.clock(), self._has_time())

    def sweep_with(self, sweeper: Sweeper, at: datetime, has_time: Callable[[], bool]) -> Swept:
        """Where another design sweeps otherwise."""
        return sweeper.run(at, has_time)

    def carry(self, pointer: Any) -> None:
        """The sweep's way to a notice."""
        notices.send_due(pointer, lambda: self.post)

    def _another_sweep(self) -> None:
        try:
            swept = self.process("sweep", self._sweep)
        except (Exception, Killed):
            self.alarms.died(self.now)
            return
        self.alarms.swept(self.now, swept.oldest_s, swept.parked)

    def _has_time(self) -> Callable[[], bool]:
        if self.chance.random() >= 0.02 * self.faults.rate:
            return lambda: True
        left = [self.chance.randint(1, 5)]

        def has_time() -> bool:
            left[0] -= 1
            if left[0] == -1:
                self.faults.note("sweep_cut_short")
            return left[0] >= 0

        return has_time


def _tick(at: datetime) -> datetime:
    """The next full five minutes."""
    bare = at.replace(second=0, microsecond=0)
    bare -= timedelta(minutes=bare.minute % 5)
    return bare if bare >= at else bare + TICK
