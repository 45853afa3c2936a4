"""第三十五条: after the period a request without a reason is refused; with one, whoever reviews looks at it."""

import pytest

from tests.stories.answered import ASKED, Town, actions, running, served, today
from tests.stories.conftest import run_ways_out, sweep

REASON = {"late_reason": "1月3日摔伤住院，2月20日才出院，有出院记录。"}


@pytest.mark.feature(20)
def test_a_late_request_with_a_reason_is_decided_and_admitted(petitioner, staff, later):
    town = Town(staff, later, petitioner)
    number = served(town, petitioner)
    town.days_go_by(45)
    sweep()
    run_ways_out(number)
    assert actions(petitioner.get(f"/cases/{number}"))["request_late_review"] == "申请复查（已过期限）"
    told = petitioner.step(number, "request_late_review", ASKED, 422)
    assert "届满" in told["detail"]
    assert told["errors"][0]["pointer"] == "/late_reason"
    view = petitioner.step(number, "request_late_review", ASKED | REASON)
    assert view["stage"] == "concluded"
    assert [(duty["kind_label"], duty["state_label"]) for duty in view["duties"]] == [("超过期限的申请", "待审核")]
    run_ways_out(number)
    assert any("已过期限，正在核实原因，会书面告诉您" in text for text in petitioner.texts())
    assert petitioner.step(number, "request_late_review", ASKED | REASON, 422)

    assert town("transport-clerk").step(number, "decide_late_request", {"admitted": False, "reason": "超期"}, 403)
    bureau = town("bureau1")
    assert [row["case_number"] for row in bureau.get("/worklist")["items"]] == [number]
    asked_on = today()
    town.days_go_by(3)
    view = town("bureau1").step(number, "decide_late_request", {"admitted": True, "reason": "住院属实，予以受理。"})
    assert view["stage"] == "under_review"
    clock = next(each for each in view["clocks"] if each["limit"] == "review_decide")
    assert clock["start"] == asked_on.isoformat()
    run_ways_out(number)
    assert any("的复查申请已收到，最迟" in text for text in petitioner.texts())


def test_a_late_request_that_is_not_excused_is_answered_and_one_that_waits_makes_somebody_late(
    petitioner, staff, later
):
    town = Town(staff, later, petitioner)
    number = served(town, petitioner)
    town.days_go_by(45)
    sweep()
    petitioner.step(number, "request_late_review", ASKED | REASON)
    town.days_go_by(15)
    sweep()
    bureau = town("bureau1")
    view = bureau.get(f"/cases/{number}")
    assert running(view)["late_request"] < today().isoformat()
    assert view["timeline"][-1]["event"] == "petition.overdue"
    view = bureau.step(number, "decide_late_request", {"admitted": False, "reason": "出院记录日期在期限以内。"})
    assert (view["stage"], running(view)) == ("concluded", {})
    run_ways_out(number)
    assert any("已过期限，不能受理，理由可凭查询码看" in text for text in petitioner.texts())
    told = petitioner.get(f"/cases/{number}")["timeline"][-1]
    assert told["text"] == {"reason": "出院记录日期在期限以内。"}
