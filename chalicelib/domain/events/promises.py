"""After the opinion: promises kept or broken, return visits, relief (第三十二条、第三十七条)."""

from chalicelib.domain.events.base import Event

EVENTS: tuple[type[Event], ...] = ()
