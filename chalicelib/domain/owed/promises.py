"""Who is told. After the opinion: promises kept or broken, return visits, relief (第三十二条、第三十七条)."""

from collections.abc import Mapping

from chalicelib.domain.events import Event
from chalicelib.domain.owed.base import Rule, Silent

OWED: Mapping[type[Event], Rule | Silent] = {}
