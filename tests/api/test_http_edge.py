"""The edge: what strangers send, and how every failure is told. The views here are only there to be reached."""

import io
import json
import re
from datetime import date
from typing import Annotated, Literal

import pytest
from chalice.app import Blueprint, Chalice
from chalice.test import Client
from msgspec import Struct

from chalicelib.api import fields, http
from chalicelib.api.http import answer, body, edge, endpoint, idempotency_key, if_match
from chalicelib.domain import errors
from chalicelib.store import guard, sealing, table
from chalicelib.store.cases import KeyReused, StaleCase
from chalicelib.telemetry import logger

JSON = {"Content-Type": "application/json"}
PROBLEM = "application/problem+json"
probe = Blueprint(__name__)


class Person(Struct, forbid_unknown_fields=True):
    name: Annotated[str, fields.line(20)]
    phone: fields.Phone | None = None
    identity_number: fields.IdentityNumber | None = None


class Form(Struct, forbid_unknown_fields=True):
    title: Annotated[str, fields.line(60)]
    text: Annotated[str, fields.text(10_000)]
    kind: Literal["grievance", "suggestion"]
    on: date | None = None
    claims: list[Annotated[str, fields.text(20)]] = []
    person: Person | None = None
    solved: bool = False


RAISED = {
    "not-found": errors.NotFound("没有这件事项"),
    "not-your-step": errors.NotYourStep("这一步由责任单位办理"),
    "wrong-stage": errors.WrongStage("事项还没有受理"),
    "rule": errors.ExtensionRefused("已经延长过一次", law="第三十四条"),
    "stale": StaleCase(4),
    "reused": KeyReused(),
    "busy": table.Busy("throttled"),
    "denied": table.Denied("role may not"),
    "seal": sealing.SealBroken("cannot open"),
    "bug": KeyError("13800138000"),
}


@probe.route("/forms", methods=["POST"])
@endpoint("send_code", public=True)
def fill_in():
    form = body(Form)
    return answer({"title": form.title, "text": form.text, "phone": form.person and form.person.phone}, status=201)


@probe.route("/fails/{how}", methods=["GET"])
@endpoint("send_code", public=True)
def fail(how):
    raise RAISED[how]


@probe.route("/changes", methods=["POST"])
@endpoint("take_step")
def change():
    return answer({"key": idempotency_key()}, etag=if_match() + 1)


@probe.route("/worklist", methods=["GET"])
@endpoint("worklist")
def worklist():
    return {}


@probe.route("/unknown-to-policy", methods=["GET"])
@endpoint("an action nobody wrote a row for")
def unheard_of():
    return {}


@pytest.fixture(scope="module")
def app() -> Chalice:
    made = Chalice("edge-under-test")
    for blueprint in (edge, probe):
        made.register_blueprint(blueprint)
    return made


@pytest.fixture
def call(app, world):
    with Client(app) as client:

        def ask(method, path, content=None, **headers):
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            raw = (
                content if isinstance(content, bytes) else json.dumps(content).encode() if content is not None else b""
            )
            return client.http.request(method, path, headers={**JSON, **named}, body=raw)

        yield ask


@pytest.fixture
def logged():
    """What the product's logger has written so far."""
    written, handler = io.StringIO(), logger.handlers[0]
    before = handler.setStream(written)
    yield written.getvalue
    handler.setStream(before)


def filled(**changed):
    return {"title": "路灯不亮", "text": "三天了", "kind": "grievance", **changed}


def pointers(response):
    return {each["pointer"]: each["message"] for each in response.json_body["errors"]}


def test_a_good_form_comes_back_clean(call):
    sent = filled(title=" 路灯\n不亮 ", text="一\r\n二\u0007", person={"name": "𠮷田", "phone": "+86 １３８-0013-8000"})
    found = call("POST", "/forms", sent)
    assert found.status_code == 201
    assert found.json_body == {"title": "路灯 不亮", "text": "一\n二", "phone": "13800138000"}


def test_everything_that_has_to_be_mended_is_told_at_once(call):
    sent = {
        "text": 5,
        "kind": "complaint",
        "on": "yesterday",
        "claims": ["好", "长" * 21, 7],
        "person": {"name": "", "phone": "123", "identity_number": "110101199003078518", "age": 7},
        "solved": "yes",
        "admin/~": True,
    }
    found = call("POST", "/forms", sent)
    assert found.status_code == 422
    assert found.headers["Content-Type"] == PROBLEM
    assert set(pointers(found)) == {
        "/title", "/text", "/kind", "/on", "/claims/1", "/claims/2", "/person/name", "/person/phone",
        "/person/identity_number", "/person/age", "/solved", "/admin~1~0",
    }  # fmt: skip
    assert all(re.search("[\u4e00-\u9fff]", message) for message in pointers(found).values())
    assert "grievance" in pointers(found)["/kind"]


def test_a_refusal_never_repeats_what_was_typed(call):
    found = call(
        "POST", "/forms", filled(kind="秘密", person={"name": "张三", "identity_number": "110101199003070000"})
    )
    assert found.status_code == 422
    assert not re.search("秘密|张三|110101", found.body.decode())


@pytest.mark.parametrize("title", ["长" * 61, "", "   ", None, ["路灯"], {"a": 1}, 3.5, True])
def test_a_title_of_the_wrong_form_is_named(call, title):
    assert list(pointers(call("POST", "/forms", filled(title=title)))) == ["/title"]


@pytest.mark.parametrize("rare", ["𠮷" * 60, "😀" * 60, "👨‍👩‍👧"])
def test_rare_characters_and_emoji_are_words_like_others(call, rare):
    assert call("POST", "/forms", filled(title=rare)).json_body["title"] == rare


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"{", b"null", b"[]", b'"x"', b"5", b"\xff\xfe", b'{"title": NaN}', b'{"title": Infinity}',
        b'{"title": "a", "title": "b"}', b'{"person": {"name": "a", "name": "b"}}', b"[" * 100_000,
        b'{"title": ' + b"9" * 5000 + b"}",
    ],
)  # fmt: skip
def test_what_is_not_one_json_object_is_malformed(call, raw):
    found = call("POST", "/forms", raw)
    assert (found.status_code, found.json_body["code"]) == (400, "malformed")


@pytest.mark.parametrize("text", ['"\\ud800"', '"a\\u0000b"'])
def test_what_no_database_can_hold_is_named(call, text):
    raw = json.dumps(filled()).replace('"\\u4e09\\u5929\\u4e86"', text).encode()
    assert list(pointers(call("POST", "/forms", raw))) == ["/text"]


def test_an_unknown_name_that_cannot_be_printed_is_told_printably(call):
    raw = json.dumps(filled()).replace('"title"', '"\\ud800\\u0007": 1, "title"', 1).encode()
    assert list(pointers(call("POST", "/forms", raw))) == ["/??"]


def test_a_megabyte_is_too_large_and_ten_thousand_characters_are_not(call):
    assert call("POST", "/forms", filled(text="长" * 350_000)).status_code == 413
    assert call("POST", "/forms", filled(text="长" * 10_000)).status_code == 201
    assert list(pointers(call("POST", "/forms", filled(text="长" * 10_001)))) == ["/text"]


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/json; charset=gbk"])
def test_another_content_type_is_refused_in_our_words(call, kind):
    found = call("POST", "/forms", filled(), Content_Type=kind)
    assert (found.status_code, found.headers["Content-Type"]) == (415, PROBLEM)
    assert found.json_body["title"] == "不支持的内容类型"


def test_another_method_is_refused_in_our_words(call):
    found = call("PUT", "/forms", filled())
    assert (found.status_code, found.json_body.get("code")) in ((405, "method_not_allowed"), (403, None))


@pytest.mark.parametrize(
    ("how", "status", "code"),
    [
        ("not-found", 404, "not_found"),
        ("not-your-step", 403, "not_your_step"),
        ("wrong-stage", 409, "wrong_stage"),
        ("rule", 422, "extension_refused"),
        ("stale", 412, "stale"),
        ("reused", 422, "key_reused"),
        ("busy", 503, "busy"),
        ("denied", 503, "unavailable"),
        ("seal", 503, "unavailable"),
        ("bug", 500, "unexpected"),
    ],
)
def test_every_error_has_its_status(call, how, status, code):
    found = call("GET", f"/fails/{how}")
    told = found.json_body
    assert (found.status_code, told["status"], told["code"]) == (status, status, code)
    assert found.headers["Content-Type"] == PROBLEM
    assert found.headers["Cache-Control"] == "no-store"
    assert found.headers["X-Request-Id"]
    assert {"type", "title", "detail", "errors"} <= set(told)
    assert ("Retry-After" in found.headers) == (status == 503)


def test_a_rule_is_told_with_its_article(call):
    assert call("GET", "/fails/rule").json_body["law"] == "第三十四条"


def test_an_unexpected_error_is_logged_without_its_message_and_told_without_its_cause(call, logged):
    found = call("GET", "/fails/bug")
    assert "KeyError" in logged()
    assert "test_http_edge.py" in logged()
    assert "13800138000" not in logged() + found.body.decode()
    assert "KeyError" not in found.body.decode()


def test_every_call_is_one_line_without_personal_data(call, logged):
    call("POST", "/forms", filled(title="王小明的路灯", person={"name": "王小明", "phone": "13800138000"}))
    lines = [json.loads(each) for each in logged().splitlines() if '"served"' in each]
    assert [(each["action"], each["status"], each["route"]) for each in lines] == [("send_code", 201, "/forms")]
    assert not re.search("王小明|13800138000", repr(lines))


def test_a_change_needs_a_version_and_a_key(call):
    token = f"Bearer {guard.open_session(role='bureau', user='bureau1')}"
    good = {"Authorization": token, "If_Match": '"3"', "Idempotency_Key": "k-1"}
    found = call("POST", "/changes", {}, **good)
    assert (found.status_code, found.headers["ETag"]) == (200, '"4"')
    for changed, status in (
        ({"If_Match": ""}, 428),
        ({"If_Match": "3"}, 400),
        ({"If_Match": "*"}, 400),
        ({"If_Match": '"-1"'}, 400),
        ({"Idempotency_Key": ""}, 400),
        ({"Idempotency_Key": "x" * 256}, 400),
        ({"Idempotency_Key": "钥匙"}, 400),
    ):
        assert call("POST", "/changes", {}, **{**good, **changed}).status_code == status, changed


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Basic " + "a" * 43, "Bearer " + "a" * 43, "Bearer 钥" + "a" * 43]
)
def test_without_a_live_session_nothing_is_served(call, header):
    found = call("GET", "/worklist", Authorization=header)
    assert (found.status_code, found.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_a_call_that_the_policy_gives_to_another_role_does_not_exist(call):
    bearer = f"Bearer {guard.open_session(role='petitioner', phone='13800138000')}"
    assert call("GET", "/worklist", Authorization=bearer).status_code == 404
    assert call("GET", "/unknown-to-policy", Authorization=bearer).status_code == 404


def test_views_name_their_action():
    assert http.ACTIONS[f"{__name__}.fill_in"] == ("send_code", True)
    assert http.ACTIONS[f"{__name__}.change"] == ("take_step", False)
