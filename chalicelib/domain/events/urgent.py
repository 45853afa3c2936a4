"""Urgent and major matters (第二十五条)."""

from chalicelib.domain.events.base import Event

EVENTS: tuple[type[Event], ...] = ()
