"""Kind, track and claims (第二十九条至第三十一条): guided, corrected, confirmed."""

from chalicelib.domain.events.base import Event

EVENTS: tuple[type[Event], ...] = ()
