"""Supervision (第三十八条至第四十条): orders, leaders' instructions, recommendations."""

from chalicelib.domain.events.base import Event

EVENTS: tuple[type[Event], ...] = ()
