"""Review and re-review (第三十五条、第三十六条)."""

from collections.abc import Mapping

from chalicelib.domain.duties import DutyKind
from chalicelib.domain.procedure import Automatic, Step

STEPS: tuple[Step, ...] = ()
AUTOMATIC: tuple[Automatic, ...] = ()
DUTIES: Mapping[str, DutyKind] = {}
