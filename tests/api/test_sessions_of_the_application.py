"""Signing in through the whole application, as API Gateway calls it."""

import json
import re

import pytest

from chalicelib.api.http import ACTIONS


@pytest.fixture
def ask(client):
    def call(method, path, content=None, token=""):
        headers = {"Content-Type": "application/json", "Idempotency-Key": "k-1"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        body = b"" if content is None else json.dumps(content).encode()
        return client.http.request(method, path, headers=headers, body=body)

    return call


def code_for(ask, world, phone):
    challenge = ask("POST", "/codes", {"phone": phone}).json_body["challenge"]
    return challenge, re.search("[0-9]{6}", world.sms[-1][1])[0]


def file_something(ask, world):
    challenge, code = code_for(ask, world, "13800138000")
    sent = {"challenge": challenge, "phone": "13800138000", "code": code}
    token = ask("POST", "/sessions", sent).json_body["token"]
    form = {"kind": "grievance", "title": "路灯不亮", "text": "三天了", "name": "王小明", "address": "青溪镇上溪村1组"}
    found = ask("POST", "/petitions", form, token)
    assert found.status_code == 201, found.body
    return token, found.json_body


def test_number_and_query_code_open_one_case_and_no_other(ask, world):
    _, filed = file_something(ask, world)
    sent = {"case_number": filed["case_number"], "query_code": filed["query_code"]}
    begun = ask("POST", "/sessions", sent)
    assert begun.status_code == 201
    token = begun.json_body["token"]
    assert ask("GET", "/me", token=token).json_body["case_number"] == filed["case_number"]
    assert ask("GET", f"/cases/{filed['case_number']}", token=token).status_code == 200
    other = ask("POST", "/sessions", {**sent, "query_code": "0" * 16})
    assert other.status_code == 422


def test_a_strangers_session_does_not_see_the_case(ask, world):
    _, filed = file_something(ask, world)
    challenge, code = code_for(ask, world, "13900139000")
    sent = {"challenge": challenge, "phone": "13900139000", "code": code}
    token = ask("POST", "/sessions", sent).json_body["token"]
    assert ask("GET", f"/cases/{filed['case_number']}", token=token).status_code == 404


def test_a_session_that_was_ended_is_dead_on_its_next_call(ask, world):
    token, filed = file_something(ask, world)
    assert ask("GET", f"/cases/{filed['case_number']}", token=token).status_code == 200
    assert ask("DELETE", "/sessions/current", token=token).status_code == 204
    assert ask("GET", f"/cases/{filed['case_number']}", token=token).status_code == 401


def test_every_route_of_the_application_names_its_action(client):
    import app

    routes = [
        entry.view_function
        for methods in app.app.routes.values()
        for entry in methods.values()
        if entry.view_function.__module__.startswith("chalicelib.")
    ]
    assert len(routes) > 15
    unnamed = [each.__name__ for each in routes if f"{each.__module__}.{each.__name__}" not in ACTIONS]
    assert unnamed == []
