"""The sweep: whatever has a moment that has come is looked at again, the oldest first. It remembers nothing.

What is due is what the index says is due; a sweep that runs twice, late or after a gap changes nothing but
lateness, and lateness is recorded. One that fails is parked, each time for longer, and the rest goes on.
"""

import functools
import heapq
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from chalicelib import clock
from chalicelib.domain import days_lost, procedures
from chalicelib.domain.case import Case, Change
from chalicelib.domain.elapsing import elapse
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.procedure import Rules
from chalicelib.domain.recounting import recount
from chalicelib.domain.values import value
from chalicelib.store import calendars, items, keys, offices
from chalicelib.store.cases import Cases, Command, Held, StaleCase
from chalicelib.store.days_lost import Laid, in_force
from chalicelib.store.side_by_side import side_by_side
from chalicelib.store.table import Busy, ConditionFailed, Holds, Item
from chalicelib.store.tenant import cases, rules_of, table
from chalicelib.telemetry import came_through, logger, metric
from chalicelib.triggers import calendar_watch, days_lost_watch, vital_signs
from chalicelib.triggers.notices import send_due

if TYPE_CHECKING:
    from chalicelib.triggers.announcements import Carrier

PAGE = 500
"""Of one shard in one query: it costs by what is read, not by the query, and each query is another wait."""
AT_ONCE = 16
"""After an outage of two days 20,000 cases are due at once. On the emulator, whose one process answers everybody, eight
side by side acted on 51 things a second and sixteen on 72 (five minutes are 67)."""
STOP_BEFORE_MS = 20_000
"""A sweep stops in time: what it did not reach is still in the index for the next one. A row of two texts whose
provider hardly answers takes two times seven seconds, and its writes."""
A_LOOK, A_COUNT = 1 / 4, 1 / 8
"""Of the time that is left: so much for each look at every open case, and so much of it to count how many it is. The
rest is for what comes due meanwhile."""
SOON = timedelta(seconds=2)
"""What comes due within this is waited for: a notice that has to wait a second for room shall not wait five minutes."""
BREATH_S = 0.5
PARK = timedelta(minutes=10)
LONGEST_PARK = timedelta(hours=12)


@dataclass
class Swept:
    """What one sweep did. `oldest_s` is how long the oldest had waited when it came."""

    examined: int = 0
    acted: int = 0
    parked: int = 0
    oldest_s: float = 0
    recounted: int = 0
    excused: int = 0
    bulk: int = 0
    """Texts of bulk notices that went out."""

    def add(self, again: "Swept") -> None:
        """What was done of the same sweep afterwards. How long the oldest had waited when it came stays."""
        self.examined += again.examined
        self.acted += again.acted
        self.parked += again.parked
        self.bulk += again.bulk


@value
class Sweeper:
    """The sweep over any table: the real one and the simulator's differ in what they bring."""

    cases: Cases
    rules: Rules
    carry: Callable[[Item], None]
    tree: Callable[[], OfficeTree]
    at_once: int = 1
    now: Callable[[], datetime] | None = None
    """A sweep lasts for minutes: by this clock it writes down when it came to a case. Without one, all of it is written
    down as of the instant at which it began, so that a simulation plays the same again.
    """

    def run(self, at: datetime, has_time: Callable[[], bool] = lambda: True) -> Swept:
        """Act on everything due at this instant while there is time: the oldest first, over all shards.

        A sweep that never comes to its end still begins with what has waited longest, whichever shard holds it.
        """
        swept = Swept()
        due = self._all_due(at, has_time)
        # Read once, at the first case that is due: whatever was confirmed before this instant is among them.
        decisions = functools.cache(lambda: in_force(self.cases.table))
        for hit, acted in side_by_side(due, lambda hit: self._look_at(hit, at, decisions), self.at_once):
            swept.examined += 1
            swept.oldest_s = max(swept.oldest_s, (at - keys.moment(hit["wake_at"])).total_seconds())
            swept.acted += acted
            swept.parked += not acted
        return swept

    def keep_on(
        self,
        at: datetime,
        has_time: Callable[[], bool],
        *,
        now: Callable[[], datetime] = clock.now,
        pause: Callable[[float], None] = time.sleep,
    ) -> Swept:
        """After a sweep of this instant: what comes due from second to second, until nothing does or time is over."""
        done, is_quiet = Swept(), True
        while has_time():
            soonest = self._soonest(at - SOON, now() + SOON)
            if soonest is None and is_quiet:
                break
            is_quiet = soonest is None  # the index is moments behind what was written last: it is asked twice
            pause(max(BREATH_S, (soonest - now()).total_seconds() if soonest else 0))
            at = now()
            done.add(self.run(at, has_time))
        return done

    def recount(self, case_id: str, at: datetime) -> bool:
        """Set the dates of one case that the calendar in force counts otherwise; False when all stand.

        Raises NotFound, Busy, Denied.
        """
        held, at = self._loaded(case_id, at)
        change = recount(held.case, on=_day(at), rules=self.rules)
        return change is not None and self._commit(held, change, at)

    def excuse(self, case_id: str, laid: Laid, at: datetime) -> bool:
        """Bring a decision on 不可抗力 into one case; False when the case has it, or somebody was faster.

        Raises NotFound, Busy, Denied.
        """
        held, at = self._loaded(case_id, at)
        change = self._excused(held.case, laid, _day(at))
        return change is not None and self._commit(held, change, at)

    def _look_at(self, hit: Item, at: datetime, decisions: Callable[[], tuple[Laid, ...]]) -> bool:
        """Act on one thing that is due; False when it was parked."""
        try:
            self._act(hit, at, decisions)
        except Exception as error:
            self._set_aside(hit, at, error)
            return False
        return True

    def _all_due(self, at: datetime, has_time: Callable[[], bool]) -> Iterator[Item]:
        until = keys.instant(at)
        for hit in heapq.merge(*(self._due(shard, until) for shard in keys.SHARDS), key=_waits_since):
            if not has_time():
                return
            yield hit

    def _due(self, shard: str, until: str) -> Iterator[Item]:
        after: Item | None = None
        while True:
            page = self.cases.table.hits("due", shard, high=until, limit=PAGE, after=after)
            yield from page.items
            if page.after is None:
                return
            after = page.after

    def _soonest(self, low: datetime, high: datetime) -> datetime | None:
        span = {"low": keys.instant(low), "high": keys.instant(high)}
        hits = (self.cases.table.hits("due", shard, **span, limit=1).items for shard in keys.SHARDS)
        return min((keys.moment(hit["wake_at"]) for found in hits for hit in found), default=None)

    def _act(self, hit: Item, at: datetime, decisions: Callable[[], tuple[Laid, ...]]) -> None:
        if hit["kind"] == items.NOTICE:
            self.carry(hit)
            return
        case_id = hit["pk"].removeprefix(keys.case(""))
        held, at = self._loaded(case_id, at)
        # Dates first: whoever is late is late by the calendar in force, and was told his date before his lateness; and
        # no right lapses on days that by a decision in force nobody could use, though the look has not come to it yet.
        for dates in self._set_first(decisions):
            set_anew = dates(held.case, on=_day(at))
            if set_anew is None:
                continue
            if not self._commit(held, set_anew, at):
                return
            held, at = self._loaded(case_id, at)
        change = elapse(procedures.of(held.case), held.case, at=at, rules=self.rules)
        if change is not None:
            self._commit(held, change, at)

    def _loaded(self, case_id: str, at: datetime) -> tuple[Held, datetime]:
        """A case, and the instant at which it was seen: read after it, so that nothing that somebody committed before
        is answered by an event of an earlier instant; and never earlier than the sweep.
        """
        held = self.cases.load(case_id)
        return held, max(at, self.now()) if self.now else at

    def _set_first(self, decisions: Callable[[], tuple[Laid, ...]]) -> Iterator[Callable[..., Change | None]]:
        yield functools.partial(recount, rules=self.rules)
        for laid in decisions():
            yield functools.partial(self._excused, laid=laid)

    def _excused(self, case: Case, laid: Laid, on: date) -> Change | None:
        return days_lost.apply(case, laid.decision, by=laid.by, on=on, rules=self.rules, tree=self.tree())

    def _commit(self, held: Held, change: Change, at: datetime) -> bool:
        case = held.case
        command = Command.of("law", f"{case.id}|{case.version}", [event.wire for event in change.events])
        try:
            self.cases.commit(held, change, command, at=at, tree=self.tree(), rules=self.rules)
        except StaleCase:
            logger.info("somebody was faster", extra={"case": case.id})
            return False
        return True

    def _set_aside(self, hit: Item, at: datetime, error: Exception) -> None:
        """Push the moment of one that fails, so that it holds up nobody: it comes again, and an alarm says so.

        The item is written back as it stands, unopened: what cannot be read can still be parked. What is no longer due
        is left alone: its own write went through and only the answer was lost, and the moment it set is the right one.
        """
        logger.error("parked", extra={"error": type(error).__name__, "through": came_through(error), "pk": hit["pk"]})
        metric("SweepParked", kind=hit["kind"])
        try:
            item = self.cases.table.get(hit["pk"], hit["sk"])
            if item is None or item.get("wake_at", keys.NO_DATE) > keys.instant(at):  # it was acted on, unheard
                return
            times = item.get(items.PARKED, 0) + 1
            put_off = item | {"wake_at": keys.instant(at + park_for(times)), items.PARKED: times}
            self.cases.table.put(put_off, Holds("version", item["version"]))
        except (ConditionFailed, Busy):
            logger.info("moved while it was parked", extra={"pk": hit["pk"]})


def park_for(times: int) -> timedelta:
    """How long what failed so often in a row is left alone: each time twice as long, half a day at most."""
    return min(PARK * 2 ** min(times - 1, 10), LONGEST_PARK)


def _day(at: datetime) -> date:
    return at.astimezone(clock.CHINA).date()


def _waits_since(hit: Item) -> str:
    return str(hit["wake_at"])


def sweep(event: Any) -> dict[str, Any]:
    """The timer's way in: one sweep now, its heartbeat, and how old the oldest due thing was.

    Then what is left of the time goes to the calendar: does it reach, and does every open date stand as it counts; and
    to the decisions on days that nobody could use.
    """
    at = clock.now()
    kept = calendars.load(table())
    sweeper = Sweeper(
        cases=cases(),
        rules=rules_of(kept),
        carry=send_due,
        tree=offices.tree,
        at_once=AT_ONCE,
        now=clock.now,
    )
    remaining = getattr(getattr(event, "context", None), "get_remaining_time_in_millis", lambda: 60_000)
    has_time = time_for(remaining, 1)
    swept = sweeper.run(at, has_time)
    vital_signs.tell()
    metric("SweepHeartbeat")
    metric("OldestUnactedSeconds", value=swept.oldest_s, unit="Seconds")
    swept.recounted = calendar_watch.look(sweeper, kept, at, time_for(remaining, A_LOOK))
    swept.excused = days_lost_watch.look(sweeper, at, time_for(remaining, A_LOOK), time_for(remaining, A_COUNT))
    swept.add(sweeper.keep_on(at, has_time))
    swept.add(bulk_notices(sweeper, at, has_time))
    logger.info("swept", extra=vars(swept))
    return vars(swept)


def time_for(remaining: Callable[[], float], share: float) -> Callable[[], bool]:
    """Is there time left of a share of what remains at this moment (in ms), up to where a sweep has to stop?"""
    until = STOP_BEFORE_MS + (remaining() - STOP_BEFORE_MS) * (1 - share)
    return lambda: remaining() > max(until, STOP_BEFORE_MS)


def bulk_notices(
    sweeper: Sweeper, at: datetime, has_time: Callable[[], bool], carrier: "Callable[[], Carrier] | None" = None
) -> Swept:
    """What no law asks for comes last, and whatever the law asks for meanwhile comes before each of its texts.

    What was done of either. Raises Owing when what the law asks for failed; what fails of the rest has its own alarm.
    """
    from chalicelib.triggers import announcements  # seldom anything to do, and the law waits for no import

    done, looked = Swept(), at
    with announcements.harming_nobody():
        of = (carrier or announcements.carrier)()

        def first() -> None:
            nonlocal looked
            now = of.now()
            done.add(sweeper.keep_on(looked, has_time, now=of.now, pause=of.pause))
            looked = now

        done.bulk = announcements.carry_on(of, first, has_time)
    return done
