"""What the sealed function answers: reports of misconduct, to the bodies competent for them alone."""

from datetime import date
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from chalicelib.api.sealed_steps import CALLS
from chalicelib.domain import intake
from chalicelib.domain.events.report import EVENTS
from chalicelib.domain.report import PROCEDURE, STAGES
from infra.openapi.answers import Closed, Cursor, Hash, Instant, Light, Number, Positive
from infra.openapi.catalogue import FormField
from infra.openapi.parts import Clock, NextStep

STEPS = {step.action: step for step in PROCEDURE.steps if step.action in CALLS}
ReportStage = Literal[tuple(STAGES)]  # type: ignore[valid-type]
ReportEvent = Literal[tuple(event.wire for event in EVENTS)]  # type: ignore[valid-type]
ReportChannel = Literal[intake.WEB, "letter", "visit", "phone"]  # type: ignore[valid-type]


class SealedRow(Closed):
    case_number: Number
    title: str
    stage: ReportStage
    stage_label: str
    received_on: date
    due: date | None
    light: Light
    version: Positive


class SealedList(Closed):
    items: list[SealedRow]
    next_cursor: Cursor | None


class AccusedOffice(Closed):
    id: str
    name: str


class AccusedPerson(Closed):
    by: Literal["user", "name"]
    who: str


class AccusedShown(Closed):
    offices: list[AccusedOffice]
    people: list[AccusedPerson]


class Reporter(Closed):
    name: str
    phone: str
    address: str
    verified: bool


class SealedReading(Closed):
    user: str
    org: str
    org_name: str
    at: Instant
    wrote: bool
    accused: bool


class SealedEntry(Closed):
    seq: Positive
    event: ReportEvent
    label: str
    at: Instant
    by: str
    text: dict[str, str | list[str]]
    hash: Hash
    to_name: str | UnsetType = UNSET
    read_before: list[SealedReading] | UnsetType = UNSET


class SealedStep(NextStep):
    form: list[FormField]


class SealedReport(Closed):
    """The whole of a report, and who has opened it."""

    case_number: Number
    version: Positive
    stage: ReportStage
    stage_label: str
    received_on: date
    registered_at: Instant
    channel: ReportChannel
    channel_label: str
    documents: str
    title: str
    text: str
    accused: AccusedShown
    reporter: Reporter
    clocks: list[Clock]
    timeline: Annotated[list[SealedEntry], Meta(min_length=1)]
    readings: list[SealedReading]
    next_steps: list[SealedStep]


class SealedLeft(Closed):
    """All that is told of a step to whoever may not see the report any more."""

    case_number: Number
    version: Positive
    stage: ReportStage
    stage_label: str
