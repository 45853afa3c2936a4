"""Counts every date again from the events alone, in another way than the engine, and says what does not agree.

It knows what each limit is (a number, its unit, whose it is) and the calendar's days off. It keeps no clock:
a date may only stand where an event said it, and the date an event said must be what counting gives.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from chalicelib.domain import workdays
from chalicelib.domain.case import Case
from chalicelib.domain.events import Event
from chalicelib.domain.limits import TimeLimit

Key = tuple[str, str]
DAY = timedelta(days=1)


def _days_off() -> tuple[set[date], set[date]]:
    data = json.loads((Path(workdays.__file__).parent / "calendar_cn.json").read_text("utf-8"))
    off, on = set(), set()
    for year in data["years"].values():
        off |= {date.fromisoformat(day) for day in year["off"]}
        on |= {date.fromisoformat(day) for day in year["make_up"]}
    return off, on


@dataclass
class Oracle:
    """Reads the events of one case."""

    limits: Mapping[str, TimeLimit]
    off: set[date]
    make_up: set[date]
    told: dict[Key, date] = field(default_factory=dict)

    def hear(self, event: Event) -> Iterator[str]:
        """Take in one event; yield what is wrong with the dates it says."""
        for said in event.clocks:
            number = self.limits[said.limit].number if said.days is None else said.days
            if number is None:
                yield f"{event.wire}: nobody said how many days {said.limit} has"
                continue
            found = self.count(said.limit, said.start, number + (said.extended_by or 0), _stopped(said.pauses or ()))
            if found != said.due:
                yield f"{event.wire}: {said.limit} from {said.start} should end {found}, says {said.due}"
            self.told[said.limit, said.about or ""] = said.due

    def moved(self, before: Case, after: Case, events: tuple[Event, ...]) -> Iterator[str]:
        """Dates that differ from before without an event that said so; dates that no event ever said."""
        said = {(each.limit, each.about or "") for event in events for each in event.clocks}
        old = {(clock.limit, clock.about): clock.due for clock in before.clocks}
        for clock in after.clocks:
            key = (clock.limit, clock.about)
            if key in old and old[key] != clock.due and key not in said:
                yield f"{key} moved from {old[key]} to {clock.due} by {[event.wire for event in events]}"
            if key not in self.told or self.told[key] != clock.due:
                yield f"{key} shows {clock.due}, no event said so"

    def count(self, limit: str, start: date, days: int, stopped: set[date]) -> date:
        """Day by day from the day after the start."""
        rule, day = self.limits[limit], start
        while days:
            day += DAY
            working = rule.unit == "days" or self.is_working(day)
            days -= working and day not in stopped
        rolls = rule.of == "petitioner" or rule.unit == "working_days"
        while rolls and not self.is_working(day):
            day += DAY
        return day

    def is_working(self, day: date) -> bool:
        """Neither a weekend nor a holiday, or a weekend that is worked."""
        return day in self.make_up or (day.weekday() < 5 and day not in self.off)


def oracle(limits: Mapping[str, TimeLimit]) -> Oracle:
    """One for a new case."""
    return Oracle(limits, *DAYS)


def _stopped(pauses: Iterable[tuple[date, date | None]]) -> set[date]:
    """The days that do not count. A pause that has not ended moves nothing yet."""
    return {begins + DAY * n for begins, ends in pauses if ends for n in range((ends - begins).days)}


DAYS = _days_off()
