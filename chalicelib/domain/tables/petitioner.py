"""The petitioner's own steps while the matter is being handled. What they record stands in `own_steps.py`."""

from collections.abc import Mapping

from chalicelib.domain import limits
from chalicelib.domain.case import PETITIONER
from chalicelib.domain.duties import DutyKind
from chalicelib.domain.events import MaterialSupplemented, PetitionUrged, PetitionWithdrawn
from chalicelib.domain.limits import beside
from chalicelib.domain.procedure import STAY, Automatic, Starts, Step
from chalicelib.domain.stages import UNDER_WAY, WITHDRAWN
from chalicelib.domain.tables.road import office, raises_signals

ORGANS_LIMITS = tuple(
    limit.name
    for limit in limits.PETITION.values()
    if limit.of == "organ" and limit not in (*beside.SUPERVISION, beside.REPORT_ABOVE)
)
"""What organs owe: with the matter withdrawn it has lost its object. What they answer for has not, and the level
above still hears how it ended."""

STEPS: tuple[Step, ...] = (
    Step(
        action="supplement", label="补充材料", law="第十九条",
        frm=UNDER_WAY, to=STAY, by=(PETITIONER,), emits=MaterialSupplemented,
        starts=(Starts("check_signal", office, raises_signals),),
    ),
    Step(
        action="urge", label="催办", law="第二十八条",
        frm=UNDER_WAY, to=STAY, by=(PETITIONER,), emits=PetitionUrged,
    ),
    Step(
        action="withdraw", label="撤回登记", law="第十九条",
        frm=UNDER_WAY, to=WITHDRAWN, by=(PETITIONER,), emits=PetitionWithdrawn, drops=ORGANS_LIMITS,
    ),
)  # fmt: skip
AUTOMATIC: tuple[Automatic, ...] = ()
DUTIES: Mapping[str, DutyKind] = {}
