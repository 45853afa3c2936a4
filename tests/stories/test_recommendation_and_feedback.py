"""What a case teaches: three recommendations, each to whom the law names, each owed a written word (第四十条)."""

import pytest

from tests.stories.conftest import run_ways_out, sweep


@pytest.mark.feature(67)
def test_three_recommendations_are_made_and_answered_in_writing(petitioner, staff, later):
    number = petitioner.files()["case_number"]
    bureau = staff("bureau1")
    bureau.step(number, "forward", {"to": "housing"})
    bureau.step(number, "recommend", {"advice": "improve", "text": "建议公示全县小区公共车位台账。"})
    bureau.step(number, "recommend", {"advice": "policy", "text": "人防车位的收益归属缺少规定，建议制定办法。"})
    missing = bureau.step(number, "recommend", {"advice": "accountability", "text": "建议追究经办人责任。"}, 422)
    assert missing["errors"][0]["pointer"] == "/org"
    to_itself = {"advice": "accountability", "text": "建议追究经办人责任。", "org": "housing"}
    assert "有管理权限" in bureau.step(number, "recommend", to_itself, 422)["detail"]
    view = bureau.step(number, "recommend", to_itself | {"org": "county"})
    assert [(each["id"], each["org"]) for each in view["duties"]] == [
        ("recommendation.1", "housing"),
        ("recommendation.2", "county"),
        ("recommendation.3", "county"),
    ]

    unit = staff("housing-clerk")
    assert "追究" not in str(unit.get(f"/cases/{number}"))
    assert "改进工作" in unit.get("/messages")["items"][0]["text"]
    assert "建议" not in str(petitioner.get(f"/cases/{number}"))
    unit.step(number, "feed_back", {"adopted": "partly", "text": "先公示城区小区，乡镇明年完成。"})
    assert "部分采纳" in bureau.get("/messages")["items"][0]["text"]

    leader = staff("leader1")
    which = leader.step(number, "feed_back", {"adopted": "adopted", "text": "已交司法局起草。"}, 422)
    assert "recommendation.2、recommendation.3" in which["errors"][0]["message"]
    leader.step(number, "feed_back", {"adopted": "adopted", "text": "已交司法局起草。", "duty": "recommendation.2"})
    later(days=32)
    sweep()
    run_ways_out(number)
    bureau = staff("bureau1")
    found = bureau.get(f"/cases/{number}")["findings"]
    late = [each["org"] for each in found if each["code"] == "not_answered"]
    assert late == ["county"]
    assert "recommendation.3" not in str(staff("housing-head").get(f"/cases/{number}"))
