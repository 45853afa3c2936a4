"""What lies untouched: a letter that whoever has it has not looked at for more than a working day."""

from datetime import date

from chalicelib.domain.case import Case
from chalicelib.domain.stages import ASSIGNED, FORWARDED, REGISTERED
from chalicelib.domain.workdays import Calendar, add_working_days

WAITING = (REGISTERED, FORWARDED, ASSIGNED)
"""Somebody has to look at it first: afterwards it is being handled, and days without a step are work."""
WORKING_DAYS = 1


def untouched_since(case: Case) -> date | None:
    """The day from which it lies as it lies; None when it does not wait to be looked at."""
    if case.stage not in WAITING:
        return None
    touched = case.facts.get("touched_on")
    return date.fromisoformat(touched) if touched else case.registered_at.date()


def is_untouched(case: Case, *, today: date, calendar: Calendar) -> bool:
    """Longer than one working day; a day off is nobody's delay."""
    since = untouched_since(case)
    return since is not None and today > add_working_days(since, WORKING_DAYS, calendar)
