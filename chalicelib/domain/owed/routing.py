"""Who is told. Who is competent (第二十二条至第二十四条): proposals, disputes, successors, matters from above."""

from collections.abc import Mapping

from chalicelib.domain.events import Event
from chalicelib.domain.owed.base import Rule, Silent

OWED: Mapping[type[Event], Rule | Silent] = {}
