"""The parts of which the view of a case is made."""

from datetime import date
from typing import Literal

from msgspec import UNSET, UnsetType

from chalicelib.api.bodies import Channel, Kind
from chalicelib.api.steps.opinion import Finding
from chalicelib.api.steps.road import Rating
from chalicelib.api.views.matters import RELATIONS
from infra.openapi.answers import (
    Closed,
    Count,
    GateCode,
    Instant,
    Light,
    NoticeState,
    Number,
    Positive,
    QualityFlag,
    Stage,
    Track,
)


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
    days_unusable: Positive | UnsetType = UNSET
    excused_days: Count | UnsetType = UNSET


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
    fate: Literal["", "sent", "delivered", "failed", "rejected", "absent"]
    absent: Count


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
