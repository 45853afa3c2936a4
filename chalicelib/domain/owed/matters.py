"""Who is told. Same person, same matter: linked, merged, split (第十九条)."""

from collections.abc import Mapping

from chalicelib.domain.events import Event
from chalicelib.domain.events.matters import MattersLinked, MattersMerged, MatterSplit, MattersUnmerged, PartCutOut
from chalicelib.domain.owed.base import Rule, Silent

OWED: Mapping[type[Event], Rule | Silent] = {
    MattersLinked: Silent("关联只作对照，两件事项各自照常办理、各自告知"),
    MattersMerged: Silent("并案以后各件仍按各自的期限分别告知、分别答复"),
    MattersUnmerged: Silent("撤销并案不改变各件的期限和告知"),
    MatterSplit: Silent("分出的部分以新编号登记，登记时已告知信访人"),
    PartCutOut: Silent("检举控告的内容及其去向，不在本件中告知"),
}
