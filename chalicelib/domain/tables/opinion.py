"""From hearing the petitioner to the signed opinion (第三十一条第六项、第三十二条)."""

from collections.abc import Mapping

from chalicelib.domain.duties import DutyKind
from chalicelib.domain.procedure import Automatic, Step

STEPS: tuple[Step, ...] = ()
AUTOMATIC: tuple[Automatic, ...] = ()
DUTIES: Mapping[str, DutyKind] = {}
