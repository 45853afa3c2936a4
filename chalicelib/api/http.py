"""The edge: who calls, what they sent, how it is answered. Views do load, decide, commit, answer.

The invariant: no call is served without a named action, and every failure leaves as a problem (`problems.py`).
"""

import functools
import json
import re
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec
from chalice.app import Blueprint, Request, Response

from chalicelib import policy
from chalicelib.api import fields, problems
from chalicelib.api.problems import PROBLEM, Malformed, NotSignedIn, TooLarge, VersionMissing, WrongMediaType
from chalicelib.domain.errors import NotFound
from chalicelib.store import guard, people
from chalicelib.store.guard import Session
from chalicelib.telemetry import logger

BODY_LIMIT = 256 * 1024
JSON = "application/json"
_TOKEN = re.compile(r"Bearer ([A-Za-z0-9_-]{20,100})")
_VERSION = re.compile(r'(?:W/)?"([0-9]{1,9})"')
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_CODED_IN_UTF8 = re.compile(r"application/json(?:\s*;\s*charset=\"?utf-?8\"?)?\s*", re.IGNORECASE)

Model = TypeVar("Model", bound=msgspec.Struct)
View = Callable[..., Any]

edge = Blueprint(__name__)
"""Registered by app.py like the others: its middleware hands the edge each request."""

ACTIONS: dict[str, tuple[str, bool]] = {}
"""View -> (action, is it public). A test compares it with the routes: a view without an action fails the build."""


@dataclass
class Call:
    """One request on its way through the edge."""

    request: Request
    action: str
    session: Session | None = None
    step: str = ""
    began: float = field(default_factory=time.perf_counter)

    @property
    def id(self) -> str:
        """The gateway's request id: people quote it, logs carry it."""
        return str(self.request.context.get("requestId") or "local")

    @property
    def source(self) -> str:
        """The address the gateway saw; never a header, which anybody can write."""
        return str((self.request.context.get("identity") or {}).get("sourceIp") or "unknown")


_REQUEST: ContextVar[Request] = ContextVar("request")
_CALL: ContextVar[Call] = ContextVar("call")


def endpoint(action: str, *, public: bool = False) -> Callable[[View], View]:
    """Name a view's action, require a session unless it is public, ask the policy, limit, answer whatever it raises.

    It stands inside the view's route: Chalice turns exceptions into its own 500 before any middleware sees them.
    """

    def around(view: View) -> View:
        ACTIONS[f"{view.__module__}.{view.__name__}"] = (action, public)

        @functools.wraps(view)
        def served(*args: Any, **path: Any) -> Response:
            call = Call(_REQUEST.get(), action)
            token = _CALL.set(call)
            code = ""
            try:
                response = _serve(call, view, public, args, path)
            except Exception as error:
                refused = problems.told(error, request_id=call.id)
                code = refused.code
                response = answer(refused.body, status=refused.status, headers=refused.headers)
            finally:
                _CALL.reset(token)
            response.headers["X-Request-Id"] = call.id
            response.headers.setdefault("Cache-Control", "no-store")
            _log(call, response.status_code, code)
            return response

        return served

    return around


def _serve(call: Call, view: View, public: bool, args: Any, path: Any) -> Response:
    if not public:
        call.session = people.signed_in(bearer())
        if call.session is None:
            raise NotSignedIn("登录已失效，请重新登录")
    if not policy.may_call(call.session.role if call.session else policy.EVERYBODY, call.action):
        raise NotFound("没有找到，或者您不能查看")
    guard.limit(call.action, source=call.source, person=guard.person_of(call.session))
    answered = view(*args, **path)
    return answered if isinstance(answered, Response) else answer(answered)


def request() -> Request:
    """The request being served."""
    return _CALL.get().request


def source() -> str:
    """The network address of the caller, as the gateway saw it."""
    return _CALL.get().source


def session() -> Session:
    """Who calls. Raises NotSignedIn in a public view."""
    found = _CALL.get().session
    if found is None:
        raise NotSignedIn("请先登录")
    return found


def taking(step: str) -> None:
    """Say for the log which step of a case is taken: all have one route."""
    _CALL.get().step = step


def bearer() -> str:
    """The session token of the request. Raises NotSignedIn."""
    match = _TOKEN.fullmatch(request().headers.get("authorization") or "")
    if match is None:
        raise NotSignedIn("请先登录")
    return match[1]


def body(model: type[Model], *, most: int = BODY_LIMIT) -> Model:
    """The body as its model; all fields that have to be mended are told at once.

    Raises WrongMediaType, TooLarge, Malformed, FieldsInvalid.
    """
    if not _CODED_IN_UTF8.fullmatch(request().headers.get("content-type") or JSON):
        raise WrongMediaType("请以application/json（UTF-8）提交")
    return fields.read(model, _object(raw(), most))


def query(name: str, default: str = "", *, most: int = 400) -> str:
    """One query parameter, without control characters. Raises Malformed."""
    value = (request().query_params or {}).get(name) or default
    if len(value) > most or not value.isprintable():
        raise Malformed(f"参数{name}不正确")
    return str(value)


def query_int(name: str, default: int, *, least: int = 1, most: int = 100) -> int:
    """One whole-number query parameter within bounds. Raises Malformed."""
    value = query(name, str(default))
    if not re.fullmatch("[0-9]{1,6}", value) or not least <= int(value) <= most:
        raise Malformed(f"参数{name}应为{least}到{most}之间的整数")
    return int(value)


def if_match() -> int:
    """The version a change was decided on. Raises VersionMissing, Malformed."""
    sent = request().headers.get("if-match")
    if not sent:
        raise VersionMissing('请在If-Match中写明打开时的版本号，例如"3"')
    match = _VERSION.fullmatch(sent.strip())
    if match is None:
        raise Malformed('If-Match应为带引号的版本号，例如"3"')
    return int(match[1])


def idempotency_key() -> str:
    """The client's own key for this submission: the same key has one effect. Raises Malformed."""
    sent = request().headers.get("idempotency-key") or ""
    if not _KEY.fullmatch(sent):
        raise Malformed("请在Idempotency-Key中写一个不超过255个字符的编号，重试时用同一个")
    return str(sent)


def answer(
    view: Any = None, *, status: int = 200, etag: int | None = None, headers: dict[str, str] | None = None
) -> Response:
    """A view as JSON; `etag` is the version of the case it shows."""
    sent = {"Content-Type": JSON, "Cache-Control": "no-store", **(headers or {})}
    if etag is not None:
        sent["ETag"] = f'"{etag}"'
    return Response("" if view is None else msgspec.json.encode(view).decode(), sent, status)


def raw() -> bytes:
    """The body as it was sent. Raises Malformed."""
    try:
        sent = request().raw_body
    except ValueError:
        raise Malformed("请求内容无法解码") from None
    return sent.encode() if isinstance(sent, str) else sent


def _object(sent: bytes, most: int) -> dict[str, Any]:
    if len(sent) > most:
        raise TooLarge(f"提交的内容不能超过{most // 1024}KB")
    try:
        found = json.loads(sent.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Malformed("提交的内容不是有效的JSON") from None
    if not isinstance(found, dict):
        raise Malformed("提交的内容应为一个JSON对象")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name occurs twice: readers would disagree which one counts")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


@edge.middleware("http")
def at_the_edge(request: Request, get_response: Callable[[Request], Response]) -> Response:
    """Hand the request to the edge, and give what the framework refuses by itself the one shape of a problem."""
    token = _REQUEST.set(request)
    try:
        response = get_response(request)
    finally:
        _REQUEST.reset(token)
    if response.status_code < 400 or response.headers.get("Content-Type") == PROBLEM:
        return response
    refused = problems.of_framework(response.status_code)
    response.body = msgspec.json.encode(refused.body).decode()
    response.headers |= {**refused.headers, "Cache-Control": "no-store"}
    return response


def _log(call: Call, status: int, code: str) -> None:
    who = call.session
    logger.info(
        "served",
        extra={
            "action": call.action,
            "step": call.step,
            "method": call.request.method,
            "route": call.request.path,
            "status": status,
            "code": code,
            "ms": round((time.perf_counter() - call.began) * 1000, 1),
            "request": call.id,
            "role": who.role if who else "",
            "org": (who.org if who else "") or "",
            "user": (who.user if who else "") or "",
        },
    )
