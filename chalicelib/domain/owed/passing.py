"""Who is told of what passes: that it still is late, that a date is another one, that days are not counted."""

from collections.abc import Mapping

from chalicelib.domain.case import PETITIONER, Case
from chalicelib.domain.events import Event
from chalicelib.domain.events.passing import (
    ClockStillOverdue,
    DateRecounted,
    ForceMajeureRecorded,
    PostFoundEmpty,
)
from chalicelib.domain.owed.base import SITE, SMS, Notice, Rule, Silent
from chalicelib.domain.tables.road import agency


def _still_overdue(case: Case, event: Event) -> tuple[Notice, ...]:
    """Whoever owes, in the inbox: the rungs of the ladder go to others, and by telephone."""
    assert isinstance(event, ClockStillOverdue)
    return (Notice(f"org:{event.owner}", SITE, ("M17b",)),)


def _recounted(case: Case, event: Event) -> tuple[Notice, ...]:
    """Whose date it is, when it is another day than was told; that it is certain now, the case itself shows.

    Rights that move to one day are told by one text.
    """
    assert isinstance(event, DateRecounted)
    if event.due == event.due_before or event.rights == ():
        return ()
    if event.owner == PETITIONER:
        return (Notice(PETITIONER, SMS, ("S37",)),)
    return (Notice(f"org:{event.owner}", SITE, ("M37",)),)


def _force_majeure(case: Case, event: Event) -> tuple[Notice, ...]:
    """The petitioner, if a right of his has another last day; the organ that handles it, unless it decided."""
    assert isinstance(event, ForceMajeureRecorded)
    handling = Notice(f"org:{agency(case)}", SITE, ("M38", "M38b") if event.clocks else ("M38",))
    told = (Notice(PETITIONER, SMS, _of_each_day(event)),) if event.clocks else ()
    return told if event.org == agency(case) else (*told, handling)


def _of_each_day(event: Event) -> tuple[str, ...]:
    """One text for the rights that end on one day; the rating has its own where it ends on another one."""
    days = {said.due for said in event.clocks}
    return ("S38",) if len(days) == 1 else ("S38", "S38b")


OWED: Mapping[type[Event], Rule | Silent] = {
    ClockStillOverdue: _still_overdue,
    DateRecounted: _recounted,
    PostFoundEmpty: Silent("已经改告上一级；岗位无人由督办人员在监督列表中查看"),
    ForceMajeureRecorded: _force_majeure,
}
