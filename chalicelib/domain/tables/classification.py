"""Kind, track and claims (第二十九条至第三十一条): guided, corrected, confirmed.

What must be true for a correction stands in `domain/tracks.py`, the questions of the guide in `classification.py`.
"""

from collections.abc import Callable, Mapping

from chalicelib.domain import intake
from chalicelib.domain.case import INTAKE, LEAD, Actor, Case
from chalicelib.domain.duties import DutyKind
from chalicelib.domain.events.classification import PetitionReclassified
from chalicelib.domain.procedure import STAY, Automatic, Starts, Step
from chalicelib.domain.stages import ACCEPTED, ASSIGNED, FORWARDED, REDO, REGISTERED
from chalicelib.domain.tables.road import HANDLERS, agency

LIMIT_OF_TRACK = {
    intake.PETITION_PROCEDURE: "handle",
    intake.PERFORM_DUTY: "perform_duty",
    intake.SUGGESTION: "suggestion_target",
    intake.CONSULTATION: "consultation_target",
}
"""The period that each track has."""


def has_desk_of_main_road(case: Case, by: Actor) -> bool:
    """The organ that registered the matter, or the one that handles it."""
    desk = case.desk(by.org)
    return desk is not None and bool({INTAKE, LEAD} & set(desk.capacities))


def comes_onto(track: str) -> Callable[[Case], bool]:
    """Accepted, and on this track only since the correction."""

    def came_onto(case: Case) -> bool:
        period = LIMIT_OF_TRACK[track]
        return case.stage == ACCEPTED and case.facts.get("track") == track and case.running(period) is None

    came_onto.__doc__ = f"已经受理、办理途径改为{intake.TRACKS[track]}"
    return came_onto


STEPS: tuple[Step, ...] = (
    Step(
        action="reclassify", label="更正类别", law="第二十九条至第三十一条",
        frm=(REGISTERED, FORWARDED, ASSIGNED, ACCEPTED, REDO), to=STAY, by=HANDLERS, emits=PetitionReclassified,
        starts=tuple(Starts(limit, agency, comes_onto(track)) for track, limit in LIMIT_OF_TRACK.items()),
        offered_to=has_desk_of_main_road,
    ),
)  # fmt: skip
AUTOMATIC: tuple[Automatic, ...] = ()
DUTIES: Mapping[str, DutyKind] = {}
