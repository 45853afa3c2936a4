"""Put the description together: each route with what it takes, answers and refuses, and who may call it."""

import re
from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec
from chalice.app import Chalice

from chalicelib import policy
from chalicelib.api import http, problems
from chalicelib.api.sealed import sealed_app
from chalicelib.domain import case, events
from chalicelib.domain.errors import DomainError
from chalicelib.domain.procedure import Step
from infra.openapi import words
from infra.openapi.answers import ImportedLine, RejectedLine
from infra.openapi.catalogue import Problem
from infra.openapi.parameters import PARAMETERS
from infra.openapi.proving import EventBody, EventHash
from infra.openapi.routes import ROUTES, SEALED, STEPS, Route

Kind = TypeVar("Kind")
REF = "#/components/schemas/{name}"
ROLES = (case.PETITIONER, *policy.STAFF, *case.ADMINISTRATORS)
TITLES = {
    400: "请求格式不正确",
    401: "没有登录、登录已失效，或者登录没有成功",
    403: "看得到这件事项，但这一步由其他岗位办理",
    404: "没有找到，或者不能查看",
    409: "事项当前的阶段不能进行这一步",
    412: "事项在打开之后已有更新",
    413: "提交的内容过大",
    415: "不是UTF-8编码的JSON",
    422: "填写的内容需要改正，或者不符合规定",
    428: "没有写明打开时的版本号",
    429: "操作过于频繁",
    503: "系统繁忙，稍后再试",
}
"""What may go wrong; any other answer is a fault of ours."""
TAGS = {
    "meta": "公共信息",
    "guide": "办理途径的引导",
    "sessions": "登录",
    "petitions": "提交、登记和查询",
    "reports": "检举控告",
    "worklists": "工作台",
    "colleagues": "同事和请假",
    "searching": "查找和比对",
    "inspections": "督查检查",
    "days_off": "工作日历",
    "days_lost": "不可抗力认定",
    "announcements": "群发通知和退订",
    "proving": "证明和核验",
    "callbacks": "短信网关的回执",
    "findings": "对账和告知完整率",
    "steps": "一件信访事项的各个步骤",
    "sealed": "检举控告的办理（第三十条）：只有接收它的机关",
}


def document(app: Chalice) -> dict[str, Any]:
    """The whole interface as OpenAPI 3.1."""
    paths: dict[str, dict[str, Any]] = {}
    for method, path in ROUTES:
        routes = sealed_app.routes if path.startswith(SEALED) else app.routes
        view = routes[served(method, path)][method].view_function
        paths.setdefault(path, {})[method.lower()] = operation(method, path, view)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "阳光信访",
            "version": "1",
            "summary": "信访事项的提出、登记、转送、受理、办理、送达和评价",
            "description": (
                "依据《信访工作条例》。每个POST在网络出错时用同一个Idempotency-Key重试，只产生一次效果；"
                "修改事项时在If-Match中写明打开时的版本号。出错一律为application/problem+json（RFC 9457）。"
            ),
        },
        "servers": [{"url": "/api"}],
        "tags": [{"name": name, "description": said} for name, said in TAGS.items()],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "session": {"type": "http", "scheme": "bearer", "description": "登录后得到的凭证，半小时不用即失效"}
            },
            "parameters": PARAMETERS,
            "headers": HEADERS,
            "responses": {f"Refused{status}": refusal(status) for status in TITLES},
            "schemas": schemas(),
        },
    }


def served(method: str, path: str) -> str:
    """The route that serves a described path: one serves all steps."""
    return f"{path.rpartition('/')[0]}/{{action}}" if ROUTES[method, path].action else path


def operation(method: str, path: str, view: Any) -> dict[str, Any]:
    """One method of one path."""
    route, name = ROUTES[method, path], f"{view.__module__}.{view.__name__}"
    action, is_public = http.ACTIONS[name]
    roles = tuple(role for role in ROLES if policy.may_call(role, action))
    found: dict[str, Any] = {
        "operationId": route.action or view.__name__,
        "tags": [view.__module__.rsplit(".", 1)[-1]],
        "summary": route.words if route.action else " ".join((view.__doc__ or "").split()),
        "description": row_words(STEPS[route.action]) if route.action else route.words,
        "security": [] if is_public else [{"session": []}],
        "x-action": action,
        "x-roles": []
        if is_public
        else [role for role in roles if not route.is_change or role in STEPS[route.action].by],
        "parameters": [{"$ref": f"#/components/parameters/{each}"} for each in taken(path, route)],
    }
    if route.body is not None:
        found["requestBody"] = {
            "required": True,
            "content": {http.JSON: {"schema": {"$ref": REF.format(name=route.body.__name__)}}},
        }
    found["responses"] = {str(route.status): success(route)}
    if "If-None-Match" in route.takes:
        found["responses"]["304"] = {"description": "没有变化", "headers": _headers("ETag")}
    for status in refused(path, route, is_public=is_public, is_everybodys=roles == ROLES):
        found["responses"][str(status)] = {"$ref": f"#/components/responses/Refused{status}"}
    return found


def taken(path: str, route: Route) -> list[str]:
    """The parameters of a route: those in its path, then what it takes."""
    return [*re.findall(r"{(\w+)}", path), *route.takes]


def refused(path: str, route: Route, *, is_public: bool, is_everybodys: bool) -> list[int]:
    """How a route may say no."""
    found = {429, 503}
    if any(PARAMETERS[name]["in"] == "query" or PARAMETERS[name].get("required") for name in route.takes):
        found.add(400)
    if not is_public or route.guards:
        found.add(401)
    if "_id}" in path or not is_everybodys:
        found.add(404)
    if route.body is not None:
        found |= {400, 413, 415, 422}
    if route.is_change:
        found |= {403, 409, 412, 428}
    if route.decides:
        found |= {403, 409}
    if "If-Match" in route.takes:
        found |= {412, 428}
    return sorted(found)


def success(route: Route) -> dict[str, Any]:
    """The answer of a route when it says yes."""
    headers = _headers("X-Request-Id", *(["ETag"] if route.etag else []))
    if route.answer is None:
        return {"description": "完成", "headers": headers}
    names = [each.__name__ for each in route.answers]
    schemas = [{"$ref": REF.format(name=name)} for name in names]
    content = {http.JSON: {"schema": schemas[0] if len(schemas) == 1 else {"oneOf": schemas}}}
    said = "；或者".join(words.MODELS[name] for name in names)
    return {"description": said, "headers": headers, "content": content}


def refusal(status: int) -> dict[str, Any]:
    """One way of saying no, with the codes that belong to it."""
    names = ["X-Request-Id"] if status not in FRAMEWORKS_OWN else []
    names += ["Retry-After"] if status in (429, 503) else ["WWW-Authenticate"] if status == 401 else []
    same = {"properties": {"status": {"const": status}, "code": {"enum": sorted(codes(status))}}}
    schema = {"allOf": [{"$ref": REF.format(name="Problem")}, same]}
    return {
        "description": TITLES[status],
        "headers": _headers(*names),
        "content": {problems.PROBLEM: {"schema": schema}},
    }


def codes(status: int) -> set[str]:
    """The codes that go with a status, read from the only table that says so."""
    found = {each.code for each in _below(problems.RequestRefused) if each.status == status}
    found |= {each.code for each in problems.FRAMEWORK.values() if each.status == status}
    for error in (*problems.PROBLEMS, *_below(DomainError)):
        told = next(problems.PROBLEMS[each] for each in error.__mro__ if each in problems.PROBLEMS)
        if told.status == status:
            found.add(told.code or getattr(error, "code", ""))
    return found


def schemas() -> dict[str, Any]:
    """Every model of a body or an answer, each field in Chinese words."""
    models = [each for route in ROUTES.values() for each in (route.body, *route.answers) if each is not None]
    models += [ImportedLine, RejectedLine, Problem, EventBody, EventHash]
    _, found = msgspec.json.schema_components(list(dict.fromkeys(models)), ref_template=REF)
    told = words.MODELS | of_steps()
    for name, schema in found.items():
        schema.pop("title", None)
        found[name] = {"description": told[name], **{k: v for k, v in schema.items() if k != "description"}}
        for field, shown in schema["properties"].items():
            schema["properties"][field] = {"description": at_the_field(name, field, shown), **_plain(shown)}
    return dict(sorted(found.items()))


def of_steps() -> dict[str, str]:
    """What the bodies of steps and the events are called: as their rows call them."""
    found: dict[str, str] = {}
    for route in ROUTES.values():
        if route.action and route.body is not None:
            before, own = found.get(route.body.__name__), row_words(STEPS[route.action])
            found[route.body.__name__] = f"{before}；{own}" if before else own
    emitted = {step.emits: step for step in reversed(STEPS.values())}
    for event in events.ALL:
        law = f"（{emitted[event].law}）" if event in emitted else ""
        found[event.__name__] = event.label + law
    return found


def row_words(step: Step) -> str:
    """A step as its row names it, with its articles."""
    return f"{step.label}（{step.law}）" if step.law else step.label


def at_the_field(model: str, field: str, shown: dict[str, Any]) -> str:
    """What is said at a field of a step's body (label and hint), else in the words. Raises KeyError: no words."""
    name = f"{model}/{field}"
    if name in words.FIELDS_OF:
        return words.FIELDS_OF[name]
    if "title" in shown:
        return "：".join(each for each in (shown["title"], shown.get("description")) if each)
    if field not in words.FIELDS:
        raise KeyError(f"{name} has no words: say them at the field of the body, or in infra/openapi/words")
    return words.FIELDS[field]


def _plain(shown: dict[str, Any]) -> dict[str, Any]:
    """A field without the English words that a type brought along."""
    bare = {name: value for name, value in shown.items() if name not in ("title", "description")}
    if "anyOf" in bare:
        bare["anyOf"] = [_plain(each) for each in bare["anyOf"]]
    return bare


def _below(kind: type[Kind]) -> Iterator[type[Kind]]:
    """Every class of our own below one, children of children too."""
    for each in kind.__subclasses__():
        if each.__module__.startswith("chalicelib."):
            yield each
        yield from _below(each)


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


FRAMEWORKS_OWN = {each.status for each in problems.FRAMEWORK.values()}
"""What the framework may refuse before a call has a number."""
HEADERS: dict[str, Any] = {
    "ETag": {"description": "版本，修改时原样写进If-Match", "required": True, "schema": {"type": "string"}},
    "Retry-After": {
        "description": "多少秒后再试",
        "required": True,
        "schema": {"type": "string", "pattern": "^[0-9]+$"},
    },
    "WWW-Authenticate": {"description": "登录方式", "required": True, "schema": {"const": "Bearer"}},
    "X-Request-Id": {"description": "本次请求的编号，报告问题时请提供", "required": True, "schema": {"type": "string"}},
}
