"""What petitioners may do beyond supplementing, urging and withdrawing."""

from chalicelib.domain.events.base import Event

EVENTS: tuple[type[Event], ...] = ()
