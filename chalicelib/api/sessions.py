"""Signing in and out: a one-time code or number and query code for petitioners, password and TOTP for staff.

The invariant: an answer never tells whether a number, a case or an account exists.
"""

import secrets
from typing import Annotated, Any

import msgspec
from chalice.app import Blueprint, Response
from msgspec import Meta

from chalicelib.api import fields, http, query_codes
from chalicelib.api.http import answer, body, endpoint
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotFound
from chalicelib.domain.identity import is_mobile
from chalicelib.notices import senders, wording
from chalicelib.profiles.profile import current
from chalicelib.store import guard, keyring, offices, people
from chalicelib.store.quotas import quotas
from chalicelib.store.table import Busy
from chalicelib.store.tenant import cases
from chalicelib.telemetry import metric

sessions = Blueprint(__name__)

QUERY_CODE = "query_code"


class CodeWanted(msgspec.Struct, forbid_unknown_fields=True):
    """Where a one-time code shall go: a mainland mobile."""

    phone: fields.Phone


class SignIn(msgspec.Struct, forbid_unknown_fields=True):
    """Either challenge, phone and code, or case number and query code."""

    challenge: Annotated[str, Meta(max_length=64, pattern="^[A-Za-z0-9_-]+$")] | None = None
    phone: fields.Phone | None = None
    code: fields.OneTimeCode | None = None
    case_number: fields.CaseNumber | None = None
    query_code: fields.QueryCode | None = None


class StaffSignIn(msgspec.Struct, forbid_unknown_fields=True):
    """What a member of staff proves himself by."""

    user: fields.Id
    password: Annotated[str, Meta(min_length=1, max_length=200)]
    totp: fields.OneTimeCode


@sessions.route("/codes", methods=["POST"])
@endpoint("send_code", public=True)
def send_code() -> Response:
    """Send a one-time code to a mainland mobile; the same answer whether or not anybody has filed with it."""
    phone = _mobile(body(CodeWanted).phone)
    guard.limit("send_code", number=guard.phone_index(phone))
    quotas().take_for_code()
    challenge, code = guard.new_code(phone)
    text = wording.render("S01", code=code, bureau=wording.bureau(current().bureau_short))
    try:
        # A number of its own: who carries the six digits must not hold the challenge too, or he could sign in.
        senders.send_sms(phone, text, out_id=f"code-{secrets.token_hex(8)}", key=keyring.gateway_key)
    except senders.NotSent as error:
        quotas().give_code_back()
        metric("CodeNotSent", reason=_why(error))
        raise Busy("the code was not sent") from None
    except senders.Unknown:
        metric("CodeUnknown")  # it may have arrived: the person sees, and asks again if not
    return answer({"challenge": challenge, "expires_in": guard.CODE_S}, status=202)


@sessions.route("/sessions", methods=["POST"])
@endpoint("sign_in", public=True)
def sign_in() -> Response:
    """Begin a petitioner's session."""
    form = body(SignIn)
    by_number = form.case_number is not None or form.query_code is not None
    needed = ("case_number", "query_code") if by_number else ("challenge", "phone", "code")
    _complete(form, needed)
    if by_number:
        number = form.case_number or ""
        version = open_by_query_code(number, form.query_code or "")
        token = guard.open_session(role=guard.PETITIONER, case_number=number, code_version=version)
        return answer(_begun(token, case_number=form.case_number), status=201)
    phone = _mobile(form.phone or "")
    guard.redeem_code(form.challenge or "", phone, form.code or "")
    return answer(_begun(guard.open_session(role=guard.PETITIONER, phone=phone)), status=201)


@sessions.route("/staff/sessions", methods=["POST"])
@endpoint("sign_in_staff", public=True)
def sign_in_staff() -> Response:
    """Begin a staff session."""
    form = body(StaffSignIn)
    user = people.authenticate(form.user, form.password, form.totp, source=http.source())
    token = guard.open_session(role=user.role, user=user.id)
    return answer({**_begun(token, role=user.role), **_place(user.org), "name": user.name}, status=201)


@sessions.route("/sessions/current", methods=["DELETE"])
@endpoint("sign_out")
def sign_out() -> Response:
    """End this session at once."""
    guard.end_session(http.session().token_hash)
    return answer(status=204)


@sessions.route("/me", methods=["GET"])
@endpoint("see_myself")
def see_myself() -> dict[str, Any]:
    """Who I am to the system at this moment."""
    me = http.session()
    found = {"role": me.role, **_place(me.org), "name": me.name, "user": me.user}
    return {**found, "case_number": me.case_number} if me.case_number else found


def open_by_query_code(case_number: str, query_code: str) -> int:
    """Whoever has number and query code may see the case; answers which code it is. Guesses are counted per number
    and source.

    Raises guard.CodeRefused, guard.TooMany.
    """
    with guard.guessing(QUERY_CODE, case_number, http.source()):
        try:
            case = cases().load(case_number).case
        except NotFound:
            case = None
        return query_codes.check(case_number, query_code, case)


def _mobile(phone: str) -> str:
    """Codes go to mainland mobiles only: other numbers are where pumping of SMS earns money."""
    if not is_mobile(phone):
        raise FieldsInvalid([FieldError("/phone", "验证码只能发到11位手机号码", "not_a_mobile")])
    return phone


def _why(error: senders.NotSent) -> str:
    """One of three words: what a provider says is free text, and would be a metric of its own each time."""
    if error.retry_after:
        return "no_room"
    return "for_now" if error.retry else "for_good"


def _complete(form: SignIn, needed: tuple[str, ...]) -> None:
    missing = [FieldError(f"/{name}", "必须填写", "missing") for name in needed if getattr(form, name) is None]
    if missing:
        raise FieldsInvalid(missing)


def _begun(token: str, *, role: str = guard.PETITIONER, **more: Any) -> dict[str, Any]:
    return {"token": token, "role": role, "expires_in": guard.IDLE_S, **more}


def _place(org: str | None) -> dict[str, Any]:
    office = offices.tree().get(org) if org else None
    return {"org": org, "org_name": office.name if office else ""}
