"""Same person, same matter: linked, merged, split (第十九条)."""

from chalicelib.domain.events.base import STAFF, Event
from chalicelib.domain.values import happening


@happening
class MattersLinked(Event):
    """第十九条第三款、第三十六条第三款: which matters belong together, told by a person."""

    seen = STAFF
    wire, label, shown = "petition.linked", "关联", "已与另一件事项对照"
    other: str
    relation: str


@happening
class MattersMerged(Event):
    """第二十八条: handled together by one agency; each keeps its clocks, notices, rating and review."""

    seen = STAFF
    wire, label, shown = "petition.merged", "并案", "与另一件事项一并办理"
    other: str
    leads: bool


@happening
class MattersUnmerged(Event):
    """第二十八条: handled apart again."""

    seen = STAFF
    wire, label, shown = "petition.unmerged", "撤销并案", "单独办理"
    other: str


@happening
class MatterSplit(Event):
    """第二十九条至第三十一条: one part is another kind of matter and goes its own way under its own number."""

    wire, label, shown = "petition.split", "分案", "其中一部分已另行编号办理"
    into: str
    kind: str
    claims: int


@happening
class PartCutOut(Event):
    """第三十条第三款: what accuses somebody is not passed on with the rest."""

    wire, label, shown = "petition.part_cut_out", "移出检举内容", "其中检举控告的内容已移出，不随本件转送"
    claims: int


EVENTS: tuple[type[Event], ...] = (MattersLinked, MattersMerged, MattersUnmerged, MatterSplit, PartCutOut)
