"""Who is told. What petitioners may do beyond supplementing, urging and withdrawing."""

from collections.abc import Mapping

from chalicelib.domain.case import PETITIONER
from chalicelib.domain.events import Event
from chalicelib.domain.events.own import PetitionJoined, ProxyRevoked
from chalicelib.domain.owed.base import SMS, Notice, Rule, Silent

OWED: Mapping[type[Event], Rule | Silent] = {
    ProxyRevoked: lambda case, event: (Notice(PETITIONER, SMS, ("S13",)),),
    PetitionJoined: Silent("一起反映的人数在进展中可见，人多时逐一告知会打扰提出人"),
}
