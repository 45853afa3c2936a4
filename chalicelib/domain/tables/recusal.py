"""Recusal (第二十八条) and the accused of a report (第三十条)."""

from collections.abc import Mapping

from chalicelib.domain.duties import DutyKind
from chalicelib.domain.procedure import Automatic, Step

STEPS: tuple[Step, ...] = ()
AUTOMATIC: tuple[Automatic, ...] = ()
DUTIES: Mapping[str, DutyKind] = {}
