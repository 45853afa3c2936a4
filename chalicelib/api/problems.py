"""What went wrong, as people and programs are told: the only table from error to status.

The invariant: every failure is RFC 9457 `application/problem+json` with a stable code and Chinese words,
and what we did not expect says nothing of its cause.
"""

from typing import Any, ClassVar

from chalicelib.domain import errors
from chalicelib.domain.values import value
from chalicelib.store import cases, guard, lists, people, sealing, table
from chalicelib.telemetry import came_through, logger, metric

PROBLEM = "application/problem+json"
BUSY_RETRY_S = 1


class RequestRefused(Exception):
    """The request itself is not in order; nothing was looked at yet."""

    status: ClassVar[int]
    code: ClassVar[str]
    title: ClassVar[str]


class Malformed(RequestRefused):
    """Not JSON, not an object, or a header that cannot be read."""

    status, code, title = 400, "malformed", "请求格式不正确"


class NotSignedIn(RequestRefused):
    """No session, or one that has ended."""

    status, code, title = 401, "not_signed_in", "请先登录"


class SignatureRefused(RequestRefused):
    """A machine that calls did not prove who it is."""

    status, code, title = 401, "signature_refused", "签名不正确"


class TooLarge(RequestRefused):
    """The body is larger than any form needs."""

    status, code, title = 413, "too_large", "提交的内容过大"


class WrongMediaType(RequestRefused):
    """Only JSON in UTF-8 is read."""

    status, code, title = 415, "wrong_media_type", "不支持的内容类型"


class VersionMissing(RequestRefused):
    """A change has to say which version it was decided on."""

    status, code, title = 428, "version_missing", "缺少版本号"


@value
class Refused:
    """An answer that says no."""

    status: int
    code: str
    body: dict[str, Any]
    headers: dict[str, str]


@value
class Problem:
    """How one class of error is answered; empty words are taken from the error itself."""

    status: int
    code: str = ""
    title: str = ""
    detail: str = ""
    retry_after: int = 0
    is_ours: bool = False


_BROKEN = Problem(503, "unavailable", "服务暂不可用", "服务暂时不可用，请稍后再试", retry_after=30, is_ours=True)
_BUSY = Problem(503, "busy", "系统繁忙", "系统繁忙，请稍候再试；您填写的内容没有丢失", retry_after=BUSY_RETRY_S)
PROBLEMS: dict[type[Exception], Problem] = {
    errors.NotFound: Problem(404),
    errors.NotYourStep: Problem(403),
    errors.WrongStage: Problem(409),
    errors.DomainError: Problem(422),
    cases.StaleCase: Problem(412, "stale", "事项已有更新", "事项在您打开之后已有更新，请刷新后再办理"),
    people.StaleUser: Problem(412, "stale", "登记已有更新", "这位工作人员的登记刚刚有人改过，请刷新后再看"),
    cases.KeyReused: Problem(422, "key_reused", "重复提交的内容不一致", "同一幂等键已用于另一份内容，请换一个再提交"),
    guard.TooMany: Problem(429, "too_many", "操作过于频繁"),
    guard.CodeRefused: Problem(422, "code_refused", "验证没有通过"),
    guard.SignInRefused: Problem(401, "sign_in_refused", "登录没有成功"),
    lists.CursorRefused: Problem(400, "malformed", "请求格式不正确", "翻页标记不正确，请从第一页看起"),
    cases.StaleTree: _BUSY,
    cases.NumberTaken: _BUSY,
    table.Busy: _BUSY,
    table.Denied: _BROKEN,
    sealing.SealBroken: _BROKEN,
}
"""The only table from error to status. The nearest class counts, so children of an error answer as it does."""

UNEXPECTED = Problem(500, "unexpected", "系统出错", "系统出错，已记录并通知管理员，请稍后再试", is_ours=True)

FRAMEWORK = {
    400: Problem(400, "malformed", "请求格式不正确", "请求格式不正确"),
    405: Problem(405, "method_not_allowed", "不支持的操作", "这个地址不支持这种操作"),
    415: Problem(415, "wrong_media_type", "不支持的内容类型", "请以application/json提交"),
}
"""What Chalice answers before a view is reached, in our words."""


def told(error: Exception, *, request_id: str) -> Refused:
    """How an error is told. What is our own fault is logged by type and place, and counted."""
    if isinstance(error, RequestRefused):
        problem = Problem(error.status, error.code, error.title)
    else:
        problem = next((PROBLEMS[each] for each in type(error).__mro__ if each in PROBLEMS), UNEXPECTED)
    if problem.is_ours:
        logger.error(
            "failed", extra={"error": type(error).__name__, "stack": came_through(error), "request": request_id}
        )
        metric("OwnFaults", error=type(error).__name__)
    code = problem.code or getattr(error, "code", "")
    mended = [
        {"pointer": each.pointer, "message": each.message, "code": each.code} for each in getattr(error, "fields", ())
    ]
    words = problem.detail or getattr(error, "detail", str(error))
    found = _body(problem.status, code, problem.title or getattr(error, "title", ""), words, mended)
    if law := getattr(error, "law", ""):
        found["law"] = law
    headers = {"Content-Type": PROBLEM}
    if wait := problem.retry_after or getattr(error, "retry_after", 0):
        headers["Retry-After"] = str(wait)
    if problem.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Refused(problem.status, code, found, headers)


def of_framework(status: int) -> Refused:
    """What Chalice refuses by itself, told as we tell it."""
    problem = FRAMEWORK.get(status, UNEXPECTED)
    found = _body(status, problem.code, problem.title, problem.detail, [])
    return Refused(status, problem.code, found, {"Content-Type": PROBLEM})


def _body(status: int, code: str, title: str, detail: str, mended: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "type": f"/problems/{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "errors": mended,
    }
