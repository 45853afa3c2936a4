"""Signing in through the whole application, as API Gateway calls it."""

import json
import re

import pyotp
import pytest

from chalicelib import clock
from chalicelib.api.http import ACTIONS
from chalicelib.notices import senders
from chalicelib.notices.gateway import GatewaySender
from chalicelib.store import people
from chalicelib.store.bootstrap import DEMO_PASSWORD
from infra.gateway.model import GOOD, Gateway


@pytest.fixture
def ask(client):
    def call(method, path, content=None, token=""):
        headers = {"Content-Type": "application/json", "Idempotency-Key": "k-1"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        body = b"" if content is None else json.dumps(content).encode()
        return client.http.request(method, path, headers=headers, body=body)

    return call


def pointers(response):
    return [each["pointer"] for each in response.json_body["errors"]]


def code_for(ask, world, phone):
    sent = ask("POST", "/codes", {"phone": phone})
    assert sent.status_code == 202, sent.body
    challenge = sent.json_body["challenge"]
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


def signed_in_staff(ask, user="bureau1"):
    code = pyotp.TOTP(people.demo_totp_secret(user)).at(clock.now())
    found = ask("POST", "/staff/sessions", {"user": user, "password": DEMO_PASSWORD, "totp": code})
    assert found.status_code == 201, found.body
    return found.json_body["token"]


def signed_in_petitioner(ask, world, phone="13800138000"):
    challenge = ask("POST", "/codes", {"phone": phone}).json_body["challenge"]
    code = re.search("[0-9]{6}", world.sms[-1][1])[0]
    return ask("POST", "/sessions", {"challenge": challenge, "phone": phone, "code": code})


def test_a_petitioner_signs_in_by_sms_and_out_again(ask, world):
    found = signed_in_petitioner(ask, world, "１３８ 0013 8000")
    assert (found.status_code, found.json_body["role"]) == (201, "petitioner")
    assert world.sms[-1][0] == "+8613800138000"
    token = found.json_body["token"]
    assert ask("GET", "/me", token=token).json_body["role"] == "petitioner"
    assert ask("DELETE", "/sessions/current", token=token).status_code == 204
    assert ask("GET", "/me", token=token).status_code == 401


def test_wrong_used_and_expired_codes_are_told_alike(ask, world, later):
    challenge = ask("POST", "/codes", {"phone": "13800138000"}).json_body["challenge"]
    code = re.search("[0-9]{6}", world.sms[-1][1])[0]
    right = {"challenge": challenge, "phone": "13800138000", "code": code}
    wrong = {**right, "code": f"{(int(code) + 1) % 10**6:06d}"}
    told = [ask("POST", "/sessions", wrong)]
    assert ask("POST", "/sessions", right).status_code == 201
    told.append(ask("POST", "/sessions", right))
    later(minutes=6)
    told.append(ask("POST", "/sessions", right))
    assert {(each.status_code, each.body) for each in told} == {(422, told[0].body)}
    assert pointers(told[0]) == ["/code"]


@pytest.mark.parametrize("phone", ["0736-6622345", "+1 212 555 0100", "12800138000", "", "1380013800", "１３８"])
def test_codes_go_to_mainland_mobiles_only(ask, world, phone):
    assert pointers(ask("POST", "/codes", {"phone": phone})) == ["/phone"]
    assert world.sms == []


def test_an_unknown_case_and_a_wrong_query_code_are_told_alike_and_locked_out(ask):
    sent = {"case_number": "261234567894", "query_code": "0" * 16}
    for _ in range(5):
        assert ask("POST", "/sessions", sent).status_code == 422
    found = ask("POST", "/sessions", sent)
    assert (found.status_code, found.json_body["code"]) == (429, "too_many")
    assert int(found.headers["Retry-After"]) > 0


def test_half_a_sign_in_names_what_is_missing(ask):
    assert pointers(ask("POST", "/sessions", {"case_number": "261234567894"})) == ["/query_code"]
    assert pointers(ask("POST", "/sessions", {})) == ["/challenge", "/phone", "/code"]


def test_staff_see_who_and_where_they_are(ask):
    token = signed_in_staff(ask, "housing-clerk")
    found = ask("GET", "/me", token=token).json_body
    assert (found["role"], found["org"], found["org_name"]) == ("clerk", "housing", "青山县住房和城乡建设局")


def test_an_unknown_user_and_a_wrong_password_are_told_alike(ask):
    told = [
        ask("POST", "/staff/sessions", {"user": user, "password": "wrong", "totp": "000000"})
        for user in ("bureau1", "nobody")
    ]
    assert {(each.status_code, each.body) for each in told} == {(401, told[0].body)}


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


@pytest.fixture
def gateway(monkeypatch):
    """Codes go through a gateway of ours."""
    gateway = Gateway(b"agreed", clock.now, faults=GOOD, callbacks=GOOD)
    sender = GatewaySender("https://gateway", "青山县信访局", lambda: b"agreed", wire=gateway.post)
    monkeypatch.setattr(senders, "sender", lambda _key: sender)
    return gateway


def test_who_carries_a_code_is_not_told_the_challenge_it_answers(ask, gateway):
    challenge = ask("POST", "/codes", {"phone": "13800138000"}).json_body["challenge"]
    ((_, text, out_id),) = gateway.got
    assert challenge not in out_id
    assert challenge not in text
    assert re.fullmatch("code-[0-9a-f]{16}", out_id)


@pytest.mark.parametrize(
    ("fault", "why"), [("no line", "no_room"), ("throttled", "no_room"), ("refused for a moment", "for_now")]
)
def test_a_code_that_did_not_leave_costs_nothing_and_is_counted_by_one_of_three_words(
    ask, world, gateway, capsys, fault, why
):
    gateway.faults = {fault: 1.0}
    assert ask("POST", "/codes", {"phone": "13800138000"}).status_code == 503
    assert f'"reason": "{why}"' in capsys.readouterr().out
    spent = [item["n"]["N"] for item in world.items("guard") if item["pk"]["S"].startswith("BUDGET#")]
    assert set(spent) == {"0"}
    gateway.faults = {"answer lost": 1.0}
    assert ask("POST", "/codes", {"phone": "13800138000"}).status_code == 202
    spent = [item["n"]["N"] for item in world.items("guard") if item["pk"]["S"].startswith("BUDGET#")]
    assert set(spent) == {"1"}
