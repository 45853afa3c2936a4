"""简易办理: proposed, accepted, and left again when it proves difficult; no day of the petitioner is lost."""

import pytest

from tests.stories.conftest import run_ways_out

LAMP = {
    "title": "石桥镇老街三盏路灯不亮",
    "text": "石桥镇老街供销社门口到卫生院这一段三盏路灯从上个月起不亮，晚上看病的老人摔过跤。",
    "claims": ["修好路灯"],
}


@pytest.mark.feature(35, 37)
def test_a_simple_matter_is_proposed_accepted_and_answered_without_paper(petitioner, staff):
    number = petitioner.files(**LAMP)["case_number"]
    bureau = staff("bureau1")
    proposed = bureau.step(number, "propose_simple", {"ground": "clear"})
    assert {clock["limit"] for clock in proposed["clocks"]} == {"route", "simple_relay"}
    bureau.step(number, "forward", {"to": "urban-management"})
    unit = staff("urban-management-clerk")
    assert any("建议按简易办理" in each["text"] for each in unit.get("/messages")["items"])
    view = unit.step(number, "accept_simply", {"ground": "clear", "undertaker": "刘师傅"})
    states = {clock["limit"]: clock["state"] for clock in view["clocks"]}
    assert (states["simple_accept"], states["handle"], states["simple_handle"]) == ("met", "running", "running")
    run_ways_out(number)
    assert any("事情简单" in text and "要书面告知请打" in text for text in petitioner.texts())
    seen = petitioner.get(f"/cases/{number}")
    assert {clock["limit"] for clock in seen["clocks"]} == {"route", "inform", "handle", "simple_handle"}

    answer = {
        "claim": 1,
        "finding": "support",
        "answer": "控制箱已更换，三盏路灯11月25日晚上全部恢复照明。",
        "basis": "《城市道路照明设施管理规定》",
    }
    unit.step(number, "reply", {"facts": "经现场查看，控制箱跳闸。", "answers": [answer]})
    served = unit.step(number, "serve", {"method": "online", "cause": "facility"})
    assert {clock["limit"]: clock["state"] for clock in served["clocks"]}["simple_handle"] == "met"


@pytest.mark.feature(37)
def test_a_matter_that_proves_difficult_goes_on_as_an_ordinary_one_from_the_first_acceptance(petitioner, staff, later):
    number = petitioner.files(**LAMP)["case_number"]
    staff("bureau1").step(number, "forward", {"to": "urban-management"})
    before = staff("urban-management-clerk").step(
        number, "accept_simply", {"ground": "clear", "undertaker": "刘师傅", "wants_paper": True}
    )
    (handle,) = [clock for clock in before["clocks"] if clock["limit"] == "handle"]
    later(days=8)
    unit = staff("urban-management-clerk")
    after = unit.step(number, "convert_to_ordinary", {"reason": "电缆被挖断，要重新敷设，涉及路面开挖。"})
    clocks = {clock["limit"]: clock for clock in after["clocks"]}
    assert (clocks["handle"]["start"], clocks["handle"]["due"]) == (handle["start"], handle["due"])
    assert clocks["simple_handle"]["state"] == "moot"
    assert [target["target"] for target in after["targets"]] == ["general_target"]
    run_ways_out(number)
    assert any("转为正常办理" in text for text in petitioner.texts())
    told = petitioner.signs_in().get(f"/cases/{number}")["timeline"][-1]
    assert told["text"]["reason"] == "电缆被挖断，要重新敷设，涉及路面开挖。"
    assert unit.step(number, "convert_to_ordinary", {"reason": "再转一次。"}, 422)["detail"]


@pytest.mark.feature(36)
def test_an_ordinary_matter_shows_the_ten_days_beside_the_sixty(petitioner, staff, later):
    number = petitioner.files(**LAMP)["case_number"]
    staff("bureau1").step(number, "forward", {"to": "urban-management"})
    unit = staff("urban-management-clerk")
    view = unit.step(number, "accept", {"track": "petition_procedure", "undertaker": "刘师傅"})
    assert [(target["target"], target["state"]) for target in view["targets"]] == [("general_target", "open")]
    later(days=12)
    seen = petitioner.signs_in().get(f"/cases/{number}")
    assert [(target["text"], target["label"]) for target in seen["targets"]] == [
        ("未达到承诺，法定期限不变", "一般事项承诺办结时限")
    ]
    assert staff("urban-management-clerk").get("/worklist")["counts"]["red"] == 0


def test_what_may_be_refused_is_not_handled_simply(petitioner, staff):
    number = petitioner.files(**LAMP)["case_number"]
    staff("bureau1").step(number, "forward", {"to": "urban-management"})
    unit = staff("urban-management-clerk")
    body = {"ground": "clear", "undertaker": "刘师傅", "excluded": ["may_be_refused", "several_bodies"]}
    refused = unit.step(number, "accept_simply", body, 422)
    assert refused["detail"] == "不适用简易办理：诉求可能不予支持的；涉及两个以上责任单位的"
    wrong = unit.step(number, "accept_simply", {"ground": "at_once", "undertaker": "刘师傅"}, 422)
    assert wrong["errors"][0]["pointer"] == "/ground"
