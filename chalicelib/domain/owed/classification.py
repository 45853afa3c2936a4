"""Who is told. Kind, track and claims (第二十九条至第三十一条): guided, corrected, confirmed."""

from collections.abc import Mapping

from chalicelib.domain.events import Event
from chalicelib.domain.owed.base import Rule, Silent

OWED: Mapping[type[Event], Rule | Silent] = {}
