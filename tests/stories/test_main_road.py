"""A grievance from filing to the end of its rights: every clock, every text message, every view on the way."""

import pytest

from tests.stories.conftest import give_opinion, run_ways_out, sweep


@pytest.mark.feature(1, 4, 30, 68, 71)
def test_a_grievance_is_answered_rated_and_concluded(petitioner, staff, at_work, later):
    filed = petitioner.files()
    number = filed["case_number"]
    assert [promise["limit"] for promise in filed["promises"]] == ["route"]
    run_ways_out(number)
    assert len(petitioner.texts()) == 2
    assert filed["query_code"] in petitioner.texts()[1]

    bureau = staff("bureau1")
    assert bureau.get("/worklist")["counts"]["total"] == 1
    assert filed["query_code"] not in str(bureau.get(f"/cases/{number}"))
    bureau.step(number, "forward", {"to": "housing"})
    assert bureau.get("/worklist")["counts"]["total"] == 0

    unit = at_work("housing-clerk")
    assert [row["case_number"] for row in unit.get("/worklist")["items"]] == [number]
    unit.step(number, "accept", {"track": "petition_procedure", "undertaker": "李工"})
    answers = [
        {
            "claim": 1,
            "finding": "support",
            "answer": "已责令物业公司2026年12月31日前退还多收的停车费。",
            "basis": "《物业管理条例》第五十一条",
        },
        {"claim": 2, "finding": "explain", "answer": "您反映的车位属于人防工程，平时由人防部门统一管理。", "basis": ""},
    ]
    give_opinion(at_work, number, {"facts": "经现场查看，并向两户业主了解，物业自6月起收费。", "answers": answers})
    assert petitioner.get(f"/cases/{number}")["opinion"] is None
    unit.step(number, "serve", {"method": "online", "cause": "conduct"})
    run_ways_out(number)

    seen = petitioner.get(f"/cases/{number}")
    assert seen["opinion"]["answers"][0]["finding_label"] == "予以支持"
    assert {each["limit"]: each["state"] for each in seen["clocks"]}["handle"] == "met"
    assert "rate" in [step["action"] for step in seen["next_steps"]]
    petitioner.step(number, "rate", {"office": "satisfied", "unit": "basically", "solved": True})

    assert sweep()["acted"] == 0
    later(days=40)
    assert sweep()["acted"] == 1
    run_ways_out(number)
    assert staff("bureau1").get(f"/cases/{number}")["stage"] == "concluded"
    assert "已结案" not in "".join(petitioner.texts())
    assert len(petitioner.texts()) == 7


def test_a_query_code_opens_the_case_and_a_wrong_one_does_not(petitioner, client):
    filed = petitioner.files()
    petitioner.token = ""
    seen = petitioner.post("/track", {"case_number": filed["case_number"], "query_code": filed["query_code"]}, 200)
    assert seen["title"] == "小区停车位被物业占用"
    refused = petitioner.post("/track", {"case_number": filed["case_number"], "query_code": "1" * 16}, 422)
    assert "查询码" in refused["detail"]
