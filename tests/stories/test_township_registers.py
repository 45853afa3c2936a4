"""A township registers what is brought to its counter, answers at once what is its own, hands down the rest."""

import pytest

A_VISIT = {
    "channel": "visit",
    "kind": "grievance",
    "title": "邻居占了公用巷道",
    "text": "到镇政府反映：上溪村三组邻居砌墙占了公用巷道，板车进不去。",
    "petitioner": {"name": "龙秀珍", "phone": "19900006543", "address": "青溪镇上溪村三组"},
    "category": "农村农业/村务管理",
    "place": "青溪镇上溪村",
}


def visit(clerk, **changes):
    today = clerk.get("/worklist")["today"]
    return clerk.post("/registrations", A_VISIT | {"received_on": today} | changes)


@pytest.mark.feature(22, 24, 32)
def test_what_is_its_own_a_township_registers_and_answers_in_writing_at_the_counter(staff):
    clerk = staff("town-qingxi-clerk")
    filed = visit(clerk)
    assert [each["limit"] for each in filed["promises"]] == ["inform_direct"]
    number = filed["case_number"]
    assert [row["case_number"] for row in clerk.get("/worklist")["items"]] == [number]
    view = clerk.step(number, "accept", {"track": "petition_procedure", "undertaker": "镇司法所刘所长"})
    clocks = {each["limit"]: each for each in view["clocks"]}
    assert (clocks["inform_direct"]["state"], clocks["inform_direct"]["ended_on"]) == ("met", filed["received_on"])
    assert clocks["handle"]["owner"] == "town-qingxi"
    assert view["office"]["phone"] == "0736-6622301"


@pytest.mark.feature(31, 24)
def test_what_is_the_villages_a_township_hands_down_and_nowhere_else(staff):
    clerk = staff("town-qingxi-clerk")
    number = visit(clerk)["case_number"]
    assert [each["org"] for each in clerk.get(f"/cases/{number}/proposal")["items"]] == [], (
        "its own is not proposed to it"
    )
    refused = clerk.step(number, "forward", {"to": "housing"}, 422)
    assert refused["law"] == "第二十三条第一款"
    view = clerk.step(number, "forward", {"to": "village-shangxi", "note": "请村里先调解。"})
    assert view["agency"]["id"] == "village-shangxi"
    assert [row["case_number"] for row in staff("village-shangxi-clerk").get("/worklist")["items"]] == [number]


@pytest.mark.feature(31)
def test_to_forward_and_to_assign_are_two_acts_with_two_dates(petitioner, staff):
    bureau = staff("bureau1")
    forwarded, assigned = petitioner.files()["case_number"], petitioner.files(title="路灯不亮")["case_number"]
    first = bureau.step(forwarded, "forward", {"to": "town-qingxi"})
    second = bureau.step(assigned, "assign", {"to": "town-qingxi", "due": "2026-12-31"})
    assert (first["stage_label"], second["stage_label"]) == ("已转送，待告知", "已交办，待告知")
    assert "report_back" not in {each["limit"] for each in first["clocks"]}
    assert {each["limit"]: each["due"] for each in second["clocks"]}["report_back"] == "2026-12-31"


@pytest.mark.feature(21)
def test_a_township_sees_its_own_and_the_county_all_below_it(petitioner, staff):
    number = visit(staff("town-qingxi-clerk"))["case_number"]
    neighbour = staff("town-shiqiao-clerk")
    assert neighbour.call("GET", f"/cases/{number}").status_code == 404
    assert neighbour.call("GET", f"/cases/{number}/proposal").status_code == 404
    assert staff("leader1").get(f"/cases/{number}")["office"]["id"] == "town-qingxi"


@pytest.mark.feature(26)
def test_the_bureau_is_told_who_may_be_competent_and_decides_itself(petitioner, staff):
    number = petitioner.files(
        category="城乡建设/工程质量", place="青溪镇安置小区", title="安置房墙体开裂", text="安置房住了一年墙就裂了。"
    )["case_number"]
    bureau = staff("bureau1")
    found = bureau.get(f"/cases/{number}/proposal")["items"]
    assert [each["org"] for each in found][:2] == ["housing", "town-qingxi"]
    assert "主管（职责：工程质量）" in found[0]["why"]
    assert found[1]["why"] == "地点在青溪镇（属地）"
    assert petitioner.call("GET", f"/cases/{number}/proposal").status_code == 404
    assert bureau.step(number, "forward", {"to": "town-qingxi"})["agency"]["id"] == "town-qingxi"
