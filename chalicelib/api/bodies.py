"""The bodies of what comes in, and the types that steps share; the body of a step stands in its slice of `steps/`.

Limits of length and form stand in the models; rules of the law do not.
"""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api.fields import CaseNumber, Id, IdentityNumber, Phone, QueryCode, line, text
from chalicelib.domain.intake import MOST_REPRESENTATIVES, MOST_SIGNERS

Kind = Literal["grievance", "suggestion", "consultation"]
Channel = Literal["letter", "visit", "phone", "fax", "mailbox", "hotline_12345", "wechat", "video", "web"]

Title = Annotated[str, line(60)]
Story = Annotated[str, text(10_000)]
Reason = Annotated[str, text(2_000)]
Note = Annotated[str, text(2_000)]
Name = Annotated[str, line(50)]
Address = Annotated[str, line(200)]
Claims = Annotated[list[Annotated[str, line(300)]], Meta(max_length=10)]


class Companion(Struct, forbid_unknown_fields=True):
    """A representative or a joint signer; who has no telephone is told by a person."""

    name: Name
    phone: Phone | None = None


Representatives = Annotated[list[Companion], Meta(max_length=MOST_REPRESENTATIVES)]
Signers = Annotated[list[Companion], Meta(max_length=MOST_SIGNERS)]


class OnlineProxy(Struct, forbid_unknown_fields=True):
    """Who files for somebody else online: his telephone is the one he signed in with."""

    name: Name
    relation: Annotated[str, line(20)]


class Proxy(Struct, forbid_unknown_fields=True):
    """Who acts for the principal at a window or in a letter."""

    name: Name
    phone: Phone | None = None
    relation: Annotated[str, line(20)] = ""


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
    representatives: Representatives = []
    joint_signers: Signers = []
    open_to_join: bool = False
    proxy: OnlineProxy | None = None
    phone: Phone | None = None


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
    representatives: Representatives = []
    joint_signers: Signers = []
    proxy: Proxy | None = None
    persons: Annotated[int, Meta(ge=1, le=9_999)] = 1
    level_skipping: bool = False
    open_to_join: bool = False
    earlier_case: CaseNumber | None = None
    from_above: Literal["", "national", "province", "city"] = ""
    national_received_on: date | None = None
    province_received_on: date | None = None
    city_received_on: date | None = None
    above_due: date | None = None


class Search(Struct, forbid_unknown_fields=True):
    """By what a matter is looked for: exactly one of them."""

    number: CaseNumber | None = None
    phone: Phone | None = None
    identity_number: IdentityNumber | None = None
    name: Name = ""


class Import(Struct, forbid_unknown_fields=True):
    """Many registrations at once, as lines of JSON or as CSV with a header."""

    format: Literal["jsonl", "csv"]
    content: Annotated[str, Meta(min_length=1, max_length=200_000)]


class Tracking(Struct, forbid_unknown_fields=True):
    """Number and query code: who has both may see the case."""

    case_number: CaseNumber
    query_code: QueryCode
