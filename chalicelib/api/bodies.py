"""The bodies people send, as typed models. Limits of length and form stand here; rules of the law do not."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api.fields import CaseNumber, Id, IdentityNumber, Phone, QueryCode, line, text

Kind = Literal["grievance", "suggestion", "consultation"]
Channel = Literal["letter", "visit", "phone", "fax", "mailbox", "hotline_12345", "wechat", "video", "web"]
Ground = Literal["not_our_competence", "pending_elsewhere", "litigation_matter"]
Route = Literal["litigation", "arbitration", "party_appeal", "administrative_procedure", "perform_duty"]
Finding = Literal["support", "explain", "not_support"]
Method = Literal["online", "window", "mail", "person"]
Rating = Literal["satisfied", "basically", "not_satisfied"]

Title = Annotated[str, line(60)]
Story = Annotated[str, text(10_000)]
Reason = Annotated[str, text(2_000)]
Name = Annotated[str, line(50)]
Address = Annotated[str, line(200)]
Claims = Annotated[list[Annotated[str, line(300)]], Meta(max_length=10)]


class Petition(Struct, forbid_unknown_fields=True):
    """What a petitioner files online (第十九条: 姓名、住址和请求、事实、理由)."""

    kind: Kind
    title: Title
    text: Story
    name: Name
    address: Address
    claims: Claims = []
    category: Annotated[str, line(40)] = ""
    place: Address = ""
    identity_number: IdentityNumber | None = None
    unit: Id | None = None


class Petitioner(Struct, forbid_unknown_fields=True):
    """Who came, wrote or called; a letter may lack any of it."""

    name: Name = ""
    phone: Phone | None = None
    address: Address = ""
    identity_number: IdentityNumber | None = None


class Registration(Struct, forbid_unknown_fields=True):
    """What a window registers for somebody (第二十二条、第二十三条)."""

    channel: Channel
    received_on: date
    kind: Kind
    title: Title
    text: Story
    petitioner: Petitioner
    claims: Claims = []
    category: Annotated[str, line(40)] = ""
    place: Address = ""
    helper: Name = ""
    external_number: Annotated[str, line(40)] = ""


class Import(Struct, forbid_unknown_fields=True):
    """Many registrations at once, as lines of JSON or as CSV with a header."""

    format: Literal["jsonl", "csv"]
    content: Annotated[str, Meta(min_length=1, max_length=200_000)]


class Tracking(Struct, forbid_unknown_fields=True):
    """Number and query code: who has both may see the case."""

    case_number: CaseNumber
    query_code: QueryCode


class Forwarding(Struct, forbid_unknown_fields=True):
    """Where to."""

    to: Id
    note: Annotated[str, text(2_000)] = ""


class Assignment(Struct, forbid_unknown_fields=True):
    """Where to, and by when to report back."""

    to: Id
    due: date
    note: Annotated[str, text(2_000)] = ""


class Objection(Struct, forbid_unknown_fields=True):
    """详细说明理由 -- 第二十三条第三款."""

    reason: Annotated[str, text(2_000, least=10)]
    suggested: Id | None = None


class Upholding(Struct, forbid_unknown_fields=True):
    """A word for the file."""

    note: Annotated[str, text(2_000)] = ""


class Rejection(Struct, forbid_unknown_fields=True):
    """Why the objection is not agreed to."""

    reason: Reason


class Acceptance(Struct, forbid_unknown_fields=True):
    """处理途径和程序 -- 第二十三条."""

    track: Literal["petition_procedure", "suggestion", "consultation"]
    undertaker: Name


class Declining(Struct, forbid_unknown_fields=True):
    """A ground of the closed list, and where to go."""

    ground: Ground
    explanation: Reason
    where_to: Address = ""


class Diversion(Struct, forbid_unknown_fields=True):
    """The procedure the law has for it, and who conducts it."""

    route: Route
    body: Annotated[str, line(50)]
    explanation: Reason
    limit_note: Annotated[str, text(500)] = ""


class Extension(Struct, forbid_unknown_fields=True):
    """How many days, and the reason that the petitioner is told."""

    days: Annotated[int, Meta(ge=1, le=365)]
    reason: Reason


class ClaimAnswer(Struct, forbid_unknown_fields=True):
    """One claim's answer (第三十二条)."""

    claim: Annotated[int, Meta(ge=1, le=10)]
    finding: Finding
    answer: Story
    basis: Annotated[str, text(1_000)] = ""


class Reply(Struct, forbid_unknown_fields=True):
    """信访处理意见书."""

    facts: Story
    answers: Annotated[list[ClaimAnswer], Meta(min_length=1, max_length=10)]


class Service(Struct, forbid_unknown_fields=True):
    """How and when the opinion reached the petitioner; online it is today."""

    method: Method
    served_on: date | None = None
    proof: Annotated[str, text(500)] = ""


class Judgement(Struct, forbid_unknown_fields=True):
    """The petitioner's rating of bureau and unit, and whether it is solved."""

    office: Rating
    unit: Rating
    solved: bool
    remark: Annotated[str, text(500)] = ""


class Supplement(Struct, forbid_unknown_fields=True):
    """Further facts and reasons."""

    text: Story


class Urging(Struct, forbid_unknown_fields=True):
    """Nothing needs to be said to be answered."""


class Withdrawal(Struct, forbid_unknown_fields=True):
    """Why, if the petitioner wants to say."""

    reason: Annotated[str, text(500)] = ""
