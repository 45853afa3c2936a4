"""An administrator lays a notice down, sees what would move, another one confirms it, and the dates are told."""

import json

import pytest

from tests.domain.test_notices_of_days_off import GOOD, OFF
from tests.stories.conftest import run_ways_out, sweep

CSV = "\n".join(["日期,安排", *(f"{day},放假" for day in OFF), "2027-01-30,上班", "2027-10-09,上班"])
AS_CSV = {"form": "csv", "year": 2027, "content": CSV, "papers": ["国办发明电〔2026〕8号"]}
AS_JSON = {"form": "json", "content": json.dumps(GOOD)}


def promised(person, number: str) -> dict:
    return next(each for each in person.get(f"/cases/{number}")["clocks"] if each["limit"] == "consultation_target")


def test_the_calendar_says_how_far_it_reaches_and_what_is_to_be_done(at_work, on_day):
    on_day("2026-11-25")
    shown = at_work("admin1").get("/calendar")
    assert (shown["calendar"], shown["notices"]) == ("cn-2026.1", [])
    assert shown["days_ahead"] < 90
    assert "录入" in shown["task"]


@pytest.mark.parametrize("notice", [AS_CSV, AS_JSON], ids=["csv", "json"])
def test_from_the_notice_to_the_date_that_is_told(notice, petitioner, at_work, on_day):
    on_day("2026-12-20")  # a Sunday
    petitioner.signs_in()
    number = petitioner.files(kind="consultation")["case_number"]
    at_work("bureau1").step(number, "forward", {"to": "housing"})
    unit = at_work("housing-clerk")
    unit.step(number, "accept", {"track": "consultation", "undertaker": "李工"})
    before = promised(unit, number)
    assert before["provisional"]
    sweep()

    proposed = at_work("admin1").post("/calendar/notices", notice)
    assert (proposed["state"], proposed["proposed_by"], proposed["year"]) == ("proposed", "admin1", 2027)
    path = f"/calendar/notices/{proposed['number']}"
    seen = at_work("security1").get(f"{path}/moves")["items"]
    moves = [each for each in seen if each["case_number"] == number and each["limit"] == "consultation_target"]
    assert [each["becomes_certain"] for each in moves] == [True]
    assert moves[0]["due_before"] == before["due"] < moves[0]["due"]
    assert promised(unit, number)["due"] == before["due"], "nothing has moved yet"

    at_work("admin1").post(f"{path}/confirm", {}, 403)
    confirmed = at_work("security1").post(f"{path}/confirm", {}, 200)
    assert (confirmed["state"], confirmed["confirmed_by"]) == ("in_force", "security1")
    at_work("security1").post(f"{path}/confirm", {}, 409)

    assert sweep()["recounted"] >= 1
    after = promised(at_work("housing-clerk"), number)
    assert (after["due"], after["provisional"]) == (moves[0]["due"], False)
    told = [
        each
        for each in at_work("bureau1").get(f"/cases/{number}")["timeline"]
        if each["event"] == "petition.date_recounted"
    ]
    assert (told[-1]["due_before"], told[-1]["due"]) == (before["due"], after["due"])
    assert "1月1日" in told[-1]["clocks"][0]["derivation"]
    run_ways_out(number)
    assert any("重新计算" in each["text"] for each in at_work("housing-clerk").get("/messages")["items"])
    assert sweep()["recounted"] == 0
    assert at_work("admin1").get("/calendar")["task"] == ""


def test_what_is_wrong_with_a_notice_is_said_in_chinese(at_work):
    told = at_work("admin1").post(
        "/calendar/notices", AS_JSON | {"content": json.dumps(GOOD | {"make_up": ["2027-01-29"]})}, 422
    )
    assert [each["message"] for each in told["errors"]] == ["2027-01-29（周五）不是周六、周日，不能写为调休上班"]
    assert (
        at_work("admin1").post("/calendar/notices", {"form": "csv", "content": CSV}, 422)["errors"][0]["pointer"]
        == "/year"
    )
    at_work("admin1").post("/calendar/notices", {"form": "json", "content": "[" * 5000}, 422)


@pytest.mark.parametrize(
    "wrong", [{"off": ["\ud800"]}, {"papers": ["\ud800"]}, {"make_up": [{"\udfff": 1}]}, {"\ud800": 1}]
)
def test_half_a_character_within_the_json_of_a_notice_is_refused_and_nothing_is_kept(wrong, at_work):
    told = at_work("admin1").post("/calendar/notices", AS_JSON | {"content": json.dumps(GOOD | wrong)}, 422)
    assert [(each["pointer"], each["message"]) for each in told["errors"]] == [
        ("/content", "文字中含有无法保存的字符，请删除后重试")
    ]
    assert at_work("admin1").get("/calendar")["notices"] == []


PAPERS = [["x" * 301], ["x"] * 6, [""], ["x" * 300] * 5, ["文 \n 号"]]


@pytest.mark.parametrize("papers", PAPERS, ids=range(len(PAPERS)))
def test_papers_are_held_to_the_same_bounds_in_both_forms(papers, at_work):
    as_json = AS_JSON | {"content": json.dumps(GOOD | {"papers": papers})}
    answers = [
        at_work("admin1").call("POST", "/calendar/notices", each) for each in (AS_CSV | {"papers": papers}, as_json)
    ]
    assert len({each.status_code for each in answers}) == 1
    assert answers[0].json_body.get("papers") == answers[1].json_body.get("papers")


@pytest.mark.parametrize("user", ["bureau1", "leader1", "audit1", "security1"])
def test_only_a_system_administrator_lays_a_notice_down(at_work, user):
    at_work(user).post("/calendar/notices", AS_JSON, 404)


def test_a_notice_that_is_not_there(at_work):
    for path in ("/calendar/notices/7/moves", "/calendar/notices/x/moves", "/calendar/notices/1/moves?cursor=x"):
        assert at_work("admin1").call("GET", path).status_code == 404
    at_work("security1").post("/calendar/notices/7/confirm", {}, 404)


def test_a_cursor_that_nobody_gave_out_is_refused(at_work):
    at_work("admin1").post("/calendar/notices", AS_JSON)
    assert at_work("admin1").call("GET", "/calendar/notices/1/moves").status_code == 200
    refused = at_work("admin1").call("GET", "/calendar/notices/1/moves?cursor=x")
    assert (refused.status_code, refused.headers["Content-Type"]) == (400, "application/problem+json")


def test_a_call_that_is_repeated_has_one_effect(at_work):
    admin, other = at_work("admin1"), at_work("security1")
    laid = [admin.post("/calendar/notices", AS_JSON, Idempotency_Key="once") for _ in range(2)]
    assert laid[0] == laid[1]
    assert len(admin.get("/calendar")["notices"]) == 1
    admin.post("/calendar/notices", AS_CSV, 422, Idempotency_Key="once")
    confirmed = [other.post("/calendar/notices/1/confirm", {}, 200, Idempotency_Key="twice") for _ in range(2)]
    assert confirmed[0] == confirmed[1]
    other.post("/calendar/notices/1/confirm", {}, 409)


def test_a_notice_is_not_confirmed_after_its_correction(at_work):
    for _ in range(2):
        at_work("admin1").post("/calendar/notices", AS_JSON)
    at_work("security1").post("/calendar/notices/2/confirm", {}, 200)
    told = at_work("security1").post("/calendar/notices/1/confirm", {}, 409)
    assert "重新录入" in told["detail"]


def test_a_process_that_is_warm_counts_with_the_new_calendar(petitioner, at_work, on_day):
    on_day("2026-12-20")
    petitioner.signs_in()
    at_work("admin1").post("/calendar/notices", AS_JSON)
    at_work("security1").post("/calendar/notices/1/confirm", {}, 200)
    number = petitioner.files(kind="consultation")["case_number"]
    at_work("bureau1").step(number, "forward", {"to": "housing"})
    unit = at_work("housing-clerk")
    unit.step(number, "accept", {"track": "consultation", "undertaker": "李工"})
    shown = promised(unit, number)
    assert (shown["calendar"], shown["provisional"]) == ("cn-2026.1+2027.n1", False)
