"""信访事项: its procedure, put together from the tables of its chapters.

The invariant, proved by a test: every stage can be reached, every clock can be met, every row has its function.
"""

from chalicelib.domain.procedure import Procedure
from chalicelib.domain.stages import CONCLUDED, DECLINED, DIVERTED, STAGES, WITHDRAWN
from chalicelib.domain.tables import petitioner, road

PETITION = Procedure(
    name="petition",
    label="信访事项",
    stages=tuple(STAGES),
    ends=(DECLINED, DIVERTED, CONCLUDED, WITHDRAWN),
    steps=(*road.STEPS, *petitioner.STEPS),
    automatic=road.AUTOMATIC,
)
