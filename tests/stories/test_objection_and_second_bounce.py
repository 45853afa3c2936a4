"""Nobody wants the matter: two units hand it back, they are consulted, the county government decides, and it stands."""

import pytest

from tests.stories.conftest import run_ways_out

A_DRAIN = {
    "title": "农贸市场后门污水外溢",
    "text": "石桥镇农贸市场后门的污水井堵了，污水流到路上，城管说归住建，住建说归水利。",
    "claims": ["疏通污水井", "明确由谁管"],
}


@pytest.mark.feature(28, 26)
def test_a_matter_handed_back_twice_is_decided_above_and_not_handed_back_again(petitioner, staff):
    number = petitioner.files(**A_DRAIN)["case_number"]
    bureau, clerks = staff("bureau1"), {}
    for unit, reason in (("urban-management", "排水设施移交住建部门管理。"), ("housing", "该井属于农田排灌渠系。")):
        bureau.step(number, "forward", {"to": unit})
        clerks[unit] = staff(f"{unit}-clerk")
        clerks[unit].step(number, "object", {"reason": f"不属于本单位职责：{reason}"})
        bureau.step(number, "uphold_objection", {})
    refused = bureau.step(number, "forward", {"to": "water"}, 422)
    assert "退回2次" in refused["detail"]
    assert refused["law"] == "第二十四条第一款"

    refused = bureau.step(number, "submit_dispute", {"reason": "三家都说不归自己。"}, 422)
    assert "协商" in refused["detail"]
    units = ["urban-management", "housing", "water"]
    bureau.step(number, "consult_units", {"units": units, "result": "各单位意见不一致，没有协商成。"})
    seen = bureau.step(number, "submit_dispute", {"reason": "市政管网和排灌渠系的分界不清。"})
    assert seen["stage"] == "disputed"
    assert petitioner.get(f"/cases/{number}")["stage_label"] == "正在协调由哪个单位办"

    leader = staff("leader1")
    assert [row["case_number"] for row in leader.get("/worklist")["items"]] == [number]
    assert any("提请裁定" in each["text"] for each in leader.get("/messages")["items"])
    assert staff("joint1").step(number, "designate", {"to": "housing", "reason": "协调"}, 403)
    seen = leader.step(number, "designate", {"to": "housing", "reason": "市政排水设施由住建部门负责。"})
    assert (seen["stage"], seen["agency"]["id"]) == ("forwarded", "housing")
    assert leader.get("/worklist")["items"] == []

    unit = clerks["housing"]
    assert "object" not in [each["action"] for each in unit.get(f"/cases/{number}")["next_steps"]]
    refused = unit.step(number, "object", {"reason": "仍然认为不属于本单位职责范围。"}, 422)
    assert refused["law"] == "第二十四条第一款"
    unit.step(number, "accept", {"track": "petition_procedure", "undertaker": "李工"})
    run_ways_out(number)
    assert sum("改由县住建局办理" in text for text in petitioner.texts()) == 2, "once again forwarded, once designated"
    told = [each["label"] for each in petitioner.get(f"/cases/{number}")["timeline"]]
    assert "有关单位正在协商由谁办" not in told, "what organs say to each other is theirs"


@pytest.mark.feature(28)
def test_units_that_agree_after_all_need_no_decision(petitioner, staff):
    number = petitioner.files(**A_DRAIN)["case_number"]
    bureau = staff("bureau1")
    clerks = {unit: staff(f"{unit}-clerk") for unit in ("urban-management", "water")}
    for unit, clerk in clerks.items():
        bureau.step(number, "forward", {"to": unit})
        clerk.step(number, "object", {"reason": "不属于本单位职责范围，请转有关单位。"})
        bureau.step(number, "uphold_objection", {})
    asked = {
        "units": ["urban-management", "water"],
        "result": "现场会商，由城管局牵头疏通。",
        "agreed": "urban-management",
    }
    bureau.step(number, "consult_units", asked)
    bureau.step(number, "forward", {"to": "urban-management"})
    refused = clerks["urban-management"].step(number, "object", {"reason": "还是认为不属于本单位职责。"}, 422)
    assert "协商中同意受理" in refused["detail"]
