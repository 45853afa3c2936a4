"""Closed cases of a unit are drawn without favour, scored by the sheet, and gone through by a person."""

import pytest

from chalicelib.domain import check_sheet
from tests.stories.conftest import Petitioner, give_opinion, run_ways_out

DRAFT = {
    "facts": "经现场查看，并向两户业主了解，物业自6月起收费。",
    "answers": [
        {
            "claim": 1,
            "finding": "support",
            "answer": "责令物业公司30日内退还多收的停车费。",
            "basis": "《物业管理条例》第五十一条",
        },
        {"claim": 2, "finding": "explain", "answer": "您反映的车位属人防工程，由人防部门统一管理。"},
    ],
}
CHECK = {"kind": "random_check", "title": "四季度抽查", "org": "housing", "sample_size": 2}


def served(petitioner: Petitioner, at_work) -> str:
    """A petition that went the whole road to its service."""
    number = petitioner.files()["case_number"]
    at_work("bureau1").step(number, "forward", {"to": "housing"})
    at_work("housing-clerk").step(number, "accept", {"track": "petition_procedure", "undertaker": "李工"})
    give_opinion(at_work, number, DRAFT)
    at_work("housing-clerk").step(number, "serve", {"method": "online", "cause": "conduct"})
    return number


@pytest.mark.feature(62, 65)
def test_closed_cases_are_drawn_scored_and_gone_through(petitioner, at_work):
    bureau = at_work("bureau1")
    none = bureau.post("/inspections", CHECK, 422)
    assert none["errors"][0]["code"] == "none_to_draw"
    number = served(petitioner, at_work)
    open_still = petitioner.files(title="路灯不亮")["case_number"]
    bureau.step(open_still, "forward", {"to": "housing"})

    check = bureau.post("/inspections", CHECK)["case_number"]
    run_ways_out(check)
    view = bureau.get(f"/cases/{check}")
    assert [each["case_number"] for each in view["sample"]] == [number]
    assert check_sheet.sample([number], 2, check) == (number,)
    sheet = view["sample"][0]
    assert (sheet["points"], sheet["full"], sheet["checked"]) == (90, 90, False)
    lines = {each["line"]: (each["points"], each["full"]) for each in sheet["lines"]}
    assert lines["heard"] == (10, 10)
    assert "extended" not in lines
    assert "promises" not in lines

    assert "还有1件" in bureau.step(check, "close_inspection", {}, 422)["detail"]
    score = {"number": number, "line": "based", "points": 4, "remark": "依据与事项不符。"}
    assert bureau.step(check, "score_sample", score, 422)["errors"][0]["pointer"] == "/reason"
    wrong = bureau.step(check, "score_sample", score | {"number": open_still}, 422)
    assert wrong["errors"][0]["pointer"] == "/number"
    view = bureau.step(check, "score_sample", score | {"reason": "引用的是已废止的条款"})
    sheet = view["sample"][0]
    assert (sheet["points"], sheet["full"], sheet["checked"]) == (84, 90, True)
    assert {each["line"]: each["reason"] for each in sheet["lines"]}["based"] == "引用的是已废止的条款"

    unit = at_work("housing-head").get(f"/cases/{check}")
    assert unit["sample"] == view["sample"]
    assert "开展抽查" in at_work("housing-head").get("/messages")["items"][0]["text"]
    assert bureau.step(check, "close_inspection", {})["stage"] == "insp_closed"


@pytest.mark.feature(65)
def test_what_a_sampled_case_says_stays_sealed(petitioner, at_work, world):
    served(petitioner, at_work)
    check = at_work("bureau1").post("/inspections", CHECK | {"kind": "joint_check", "title": "联合检查停车"})
    assert not any("联合检查停车" in str(item) for item in world.items("cases"))
    assert at_work("urban-management-clerk").call("GET", f"/cases/{check['case_number']}").status_code == 404
