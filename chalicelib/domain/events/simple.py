"""Direct answers and the simple procedure (简易办理)."""

from chalicelib.domain.events.base import Event

EVENTS: tuple[type[Event], ...] = ()
