"""Wrong, used-up and foreign proofs of who somebody is: nothing is shown, nothing is done, and nothing is betrayed."""

import re
from datetime import timedelta
from typing import Any

import pytest

from chalicelib import clock
from chalicelib.store.people import TOTP_STEP_S
from tests.api.refusals import refused, send
from tests.stories.conftest import A_PETITION, HEARD, LOOKED, TICKED, Person, Petitioner

NEXT_MONTH = (clock.today() + timedelta(days=30)).isoformat()
NO_SUCH_CASE = "260000000006"
A_LETTER = {
    "channel": "letter",
    "received_on": "2024-03-01",
    "kind": "grievance",
    "title": "路灯不亮",
    "text": "三天了。",
    "petitioner": {"name": "郑桂芳"},
}
STEPS: dict[str, dict[str, Any]] = {
    "forward": {"to": "housing"},
    "assign": {"to": "housing", "due": NEXT_MONTH},
    "object": {"reason": "该事项不属于我局的职责范围。"},
    "uphold_objection": {},
    "reject_objection": {"reason": "属于你局职责。"},
    "accept": {"track": "petition_procedure", "undertaker": "李工"},
    "propose_ending": {"ground": "pending_elsewhere", "explanation": "已由市局受理。"},
    "return_proposal": {"reason": "请重新研究。"},
    "decline": {},
    "divert": {},
    "transfer": {},
    "not_take_again": {},
    "reclassify": {"kind": "suggestion", "reason": "信访人是在提建议。"},
    "extend": {"days": 5, "reason": "需要鉴定。"},
    "reply": {"facts": "经查属实。", "answers": [{"claim": 1, "finding": "explain", "answer": "已办。"}]},
    "serve": {"method": "online", "cause": "other"},
    "confirm_claims": {"claims": ["退费"]},
    "hear_petitioner": HEARD,
    "investigate": LOOKED,
    "mark_historical": {"reason": "三年前反映过。"},
    "draft_reply": {"facts": "经查属实。", "answers": [{"claim": 1, "finding": "explain", "answer": "已办。"}]},
    "second_read": {},
    "return_draft": {"reason": "没有写日期。"},
    "sign": {"checks": TICKED},
    "rate": {"office": "satisfied", "unit": "satisfied", "solved": True},
}


@pytest.fixture
def stranger(client: Any, world: Any) -> Petitioner:
    """Another citizen."""
    return Petitioner(client, world, phone="19900005678").signs_in()


@pytest.fixture
def guest(client: Any, world: Any) -> Person:
    """Somebody without a session."""
    return Person(client, world)


def code_sent(person: Any, phone: str) -> tuple[str, str]:
    """A challenge and the code that was sent for it."""
    challenge = person.post("/codes", {"phone": phone}, 202)["challenge"]
    return challenge, re.search(r"验证码(\d{6})", person.world.sms[-1][1])[1]


def test_after_five_wrong_codes_the_right_one_is_no_good_either(guest):
    challenge, code = code_sent(guest, "19900001234")
    form = {"challenge": challenge, "phone": "19900001234", "code": code}
    wrong = form | {"code": f"{(int(code) + 1) % 10**6:06d}"}
    told = [refused(guest, "/sessions", wrong, 422, "/code") for _ in range(5)]
    assert refused(guest, "/sessions", form, 422, "/code") == told[0]


def test_a_code_is_good_for_five_minutes(guest, later):
    challenge, code = code_sent(guest, "19900001234")
    later(minutes=5, seconds=1)
    refused(guest, "/sessions", {"challenge": challenge, "phone": "19900001234", "code": code}, 422, "/code")


def test_a_code_is_good_for_its_own_telephone_and_challenge_only(guest):
    challenge, code = code_sent(guest, "19900001234")
    other, _code = code_sent(guest, "19900005678")
    form = {"challenge": challenge, "phone": "19900001234", "code": code}
    refused(guest, "/sessions", form | {"phone": "19900005678"}, 422, "/code")
    refused(guest, "/sessions", form | {"challenge": other}, 422, "/code")
    refused(guest, "/sessions", form | {"challenge": "made-up"}, 422, "/code")
    assert send(guest, "POST", "/sessions", form).status_code == 201


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"code": "12345"}, "/code"),
        ({"code": 123456}, "/code"),
        ({"code": None}, "/code"),
        ({"challenge": "../x"}, "/challenge"),
        ({"challenge": "x" * 65}, "/challenge"),
        ({"phone": "110"}, "/phone"),
        ({"role": "bureau"}, "/role"),
    ],
)
def test_a_sign_in_of_the_wrong_form_names_its_field(guest, change, pointer):
    form = {"challenge": "made-up", "phone": "19900001234", "code": "123456"}
    refused(guest, "/sessions", form | change, 422, pointer)


@pytest.mark.parametrize("path", ["/track", "/sessions"])
def test_guessing_query_codes_ends_after_five_and_says_when_to_come_back(path, petitioner, guest):
    filed = petitioner.files()
    guess = {"case_number": filed["case_number"], "query_code": "0" * 16}
    for _ in range(5):
        refused(guest, path, guess, 422, "/query_code")
    answer = send(guest, "POST", path, guess | {"query_code": filed["query_code"]})
    assert (answer.status_code, answer.json_body["code"]) == (429, "too_many")
    assert int(answer.headers["Retry-After"]) > 0
    assert "再试" in answer.json_body["detail"]


def test_a_number_that_does_not_exist_is_refused_like_a_wrong_query_code(petitioner, guest):
    number = petitioner.files()["case_number"]
    wrong = [{"case_number": each, "query_code": "0" * 16} for each in (number, NO_SUCH_CASE, "260000000007")]
    told = [refused(guest, path, form, 422, "/query_code") for path in ("/track", "/sessions") for form in wrong]
    assert all(each == told[0] for each in told)


@pytest.mark.parametrize(
    ("form", "pointers"),
    [
        ({}, ("/case_number", "/query_code")),
        ({"case_number": "26000000000", "query_code": "1" * 16}, ("/case_number",)),
        ({"case_number": NO_SUCH_CASE, "query_code": "1" * 15}, ("/query_code",)),
        ({"case_number": 260000000006, "query_code": ["1"]}, ("/case_number", "/query_code")),
    ],
)
def test_a_number_of_the_wrong_form_is_named(guest, form, pointers):
    refused(guest, "/track", form, 422, *pointers)


@pytest.mark.feature(69)
def test_a_number_is_understood_as_it_is_read_out(petitioner, guest):
    filed = petitioner.files()
    number, code = filed["case_number"], filed["query_code"]
    spoken = {"case_number": f"{number[:3]} {number[3:6]}-{number[6:]}", "query_code": f"{code[:8]}　{code[8:]}"}
    assert guest.post("/track", spoken, 200)["case_number"] == number


def test_a_member_of_staff_is_locked_out_after_five_wrong_passwords(guest):
    form = {"user": "bureau1", "password": "wrong", "totp": "000000"}
    for _ in range(5):
        assert refused(guest, "/staff/sessions", form, 401)["code"] == "sign_in_refused"
    assert refused(guest, "/staff/sessions", form, 429)["code"] == "too_many"


def test_a_one_time_code_of_staff_counts_once(staff, guest, later):
    later(seconds=TOTP_STEP_S - clock.now().timestamp() % TOTP_STEP_S)  # both sign in with the code of one half minute
    staff("bureau1")
    with pytest.raises(AssertionError, match="sign_in_refused"):
        staff("bureau1")


def test_another_petitioner_finds_a_case_as_little_as_one_that_does_not_exist(petitioner, stranger):
    number = petitioner.files()["case_number"]
    told = refused(stranger, f"/cases/{number}", None, 404, method="GET")
    assert told == refused(stranger, f"/cases/{NO_SUCH_CASE}", None, 404, method="GET")
    assert told == refused(stranger, "/cases/not-a-number", None, 404, method="GET")
    assert told == refused(stranger, f"/cases/{number}/rate", STEPS["rate"], 404, If_Match='"1"')
    assert stranger.get("/my/petitions")["items"] == []


@pytest.mark.parametrize("action", STEPS)
def test_a_unit_that_has_nothing_to_do_with_a_case_cannot_take_a_step_of_it(action, petitioner, staff):
    number = petitioner.files()["case_number"]
    told = refused(staff("market-clerk"), f"/cases/{number}/{action}", STEPS[action], 404, If_Match='"1"')
    assert told["code"] == "not_found"


def test_a_unit_sees_a_case_once_it_is_handed_over_and_not_before(petitioner, staff):
    number, unit = petitioner.files()["case_number"], staff("housing-clerk")
    refused(unit, f"/cases/{number}", None, 404, method="GET")
    staff("bureau1").step(number, "forward", {"to": "housing"})
    assert unit.get(f"/cases/{number}")["stage"] == "forwarded"
    refused(staff("market-clerk"), f"/cases/{number}", None, 404, method="GET")


@pytest.mark.parametrize("user", ["admin1", "security1", "audit1"])
def test_administrators_see_no_petitions(user, petitioner, staff):
    number, admin = petitioner.files()["case_number"], staff(user)
    for path in (
        f"/cases/{number}",
        "/worklist",
        "/messages",
        "/statistics",
        "/watch",
        "/my/petitions",
        "/ledger",
        "/colleagues",
        f"/cases/{number}/proposal",
    ):
        refused(admin, path, None, 404, method="GET")
    refused(admin, "/registrations", A_LETTER, 404)
    refused(admin, f"/cases/{number}/forward", STEPS["forward"], 404, If_Match='"1"')


@pytest.mark.feature(25)
@pytest.mark.parametrize("user", ["leader1", "supervisor1", "joint1"])
def test_who_oversees_may_look_and_order_and_not_handle(user, petitioner, staff):
    number, overseer = petitioner.files()["case_number"], staff(user)
    offered = {each["action"] for each in overseer.get(f"/cases/{number}")["next_steps"]}
    assert "supervise" in offered
    assert not offered & set(STEPS)
    told = refused(overseer, f"/cases/{number}/forward", STEPS["forward"], 403, If_Match='"1"')
    assert "岗位" in told["detail"] + told["title"]
    refused(overseer, "/registrations", A_LETTER, 404)


def test_a_petitioner_takes_no_step_of_the_offices(petitioner):
    number = petitioner.files()["case_number"]
    for action in ("forward", "assign", "accept", "propose_ending", "decline", "divert", "reclassify"):
        told = refused(petitioner, f"/cases/{number}/{action}", STEPS[action], 403, If_Match='"1"')
        assert told["code"] == "not_your_step"


def test_a_petitioner_reaches_nothing_that_is_the_offices(petitioner):
    for path in ("/worklist", "/messages", "/statistics", "/ledger"):
        refused(petitioner, path, None, 404, method="GET")
    refused(petitioner, "/registrations", A_LETTER, 404)
    refused(petitioner, "/imports", {"format": "jsonl", "content": "{}"}, 404)


def test_staff_file_nothing_in_their_own_name_and_a_clerk_reads_no_figures(staff):
    clerk = staff("housing-clerk")
    refused(clerk, "/petitions", A_PETITION, 404)
    refused(clerk, "/my/petitions", None, 404, method="GET")
    refused(clerk, "/statistics", None, 404, method="GET")


@pytest.mark.feature(25)
def test_only_the_head_of_the_unit_extends(petitioner, staff):
    number = petitioner.files(unit="housing")["case_number"]
    clerk = staff("housing-clerk")
    clerk.step(number, "accept", STEPS["accept"])
    told = refused(clerk, f"/cases/{number}/extend", STEPS["extend"], 403, If_Match='"2"')
    assert "延长" in told["detail"]
    staff("housing-head").step(number, "extend", STEPS["extend"])


@pytest.mark.parametrize("user", ["market-head", "bureau1", "leader1"])
def test_nobody_of_another_office_hears_drafts_or_signs(user, petitioner, staff):
    number = petitioner.files(unit="housing")["case_number"]
    staff("housing-clerk").step(number, "accept", STEPS["accept"])
    other = staff(user)
    for action in ("hear_petitioner", "draft_reply", "second_read", "sign"):
        answer = send(other, "POST", f"/cases/{number}/{action}", STEPS[action], If_Match='"2"')
        assert answer.status_code in (403, 404)


def test_a_session_by_query_code_opens_its_one_case_and_files_nothing(petitioner, guest):
    filed, other = petitioner.files(), petitioner.files()
    form = {"case_number": filed["case_number"], "query_code": filed["query_code"]}
    guest.token = guest.post("/sessions", form)["token"]
    assert guest.get(f"/cases/{filed['case_number']}")["stage"] == "registered"
    refused(guest, f"/cases/{other['case_number']}", None, 404, method="GET")
    refused(guest, "/my/petitions", None, 404, method="GET")
    refused(guest, "/petitions", A_PETITION, 422, "/phone")


@pytest.mark.parametrize("token", ["", "x" * 43, "short", "x" * 43 + "; admin"])
def test_without_a_live_session_nothing_is_done(token, petitioner, guest):
    number, guest.token = petitioner.files()["case_number"], token
    refused(guest, f"/cases/{number}", None, 401, method="GET")
    refused(guest, f"/cases/{number}/forward", STEPS["forward"], 401, If_Match='"1"')
    refused(guest, "/petitions", A_PETITION, 401)
    refused(guest, "/registrations", A_LETTER, 401)


def test_a_session_ends_after_half_an_hour_of_silence(petitioner, later):
    later(minutes=29)
    petitioner.get("/me")
    later(minutes=29)
    petitioner.get("/me")
    later(minutes=31)
    refused(petitioner, "/petitions", A_PETITION, 401)
