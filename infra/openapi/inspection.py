"""What is answered of a task of supervision: the whole of it, and a line of the list."""

from datetime import date
from typing import Literal, Union

from chalicelib.api.inspections import Kind
from chalicelib.api.steps.inspection import CheckLine
from chalicelib.api.views.inspection import ITEM_STATES
from chalicelib.domain.tables.inspection import STAGES
from infra.openapi.answers import Closed, Count, Cursor, Light, Number, Positive
from infra.openapi.parts import Clock, NextStep, OfficeShown
from infra.openapi.timeline import ENTRIES

InspectionStage = Literal[tuple(STAGES)]  # type: ignore[valid-type]
ItemState = Literal[tuple(ITEM_STATES)]  # type: ignore[valid-type]


class InspectionOpenedAs(Closed):
    case_number: Number


class InspectionHead(Closed):
    case_number: Number
    version: Positive
    inspection: Kind
    inspection_label: str
    stage: InspectionStage
    stage_label: str
    title: str
    office: OfficeShown
    unit: OfficeShown | None
    opened_on: date
    due: date | None
    light: Light
    asked: Count
    left: Count


class InspectionRow(InspectionHead, forbid_unknown_fields=True):
    mine: bool


class InspectionList(Closed):
    items: list[InspectionRow]
    next_cursor: Cursor | None
    today: date
    may_open: bool


class InspectionItem(Closed):
    no: Positive
    text: str
    state: ItemState
    state_label: str
    answer: str
    responsible: str


class SheetLine(Closed):
    line: CheckLine
    label: str
    law: str
    points: Count
    full: Count
    reason: str


class SampledCase(Closed):
    case_number: Number
    points: Count
    full: Count
    checked: bool
    lines: list[SheetLine]


class VotesShown(Closed):
    participants: Count
    satisfied: Count
    basically: Count
    not_satisfied: Count


class ReceptionShown(Closed):
    leader: str
    leader_name: str
    visitors: Count
    numbers: list[Number]
    note: str
    on: date


class LeaderShown(Closed):
    user: str
    name: str


class InspectionShown(InspectionHead, forbid_unknown_fields=True, kw_only=True):
    law: str
    note: str
    signed_on: date | None
    items: list[InspectionItem]
    sample: list[SampledCase]
    votes: VotesShown | None
    receptions: list[ReceptionShown]
    leaders: list[LeaderShown]
    clocks: list[Clock]
    timeline: list[Union[ENTRIES]]  # type: ignore[valid-type]  # noqa: UP007
    next_steps: list[NextStep]
