"""Who is told. Urgent and major matters (第二十五条)."""

from collections.abc import Mapping

from chalicelib.domain.events import Event
from chalicelib.domain.owed.base import Rule, Silent

OWED: Mapping[type[Event], Rule | Silent] = {}
