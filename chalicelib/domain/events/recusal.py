"""Recusal (第二十八条) and the accused of a report (第三十条)."""

from chalicelib.domain.events.base import Event

EVENTS: tuple[type[Event], ...] = ()
