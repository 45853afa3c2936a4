"""信访事项: its procedure, put together from the tables of its chapters.

The invariant, proved by a test: every stage can be reached, every clock can be met, every row has its function.
"""

from chalicelib.domain.procedure import Procedure
from chalicelib.domain.stages import ENDS, STAGES
from chalicelib.domain.tables import (
    classification,
    endings,
    hearing,
    joint,
    matters,
    opinion,
    own,
    petitioner,
    promises,
    recusal,
    review,
    road,
    routing,
    simple,
    supervision,
    urgent,
)

SLICES = (
    road,
    petitioner,
    classification,
    endings,
    routing,
    simple,
    opinion,
    promises,
    joint,
    hearing,
    review,
    supervision,
    recusal,
    matters,
    urgent,
    own,
)
"""The chapters, in the order their steps are offered."""

PETITION = Procedure(
    name="petition",
    label="信访事项",
    stages=tuple(STAGES),
    ends=ENDS,
    steps=tuple(step for each in SLICES for step in each.STEPS),
    automatic=tuple(move for each in SLICES for move in each.AUTOMATIC),
)
