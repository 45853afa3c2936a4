"""Taking in reports of misconduct (第三十条). This function seals them for others: it cannot read one back.

Online nobody has to sign in, and nobody has to give a name; whoever has signed in by telephone gives a proved number.
What comes by letter, visit or telephone a member of staff writes down (第二十二条): he gets the receipt, no more.
"""

import secrets
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import clock
from chalicelib.api import acting
from chalicelib.api.bodies import Address, Name, Note, Story, Title
from chalicelib.api.fields import OfficeId, Phone, line, said
from chalicelib.api.http import answer, bearer, body, endpoint, idempotency_key, request
from chalicelib.domain import numbers
from chalicelib.domain.case import PETITIONER, Actor
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotFound
from chalicelib.domain.intake import Contact
from chalicelib.domain.offices import OfficeTree
from chalicelib.profiles.profile import current
from chalicelib.store import offices, people
from chalicelib.store.cases import NumberTaken, StaleTree
from chalicelib.store.tenant import report_rules, reports

if TYPE_CHECKING:
    from chalicelib.domain import report as rules_of

reporting = Blueprint(__name__)
TRIES = 4


class Report(Struct, forbid_unknown_fields=True):
    """What is reported, about whom, and if the reporter wants to, by whom."""

    title: Annotated[Title, said("举报什么")]
    text: Annotated[Story, said("事情的经过", "时间、地点、什么人、做了什么，有什么证据")]
    accused: Annotated[list[OfficeId], Meta(max_length=10), said("被检举的单位", "从单位名录中选择，可以不选")] = []
    people: Annotated[
        list[Annotated[str, line(60, least=2)]], Meta(max_length=10), said("被检举的人员", "写明姓名和职务，可以不写")
    ] = []
    name: Annotated[Name, said("您的姓名（选填）", "不写就是匿名举报；实名的会依规告知受理和处理情况")] = ""
    phone: Annotated[Phone | None, said("您的电话（选填）")] = None
    address: Annotated[Address, said("您的住址（选填）")] = ""


class ReportOnPaper(Report, forbid_unknown_fields=True, kw_only=True):
    """What came by letter, visit or telephone, in the reporter's words."""

    channel: Annotated[Literal["letter", "visit", "phone"], said("怎么来的")]
    received_on: Annotated[date, said("收到日期", "来信写收到的那一天，期限从这一天算起")]
    documents: Annotated[Note, said("随附的材料（选填）", "写明有哪些、几页；原件密封保管，随件移交")] = ""


@reporting.route("/reports", methods=["POST"])
@endpoint("report", public=True)
def report() -> Any:
    """Take in a report of misconduct, sealed for the bodies competent; answer its number and query code."""
    from chalicelib.domain import report as rules_of  # no petition needs it

    asked = body(Report)
    phone = _proved_phone()
    contact = Contact(asked.name, phone or asked.phone or "", asked.address)
    told = rules_of.Report(asked.title, asked.text, tuple(asked.accused), tuple(asked.people))
    command = reports().command(f"report|{phone or 'anybody'}", idempotency_key(), msgspec.to_builtins(asked))
    number = _taken_in(told, contact, command, by=Actor(PETITIONER), on=None, verified=bool(phone))
    return answer(_receipt(number), status=201, etag=1)


@reporting.route("/reports/registrations", methods=["POST"])
@endpoint("register_report")
def register_report() -> Any:
    """Write down a report of misconduct that came by letter, visit or telephone (第二十二条、第三十条); answer the
    receipt for whoever brought it, and nothing else, once and for all."""
    from chalicelib.domain import report as rules_of

    asked = body(ReportOnPaper)
    contact = Contact(asked.name, asked.phone or "", asked.address)
    told = rules_of.Report(
        asked.title, asked.text, tuple(asked.accused), tuple(asked.people), asked.channel, asked.documents
    )
    command = reports().command(acting.scope("register_report"), idempotency_key(), msgspec.to_builtins(asked))
    number = _taken_in(told, contact, command, by=acting.actor(), on=asked.received_on)
    receipt = _receipt(number)
    return answer({name: receipt[name] for name in ("case_number", "query_code", "received_on")}, status=201)


def _taken_in(
    told: "rules_of.Report", contact: Contact, command: Any, *, by: Actor, on: date | None, verified: bool = False
) -> str:
    """Commit under a new number; or the number that this very report was given before.

    `on` is the day of receipt; None for today.
    """
    from chalicelib.domain import report as rules_of

    at, bureau = clock.now(), current().bureau
    for attempt in range(TRIES):
        tree = offices.tree()
        unknown = [
            FieldError(f"/accused/{place}", "没有这个单位，请从单位名录中选择", "not_a_choice")
            for place, each in enumerate(told.offices)
            if tree.get(each) is None
        ]
        if unknown:
            raise FieldsInvalid(unknown)
        staff = _names(bureau) if told.people else ()
        if by.role != PETITIONER:
            own = _own_office(by, tree)
            rules_of.may_take_in(tree, own, bureau, told.accused(), _names(own) if told.people else (), staff)
        change = rules_of.register_report(
            numbers.case_number(at.year, secrets.randbelow),
            told,
            rules_of.intake(tree, bureau, told.accused(), staff, taken_in_by=by.org or ""),
            named=bool(contact.name),
            verified=verified,
            received_on=on,
            by=by,
            at=at,
            rules=report_rules(),
        )
        try:
            return reports().file(change, contact, command, at=at, tree=tree, rules=report_rules())
        except (NumberTaken, StaleTree):
            if attempt == TRIES - 1:
                raise
            offices.forget()
    raise AssertionError("the loop returns or raises")


def _names(org: str) -> tuple[str, ...]:
    """Whoever works there: a name in the words of a report means them."""
    return tuple(user.name for user in people.find_by_org(org))


def _own_office(by: Actor, tree: OfficeTree) -> str:
    office = tree.get(by.org or "")
    if office is None or not office.active or office.kind == "external":
        raise NotFound("没有找到您所在的单位，或者它不登记检举控告")
    return office.id


def _receipt(number: str) -> dict[str, Any]:
    return {**shown(number), "query_code": reports().query_code(number)}


def shown(number: str) -> dict[str, Any]:
    """All that number and query code tell of a report. Raises KeyError for a number that is none."""
    from chalicelib.domain.report import shown_stage

    case = reports().stage_of(number)
    if case is None:
        raise KeyError(number)
    stage, label = shown_stage(case)
    return {"case_number": number, "received_on": case.received_on.isoformat(), "stage": stage, "stage_label": label}


def _proved_phone() -> str:
    """The telephone of whoever has signed in with one; a petitioner's session is welcome here and never needed."""
    if not request().headers.get("authorization"):
        return ""
    me = people.signed_in(bearer())
    return me.phone if me is not None and me.role == PETITIONER else ""
