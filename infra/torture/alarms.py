"""The alarms of the sweep, as `infra/resources.json` sets them, over what this world's sweeps told CloudWatch.

Sweeps that find nothing are not played: they beat every five minutes all the same, unless they stand still. Their
points are put in where an alarm is asked for, which happens seldom.
"""

import functools
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from chalicelib.clock import CHINA
from infra.alarms.evaluator import TEMPLATE, Alarms, Metrics
from infra.torture.outages import Outage

STAGE = "torture"
TICK = timedelta(minutes=5)
WATCHING = ("SweepHeartbeatAlarm", "SweepLatenessAlarm", "SweepErrorsAlarm", "SweepParkedAlarm")
TICK_S, LATE_S = TICK.total_seconds(), 900
REACH_S = 3600
"""No alarm of these looks back further."""


@functools.cache
def _resources() -> dict[str, Any]:
    found = json.loads(TEMPLATE.read_text("utf-8"))["Resources"]
    return {name: found[name] for name in WATCHING}


class SweepAlarms:
    """What the sweeps said, and whether an alarm was on."""

    def __init__(self, start: datetime, stands_still: Outage) -> None:
        self.stands_still = stands_still
        self.alarms = Alarms(STAGE, (start - timedelta(days=1)).timestamp(), _resources())
        self.said: list[tuple[float, str, float]] = []
        """Moment, metric, value: of the sweeps that were played."""
        self.unrest: list[float] = []
        """When a sweep died, parked something or came late: only then may an alarm change that a beat does not."""
        self.played: set[float] = set()
        self.known: dict[float, bool] = {}

    def swept(self, at: datetime, oldest_s: float, parked: int) -> None:
        """A sweep came to its end."""
        self.said += [(at.timestamp(), "SweepHeartbeat", 1.0), (at.timestamp(), "OldestUnactedSeconds", oldest_s)]
        if parked:
            self.said.append((at.timestamp(), "SweepParked", float(parked)))
        self._note(at, is_unrest=bool(parked) or oldest_s > LATE_S)

    def died(self, at: datetime) -> None:
        """One raised, ran out of time or was killed: Lambda counts an error."""
        self.said.append((at.timestamp(), "Errors", 1.0))
        self._note(at, is_unrest=True)

    def _note(self, at: datetime, *, is_unrest: bool) -> None:
        self.played.add(at.timestamp() // TICK_S)
        if is_unrest:
            self.unrest.append(at.timestamp())

    def was_on(self, since: datetime, until: datetime) -> bool:
        """Was an alarm in ALARM at any moment of these at which one could have changed?"""
        last = until.timestamp()
        for moment in self._moments(since.timestamp(), last):
            if moment not in self.known or moment >= last:  # what is said at this very moment may not be all
                self.known[moment] = self._rings(moment)
            if self.known[moment]:
                return True
        return False

    def _moments(self, since: float, until: float) -> Iterator[float]:
        """The last moment, and the ends of the periods in which something was said or a beat was missing."""
        yield until
        for at in reversed(self.unrest):
            if at < since - REACH_S:
                break
            for period in (60, 300, 900):
                end = (at // period + 1) * period
                if since <= end <= until:
                    yield end
        for began, ends in self.stands_still.windows:
            quiet = began.timestamp() + 900
            if began.timestamp() < until and ends.timestamp() > since and since <= quiet <= until:
                yield quiet

    def _rings(self, now: float) -> bool:
        metrics, since = Metrics(), now - REACH_S
        for at, name, value in reversed(self.said):
            if at < since:
                break
            if at <= now:
                self._put(metrics, at, name, value)
        at = (since // TICK_S + 1) * TICK_S
        while at < now:  # a sweep that was played has said so itself, or died
            moment = datetime.fromtimestamp(at, CHINA)
            if not self.stands_still.holds(moment) and at // TICK_S not in self.played:
                self._put(metrics, at, "SweepHeartbeat", 1.0)
                self._put(metrics, at, "OldestUnactedSeconds", 0.0)
            at += TICK_S
        return bool(self.alarms.ringing(metrics, now))

    @staticmethod
    def _put(metrics: Metrics, at: float, name: str, value: float) -> None:
        if name == "Errors":
            metrics.add("AWS/Lambda", name, value, at, FunctionName="SweepDeadlines")
        else:
            metrics.add("Sunlight", name, value, at, stage=STAGE)
