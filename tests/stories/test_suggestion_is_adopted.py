"""第二十九条: a suggestion is studied, adopted in part, answered, later adopted as a whole and rewarded."""

import pytest

from tests.stories.conftest import run_ways_out

CROSSING = {
    "kind": "suggestion",
    "title": "建议在二小门口错峰放学并设护学岗",
    "text": "二小和幼儿园放学只差五分钟，门口的路只有六米宽，建议错开二十分钟，再请几位家长轮流护学。",
    "claims": ["错峰放学", "设护学岗"],
}


@pytest.mark.feature(100)
def test_a_suggestion_is_adopted_in_part_and_later_as_a_whole(petitioner, staff):
    number = petitioner.files(**CROSSING)["case_number"]
    staff("bureau1").step(number, "forward", {"to": "education"})
    unit = staff("education-clerk")
    unit.step(number, "accept", {"track": "suggestion", "undertaker": "何老师"})
    unit.step(number, "decide_suggestion", {"outcome": "partly", "reason": "错峰放学下周起实行；护学岗还在招募。"})
    answers = [
        {"claim": 1, "finding": "explain", "answer": "下周一起，二小推迟二十分钟放学。"},
        {"claim": 2, "finding": "explain", "answer": "护学岗正向家长委员会招募，9月底前定下来。"},
    ]
    unit.step(number, "reply", {"facts": "到校门口看了三个放学时段。", "answers": answers})
    unit.step(number, "serve", {"method": "online"})
    run_ways_out(number)
    seen = petitioner.get(f"/cases/{number}")
    told = [entry for entry in seen["timeline"] if entry["event"] == "petition.suggestion_decided"]
    assert [(entry["outcome"], entry["text"]["reason"]) for entry in told] == [
        ("partly", "错峰放学下周起实行；护学岗还在招募。")
    ]
    assert not any("已有结果" in text for text in petitioner.texts())

    unit.step(
        number,
        "decide_suggestion",
        {"outcome": "adopted", "reason": "护学岗已经上岗。", "reward": "授予“金点子”荣誉证书"},
    )
    run_ways_out(number)
    assert any("您提的建议" in text and "已有结果" in text for text in petitioner.texts())
    last = petitioner.get(f"/cases/{number}")["timeline"][-1]
    assert (last["outcome"], last["rewarded"], last["text"]["reward"]) == ("adopted", True, "授予“金点子”荣誉证书")
    again = {"outcome": "partly", "reason": "改为部分采纳。"}
    assert unit.step(number, "decide_suggestion", again, 422)["detail"] == "采纳情况已经登记过"


def test_a_complaint_has_no_outcome_of_a_suggestion(petitioner, staff):
    number = petitioner.files()["case_number"]
    staff("bureau1").step(number, "forward", {"to": "housing"})
    unit = staff("housing-clerk")
    unit.step(number, "accept", {"track": "petition_procedure", "undertaker": "李工"})
    refused = unit.step(number, "decide_suggestion", {"outcome": "adopted", "reason": "采纳。"}, 422)
    assert "只有建议意见类" in refused["detail"]
