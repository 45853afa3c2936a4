"""What every event is: something that happened, with the dates it set and its sealed text.

The invariant: fields hold no personal data and no free text; free text goes into `text`, which is sealed,
and only its digest enters the event.
"""

from collections.abc import Mapping
from dataclasses import field, fields
from datetime import date, datetime
from typing import Any, ClassVar

from chalicelib.domain.values import happening


@happening
class ClockSet:
    """A due date that this event set, with its derivation as it was computed then.

    `days` (where the case names the number), `extended_by` and `pauses` are what the date comes from beside the rule:
    whoever has the events and the calendar can count it again.
    """

    limit: str
    owner: str
    start: date
    due: date
    legal_due: date
    stat_due: date
    provisional: bool
    calendar: str
    derivation: str
    about: str | None = None
    days: int | None = None
    extended_by: int | None = None
    pauses: tuple[tuple[date, date | None], ...] | None = None
    not_before: date | None = None
    """A date that was told under an earlier calendar, below which this one does not fall."""


EVERYTHING, FACT, STAFF = "everything", "fact", "staff"
"""What a petitioner sees of an event: with its text, without it, or nothing."""


@happening
class Event:
    """Something that happened. `text` is sealed; `clocks` are the dates it set."""

    wire: ClassVar[str]
    label: ClassVar[str]
    shown: ClassVar[str]
    seen: ClassVar[str] = FACT
    inner: ClassVar[tuple[str, ...]] = ()
    """Open fields that only staff read."""
    text: Mapping[str, Any] = field(default_factory=dict)
    clocks: tuple[ClockSet, ...] = ()

    def facts(self) -> dict[str, Any]:
        """The open fields, as they go into the event's canonical body."""
        return {
            each.name: plain(getattr(self, each.name))
            for each in fields(self)
            if each.name not in ("text", "clocks") and getattr(self, each.name) is not None
        }


@happening
class ByTime(Event):
    """What time alone did: the instant at which it was to be noticed, and the one at which it was.

    Beside `due` they tell how late a sweep came. None where somebody's step ended it.
    """

    expected_at: datetime | None = None
    detected_at: datetime | None = None


def plain(value: Any) -> Any:
    """Dates as ISO strings, tuples as lists: what canonical JSON can hold."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value
