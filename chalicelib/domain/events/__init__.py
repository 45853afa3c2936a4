"""Everything that can happen to a petition: past tense, typed. Wire names are never renamed.

`label` is what staff read in the timeline, `shown` the petitioner's sentence (`terms.md`).
"""

from chalicelib.domain.events import (
    classification,
    endings,
    hearing,
    inspection,
    joint,
    matters,
    opinion,
    own,
    passing,
    promises,
    recusal,
    review,
    routing,
    simple,
    supervision,
    urgent,
)
from chalicelib.domain.events.base import ClockSet, Event, plain
from chalicelib.domain.events.endings import PetitionDeclined, PetitionDiverted
from chalicelib.domain.events.petitioner import (
    PETITIONER,
    MaterialSupplemented,
    PetitionUrged,
    PetitionWithdrawn,
)
from chalicelib.domain.events.road import (
    ROAD,
    ClockOverdue,
    ClockReminded,
    ForwardingObjected,
    HandlingExtended,
    ObjectionPeriodClosed,
    ObjectionRejected,
    ObjectionUpheld,
    OpinionGiven,
    OpinionServed,
    PetitionAccepted,
    PetitionAssigned,
    PetitionConcluded,
    PetitionForwarded,
    PetitionRated,
    PetitionRegistered,
    RatingLapsed,
)

ALL: tuple[type[Event], ...] = (
    *ROAD,
    *PETITIONER,
    *classification.EVENTS,
    *endings.EVENTS,
    *routing.EVENTS,
    *simple.EVENTS,
    *opinion.EVENTS,
    *promises.EVENTS,
    *joint.EVENTS,
    *hearing.EVENTS,
    *review.EVENTS,
    *supervision.EVENTS,
    *recusal.EVENTS,
    *matters.EVENTS,
    *urgent.EVENTS,
    *own.EVENTS,
    *passing.EVENTS,
    *inspection.EVENTS,
)
BY_WIRE: dict[str, type[Event]] = {event.wire: event for event in ALL}

__all__ = [
    "ALL",
    "BY_WIRE",
    "ClockOverdue",
    "ClockReminded",
    "ClockSet",
    "Event",
    "ForwardingObjected",
    "HandlingExtended",
    "MaterialSupplemented",
    "ObjectionPeriodClosed",
    "ObjectionRejected",
    "ObjectionUpheld",
    "OpinionGiven",
    "OpinionServed",
    "PetitionAccepted",
    "PetitionAssigned",
    "PetitionConcluded",
    "PetitionDeclined",
    "PetitionDiverted",
    "PetitionForwarded",
    "PetitionRated",
    "PetitionRegistered",
    "PetitionUrged",
    "PetitionWithdrawn",
    "RatingLapsed",
    "plain",
]
