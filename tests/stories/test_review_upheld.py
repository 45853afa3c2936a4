"""第三十五条: the county upholds, the petitioner lets the matter rest: it ends when his right has run out."""

import pytest

from tests.stories.answered import ASKED, BY_COUNTY, Town, actions, running, served, today
from tests.stories.conftest import run_ways_out, sweep


@pytest.mark.feature(20, 30)
def test_an_opinion_is_upheld_and_the_matter_ends_when_no_re_review_is_asked_for(petitioner, staff, later):
    town = Town(staff, later, petitioner)
    number = served(town, petitioner)
    assert actions(petitioner.get(f"/cases/{number}"))["request_review"] == "申请复查"
    town.days_go_by(5)
    view = petitioner.step(number, "request_review", ASKED)
    assert (view["stage"], view["stage_label"]) == ("under_review", "正在复查")
    assert running(view)["review_decide"] == today(30).isoformat()
    asked = view["timeline"][-1]
    assert (asked["organ_name"], asked["text"]["request"]) == ("青山县人民政府", ASKED["request"])
    run_ways_out(number)
    assert any("的复查申请已收到，最迟" in text for text in petitioner.texts())

    bureau = town("bureau1")
    assert [row["case_number"] for row in bureau.get("/worklist")["items"]] == [number]
    assert any("提出复查意见" in each["text"] for each in bureau.get("/messages")["items"])
    assert any("申请复查" in each["text"] for each in town("transport-clerk").get("/messages")["items"])
    assert town("transport-clerk").step(number, "decide_review", BY_COUNTY | {"outcome": "uphold"}, 403)
    town.days_go_by(10)
    bureau = town("bureau1")
    incomplete = bureau.step(number, "decide_review", BY_COUNTY | {"outcome": "uphold", "findings": ["维持。"]}, 422)
    assert incomplete["errors"][0]["pointer"] == "/findings"
    bureau.step(number, "decide_review", BY_COUNTY | {"outcome": "uphold"})
    view = bureau.step(number, "serve_review", {"method": "mail", "proof": "挂号信XA7731，本人签收"})
    assert view["stage"] == "reviewed"
    assert set(running(view)) == {"ask_rereview", "rating"}
    run_ways_out(number)
    assert any("复查意见书已寄给您。不服可在收到后30日内申请复核" in text for text in petitioner.texts())
    assert bureau.get("/worklist")["counts"]["total"] == 0

    town.days_go_by(45)
    assert sweep()["acted"] == 1
    run_ways_out(number)
    view = petitioner.get(f"/cases/{number}")
    assert view["stage"] == "concluded"
    assert any("未申请复核，程序已结束" in text for text in petitioner.texts())
    assert [action for action in actions(view) if "review" in action] == ["request_late_rereview"]
