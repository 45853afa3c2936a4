"""The description of the interface is whole and true, and the policy gives every call to somebody, and only to them."""

import json
import typing
from typing import Any

import msgspec
import pytest

import app
from chalicelib import policy
from chalicelib.api import http
from chalicelib.api.forms import form
from chalicelib.api.sealed import sealed_app
from chalicelib.api.sealed_steps import CALLS as SEALED_CALLS
from chalicelib.api.steps import every_call
from chalicelib.domain.case import ADMINISTRATORS, PETITIONER
from infra.openapi import words
from infra.openapi.__main__ import FILE, written
from infra.openapi.document import ROLES, document, of_steps, served
from infra.openapi.routes import ROUTES

OVERSEERS = {"bureau", "joint_meeting", "leader", "supervisor"}
STAFF = OVERSEERS | {"window", "clerk", "unit_head"}
EVERYBODY_SIGNED_IN = STAFF | set(ADMINISTRATORS) | {PETITIONER}
CALLERS: dict[str, set[str]] = {
    "health": EVERYBODY_SIGNED_IN,
    "meta": EVERYBODY_SIGNED_IN,
    "guide": EVERYBODY_SIGNED_IN,
    "send_code": EVERYBODY_SIGNED_IN,
    "sign_in": EVERYBODY_SIGNED_IN,
    "sign_in_staff": EVERYBODY_SIGNED_IN,
    "track": EVERYBODY_SIGNED_IN,
    "sign_out": EVERYBODY_SIGNED_IN,
    "see_myself": EVERYBODY_SIGNED_IN,
    "file": {PETITIONER},
    "my_petitions": {PETITIONER},
    "register": {"window", "clerk", "unit_head", "bureau"},
    "import": {"window", "clerk", "unit_head", "bureau"},
    "register_report": {"window", "clerk", "unit_head", "bureau"},
    "worklist": STAFF,
    "colleagues": STAFF,
    "see_leave": STAFF | {"system_admin"},
    "set_leave": STAFF | {"system_admin"},
    "search": STAFF,
    "candidates": STAFF,
    "proposal": {"window", "clerk", "unit_head", "bureau"},
    "ledger": OVERSEERS,
    "messages": STAFF,
    "statistics": OVERSEERS | {"unit_head"},
    "watch": OVERSEERS,
    "findings": {"supervisor", "system_admin"},
    "completeness": {"supervisor", "system_admin"},
    "open_inspection": OVERSEERS - {"leader"},
    "inspections": STAFF,
    "view_case": STAFF | {PETITIONER},
    "material": STAFF | {PETITIONER},
    "export": STAFF | {PETITIONER},
    "deadline_proofs": STAFF | {PETITIONER},
    "receipts": STAFF | {PETITIONER},
    "inclusion": STAFF | {PETITIONER},
    "roots": EVERYBODY_SIGNED_IN,
    "take_step": STAFF | {PETITIONER},
    "report": EVERYBODY_SIGNED_IN,
    "calendar": set(ADMINISTRATORS),
    "propose_days_off": {"system_admin"},
    "confirm_days_off": {"system_admin", "security_admin"},
    "days_lost": {"bureau", "leader", "system_admin"},
    "propose_days_lost": {"bureau", "leader"},
    "confirm_days_lost": {"bureau", "leader"},
    "sms_receipts": EVERYBODY_SIGNED_IN,
    "announcements": {"bureau", "leader"},
    "write_announcement": {"bureau"},
    "release_announcement": {"bureau", "leader"},
    "stop_announcement": {"bureau", "leader"},
    "own_refusal": {PETITIONER},
    "enter_refusal": {"window", "bureau"},
    "sealed_list": {"clerk", "unit_head", "bureau"},
    "sealed_read": {"clerk", "unit_head", "bureau"},
    "sealed_step": {"clerk", "unit_head", "bureau"},
}
"""Written down a second time on purpose: who widens the policy has to say so here too."""
NO_SESSION = {"health", "meta", "guide", "send_code", "sign_in", "sign_in_staff", "track", "report"} | {
    "roots",
    "sms_receipts",
}


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return document(app.app)


def test_the_file_in_docs_is_the_one_the_program_describes():
    assert FILE.read_text("utf-8") == written(), "docs/api/openapi.json is stale: run `make openapi`"


def test_every_route_and_method_is_described_and_nothing_else_is(described):
    served_by_both = {**app.app.routes, **sealed_app.routes}
    routed = {(method, path) for path, methods in served_by_both.items() for method in methods}
    told = {(method.upper(), path) for path, methods in described["paths"].items() for method in methods}
    assert told == set(ROUTES)
    assert {(method, served(method, path)) for method, path in told} == routed


def test_every_view_names_an_action_that_the_policy_knows_and_no_row_is_left_over():
    views = {
        f"{entry.view_function.__module__}.{entry.view_function.__name__}"
        for methods in (*app.app.routes.values(), *sealed_app.routes.values())
        for entry in methods.values()
    }
    named = {name: action for name, action in http.ACTIONS.items() if name.startswith("chalicelib.")}
    assert set(named) == views
    assert {action for action, _public in named.values()} == set(policy.CALLS)


def test_a_view_is_public_only_where_the_policy_says_so():
    named = [row for name, row in http.ACTIONS.items() if name.startswith("chalicelib.")]
    assert {action for action, public in named if public} == NO_SESSION
    assert {action for action in policy.CALLS if policy.is_public(action)} == NO_SESSION


@pytest.mark.parametrize("role", [*ROLES, policy.EVERYBODY, "law", ""])
def test_an_action_nobody_wrote_a_row_for_serves_nobody(role):
    assert not policy.may_call(role, "delete_case")
    assert not policy.is_public("delete_case")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", CALLERS)
def test_each_role_may_make_its_calls_and_no_other(role, action):
    assert policy.may_call(role, action) == (role in CALLERS[action])


@pytest.mark.parametrize("action", CALLERS)
def test_without_a_session_only_public_calls_are_served(action):
    assert policy.may_call(policy.EVERYBODY, action) == (action in NO_SESSION)


def test_the_matrix_is_complete():
    assert set(CALLERS) == set(policy.CALLS)
    assert set(ROLES) == EVERYBODY_SIGNED_IN


def test_who_may_take_a_step_is_told_as_the_table_has_it(described):
    told = described["paths"]["/cases/{case_id}/extend"]["post"]["x-roles"]
    assert told == ["unit_head"]
    assert described["paths"]["/cases/{case_id}/rate"]["post"]["x-roles"] == ["petitioner", "window", "bureau"]


def test_every_reference_leads_somewhere_and_every_component_is_used(described):
    text = json.dumps(described)
    for group, found in described["components"].items():
        if group == "securitySchemes":
            continue
        for name in found:
            assert f'"#/components/{group}/{name}"' in text, f"{group}/{name} is not used"
    for reference in _references(described):
        _, _, group, name = reference.split("/")
        assert name in described["components"][group], f"{reference} leads nowhere"


def test_every_model_and_field_is_described_in_chinese_and_no_words_are_left_over(described):
    schemas = described["components"]["schemas"]
    assert set(words.MODELS) | set(of_steps()) == set(schemas)
    assert not set(words.MODELS) & set(of_steps()), "a step and an event are described by their rows"
    fields = {(model, field) for model, schema in schemas.items() for field in schema["properties"]}
    said = {(model.__name__, field["name"]) for model in bodies_of_steps() for field in form(model)}
    own = {tuple(each.split("/")) for each in words.FIELDS_OF}
    assert own <= fields
    assert set(words.FIELDS) == {field for model, field in fields - own - said}
    for model, schema in schemas.items():
        for text in (schema["description"], *(shown["description"] for shown in schema["properties"].values())):
            assert any("\u4e00" <= each <= "\u9fff" for each in text), f"{model}: {text}"


def test_every_model_is_closed(described):
    assert [n for n, schema in described["components"]["schemas"].items() if schema["additionalProperties"]] == []


def test_every_body_may_be_refused_and_every_change_needs_a_version(described):
    for (method, path), route in ROUTES.items():
        responses = set(described["paths"][path][method.lower()]["responses"])
        assert responses >= {"429", "503"}
        assert (route.body is not None) == (responses >= {"400", "413", "415", "422"})
        is_change = method == "POST" and path.startswith(("/cases/{case_id}/", "/sealed/reports/{report_id}/"))
        assert is_change == (responses >= {"403", "409", "412", "428"})
        assert "500" not in responses


def test_the_summary_is_the_view_s_own_first_words(described):
    assert described["paths"]["/track"]["post"]["summary"].startswith("Show a case to whoever has its number")


def bodies_of_steps() -> set[Any]:
    """The models of all steps, with those inside them."""
    found = {call.body for call in (*every_call().values(), *SEALED_CALLS.values())}
    return found | {
        each
        for body in found
        for field in msgspec.structs.fields(body)
        for each in typing.get_args(typing.get_args(field.type)[0])
        if isinstance(each, type) and issubclass(each, msgspec.Struct)
    }


def _references(found: Any) -> set[str]:
    if isinstance(found, dict):
        own = {found["$ref"]} if "$ref" in found else set()
        return own.union(*(_references(each) for each in found.values()))
    if isinstance(found, list):
        return set().union(*(_references(each) for each in found))
    return set()
