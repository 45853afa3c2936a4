"""A list of problems goes to one unit and no other: signed for, answered item by item, rechecked, put right."""

from datetime import timedelta

import pytest

from chalicelib import clock
from chalicelib.store import people
from chalicelib.store.tenant import cases
from chalicelib.triggers import statistics
from tests.stories.conftest import run_ways_out, sweep

ITEMS = ["三件事项没有按期书面告知信访人", "答复意见没有写明依据", "回访记录缺失"]


def in_days(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def texts_to(world, user: str) -> list[str]:
    phone = people.load_user(user).phone
    return [text for to, text in world.sms if to.endswith(phone)]


def a_list(days: int = 10, **changes) -> dict:
    said = {"kind": "problem_list", "title": "三季度问题清单", "org": "housing", "items": ITEMS, "due": in_days(days)}
    return {name: held for name, held in (said | changes).items() if held is not None}


@pytest.mark.feature(62, 63, 64)
def test_problems_are_told_to_one_unit_and_rechecked_until_all_are_put_right(world, staff):
    bureau = staff("bureau1")
    number = bureau.post("/inspections", a_list())["case_number"]
    run_ways_out(number)
    assert any("逐项反馈整改情况" in text and "0736-6622345" in text for text in texts_to(world, "housing-clerk"))

    unit, other = staff("housing-clerk"), staff("urban-management-clerk")
    assert [row["case_number"] for row in unit.get("/inspections")["items"]] == [number]
    assert other.get("/inspections")["items"] == []
    assert other.call("GET", f"/cases/{number}").status_code == 404
    assert unit.get("/worklist")["items"] == []

    view = unit.step(number, "sign_for", {})
    assert view["signed_on"] == clock.today().isoformat()
    assert view["leaders"] == []
    assert [each["action"] for each in view["next_steps"]] == ["answer_inspection"]
    short = unit.step(number, "answer_inspection", {"answers": ["已补发"], "responsible": ["李工"]}, 422)
    assert {each["pointer"] for each in short["errors"]} == {"/answers", "/responsible"}
    told = {"answers": ["已补发告知书3份", "已补写依据", "正在补"], "responsible": ["李工", "王科长", "赵工"]}
    view = unit.step(number, "answer_inspection", told)
    assert view["stage_label"] == "已反馈，待复查"
    assert unit.get("/inspections?status=answered")["items"][0]["mine"] is False
    run_ways_out(number)
    assert "逐项反馈整改情况，请复查" in bureau.get("/messages")["items"][0]["text"]

    refused = bureau.step(number, "recheck", {"failed": ["3"], "note": "第三项没有补。"}, 422)
    assert refused["errors"][0]["pointer"] == "/due"
    view = bureau.step(number, "recheck", {"failed": ["3"], "note": "第三项没有补。", "due": in_days(5)})
    assert [each["state"] for each in view["items"]] == ["passed", "passed", "failed"]
    assert (view["stage"], view["left"], view["due"]) == ("insp_open", 1, in_days(5))
    unit.step(number, "answer_inspection", {"answers": ["已补齐回访记录"], "responsible": ["赵工"]})
    view = bureau.step(number, "recheck", {"note": "已看过记录。"})
    assert (view["stage_label"], view["next_steps"]) == ("已办结", [])
    assert [each["clocks"] for each in view["timeline"]][-1] == []
    assert bureau.get("/inspections?status=closed")["items"][0]["mine"] is True
    assert bureau.get("/inspections")["items"] == []


@pytest.mark.feature(63, 64)
def test_a_unit_that_does_not_answer_is_reminded_and_then_late(world, staff, later):
    number = staff("bureau1").post("/inspections", a_list(days=5))["case_number"]
    for days in (3, 4):
        later(days=days)
        sweep()
    run_ways_out(number)
    assert any("红灯" in text for text in texts_to(world, "housing-head"))
    bureau = staff("bureau1")
    view = bureau.get(f"/cases/{number}")
    assert {each["event"] for each in view["timeline"]} >= {"petition.reminded", "petition.overdue"}
    assert view["light"]["level"] == "red"
    assert any("超期" in each["text"] for each in bureau.get("/messages")["items"])


@pytest.mark.feature(62)
def test_lists_counts_and_searches_of_petitions_do_not_know_a_task(petitioner, staff):
    bureau = staff("bureau1")
    number = bureau.post("/inspections", a_list(kind="field", title="实地督查"))["case_number"]
    other = petitioner.files()["case_number"]
    assert [row["case_number"] for row in bureau.get("/worklist")["items"]] == [other]
    assert bureau.get("/worklist?done=true")["items"] == []
    assert bureau.get("/watch")["items"] == []
    assert bureau.post("/search", {"number": number}, 200)["items"] == []
    assert statistics.record(cases(), number) is False
    assert statistics.record(cases(), other) is True
    assert bureau.get("/statistics")["total"] == 1
    assert bureau.call("GET", f"/cases/{number}/candidates").status_code == 404
    assert bureau.call("GET", f"/cases/{number}/proposal").status_code == 404
    assert [row["case_number"] for row in bureau.get(f"/cases/{other}/candidates")["items"]] == []
    assert bureau.step(number, "forward", {"to": "housing"}, 409)["code"] == "wrong_stage"
    assert bureau.step(other, "sign_for", {}, 409)["code"] == "wrong_stage"
    linked = bureau.step(other, "link", {"other": number, "relation": "same_matter"}, 422)
    assert "没有找到" in str(linked)
    assert petitioner.call("GET", f"/cases/{number}").status_code == 404
    code = {"case_number": number, "query_code": cases().query_code(number)}
    assert petitioner.call("POST", "/track", code).status_code == 422


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"org": None}, "/org"),
        ({"org": "nowhere"}, "/org"),
        ({"org": "county"}, "/org"),
        ({"items": None, "due": None}, "/items"),
        ({"due": None}, "/due"),
        ({"due": "2024-01-01"}, "/due"),
        ({"sample_size": 3}, "/sample_size"),
        ({"kind": "random_check"}, "/sample_size"),
        ({"kind": "random_check", "sample_size": 3}, "/org"),
        ({"kind": "reception"}, "/org"),
        ({"kind": "audit"}, "/kind"),
    ],
)
def test_what_is_wrong_with_a_new_task_is_said_at_its_field(staff, changes, pointer):
    refused = staff("bureau1").post("/inspections", a_list(**changes), 422)
    assert pointer in {each["pointer"] for each in refused["errors"]}


def test_a_repeated_request_opens_one_task_and_a_clerk_opens_none(staff):
    bureau, told = staff("bureau1"), a_list()
    first = bureau.post("/inspections", told, Idempotency_Key="once")
    assert bureau.post("/inspections", told, Idempotency_Key="once") == first
    assert bureau.post("/inspections", told | {"title": "另一份"}, 422, Idempotency_Key="once")["code"] == "key_reused"
    clerk = staff("housing-clerk")
    assert clerk.call("POST", "/inspections", told).status_code == 404
    assert (bureau.get("/inspections")["may_open"], clerk.get("/inspections")["may_open"]) == (True, False)
    assert bureau.call("GET", "/inspections?status=lost").status_code == 400
    assert len(bureau.get("/inspections?limit=1")["items"]) == 1


@pytest.mark.feature(70)
def test_an_appraisal_and_a_reported_matter_in_the_media_are_kept(staff):
    bureau = staff("bureau1")
    said = {"kind": "appraisal", "title": "信访干部民主评议", "org": "housing"}
    number = bureau.post("/inspections", said)["case_number"]
    run_ways_out(number)
    assert "开展民主评议" in staff("housing-clerk").get("/messages")["items"][0]["text"]
    assert "评议结果" in bureau.step(number, "close_inspection", {}, 422)["detail"]
    votes = {"participants": 40, "satisfied": 30, "basically": 6, "not_satisfied": 5}
    assert bureau.step(number, "record_votes", votes, 422)["errors"][0]["pointer"] == "/participants"
    view = bureau.step(number, "record_votes", votes | {"not_satisfied": 4})
    assert view["votes"] == {"participants": 40, "satisfied": 30, "basically": 6, "not_satisfied": 4}
    assert bureau.step(number, "close_inspection", {"note": "已反馈单位"})["stage"] == "insp_closed"

    media = a_list(kind="media", title="市电视台曝光小区停车收费", items=["核实报道的收费并公开回应"])
    number = bureau.post("/inspections", media)["case_number"]
    staff("housing-head").step(number, "answer_inspection", {"answers": ["属实，已退费"], "responsible": ["李工"]})
    assert bureau.step(number, "recheck", {"note": "已在媒体回应。"})["stage"] == "insp_closed"


@pytest.mark.feature(99)
def test_a_reception_day_of_a_leader_is_recorded_with_its_matters(petitioner, staff):
    number = petitioner.files()["case_number"]
    supervisor = staff("supervisor1")
    day = supervisor.post("/inspections", {"kind": "reception", "title": "县长接访日"})["case_number"]
    shown = supervisor.get(f"/cases/{day}")
    assert shown["leaders"] == [{"user": "leader1", "name": people.load_user("leader1").name}]
    assert shown["stage_label"] == "进行中"
    assert "接访记录" in supervisor.step(day, "close_inspection", {}, 422)["detail"]
    received = {"leader": "leader1", "visitors": 6, "numbers": [number], "note": "当场交办一件。"}
    nobody = supervisor.step(day, "record_reception", received | {"leader": "housing-clerk"}, 422)
    assert nobody["errors"][0]["pointer"] == "/leader"
    unknown = supervisor.step(day, "record_reception", received | {"numbers": [day]}, 422)
    assert unknown["errors"][0]["pointer"] == "/numbers/0"
    view = supervisor.step(day, "record_reception", received)
    assert view["receptions"][0]["numbers"] == [number]
    assert view["receptions"][0]["leader_name"] == shown["leaders"][0]["name"]
    assert staff("leader1").get(f"/cases/{day}")["receptions"][0]["visitors"] == 6
    assert supervisor.step(day, "close_inspection", {})["stage"] == "insp_closed"
