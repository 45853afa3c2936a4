"""Same person, same matter: linked, merged, split (第十九条)."""

from chalicelib.domain.events.base import Event

EVENTS: tuple[type[Event], ...] = ()
