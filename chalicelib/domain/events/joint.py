"""Several departments, one reply (第二十四条)."""

from chalicelib.domain.events.base import Event

EVENTS: tuple[type[Event], ...] = ()
