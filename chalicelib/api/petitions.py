"""Filing, tracking and a person's own petitions; registration by staff, one by one or many at once."""

import secrets
from datetime import date, datetime
from typing import Any

import msgspec
from chalice.app import Blueprint

from chalicelib import clock
from chalicelib.api import acting, bodies, imports, pairing, query_codes, views
from chalicelib.api.http import answer, body, endpoint, idempotency_key, query, query_int, session, source
from chalicelib.api.reports import shown
from chalicelib.domain import intake, matters, numbers, receiving
from chalicelib.domain.case import CODE, PETITIONER, PROXY, Actor, Case, Change
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotFound
from chalicelib.domain.intake import Companion, Contact, Filing
from chalicelib.domain.offices import DISCIPLINE, Office, OfficeTree
from chalicelib.domain.people import code_version
from chalicelib.domain.values import replace
from chalicelib.profiles.profile import current
from chalicelib.store import cases_pair, guard, lists, offices
from chalicelib.store.cases import CaseFile, Command, NumberTaken, StaleTree
from chalicelib.store.cases_pair import StaleOther, Taken
from chalicelib.store.tenant import cases, reports, rules

petitions = Blueprint(__name__)
TRIES = 4
"""How often a number is drawn again: with 100,000 cases a year one draw in ten thousand meets a taken one."""


@petitions.route("/petitions", methods=["POST"])
@endpoint("file")
def file() -> Any:
    """File a petition online (第十七条、第十九条): with the bureau, or directly with a unit."""
    asked, phone = body(bodies.Petition), session().phone
    if not phone:
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
        open_to_join=asked.open_to_join,
    )
    contact = _filed_by(asked, phone)
    command = Command.of(acting.scope("file"), idempotency_key(), msgspec.to_builtins(asked))
    return answer(register(filing, contact, _addressed(asked.unit), command), status=201, etag=1)


@petitions.route("/registrations", methods=["POST"])
@endpoint("register")
def register_for_somebody() -> Any:
    """Register what came by letter, visit, telephone or another way (第二十一条至第二十三条)."""
    asked = body(bodies.Registration)
    command = Command.of(acting.scope("register"), idempotency_key(), msgspec.to_builtins(asked))
    filing, contact = filed_by_staff(asked)
    made = register(filing, contact, _own_office(), command, earlier=asked.earlier_case or "")
    return answer(made, status=201, etag=1)


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
            made = register(filing, contact, office, command, earlier=row.earlier_case or "")
            rows.append({"line": number, "case_number": made["case_number"]})
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
    if found is None:
        return answer(shown(number), etag=1)
    view = views.case(found, Actor(PETITIONER, standing=CODE), offices.tree(), rules(), clock.today())
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
    mine = [row for row in listed.rows if me.phone_index not in row.case.facts.get("revoked", ())]
    return {"items": [views.row(row, tree, today) for row in mine], "next_cursor": listed.cursor}


def register(
    filing: Filing, contact: Contact, office: Office, command: Command, *, earlier: str = ""
) -> dict[str, Any]:
    """Commit one filing under a new number, or find the number it already has; answer its receipt.

    `earlier` is the number of what was brought before about the same matter: both are linked with the registration.
    """
    at, by = clock.now(), acting.actor()
    if by.role == PETITIONER and contact.proxy is not None:
        by = replace(by, standing=PROXY)
    for attempt in range(TRIES):
        tree = offices.tree()
        number = numbers.case_number(at.year, secrets.randbelow)
        change = receiving.register(
            number,
            filing,
            contact,
            office,
            by=by,
            at=at,
            rules=rules(),
            person=guard.phone_index(contact.phone) if contact.phone else "",
            known=_known(contact),
            bureau=current().bureau,
        )
        try:
            given = _filed(change, contact, command, earlier, at=at, tree=tree)
        except (NumberTaken, StaleTree, StaleOther):
            if attempt == TRIES - 1:
                raise
            offices.forget()
            continue
        if given != number:
            return _receipt_of(given)
        clocks = [vars(each) for each in change.events[0].clocks]
        return _receipt(change.case, at, [each | {"due": each["due"].isoformat()} for each in clocks])
    raise AssertionError("the loop returns or raises")


def _filed(change: Change, contact: Contact, command: Command, earlier: str, *, at: datetime, tree: OfficeTree) -> str:
    """The number that this filing has: the new one, or the one it was given the first time."""
    if not earlier:
        return cases().file(change, contact, command, at=at, tree=tree, rules=rules())
    other = pairing.other_case(earlier, "/earlier_case")
    new, its = matters.register_after(change, other.case, by=acting.actor(), on=at.date(), rules=rules())
    beside = Taken(other, its)
    return cases_pair.file_beside(cases(), new, contact, beside, command, at=at, tree=tree, rules=rules())


def _filed_by(asked: bodies.Petition, phone: str) -> Contact:
    """Who stands behind what was filed online: who signed in, or whom he acts for."""
    proxy = intake.Proxy(asked.proxy.name, phone, asked.proxy.relation) if asked.proxy else None
    if proxy is None and asked.phone is not None:
        raise FieldsInvalid([FieldError("/phone", "代别人提出的，才在这里填写本人的电话", "no_proxy")])
    if proxy is not None and asked.phone == phone:
        said = "请填写本人的电话，不要填代理人的；本人没有电话的不填，将用书面方式告知"
        raise FieldsInvalid([FieldError("/phone", said, "proxys_own")])
    return Contact(
        asked.name,
        phone if proxy is None else asked.phone or "",
        asked.address,
        asked.identity_number or "",
        _companions(asked.representatives),
        _companions(asked.joint_signers),
        proxy,
    )


def _companions(told: list[bodies.Companion]) -> tuple[Companion, ...]:
    return tuple(Companion(each.name, each.phone or "") for each in told)


def _known(contact: Contact) -> dict[str, Any]:
    """The keyed hashes by which a case knows who acts beside its principal; never a number."""
    found: dict[str, Any] = {}
    if representatives := [guard.phone_index(each.phone) for each in contact.representatives if each.phone]:
        found[intake.REPRESENTATIVE] = representatives
    if contact.proxy and contact.proxy.phone:
        found[intake.PROXY] = guard.phone_index(contact.proxy.phone)
    return found


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
        persons=asked.persons,
        level_skipping=asked.level_skipping,
        open_to_join=asked.open_to_join,
        from_above=asked.from_above,
        above_received={level: at for level, at in _received_above(asked) if at is not None},
        above_due=asked.above_due,
    )
    who, proxy = asked.petitioner, asked.proxy
    return filing, Contact(
        who.name,
        who.phone or "",
        who.address,
        who.identity_number or "",
        _companions(asked.representatives),
        _companions(asked.joint_signers),
        intake.Proxy(proxy.name, proxy.phone or "", proxy.relation) if proxy else None,
    )


def _received_above(asked: bodies.Registration) -> tuple[tuple[str, date | None], ...]:
    return (
        (intake.NATIONAL, asked.national_received_on),
        (intake.PROVINCE, asked.province_received_on),
        (intake.CITY, asked.city_received_on),
    )


def _receipt_of(number: str) -> dict[str, Any]:
    found = cases().read(number)
    first = found.events[0]
    return _receipt(found.case, first.at, list(first.clocks))


def _receipt(case: Case, at: datetime, clocks: list[dict[str, Any]]) -> dict[str, Any]:
    code = cases().query_code(case.id, code_version(case.facts))
    return views.receipt(case, code, at.isoformat(), clocks, rules())


def _opened(number: str, query_code: str) -> CaseFile | None:
    """The file that number and query code open; None for a report of misconduct, of which only its stage is told.

    A wrong number and a wrong code are told alike.
    """
    try:
        found = cases().read(number)
    except NotFound:
        query_codes.check(number, query_code, None, report=reports().stage_of(number) is not None)
        return None
    query_codes.check(number, query_code, found.case)
    return found


def _category(category: str) -> str:
    if category and not current().has_category(category):
        raise FieldsInvalid([FieldError("/category", "没有这个类别，请从类别表中选择", "not_a_choice")])
    return category


def _addressed(unit: str | None) -> Office:
    tree = offices.tree()
    office = tree.get(unit or current().bureau)
    if office is None or not office.active or not office.handles_petitions:
        raise FieldsInvalid([FieldError("/unit", "没有这个单位，或者它不接收网上信访", "not_a_choice")])
    return office


def _own_office() -> Office:
    office = offices.tree().get(session().org or "")
    if office is None or office.kind == DISCIPLINE:  # it takes reports of misconduct, and those are sealed
        raise NotFound("没有找到您所在的单位，或者它不登记信访事项")
    return office
