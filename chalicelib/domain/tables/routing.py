"""Who is competent (第二十二条至第二十四条): proposals, disputes, successors, matters from above."""

from collections.abc import Mapping

from chalicelib.domain.duties import DutyKind
from chalicelib.domain.procedure import Automatic, Step

STEPS: tuple[Step, ...] = ()
AUTOMATIC: tuple[Automatic, ...] = ()
DUTIES: Mapping[str, DutyKind] = {}
