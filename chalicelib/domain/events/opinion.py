"""From hearing the petitioner to the signed opinion (第三十一条第六项、第三十二条)."""

from chalicelib.domain.events.base import Event

EVENTS: tuple[type[Event], ...] = ()
