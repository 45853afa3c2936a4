"""第二十四条: one matter of three departments; one of them is the wrong one, the lead replies for all."""

from datetime import date, timedelta

import pytest

from tests.stories.conftest import run_ways_out, sweep

FLOODED = {
    "title": "桥头村口一下雨就积水，路也塌了半边",
    "text": "青溪镇桥头村村口的涵洞堵了两年，下雨水就漫到路上，去年冬天路基塌了半边，学生上学要绕三里路。",
    "claims": ["疏通涵洞", "修好塌掉的路"],
}


@pytest.mark.feature(27)
def test_departments_answer_each_for_itself_and_the_lead_replies_once(petitioner, staff, later):
    number = petitioner.files(**FLOODED)["case_number"]
    staff("bureau1").step(number, "forward", {"to": "transport"})
    lead = staff("transport-clerk")
    lead.step(number, "accept", {"track": "petition_procedure", "undertaker": "陈工"})
    due = later_day(lead, 10)
    asked = lead.step(
        number,
        "ask_departments",
        {"departments": ["water", "agriculture"], "question": "涵洞和排水沟由谁管护，何时能疏通？", "due": due},
    )
    assert [(duty["org_name"], duty["state_label"]) for duty in asked["duties"]] == [
        ("青山县水利局", "待反馈"),
        ("青山县农业农村局", "待反馈"),
    ]
    run_ways_out(number)

    water, farming = staff("water-clerk"), staff("agriculture-clerk")
    (row,) = [each for each in water.get("/worklist")["items"] if each["case_number"] == number]
    assert row["due"] == due
    assert {"answer_jointly", "decline_support"} <= actions(water, number)
    refused = lead.step(number, "ask_departments", {"departments": ["water"], "question": "何时？", "due": due}, 422)
    assert refused["errors"][0]["pointer"] == "/departments/0"

    farming.step(number, "decline_support", {"reason": "该排水沟不是农田水利设施，不属于我局管护范围。"})
    lead.step(number, "release_department", {"department": "agriculture", "reason": "经核实不属于其职责。"})
    assert farming.call("GET", f"/cases/{number}").status_code == 404

    water.step(number, "answer_jointly", {"opinion": "涵洞由我局管护，本月20日前疏通。", "claims": ["1"]})
    assert water.get("/worklist")["counts"]["total"] == 0
    assert water.get(f"/cases/{number}")["stage"] == "accepted"
    assert "反馈协办意见" in [entry["label"] for entry in lead.get(f"/cases/{number}")["timeline"]]
    assert any("协办意见，还有0个单位没有反馈" in each["text"] for each in lead.get("/messages")["items"])

    lead.step(
        number,
        "coordinate",
        {
            "held_on": lead.get("/worklist")["today"],
            "attended": ["transport", "water"],
            "minutes": "水利局先疏通涵洞，交通局随后修复路基。",
        },
    )
    said = {entry["event"]: entry.get("text", {}) for entry in lead.get(f"/cases/{number}")["timeline"]}
    assert said["petition.jointly_answered"]["opinion"] == "涵洞由我局管护，本月20日前疏通。"
    seen = petitioner.get(f"/cases/{number}")
    assert "涵洞由我局管护" not in str(seen)
    assert "不是农田水利设施" not in str(seen)
    assert "牵头单位请配合单位一起办理" in [entry["label"] for entry in seen["timeline"]]
    assert {clock["limit"] for clock in seen["clocks"]} & {"joint_answer"} == set()
    assert seen["duties"] == []


@pytest.mark.feature(27)
def test_a_department_that_does_not_answer_is_late_and_the_lead_is_not(petitioner, staff, later):
    number = petitioner.files(**FLOODED)["case_number"]
    staff("bureau1").step(number, "forward", {"to": "transport"})
    lead = staff("transport-clerk")
    lead.step(number, "accept", {"track": "petition_procedure", "undertaker": "陈工"})
    due = later_day(lead, 5)
    lead.step(number, "ask_departments", {"departments": ["water"], "question": "涵洞由谁管护？", "due": due})
    later(days=7)
    sweep()
    water = staff("water-clerk")
    assert water.get("/worklist")["counts"]["red"] == 1
    assert staff("transport-clerk").get("/worklist")["counts"]["red"] == 0
    answered = water.step(number, "answer_jointly", {"opinion": "由我局管护。", "claims": []})
    (clock,) = [each for each in answered["clocks"] if each["limit"] == "joint_answer"]
    assert clock["state"] == "met_late"
    told = water.get(f"/cases/{number}")["timeline"]
    assert "petition.overdue" in [entry["event"] for entry in told]
    seen = petitioner.signs_in().get(f"/cases/{number}")
    assert "petition.overdue" not in [entry["event"] for entry in seen["timeline"]]


def test_a_department_never_sees_what_it_was_not_asked_about(petitioner, staff):
    number = petitioner.files(**FLOODED)["case_number"]
    staff("bureau1").step(number, "forward", {"to": "transport"})
    assert staff("water-clerk").call("GET", f"/cases/{number}").status_code == 404


def actions(person, number):
    return {step["action"] for step in person.get(f"/cases/{number}")["next_steps"]}


def later_day(person, days):
    """A day so many days after today, as the office sees it."""
    return (date.fromisoformat(person.get("/worklist")["today"]) + timedelta(days=days)).isoformat()
