"""Who is told. Hearings, mediation and settlement (第三十一条第六项、第三十三条、第三十六条)."""

from collections.abc import Mapping

from chalicelib.domain.events import Event
from chalicelib.domain.owed.base import Rule, Silent

OWED: Mapping[type[Event], Rule | Silent] = {}
