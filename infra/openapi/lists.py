"""What lists answer: worklists, searches, what is late, figures."""

from datetime import date
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from chalicelib.api.bodies import Kind
from chalicelib.api.steps.supervision import Problem as OrderProblem
from chalicelib.api.views.matters import RELATIONS
from chalicelib.domain import watch
from chalicelib.domain.routing import MOST
from chalicelib.policy import STAFF
from chalicelib.store.fault import KINDS
from infra.openapi.answers import (
    Closed,
    Count,
    Cursor,
    Instant,
    LevelAbove,
    Light,
    Month,
    Number,
    Positive,
    Role,
    Stage,
)
from infra.openapi.parts import WrittenOpinion


class CaseRow(Closed):
    case_number: Number
    title: str
    stage: Stage
    stage_label: str
    kind: Kind
    kind_label: str
    received_on: date
    due: date | None
    light: Light
    agency_name: str
    version: Positive
    from_above: LevelAbove | UnsetType | None = UNSET
    above_due: date | UnsetType | None = UNSET
    untouched: bool | UnsetType = UNSET


class Reason(Closed):
    reason: Literal["same_person", "same_matter"]
    reason_label: str


class Candidate(CaseRow, kw_only=True):
    reasons: Annotated[list[Reason], Meta(min_length=1)]
    score: Annotated[int, Meta(ge=0, le=100)]
    relation: Literal[("", *RELATIONS)]  # type: ignore[valid-type]


class Candidates(Closed):
    items: list[Candidate]
    looked_at: Count


class LeaveShown(Closed):
    away_from: date | None
    away_until: date | None
    is_away: bool
    set_by: str
    set_at: Instant | None
    may_set: bool
    version: Positive


class Colleague(Closed):
    id: str
    name: str
    role: Literal[STAFF]  # type: ignore[valid-type]
    role_label: str
    org: str
    org_name: str
    leave: LeaveShown | UnsetType = UNSET


class LeaveOf(Closed):
    id: str
    name: str
    role: Role
    role_label: str
    org_name: str
    leave: LeaveShown


class Colleagues(Closed):
    items: list[Colleague]


class Found(Closed):
    items: list[CaseRow]


class LeadingOpinion(WrittenOpinion):
    case_number: Number


class WatchFinding(Closed):
    code: Literal[tuple(sign.code for sign in watch.SIGNS)]  # type: ignore[valid-type]
    label: str
    law: str
    problem: OrderProblem
    org: str
    org_name: str
    detail: str


class Watched(CaseRow, forbid_unknown_fields=True, kw_only=True):
    findings: Annotated[list[WatchFinding], Meta(min_length=1)]


class WatchList(Closed):
    items: list[Watched]
    next_cursor: Cursor | None
    today: date


class FromAbove(Closed):
    from_above: LevelAbove
    from_above_label: str
    received: dict[str, date]
    above_due: date | None
    reported_on: date | None


class Booked(Closed):
    org: str
    org_name: str
    days: Positive


class ProposedUnit(Closed):
    org: str
    org_name: str
    why: str
    score: Positive


class UnitProposal(Closed):
    items: Annotated[list[ProposedUnit], Meta(max_length=MOST)]


class Ledger(Closed):
    items: list[CaseRow]
    next_cursor: Cursor | None
    today: date


class MyPetitions(Closed):
    items: list[CaseRow]
    next_cursor: Cursor | None


class LightCounts(Closed):
    red: Count
    yellow: Count
    green: Count
    total: Count


class Worklist(Closed):
    items: list[CaseRow]
    next_cursor: Cursor | None
    counts: LightCounts
    today: date


class InSiteMessage(Closed):
    case_number: Number
    text: str
    at: Instant
    event: str


class Messages(Closed):
    items: list[InSiteMessage]
    next_cursor: Cursor | None


class Punctuality(Closed):
    on_time: Count
    late: Count
    running: Count
    overdue: Count
    excused: Count


class UnitFigures(Closed):
    total: Count
    stages: dict[str, Count]
    kinds: dict[str, Count]
    limits: dict[str, Punctuality]
    ratings: dict[str, Count]
    ratings_by_staff: dict[str, Count]
    solved: dict[str, Count]


class LateFigure(Closed):
    case_number: Number
    unit: str
    limit: str
    due: date
    days: Positive
    excused_days: Count


class Figures(Closed):
    month: Month
    total: Count
    channels: dict[str, Count]
    categories: dict[str, Count]
    units: dict[str, UnitFigures]
    late: list[LateFigure]


class ReconcilerFinding(Closed):
    kind: Literal[tuple(KINDS)]  # type: ignore[valid-type]
    label: str
    case_number: str | None
    row: str | None
    found_at: Instant
    ended: Literal["open", "repaired", "gone"]
    ended_label: str


class Findings(Closed):
    items: list[ReconcilerFinding]
    next_cursor: Cursor | None


class NoticesOfDay(Closed):
    day: str
    owed: Count
    done: Count
    open: Count
    overdue: Count
    missing: Count


class NoticesInAll(Closed):
    owed: Count
    done: Count
    open: Count
    overdue: Count
    missing: Count


class NewestFigure(Closed):
    day: date
    counted_at: Instant
    days: list[NoticesOfDay]
    total: NoticesInAll


class Completeness(Closed):
    newest: NewestFigure | None
    counted: list[NoticesOfDay]
