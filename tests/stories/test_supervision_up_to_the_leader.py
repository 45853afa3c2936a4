"""A unit is silent: lateness climbs to the leader, an order is answered in fine words, given back, and carried out."""

from datetime import timedelta

import pytest

from chalicelib import clock
from chalicelib.store import people
from chalicelib.triggers import statistics
from tests.stories.conftest import run_ways_out, sweep


def in_days(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def texts_to(world, user: str) -> list[str]:
    phone = people.load_user(user).phone
    return [text for to, text in world.sms if to.endswith(phone)]


def silent_for(petitioner, staff, later, days: int) -> str:
    """A petition that housing has had for so long without a word."""
    number = petitioner.files()["case_number"]
    staff("bureau1").step(number, "forward", {"to": "housing"})
    later(days=days)
    sweep()
    run_ways_out(number)
    return number


@pytest.mark.feature(40, 60)
def test_lateness_is_told_rung_by_rung_up_to_the_leader(petitioner, staff, later):
    number = silent_for(petitioner, staff, later, 18)  # 15 days, late since two
    world = petitioner.world
    assert any("红灯" in text for text in texts_to(world, "housing-head"))
    assert not [text for text in texts_to(world, "leader1") if number in text]
    for days in (2, 4):  # late since four and eight
        later(days=days)
        sweep()
    run_ways_out(number)
    to_leader = [text for text in texts_to(world, "leader1") if number in text]
    assert len(to_leader) == 1
    assert "县住建局" in to_leader[0]
    assert len([text for text in texts_to(world, "supervisor1") if number in text]) == 1
    rungs = [each["rung"] for each in staff("leader1").get(f"/cases/{number}")["timeline"] if "rung" in each]
    assert rungs == [1, 2, 3]


@pytest.mark.feature(25, 56, 59, 60)
def test_an_order_is_given_for_what_was_found_answered_given_back_and_verified(petitioner, staff, later):
    number = silent_for(petitioner, staff, later, 18)
    bureau = staff("bureau1")
    found = {each["code"]: each for each in bureau.get(f"/cases/{number}")["findings"]}
    assert set(found) == {"no_notice", "stalled"}
    assert "findings" not in staff("housing-clerk").get(f"/cases/{number}")
    order = {
        "kind": "letter",
        "problem": found["no_notice"]["problem"],
        "demand": "请立即书面告知信访人办理途径，并说明迟延的原因。",
        "due": in_days(7),
    }
    bureau.step(number, "supervise", order)
    run_ways_out(number)
    assert any("督办" in text and "0736-6622345" in text for text in texts_to(petitioner.world, "housing-clerk"))

    unit = staff("housing-head")
    assert [each["state_label"] for each in unit.get(f"/cases/{number}")["duties"]] == ["待反馈"]
    unit.step(number, "answer_order", {"text": "高度重视，正在研究。"})
    assert "书面反馈办理情况，请核实" in bureau.get("/messages")["items"][0]["text"]
    refused = bureau.step(number, "verify_order", {"accepted": False, "note": "至今没有告知。"}, 422)
    assert refused["errors"][0]["pointer"] == "/due"
    bureau.step(number, "verify_order", {"accepted": False, "note": "至今没有告知。", "due": in_days(5)})
    unit.step(number, "accept", {"track": "petition_procedure", "undertaker": "李工"})
    unit.step(number, "answer_order", {"text": "已书面告知信访人，经办人李工。"})
    view = bureau.step(number, "verify_order", {"accepted": True, "note": "已与信访人核实。"})
    assert [each["state_label"] for each in view["duties"]] == ["已核实办结"]
    assert {each["code"] for each in view["findings"]} == set()

    seen = petitioner.signs_in().get(f"/cases/{number}")
    assert "已督办，要求限期反馈办理情况" in [each["label"] for each in seen["timeline"]]
    assert "高度重视" not in str(seen)
    assert "未按期书面告知" not in str(seen)


@pytest.mark.feature(99)
def test_a_leader_reads_instructs_and_takes_charge(petitioner, staff):
    number = petitioner.files()["case_number"]
    staff("bureau1").step(number, "forward", {"to": "housing"})
    leader, unit = staff("leader1"), staff("housing-clerk")
    leader.step(number, "press", {})
    leader.step(
        number, "instruct", {"text": "请城管局配合，年底前恢复车位。", "org": "urban-management", "due": in_days(10)}
    )
    leader.step(number, "take_charge", {"note": "每周调度一次。"})
    run_ways_out(number)
    assert any("领导批示" in text for text in texts_to(petitioner.world, "urban-management-clerk"))
    assert any("上级询问" in text for text in texts_to(petitioner.world, "housing-clerk"))

    helper = staff("urban-management-clerk")
    assert [row["case_number"] for row in helper.get("/worklist")["items"]] == [number]
    helper.step(number, "report_instruction", {"text": "已拆除圈占设施12处。"})
    assert helper.call("GET", f"/cases/{number}").status_code == 404
    assert unit.step(number, "close_charge", {"text": "已化解"}, 403)["code"] == "not_your_step"
    view = leader.step(number, "close_charge", {"text": "车位已恢复，双方签了协议。"})
    assert {each["kind"]: each["state_label"] for each in view["duties"]} == {
        "instruction": "已报告落实",
        "leader_led": "已化解",
    }
    seen = petitioner.get(f"/cases/{number}")
    assert "已由领导包案" in [each["label"] for each in seen["timeline"]]
    assert "leader1" not in str(seen)


def test_the_bureau_names_a_leader_who_exists(petitioner, staff):
    number = petitioner.files()["case_number"]
    bureau = staff("bureau1")
    for nobody in ("nobody", "housing-clerk"):
        assert bureau.step(number, "take_charge", {"leader": nobody}, 422)["errors"][0]["pointer"] == "/leader"
    assert bureau.step(number, "take_charge", {"leader": "leader1"})["duties"][0]["org_name"] == "青山县人民政府"


@pytest.mark.feature(25, 56)
def test_who_oversees_sees_what_is_late_and_why_page_by_page(petitioner, staff, later):
    number = silent_for(petitioner, staff, later, 17)
    fine = petitioner.signs_in().files(title="路灯不亮")["case_number"]
    statistics.record(statistics.cases(), number)
    items, cursor, pages = [], "", 0
    chief = staff("leader1")
    while cursor is not None:
        page = chief.get(f"/watch?light=all&limit=1&cursor={cursor}")
        items, cursor, pages = [*items, *page["items"]], page["next_cursor"], pages + 1
    assert {row["case_number"] for row in items} == {number}
    assert pages > 1
    assert {each["code"] for each in items[0]["findings"]} == {"no_notice", "stalled"}
    assert fine not in str(items)
    for who, status in (("bureau1", 200), ("supervisor1", 200), ("housing-head", 404)):
        assert staff(who).call("GET", "/watch").status_code == status
    assert chief.call("GET", "/watch?cursor=made-up").status_code == 400
