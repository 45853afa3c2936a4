"""What the interface answers, as typed models: closed, so that a field nobody described fails a test.

`UNSET` marks what is there for some callers or some outcomes only: a petitioner's view lacks what is named
for staff. Chinese descriptions stand in `words.py`.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from chalicelib.api.steps.classification import AnyKind
from chalicelib.api.steps.endings import AnyGround, Route
from chalicelib.domain import case, gates, intake, quality
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


class ReportTakenIn(Closed):
    """All that whoever wrote a report down gets to see of it."""

    case_number: Number
    query_code: QueryCode
    received_on: date


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
