"""信访事项: its procedure, put together from the tables of its chapters.

The invariant, proved by a test: every stage can be reached, every clock can be met, every row has its function.
"""

from collections.abc import Mapping

from chalicelib.domain.case import PETITIONER, Actor, Case, Duty
from chalicelib.domain.duties import DutyKind
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
    passing,
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
    passing,
)
"""The chapters, in the order their steps are offered."""

STEPS = tuple(step for each in SLICES for step in each.STEPS)
AUTOMATIC = tuple(move for each in SLICES for move in each.AUTOMATIC)
DUTIES: Mapping[str, DutyKind] = {kind: said for each in SLICES for kind, said in each.DUTIES.items()}
"""What may be owed beside the road."""
_ENTERED = {row.to for row in (*STEPS, *AUTOMATIC)}

PETITION = Procedure(
    name="petition",
    label="信访事项",
    stages=tuple(stage for stage in STAGES if stage in _ENTERED),
    ends=tuple(stage for stage in ENDS if stage in _ENTERED),
    steps=STEPS,
    automatic=AUTOMATIC,
)


def kept_from(case: Case, actor: Actor) -> frozenset[str]:
    """The duties of which this person may read nothing: not they, nor their events, clocks and notices.

    任何组织和个人不得打击报复信访人. -- 第十八条第四款
    """
    return frozenset(duty.id for duty in case.duties if not _is_shown(DUTIES[duty.kind], duty, actor))


def _is_shown(kind: DutyKind, duty: Duty, actor: Actor) -> bool:
    if actor.role == PETITIONER:
        return kind.shown
    readers = kind.kept_to(duty) if kind.kept_to else ()
    return not readers or actor.org in readers
