"""Who is told. Review and re-review (第三十五条、第三十六条)."""

from collections.abc import Mapping

from chalicelib.domain.events import Event
from chalicelib.domain.owed.base import Rule, Silent

OWED: Mapping[type[Event], Rule | Silent] = {}
