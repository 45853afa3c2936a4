"""Who is told. What petitioners may do beyond supplementing, urging and withdrawing."""

from collections.abc import Mapping

from chalicelib.domain.case import PETITIONER
from chalicelib.domain.events import Event
from chalicelib.domain.events.own import EvidenceAttached, MaterialAttached, PetitionJoined, ProxyRevoked
from chalicelib.domain.owed.base import SITE, SMS, Notice, Rule, Silent

OWED: Mapping[type[Event], Rule | Silent] = {
    ProxyRevoked: lambda case, event: (Notice(PETITIONER, SMS, ("S13",)),),
    MaterialAttached: lambda case, event: (Notice(f"org:{case.agency or case.office}", SITE, ("M04",)),),
    EvidenceAttached: Silent("办理材料在案卷中可见，处理结果另行告知"),
    PetitionJoined: Silent("一起反映的人数在进展中可见，人多时逐一告知会打扰提出人"),
}
