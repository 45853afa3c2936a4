"""Kind, track and claims (第二十九条至第三十一条): guided, corrected, confirmed."""

from collections.abc import Mapping

from chalicelib.domain.duties import DutyKind
from chalicelib.domain.procedure import Automatic, Step

STEPS: tuple[Step, ...] = ()
AUTOMATIC: tuple[Automatic, ...] = ()
DUTIES: Mapping[str, DutyKind] = {}
