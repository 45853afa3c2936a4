"""Review and re-review (第三十五条、第三十六条)."""

from chalicelib.domain.events.base import Event

EVENTS: tuple[type[Event], ...] = ()
