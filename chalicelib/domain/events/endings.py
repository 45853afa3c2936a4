"""Endings with a second reader: declined, led elsewhere, not taken again (第十九条、第三十一条、第三十六条)."""

from chalicelib.domain.events.base import Event

EVENTS: tuple[type[Event], ...] = ()
