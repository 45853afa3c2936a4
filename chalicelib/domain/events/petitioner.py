"""What petitioners do of their own accord while their matter is being handled."""

from datetime import date

from chalicelib.domain.events.base import EVERYTHING, Event
from chalicelib.domain.values import happening


@happening
class MaterialSupplemented(Event):
    """第十九条: further facts and reasons. It stops no clock."""

    seen = EVERYTHING
    wire, label, shown = "petition.supplemented", "补充材料", "您补充了材料"
    org: str
    signals: tuple[str, ...] | None = None


@happening
class PetitionUrged(Event):
    """An urge that gets no answer is a second grievance: it is counted and answered."""

    wire, label, shown = "petition.urged", "催办", "您催办了一次"
    org: str
    times: int
    due: date


@happening
class PetitionWithdrawn(Event):
    """Only by the petitioner's own act; the matter may be brought again."""

    seen = EVERYTHING
    wire, label, shown = "petition.withdrawn", "撤回登记", "您已撤回"
    org: str


PETITIONER: tuple[type[Event], ...] = (MaterialSupplemented, PetitionUrged, PetitionWithdrawn)
