"""Counting days, apart from the office's program: what is not counted, and where a day that is off leads."""

from datetime import date, timedelta
from typing import Any

DAY = timedelta(days=1)


class Days:
    """Working days by the notices of the State Council."""

    def __init__(self, calendar: dict[str, Any]) -> None:
        self.off, self.worked = set(calendar["off"]), set(calendar["make_up"])

    def works(self, day: date) -> bool:
        """A weekday that is not off, or a weekend that is worked in exchange."""
        said = day.isoformat()
        return said in self.worked or (said not in self.off and day.isoweekday() < 6)


def counted(rule: dict[str, Any], days: Days, start: date, number: int, stopped: list[tuple[date, date]]) -> Any:
    """Due date by law, due date by the plain count, and the days on the way that did not count."""
    passed, day, not_counted = 0, start, []
    while passed < number:
        day += DAY
        if (rule["unit"] == "working_days" and not days.works(day)) or any(a <= day < b for a, b in stopped):
            not_counted.append(day.isoformat())
        else:
            passed += 1
    plain, rolled = day, []
    while not days.works(day):
        rolled.append(day.isoformat())
        day += DAY
    return day, (day if rule["unit"] == "working_days" else plain), not_counted, rolled
