"""What /meta answers: the words, limits and offices a page speaks with. And the one shape of a failure."""

from typing import Literal

from msgspec import UNSET, UnsetType

from chalicelib.api.forms import INPUTS
from chalicelib.domain.offices import KINDS
from chalicelib.domain.stages import STAGES
from chalicelib.domain.tables.inspection import STAGES as INSPECTION_STAGES
from infra.openapi.answers import Closed, Count, Mended

OfficeKind = Literal[KINDS]  # type: ignore[valid-type]
Words = dict[str, str]


class StepRow(Closed, rename={"from_": "from"}):
    action: str
    label: str
    emits: str
    chapter: str
    law: str
    # The stage it comes from; "" is a case that is not registered yet.
    from_: list[Literal[("", *STAGES, *INSPECTION_STAGES)]]  # type: ignore[valid-type]
    to: str
    by: list[str]
    meets: list[str]
    starts: list[str]


class ProcedureTable(Closed):
    name: str
    label: str
    steps: list[StepRow]


class Option(Closed):
    value: str
    label: str


class FormField(Closed):
    """What a page asks for in one field of a step."""

    name: str
    label: str
    input: Literal[INPUTS]  # type: ignore[valid-type]
    required: bool
    hint: str | UnsetType = UNSET
    options: list[Option] | UnsetType = UNSET
    kinds: list[str] | UnsetType = UNSET
    posts: list[str] | UnsetType = UNSET
    max: int | UnsetType = UNSET
    min: int | UnsetType = UNSET


class InspectionKind(Closed):
    kind: str
    label: str
    law: str
    asks: dict[str, bool]


class Limit(Closed):
    name: str
    label: str
    law: str
    number: Count | None
    unit: Literal["days", "working_days"]
    of: Literal["organ", "petitioner"]
    kind: Literal["statutory", "service"]
    extendable_by: Count
    note: str


class CalendarKnown(Closed):
    version: str
    horizon: str


class Category(Closed):
    name: str
    matters: list[str]


class Office(Closed):
    id: str
    name: str
    short: str
    kind: OfficeKind
    parent: str | None
    phone: str
    duties: list[str]
    handles_petitions: bool


class Labels(Closed):
    stages: Words
    inspections: Words
    check_lines: Words
    kinds: Words
    kinds_shown: Words
    channels: Words
    tracks: Words
    endings: Words
    grounds: Words
    routes: Words
    findings: Words
    methods: Words
    ways: Words
    causes: Words
    ratings: Words


class Catalogue(Closed):
    tenant: str
    phone: str
    signature: str
    bureau: str
    procedures: list[ProcedureTable]
    forms: dict[str, list[FormField]]
    inspections: list[InspectionKind]
    limits: list[Limit]
    calendar: CalendarKnown
    categories: list[Category]
    offices: list[Office]
    labels: Labels


class Problem(Closed):
    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[Mended]
    law: str | UnsetType = UNSET
