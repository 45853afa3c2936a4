"""Dates counted anew when days off are announced or corrected: by events that are told, never silently.

The invariant: it needs no memory. A date that the calendar in force counts as it stands is left alone, so looking
again, half way through or twice changes nothing. What was told is kept where it protects somebody:

- a right of the petitioner never ends before a day that he was told (he relied on it), it may only end later;
- an organ's date moves both ways, but never to a day that had passed when it was told: nobody is late on days
  that he did not have.
"""

from datetime import date

from chalicelib.domain.case import BY_LAW, PETITIONER, Case, Change, Clock, Happened
from chalicelib.domain.elapsing import MOST_AT_ONCE
from chalicelib.domain.events.passing import DateRecounted
from chalicelib.domain.procedure import Rules, dated, told, with_clock, with_past_reminders
from chalicelib.domain.values import replace, value


@value
class Moved:
    """A date of a case as it was told, and as the calendar in force has it."""

    before: Clock
    after: Clock


def moves(case: Case, *, on: date, rules: Rules) -> tuple[Moved, ...]:
    """The running clocks that other days off give other dates, or make certain; in the order of the case.

    What the calendar in force has counted is not counted again.
    """
    old = (clock for clock in case.clocks if clock.is_running and clock.calendar != rules.calendar.version)
    found = (Moved(clock, _recounted(case, clock, on, rules)) for clock in old)
    return tuple(each for each in found if _dates(each.before) != _dates(each.after))


def recount(case: Case, *, on: date, rules: Rules) -> Change | None:
    """Set the dates that the calendar in force counts otherwise, an event for each. None: all stand as they should."""
    change = Change(case)
    found = moves(case, on=on, rules=rules)[:MOST_AT_ONCE]
    for moved in found:
        before, after = moved.before, moved.after
        event = DateRecounted(
            limit=before.limit,
            owner=before.owner,
            due_before=before.due,
            due=after.due,
            calendar=after.calendar,
            provisional=after.provisional,
            about=before.about or None,
            rights=_told_with(moved, found) if before.owner == PETITIONER else None,
            clocks=(told(after, rules),),
        )
        change = change.then(Change(with_clock(change.case, before, after), (Happened(event, BY_LAW),)))
    return change if change.happened else None


def _told_with(moved: Moved, found: tuple[Moved, ...]) -> tuple[str, ...]:
    """The rights that move to the same day, for the first of them; the others are told by it."""
    same = [
        each.before.limit
        for each in found
        if each.before.owner == PETITIONER and each.after.due == moved.after.due != each.before.due
    ]
    return tuple(same) if same[:1] == [moved.before.limit] else ()


def _recounted(case: Case, clock: Clock, on: date, rules: Rules) -> Clock:
    counted = dated(replace(clock, pauses=case.pauses_of(clock), not_before=None), rules)
    kept = clock.due if clock.owner == PETITIONER else min(clock.due, on)
    again = counted if counted.due >= kept else dated(replace(counted, not_before=kept), rules)
    if again.due != clock.due:
        anew = with_past_reminders(again, on, rules)
        # Whoever was told "3 days" and has more now is told again; of an earlier date he is not.
        again = anew if again.due > clock.due else replace(anew, reminded=max(anew.reminded, clock.reminded))
    if clock.told_overdue and again.due >= on:
        return replace(again, told_overdue=0, line_on=None)
    return again


def _dates(clock: Clock) -> tuple[date, date, date, bool]:
    return clock.due, clock.legal_due, clock.stat_due, clock.provisional
