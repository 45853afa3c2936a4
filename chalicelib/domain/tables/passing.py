"""Days that nobody could use, by decision. What must be true for it stands in `force_majeure.py`."""

from collections.abc import Mapping

from chalicelib.domain.case import BUREAU, LEADER
from chalicelib.domain.duties import DutyKind
from chalicelib.domain.events.passing import ForceMajeureRecorded
from chalicelib.domain.procedure import STAY, Automatic, Step
from chalicelib.domain.stages import AFTERWARDS, UNDER_WAY

STEPS: tuple[Step, ...] = (
    Step(
        action="record_force_majeure", label="登记不可抗力认定", law="第三十五条",
        frm=(*UNDER_WAY, *AFTERWARDS), to=STAY, by=(BUREAU, LEADER), emits=ForceMajeureRecorded,
    ),
)  # fmt: skip
AUTOMATIC: tuple[Automatic, ...] = ()
DUTIES: Mapping[str, DutyKind] = {}
