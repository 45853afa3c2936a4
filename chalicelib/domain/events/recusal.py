"""Recusal (第二十八条第三款): asked for and decided. Why somebody should stand back is sealed."""

from chalicelib.domain.events.base import EVERYTHING, Event
from chalicelib.domain.values import happening


@happening
class RecusalAsked(Event):
    """第二十八条第三款. `org` is who decides; `user` is whoever reports that he himself has to stand back."""

    wire, label, shown = "petition.recusal_asked", "申请回避", "已申请回避，等候决定"
    about: str
    post: str
    org: str
    user: str | None = None


@happening
class RecusalDecided(Event):
    """第二十八条第三款. Granted, `users` take no further step of this case; `own`: nobody but himself had asked."""

    seen = EVERYTHING
    wire, label, shown = "petition.recusal_decided", "决定回避", "回避申请已有决定"
    about: str
    post: str
    org: str
    granted: bool
    users: tuple[str, ...] = ()
    successor: str | None = None
    own: bool = False


EVENTS: tuple[type[Event], ...] = (RecusalAsked, RecusalDecided)
