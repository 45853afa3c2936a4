"""Filing, tracking and a person's own petitions; registration by staff, one by one or many at once."""

import secrets
from datetime import date, datetime
from hmac import compare_digest
from typing import Any

import msgspec
from chalice.app import Blueprint

from chalicelib import clock
from chalicelib.api import acting, bodies, imports, views
from chalicelib.api.http import answer, body, endpoint, idempotency_key, query, query_int, session, source
from chalicelib.domain import intake, numbers, receiving
from chalicelib.domain.case import PETITIONER, Actor
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotFound
from chalicelib.domain.intake import Contact, Filing
from chalicelib.domain.offices import Office
from chalicelib.profiles.profile import current
from chalicelib.store import guard, lists, offices
from chalicelib.store.cases import CaseFile, Command, NumberTaken, StaleTree
from chalicelib.store.tenant import cases, rules

petitions = Blueprint(__name__)
TRIES = 4
"""How often a number is drawn again: with 100,000 cases a year one draw in ten thousand meets a taken one."""


@petitions.route("/petitions", methods=["POST"])
@endpoint("file")
def file() -> Any:
    """File a petition online (第十七条、第十九条): with the bureau, or directly with a unit."""
    asked = body(bodies.Petition)
    if not session().phone:
        raise FieldsInvalid([FieldError("/phone", "请用手机验证码登录后再提交", "phone_needed")])
    today = clock.today()
    filing = Filing(
        kind=asked.kind,
        channel=intake.WEB,
        received_on=today,
        title=asked.title,
        text=asked.text,
        claims=tuple(asked.claims),
        category=_category(asked.category),
        place=asked.place,
    )
    contact = Contact(asked.name, session().phone, asked.address, asked.identity_number or "")
    command = Command.of(acting.scope("file"), idempotency_key(), msgspec.to_builtins(asked))
    return answer(register(filing, contact, _addressed(asked.unit), command), status=201, etag=1)


@petitions.route("/registrations", methods=["POST"])
@endpoint("register")
def register_for_somebody() -> Any:
    """Register what came by letter, visit, telephone or another way (第二十一条至第二十三条)."""
    asked = body(bodies.Registration)
    command = Command.of(acting.scope("register"), idempotency_key(), msgspec.to_builtins(asked))
    filing, contact = filed_by_staff(asked)
    return answer(register(filing, contact, _own_office(), command), status=201, etag=1)


@petitions.route("/imports", methods=["POST"])
@endpoint("import")
def import_many() -> Any:
    """Register many at once: good lines go in, bad ones come back with line and reason. Repeating it adds nothing."""
    asked, key = body(bodies.Import), idempotency_key()
    office, rows = _own_office(), []
    for number, found in imports.registrations(asked.format, asked.content):
        try:
            row = found()
            filing, contact = filed_by_staff(row)
            command = Command.of(acting.scope("import"), f"{key}|{number}", msgspec.to_builtins(row))
            rows.append({"line": number, "case_number": register(filing, contact, office, command)["case_number"]})
        except FieldsInvalid as refused:
            errors = [{"pointer": e.pointer, "message": e.message, "code": e.code} for e in refused.fields]
            rows.append({"line": number, "errors": errors})
    accepted = sum("case_number" in row for row in rows)
    return {"accepted": accepted, "rejected": len(rows) - accepted, "rows": rows}


@petitions.route("/track", methods=["POST"])
@endpoint("track", public=True)
def track() -> Any:
    """Show a case to whoever has its number and query code (第二十一条: 方便信访人查询)."""
    asked = body(bodies.Tracking)
    number = asked.case_number
    with guard.guessing("query_code", number, source()):
        found = _opened(number, asked.query_code)
    view = views.case(found, Actor(PETITIONER), offices.tree(), rules(), clock.today())
    return answer(view, etag=found.case.version)


@petitions.route("/my/petitions", methods=["GET"])
@endpoint("my_petitions")
def my_petitions() -> Any:
    """The petitions filed with the telephone that signed in, newest first."""
    me, tree, today = session(), offices.tree(), clock.today()
    if not me.phone_index:
        raise NotFound("用编号和查询码登录的，只能查看这一件")
    limit, cursor = query_int("limit", 20, most=50), query("cursor")
    listed = lists.of_person(cases(), me.phone_index, limit=limit, cursor=cursor)
    return {"items": [views.row(row, tree, today) for row in listed.rows], "next_cursor": listed.cursor}


def register(filing: Filing, contact: Contact, office: Office, command: Command) -> dict[str, Any]:
    """Commit one filing under a new number, or find the number it already has; answer its receipt."""
    at = clock.now()
    for attempt in range(TRIES):
        tree = offices.tree()
        number = numbers.case_number(at.year, secrets.randbelow)
        change = receiving.register(
            number,
            filing,
            contact,
            office,
            by=acting.actor(),
            at=at,
            rules=rules(),
            person=guard.phone_index(contact.phone) if contact.phone else "",
            bureau=current().bureau,
        )
        try:
            given = cases().file(change, contact, command, at=at, tree=tree, rules=rules())
        except (NumberTaken, StaleTree):
            if attempt == TRIES - 1:
                raise
            offices.forget()
            continue
        if given != number:
            return _receipt_of(given)
        clocks = [vars(each) for each in change.events[0].clocks]
        return _receipt(
            number, filing.received_on.isoformat(), at, [each | {"due": each["due"].isoformat()} for each in clocks]
        )
    raise AssertionError("the loop returns or raises")


def filed_by_staff(asked: bodies.Registration) -> tuple[Filing, Contact]:
    """A registration as the domain knows it."""
    filing = Filing(
        kind=asked.kind,
        channel=asked.channel,
        received_on=asked.received_on,
        title=asked.title,
        text=asked.text,
        claims=tuple(asked.claims),
        category=_category(asked.category),
        place=asked.place,
        helper=asked.helper,
        external_number=asked.external_number,
        from_above=asked.from_above,
        above_received={level: at for level, at in _received_above(asked) if at is not None},
        above_due=asked.above_due,
    )
    who = asked.petitioner
    return filing, Contact(who.name, who.phone or "", who.address, who.identity_number or "")


def _received_above(asked: bodies.Registration) -> tuple[tuple[str, date | None], ...]:
    return (
        (intake.NATIONAL, asked.national_received_on),
        (intake.PROVINCE, asked.province_received_on),
        (intake.CITY, asked.city_received_on),
    )


def _receipt_of(number: str) -> dict[str, Any]:
    found = cases().read(number)
    first = found.events[0]
    return _receipt(number, first.data["received_on"], first.at, list(first.clocks))


def _receipt(number: str, received_on: str, at: datetime, clocks: list[dict[str, Any]]) -> dict[str, Any]:
    return views.receipt(number, cases().query_code(number), received_on, at.isoformat(), clocks, rules())


def _opened(number: str, query_code: str) -> CaseFile:
    """The file that number and query code open; a wrong number and a wrong code are told alike."""
    refused = guard.CodeRefused("编号或者查询码不正确，请对照短信或回执核对", "/query_code")
    if not compare_digest(cases().query_code(number), query_code) or not numbers.is_case_number(number):
        raise refused
    try:
        return cases().read(number)
    except NotFound:
        raise refused from None


def _category(category: str) -> str:
    if category and not current().has_category(category):
        raise FieldsInvalid([FieldError("/category", "没有这个类别，请从类别表中选择", "not_a_choice")])
    return category


def _addressed(unit: str | None) -> Office:
    tree = offices.tree()
    office = tree.get(unit or current().bureau)
    if office is None or not office.active or office.kind in ("external", "joint_meeting", "government"):
        raise FieldsInvalid([FieldError("/unit", "没有这个单位，或者它不接收网上信访", "not_a_choice")])
    return office


def _own_office() -> Office:
    office = offices.tree().get(session().org or "")
    if office is None:
        raise NotFound("没有找到您所在的单位")
    return office
