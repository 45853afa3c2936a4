"""What the interface answers, as typed models: closed, so that a field nobody described fails a test.

`UNSET` marks what is there for some callers or some outcomes only: a petitioner's view lacks what is named
for staff. Chinese descriptions stand in `words.py`.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from chalicelib.api.bodies import Channel, Kind
from chalicelib.api.steps.classification import AnyKind
from chalicelib.api.steps.endings import AnyGround, Route
from chalicelib.api.steps.opinion import Finding
from chalicelib.api.steps.road import Rating
from chalicelib.api.steps.supervision import Problem as OrderProblem
from chalicelib.api.views.matters import RELATIONS
from chalicelib.domain import case, gates, intake, quality, watch
from chalicelib.domain.routing import MOST
from chalicelib.domain.stages import STAGES
from chalicelib.store import proofs
from chalicelib.store.people import ROLES

Number = Annotated[str, Meta(pattern="^[0-9]{12}$")]
QueryCode = Annotated[str, Meta(pattern="^[0-9]{16}$")]
Token = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{20,100}$")]
Hash = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Month = Annotated[str, Meta(pattern="^20[0-9]{2}-(0[1-9]|1[0-2])$")]
Instant = Annotated[datetime, Meta(tz=True)]
Count = Annotated[int, Meta(ge=0)]
Positive = Annotated[int, Meta(ge=1)]
Cursor = Annotated[str, Meta(min_length=1, max_length=400)]
Role = Literal[(case.PETITIONER, *ROLES)]  # type: ignore[valid-type]
Stage = Literal[tuple(STAGES)]  # type: ignore[valid-type]
Track = Literal[("", *intake.TRACKS)]  # type: ignore[valid-type]
QualityFlag = Literal[tuple(quality.FLAGS)]  # type: ignore[valid-type]
GateCode = Literal[tuple(gates.LABELS)]  # type: ignore[valid-type]
NoticeState = Literal[
    (proofs.OWED, proofs.CLAIMED, proofs.FAILED, proofs.UNKNOWN, *proofs.ENDED)  # type: ignore[valid-type]
]
LevelAbove = Literal[tuple(intake.LEVELS_ABOVE)]  # type: ignore[valid-type]


def one_of(*models: str) -> Any:
    """One of several models that no tag tells apart: which one it is, its required fields say."""
    return Annotated[Any, Meta(extra_json_schema={"oneOf": [{"$ref": f"#/components/schemas/{m}"} for m in models]})]


class Closed(Struct, forbid_unknown_fields=True):
    """Nothing stands in an answer that is not described."""


class Health(Closed):
    status: Literal["ok"]
    stage: Literal["local", "test", "dev", "prod"]
    time: Instant


class GuideOption(Closed):
    answer: str
    label: str
    to: str


class GuideQuestion(Closed):
    id: str
    text: str
    hint: str
    law: str
    options: list[GuideOption]


class OutsideLimit(Closed):
    label: str
    number: str
    law: str


class GuideOutcome(Closed, kw_only=True):
    id: str
    label: str
    kind: AnyKind
    track: Track
    track_label: str
    route: Literal["", Route]
    ground: Literal["", AnyGround]
    law: str
    body: str
    limits: list[OutsideLimit]
    step: str
    step_label: str
    advice: str


class GuideReason(Closed):
    question: str
    text: str
    answer: str
    label: str


class GuideProposal(GuideOutcome, forbid_unknown_fields=True, kw_only=True):
    why: list[GuideReason]
    notice_draft: str


class Guide(Closed):
    first: str
    questions: list[GuideQuestion]
    outcomes: list[GuideOutcome]


class Guidance(Closed):
    question: GuideQuestion | None
    proposal: GuideProposal | None


class Challenge(Closed):
    challenge: Token
    expires_in: Count


class PetitionerSession(Closed):
    token: Token
    role: Literal["petitioner"]
    expires_in: Count
    case_number: Number | UnsetType = UNSET


class StaffSession(Closed):
    token: Token
    role: Role
    expires_in: Count
    org: str
    org_name: str
    name: str


class Myself(Closed):
    role: Role
    org: str | None
    org_name: str
    name: str
    user: str | None
    case_number: Number | UnsetType = UNSET


class Light(Closed):
    level: Literal["red", "yellow", "green", "grey"]
    shape: Literal["■", "◆", "●", "✓", "○"]
    text: str
    days_left: int | None


class Promise(Closed):
    limit: str
    label: str
    due: date
    law: str
    derivation: str


class Warned(Closed):
    code: Literal["level_skipping", "representatives_wanted"]
    message: str
    law: str


class Receipt(Closed):
    case_number: Number
    query_code: QueryCode
    version: Literal[1]
    received_on: date
    registered_at: Instant
    stage: Literal["registered"]
    stage_label: str
    promises: list[Promise]
    warnings: list[Warned]


class ReportShown(Closed):
    """All that number and query code tell of a report of misconduct."""

    case_number: Number
    received_on: date
    stage: Literal["report_registered", "report_transferred"]
    stage_label: Literal["已收到", "已移送"]


class ReportReceipt(ReportShown, forbid_unknown_fields=True, kw_only=True):
    query_code: QueryCode


class Mended(Closed):
    pointer: str
    message: str
    code: str


class ImportedLine(Closed):
    line: Positive
    case_number: Number


class RejectedLine(Closed):
    line: Positive
    errors: Annotated[list[Mended], Meta(min_length=1)]


class Imported(Closed):
    accepted: Count
    rejected: Count
    rows: list[one_of("ImportedLine", "RejectedLine")]  # type: ignore[valid-type]


class OfficeShown(Closed):
    id: str
    name: str
    phone: str


class Person(Closed):
    name: str
    phone: str
    address: str
    identity_number: str


class CompanionShown(Closed):
    name: str
    phone: str


class ProxyShown(Closed):
    name: str
    phone: str
    relation: str
    revoked: bool


class PeopleShown(Closed):
    representatives: list[CompanionShown]
    signers: Count
    proxy: ProxyShown | None
    open_to_join: bool
    persons: Positive
    group_visit: bool
    level_skipping: bool
    joint_signers: list[CompanionShown] | UnsetType = UNSET


class LinkShown(Closed):
    relation: Literal[tuple(RELATIONS)]  # type: ignore[valid-type]
    relation_label: str
    case_number: Number
    on: date


class FiledFirst(Closed):
    title: str
    text: str
    claims: list[str]


class Clock(Closed):
    limit: str
    about: str
    label: str
    law: str
    kind: Literal["statutory", "service"]
    owner: str
    owner_name: str
    start: date
    due: date
    legal_due: date
    stat_due: date
    provisional: bool
    calendar: str
    extended_by: Count
    ended_on: date | None
    state: Literal["running", "met", "met_late", "lapsed", "moot"]
    light: Light
    derivation: str


class Target(Closed):
    target: str
    label: str
    due: date
    state: Literal["open", "kept", "missed"]
    text: str
    note: str


class DutyShown(Closed):
    id: str
    kind: str
    kind_label: str
    no: Positive
    org: str
    org_name: str
    state: str
    state_label: str
    event_seq: Positive
    clocks: list[Clock]


class ClaimAnswered(Closed):
    claim: Positive
    finding: Finding
    finding_label: str
    law: str
    answer: str
    basis: str


class CommitmentMade(Closed):
    claim: Positive
    what: str
    due: date
    responsible: str


class WrittenOpinion(Closed):
    on: date
    facts: str
    answers: list[ClaimAnswered]
    commitments: list[CommitmentMade]


class Flag(Closed):
    code: QualityFlag
    label: str


class DraftShown(Closed):
    on: date
    facts: str
    answers: list[ClaimAnswered]
    commitments: list[CommitmentMade]
    state: Literal["drafted", "read", "returned"]
    state_label: str
    flags: list[Flag]


class CheckShown(Closed):
    code: GateCode
    label: str
    law: str
    passed: bool
    words: str


class Rated(Closed):
    office: Rating
    office_label: str
    unit: Rating
    unit_label: str
    solved: bool
    solved_label: str


class NextStep(Closed):
    action: str
    label: str
    law: str


class Attempt(Closed):
    at: Instant
    text: str
    out_id: str
    provider_id: str
    reason: str


class NoticeProof(Closed):
    event_seq: Positive
    recipient: str
    recipient_label: str
    channel: Literal["sms", "site"]
    templates: list[str]
    state: NoticeState
    state_label: str
    owed_at: Instant
    attempts: list[Attempt]
    said: list[str]
    reason: str


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


class UnitFigures(Closed):
    total: Count
    stages: dict[str, Count]
    kinds: dict[str, Count]
    limits: dict[str, Punctuality]
    ratings: dict[str, Count]
    solved: dict[str, Count]


class LateFigure(Closed):
    case_number: Number
    unit: str
    limit: str
    due: date
    days: Positive


class Figures(Closed):
    month: Month
    total: Count
    channels: dict[str, Count]
    categories: dict[str, Count]
    units: dict[str, UnitFigures]
    late: list[LateFigure]


class FileShown(Closed):
    number: Positive
    name: str
    kind: Literal["image/jpeg", "image/png", "application/pdf"]
    size: Positive
    at: Instant
    by_staff: bool
    internal: bool


class FileContent(Closed):
    name: str
    kind: Literal["image/jpeg", "image/png", "application/pdf"]
    content: str


class CaseHead(Closed):
    """What `timeline.Case` begins with."""

    case_number: Number
    version: Positive
    stage: Stage
    stage_label: str
    kind: Kind
    kind_label: str
    channel: Channel
    channel_label: str
    category: str
    received_on: date
    registered_at: Instant
    title: str
    text: str
    claims: list[str]
    place: str
    office: OfficeShown
    agency: OfficeShown | None
    track: Track
    track_label: str
    petitioner: Person
    people: PeopleShown
    links: list[LinkShown]
    clocks: list[Clock]
    targets: list[Target]
    duties: list[DutyShown]
    files: list[FileShown]
