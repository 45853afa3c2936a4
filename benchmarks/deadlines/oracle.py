"""Reads what the simulated county wrote down and says what was missed, premature, double or wrongly counted.

It counts every date day by day in its own way, from the events alone, with its own table of limits and days off. What
has to have happened it takes from the sweeps that nothing stood in the way of: after the first of them past a
moment, what that moment asks for must be there.
"""

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from benchmarks.deadlines.days import DAILY_UNTIL, ENDS, LIMITS, RUNGS, SWITCHES
from benchmarks.deadlines.world import World
from chalicelib.clock import CHINA
from chalicelib.domain import workdays
from chalicelib.store import chain, keys

DAY = timedelta(days=1)
OVERDUE, REMINDED, STILL = "petition.overdue", "petition.reminded", "petition.still_overdue"
RECOUNTED, STAFF = "petition.date_recounted", "petition.measure_taken"
LAPSES = ("petition.objection_closed", "petition.concluded", "petition.rating_lapsed")
Days = tuple[set[date], set[date]]


Notice = tuple[set[date], set[date]]


def _shipped() -> dict[int, Notice]:
    data = json.loads((Path(workdays.__file__).parent / "calendar_cn.json").read_text("utf-8"))["years"]
    return {
        int(year): ({date.fromisoformat(d) for d in said["off"]}, {date.fromisoformat(d) for d in said["make_up"]})
        for year, said in data.items()
    }


def _calendars() -> list[tuple[datetime, Days]]:
    """By asking the notices of each day: the one of the year after, if it names this day of December, or its own."""
    notices = _shipped()
    found = [(datetime.min.replace(tzinfo=CHINA), _asked(notices))]
    for at, notice in SWITCHES:
        notices[notice.year] = (set(notice.off), set(notice.make_up))
        found.append((at, _asked(notices)))
    return found


def _asked(notices: dict[int, Notice]) -> Days:
    off, on, day = set(), set(), date(min(notices) - 1, 12, 1)
    while day.year <= max(notices):
        for year in (day.year + 1, day.year):
            is_off, is_on = (day in named for named in notices.get(year, (set(), set())))
            if is_off or is_on:
                (off if is_off else on).add(day)
                break
        day += DAY
    return off, on


CALENDARS = _calendars()


def days_at(at: datetime) -> Days:
    """The days off that were in force at an instant."""
    return next(days for since, days in reversed(CALENDARS) if since <= at)


def is_working(day: date, days: Days) -> bool:
    """Neither a weekend nor a holiday, or a weekend that is worked."""
    return day in days[1] or (day.weekday() < 5 and day not in days[0])


def count(name: str, start: date, extended: int, pauses: list[list[str | None]], days: Days) -> date:
    """Day by day from the day after the start."""
    known, day = LIMITS[name], start
    left = known.days + extended
    spans = [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in pauses if a and b]
    while left:
        day += DAY
        counts = (not known.working or is_working(day, days)) and not any(a <= day < b for a, b in spans)
        left -= counts
    while (known.right or known.working) and not is_working(day, days):
        day += DAY
    return day


def reminder_days(name: str, due: date, days: Days) -> list[date]:
    """When its coming is said, the earliest first."""
    found = []
    for before in LIMITS[name].remind:
        day = due
        while before:
            day -= DAY
            before -= not LIMITS[name].working or is_working(day, days)
        found.append(day)
    return sorted(found)


@dataclass
class Verdict:
    """What was wrong, and how much was looked at."""

    missed: list[str] = field(default_factory=list)
    premature: list[str] = field(default_factory=list)
    double: list[str] = field(default_factory=list)
    miscounted: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    demanded: int = 0
    latest: timedelta = timedelta()


@dataclass
class Segment:
    """A stretch in which one date stood: from when, until when, and what was told in it."""

    since: datetime
    due: date
    stopped: bool
    until: datetime = ENDS
    rung: int = 0
    """Rungs told before it."""
    reminded: int = 0
    said: list[tuple[datetime, str, int]] = field(default_factory=list)


def judge(world: World) -> Verdict:
    """Look at every obligation of the county."""
    verdict = Verdict()
    for case_id in world.cases_made:
        events = [chain.read(item) for item in world.table.query(keys.case(case_id), prefix=keys.EVENTS).items]
        parked = sorted(keys.moment(text) for text in world.table.told.parked.get(keys.case(case_id), ()))
        ended = {(c.limit, c.about): c for c in world.cases.load(case_id).case.clocks}
        for said in events[0].clocks:
            about = said.get("about") or ""
            name = f"{case_id} {said['limit']} {about}"
            clock = ended[said["limit"], about]
            until = datetime.combine(clock.ended_on, time.max, CHINA) if clock.ended_on else ENDS
            _Obligation(name, said["limit"], about, verdict, world.clean, parked).judge(events, until, clock.ending)
    return verdict


@dataclass
class _Obligation:
    name: str
    limit: str
    about: str
    verdict: Verdict
    clean: list[datetime]
    parked: list[datetime]

    def judge(self, events: list[Any], until: datetime, ending: str) -> None:
        segments = list(self._segments(events))
        lapsed = [at for each in segments for at, kind, _ in each.said if kind in LAPSES]
        if len(lapsed) > 1:
            self.verdict.double.append(f"{self.name}: lapsed {len(lapsed)} times")
        end = lapsed[0] if lapsed else until
        met_on = until.date() if ending == "met" else None
        for each in segments:
            each.until = min(each.until, datetime.combine(met_on, time(0), CHINA) if met_on else end)
            self._demand(each)
        if ending == "lapsed" and not lapsed:
            self.verdict.miscounted.append(f"{self.name}: lapsed without an event")

    def _segments(self, events: list[Any]) -> Iterator[Segment]:
        now: Segment | None = None
        due = told = None
        rung = reminded = 0
        for event in events:
            mine = event.data.get("limit") == self.limit and (event.data.get("about") or "") == self.about
            sets = [c for c in event.clocks if c["limit"] == self.limit and (c.get("about") or "") == self.about]
            if mine and event.type in (OVERDUE, REMINDED, STILL, *LAPSES) and now:
                rung, reminded = self._hear(event, now, rung, reminded)
            for said in sets:
                days = days_at(event.at)
                due = self._due(said, event, told, days)
                if due.isoformat() != said["due"]:
                    self.verdict.miscounted.append(f"{self.name}: {event.type} says {said['due']}, counted {due}")
                self.verdict.seen["dates"] += 1
                self.verdict.seen["recounted"] += event.type == RECOUNTED
                if now:
                    now.until = event.at
                    yield now
                pauses = said.get("pauses") or []
                if event.type == RECOUNTED and due >= event.at.date():
                    rung = 0
                is_staffs = now is not None and not now.stopped and event.type == STAFF and said.get("extended_by")
                if is_staffs and self._was_extended(said, events, event):
                    reminded = self._gone_by(due, event, days)
                if event.type == RECOUNTED and told and due != told:
                    gone = self._gone_by(due, event, days)
                    reminded = gone if due > told else max(gone, reminded)
                now = Segment(event.at, due, bool(pauses and pauses[-1][1] is None), rung=rung, reminded=reminded)
                told = due
        if now:
            yield now

    def _gone_by(self, due: date, event: Any, days: Days) -> int:
        """Reminders of days before the one on which the date was set: nobody is told of them afterwards."""
        return sum(day < event.at.date() for day in reminder_days(self.limit, due, days))

    def _was_extended(self, said: Any, events: list[Any], at: Any) -> bool:
        """Is this the event that lengthened it: the first that says so."""
        first = next(
            event for event in events for c in event.clocks
            if c["limit"] == self.limit and (c.get("about") or "") == self.about and c.get("extended_by")
        )  # fmt: skip
        return bool(first.seq == at.seq)

    def _due(self, said: Any, event: Any, told: date | None, days: Days) -> date:
        """Counted anew; after a recount, what was told before protects whom it was told to."""
        counted = count(
            self.limit, date.fromisoformat(said["start"]), said.get("extended_by") or 0, said.get("pauses") or [], days
        )
        if event.type == RECOUNTED and told:
            return max(counted, told if LIMITS[self.limit].right else min(told, event.at.date()))
        kept = said.get("not_before")
        return max(counted, date.fromisoformat(kept)) if kept else counted

    def _hear(self, event: Any, now: Segment, rung: int, reminded: int) -> tuple[int, int]:
        """One thing that time did: was it its time, and was it said before?"""
        self.verdict.seen[event.type] += 1
        today, label = event.at.date(), f"{self.name} {event.type} at {event.at.isoformat()}, due {now.due}"
        expected = datetime.fromisoformat(event.data["expected_at"])
        self.verdict.latest = max(self.verdict.latest, event.at - expected)
        if now.stopped or event.data["due"] != now.due.isoformat() or expected > event.at:
            self.verdict.premature.append(label)
        if event.type == REMINDED:
            passed = sum(day <= today for day in reminder_days(self.limit, now.due, days_at(event.at)))
            if passed <= reminded:
                self.verdict.double.append(f"{label}: {passed} of {reminded} told")
            # Before eight o'clock the reminder of this day has not come: there has to be an earlier one to tell.
            is_ahead = event.at.time() < time(8) and today in reminder_days(self.limit, now.due, days_at(event.at))
            if today > now.due or (is_ahead and passed - 1 <= reminded):
                self.verdict.premature.append(label)
            now.said.append((event.at, REMINDED, passed))
            return rung, max(passed, reminded)
        if today <= now.due:
            self.verdict.premature.append(label)
        if event.type == OVERDUE:
            reached = sum((today - now.due).days - 1 >= days for days in RUNGS)
            if event.data["rung"] != reached:
                self.verdict.miscounted.append(f"{label}: rung {event.data['rung']}, counted {reached}")
            if reached <= rung:
                self.verdict.double.append(f"{label}: rung {reached} again")
            rung = max(rung, reached)
        if event.type == STILL:
            if not rung:
                self.verdict.premature.append(f"{label}: before it was told that it is late")
            if event.at.time() < time(8) and any(at.date() == today - DAY for at, _, _ in now.said):
                self.verdict.premature.append(label)
        if event.type in (OVERDUE, STILL) and any((at.date(), kind) == (today, event.type) for at, kind, _ in now.said):
            self.verdict.double.append(f"{label}: twice on one day")
        now.said.append((event.at, event.type, rung))
        return rung, reminded

    def _demand(self, each: Segment) -> None:
        """What has to be there at the first clean sweep after each moment of this stretch."""
        if each.stopped or each.until <= each.since:
            return
        then = days_at(datetime.combine(each.due, time(0), CHINA))
        for nth, day in enumerate(reminder_days(self.limit, each.due, then), 1):
            late = datetime.combine(each.due + DAY, time(0), CHINA)
            begun = datetime.combine(day, time(8), CHINA)
            if day <= each.due and nth > each.reminded:
                self._must(
                    each,
                    begun,
                    min(each.until, late),
                    lambda said, nth=nth: said[1] == REMINDED and said[2] >= nth,
                    f"reminder {nth}",
                )
        if LIMITS[self.limit].lapses:
            gone = datetime.combine(each.due + DAY, time(0), CHINA)
            self._must(each, gone, each.until, lambda said: said[1] in LAPSES, "lapse")
            return
        for nth, days in enumerate(RUNGS, 1):
            if nth > each.rung:
                begun = datetime.combine(each.due + DAY * (1 + days), time(0), CHINA)
                self._must(
                    each, begun, each.until, lambda said, nth=nth: said[1] == OVERDUE and said[2] >= nth, f"rung {nth}"
                )
        for n in range(2, DAILY_UNTIL):
            day = each.due + DAY * n
            if is_working(day, days_at(datetime.combine(day, time(8), CHINA))):
                begun, over = (datetime.combine(day + DAY * k, time(8 * (1 - k)), CHINA) for k in (0, 1))
                self._must(
                    each, begun, min(each.until, over), lambda said, day=day: said[0].date() == day, f"line of {day}"
                )

    def _must(self, each: Segment, begun: datetime, over: datetime, is_it: Any, what: str) -> None:
        since = max(begun, each.since)
        late = [
            moment
            for moment in self.parked
            if since <= moment + timedelta(hours=12) and moment < over + timedelta(hours=13)
        ]
        at = bisect_left(self.clean, max([since, *late]))
        if at >= len(self.clean) or self.clean[at] >= over:
            return
        self.verdict.demanded += 1
        if not any(is_it(said) and said[0] <= self.clean[at] for said in each.said):
            self.verdict.missed.append(f"{self.name}: {what} due {each.due}, not there at {self.clean[at].isoformat()}")
