"""Taking in reports of misconduct (第三十条). This function seals them for others: it cannot read one back.

Nobody has to sign in, and nobody has to give a name. Whoever has signed in by telephone gives a proved number.
"""

import secrets
from typing import Annotated, Any

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import clock
from chalicelib.api.bodies import Address, Name, Story, Title
from chalicelib.api.fields import OfficeId, Phone, line, said
from chalicelib.api.http import answer, bearer, body, endpoint, idempotency_key, request
from chalicelib.domain import numbers
from chalicelib.domain.case import PETITIONER, Actor
from chalicelib.domain.errors import FieldError, FieldsInvalid
from chalicelib.domain.intake import Contact
from chalicelib.profiles.profile import current
from chalicelib.store import offices, people
from chalicelib.store.cases import NumberTaken, StaleTree
from chalicelib.store.tenant import report_rules, reports

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


@reporting.route("/reports", methods=["POST"])
@endpoint("report", public=True)
def report() -> Any:
    """Take in a report of misconduct, sealed for the bodies competent; answer its number and query code."""
    asked = body(Report)
    phone = _proved_phone()
    contact = Contact(asked.name, phone or asked.phone or "", asked.address)
    command = reports().command(f"report|{phone or 'anybody'}", idempotency_key(), msgspec.to_builtins(asked))
    return answer(_receipt(_taken_in(asked, contact, command, verified=bool(phone))), status=201, etag=1)


def _taken_in(asked: Report, contact: Contact, command: Any, *, verified: bool) -> str:
    """Commit under a new number; or the number that this very report was given before."""
    from chalicelib.domain import report as rules_of  # no petition needs it

    told = rules_of.Report(asked.title, asked.text, tuple(asked.accused), tuple(asked.people))
    at = clock.now()
    for attempt in range(TRIES):
        tree = offices.tree()
        unknown = [
            FieldError(f"/accused/{place}", "没有这个单位，请从单位名录中选择", "not_a_choice")
            for place, each in enumerate(asked.accused)
            if tree.get(each) is None
        ]
        if unknown:
            raise FieldsInvalid(unknown)
        staff = [user.name for user in people.find_by_org(current().bureau)] if asked.people else []
        change = rules_of.register_report(
            numbers.case_number(at.year, secrets.randbelow),
            told,
            rules_of.intake(tree, current().bureau, told.accused(), staff),
            named=bool(contact.name),
            verified=verified,
            by=Actor(PETITIONER),
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
