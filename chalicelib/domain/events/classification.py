"""Kind, track and claims (第二十九条至第三十一条): guided, corrected, confirmed."""

from chalicelib.domain.events.base import EVERYTHING, Event
from chalicelib.domain.values import happening


@happening
class PetitionReclassified(Event):
    """第二十九条至第三十一条: 区分情况. The track is named only once the matter was accepted on one."""

    seen = EVERYTHING
    wire, label, shown = "petition.reclassified", "更正类别", "已更正事项的类别或者办理途径"
    org: str
    kind_before: str
    kind: str
    track_before: str | None = None
    track: str | None = None
    recategorised: bool = False


EVENTS: tuple[type[Event], ...] = (PetitionReclassified,)
