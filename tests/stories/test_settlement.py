"""第三十三条: mediated twice, agreed the second time: handled, rated, and with nothing to be reviewed."""

import pytest

from tests.stories.answered import ASKED, Town, accepted, actions, running
from tests.stories.conftest import run_ways_out

AGREED = {
    "settlement": "mediation",
    "agreement": "交通局6月底前修好便桥；村委会负责清理河道；桥修好以前由镇政府安排车辆接送学生。",
    "petitioner_agrees": True,
    "other_side_agrees": True,
    "lawful": True,
}


@pytest.mark.feature(47, 58)
def test_an_agreement_both_sides_signed_ends_the_matter(petitioner, staff, later):
    town = Town(staff, later, petitioner)
    number = accepted(town, petitioner)
    town.days_go_by(5)
    unit = town("transport-clerk")
    unit.step(number, "mediate", {"agreed": False, "record": "在村委会调解，双方对谁出钱没有谈拢。"})
    town.days_go_by(6)
    unit = town("transport-clerk")
    unit.step(number, "mediate", {"agreed": True, "record": "镇司法所参加，双方同意由交通局修、村里清河道。"})
    refused = unit.step(number, "settle", AGREED | {"other_side_agrees": False}, 422)
    assert (refused["errors"][0]["pointer"], refused["law"]) == ("/other_side_agrees", "第三十三条")
    view = unit.step(number, "settle", AGREED)
    assert (view["stage"], set(running(view))) == ("settled", {"rating"})
    run_ways_out(number)
    assert any("已达成协议，协议书请收好" in text for text in petitioner.texts())
    seen = petitioner.get(f"/cases/{number}")
    assert seen["stage_label"] == "已达成协议"
    assert "rate" in actions(seen)
    assert not [action for action in actions(seen) if "review" in action]
    assert seen["timeline"][-1]["text"]["agreement"].startswith("交通局6月底前修好便桥")
    assert [each["event"] for each in seen["timeline"]].count("petition.mediated") == 2
    view = petitioner.step(number, "rate", {"office": "satisfied", "unit": "satisfied", "solved": True})
    assert view["stage"] == "concluded"
    assert "达成协议" in petitioner.step(number, "request_review", ASKED, 422)["detail"]
