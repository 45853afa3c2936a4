"""Who is competent (第二十二条至第二十四条): proposals, disputes, successors, matters from above."""

from chalicelib.domain.events.base import Event

EVENTS: tuple[type[Event], ...] = ()
