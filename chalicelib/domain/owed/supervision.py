"""Who is told. Supervision (第三十八条至第四十条): orders, leaders' instructions, recommendations."""

from collections.abc import Mapping

from chalicelib.domain.events import Event
from chalicelib.domain.owed.base import Rule, Silent

OWED: Mapping[type[Event], Rule | Silent] = {}
