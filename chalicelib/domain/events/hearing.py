"""Hearings, mediation and settlement (第三十一条第六项、第三十三条、第三十六条)."""

from chalicelib.domain.events.base import Event

EVENTS: tuple[type[Event], ...] = ()
