"""Who is told. From hearing the petitioner to the signed opinion (第三十一条第六项、第三十二条)."""

from collections.abc import Mapping

from chalicelib.domain.events import Event
from chalicelib.domain.owed.base import Rule, Silent

OWED: Mapping[type[Event], Rule | Silent] = {}
