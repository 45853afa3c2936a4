"""What others check us by: exports, deadline proofs, receipts, roots and the proof that a case stands in one."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, field

from chalicelib.domain.deadline_proof import VERDICTS
from chalicelib.domain.events import BY_WIRE
from infra.openapi.answers import Closed, Count, Hash, Instant, NoticeState, Number, Positive, one_of
from infra.openapi.parts import NoticeProof, WrittenOpinion

Wire = Literal[tuple(BY_WIRE)]  # type: ignore[valid-type]
KeyName = Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]
Salt = Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]


class Envelope(Closed):
    alg: Literal["ES256"]
    key: KeyName
    signature: str
    statement: str


class PublicKey(Closed):
    key: KeyName
    alg: Literal["ES256"]
    spki: str
    from_: Instant = field(name="from")


class Receipts(Closed):
    items: list[Envelope]
    keys: list[PublicKey]


class Roots(Closed):
    roots: list[Envelope]
    keys: list[PublicKey]


class Inclusion(Closed):
    case: Number
    salt: Salt
    leaf: str
    index: Count
    path: list[Hash]
    root: Envelope
    keys: list[PublicKey]


class EventNamed(Closed):
    seq: Positive
    event: Wire
    label: str
    at: Instant
    hash: Hash


class WarningNotice(Closed):
    recipient: str
    recipient_label: str
    channel: Literal["sms", "site"]
    state: NoticeState
    state_label: str
    at: Instant


class WarningTold(Closed):
    seq: Positive
    event: Wire
    label: str
    at: Instant
    hash: Hash
    notices: list[WarningNotice]


class DayNotCounted(Closed):
    day: date
    why: str


class ClockEnd(Closed):
    on: date
    ending: Literal["met", "lapsed", "moot", "replaced"]
    event: EventNamed | None


class DeadlineProof(Closed):
    limit: str
    about: str
    run: Positive
    label: str
    law: str
    kind: Literal["statutory", "service"]
    of: Literal["organ", "petitioner"]
    owner: str
    owner_name: str
    unit: Literal["days", "working_days"]
    days: Count
    extended_by: Count
    calendar: str
    provisional: bool
    start_on: date
    start: EventNamed
    skipped: list[DayNotCounted]
    rolled: list[DayNotCounted]
    pauses: list[list[date | None]]
    due: date
    legal_due: date
    stat_due: date
    not_before: date | None
    derivation: str
    warnings: list[WarningTold]
    end: ClockEnd | None
    verdict: Literal[tuple(VERDICTS)]  # type: ignore[valid-type]
    verdict_label: str
    margin: int | None


class DeadlineProofs(Closed):
    case_number: Number
    version: Positive
    head: Hash
    at: Instant
    received_on: date
    stage_label: str
    proofs: list[DeadlineProof]


class EventBody(Closed):
    body: str


class EventHash(Closed):
    hash: Hash


class ExportedText(Closed):
    seq: Positive
    text: str


class ExportedLimit(Closed):
    label: str
    law: str
    number: Count | None
    unit: Literal["days", "working_days"]
    of: Literal["organ", "petitioner"]
    kind: Literal["statutory", "service"]
    extendable_by: Count
    for_staff: bool


class ExportedCalendar(Closed):
    first: date
    horizon: date
    off: list[date]
    make_up: list[date]


class CaseExport(Closed):
    format: Literal["sunlight-case-export/1"]
    reader: Literal["petitioner", "staff"]
    case: Number
    procedure: Literal["petition"]
    stage: str
    exported_at: Instant
    on: date
    count: Positive
    head: Hash
    tree: Hash
    events: list[one_of("EventBody", "EventHash")]  # type: ignore[valid-type]
    texts: list[ExportedText]
    opinion: WrittenOpinion | None
    notices: list[NoticeProof]
    deadline_proofs: list[DeadlineProof]
    limits: dict[str, ExportedLimit]
    endings: dict[str, list[Wire]]
    calendars: dict[str, ExportedCalendar]
    receipts: list[Envelope]


class Export(Closed):
    digest: Hash
    export: CaseExport
