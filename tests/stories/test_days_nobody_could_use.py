"""不可抗力 before there is an answer: no date moves, nobody says one did, and the unit does not excuse itself."""

from tests.stories.conftest import Petitioner, run_ways_out

FLOOD = {
    "begins": "2026-11-26",
    "ends": "2026-11-28",
    "document": "青山县人民政府公告2026年第3号",
    "decided_by": "青山县人民政府",
    "reason": "暴雨引发山洪，全县道路和通信中断。",
}


def test_where_no_date_moves_none_is_said_to_and_the_days_stand_beside_the_units_own(client, world, at_work, on_day):
    on_day("2026-11-25")
    number = Petitioner(client, world, phone="19900005678").signs_in().files()["case_number"]
    at_work("bureau1").step(number, "forward", {"to": "housing"})
    at_work("housing-clerk").step(number, "accept", {"track": "petition_procedure", "undertaker": "李工"})
    on_day("2026-11-30")
    bureau, head = at_work("bureau2"), at_work("housing-head")
    head.step(number, "record_force_majeure", FLOOD, 403)
    before = head.get(f"/cases/{number}")["clocks"]
    bureau.step(number, "record_force_majeure", FLOOD)
    seen = head.get(f"/cases/{number}")
    assert [each["due"] for each in seen["clocks"]] == [each["due"] for each in before]
    (handle,) = [each for each in seen["clocks"] if each["limit"] == "handle"]
    assert (handle["days_unusable"], handle["excused_days"]) == (3, 0)
    mine = Petitioner(client, world, phone="19900005678").signs_in().get(f"/cases/{number}")["timeline"][-1]
    assert (mine["label"], mine["clocks"]) == ("有关机关认定了不可抗力", [])
    run_ways_out(number)
    told = [each["text"] for each in head.get("/messages")["items"] if "不可抗力" in each["text"]]
    assert len(told) == 1
    assert "顺延" not in told[0]
    assert not [text for _to, text in world.sms if "顺延" in text]
