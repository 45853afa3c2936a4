"""The province hands a matter down with a date: registered, forwarded in the county's own days, answered, reported."""

import pytest

from tests.stories.conftest import sweep
from tests.stories.second_reader import PENDING, ended

FROM_THE_PROVINCE = {
    "channel": "letter",
    "kind": "grievance",
    "title": "征地补偿款没有发到位",
    "text": "来信反映石桥镇2024年修路征地，补偿款只发了一半。",
    "petitioner": {"name": "彭桂生", "phone": "19900004321", "address": "石桥镇新塘村"},
    "category": "国土资源/土地征收",
    "place": "石桥镇新塘村",
    "from_above": "province",
    "external_number": "NJ20260311-0087",
}


def handed_down(bureau, **changes):
    today = bureau.get("/worklist")["today"]
    dates = {"received_on": today, "province_received_on": today, "city_received_on": today}
    return bureau.post("/registrations", FROM_THE_PROVINCE | dates | changes)


@pytest.mark.feature(23, 61)
def test_what_the_province_assigns_is_followed_to_the_report_that_goes_back_up(staff, later):
    bureau = staff("bureau1")
    today = bureau.get("/worklist")["today"]
    later(days=10)
    bureau = staff("bureau1")
    now = bureau.get("/worklist")["today"]
    filed = handed_down(
        bureau, province_received_on=today, city_received_on=today, received_on=now, above_due="2027-03-01"
    )
    assert [each["limit"] for each in filed["promises"]] == ["route", "relay_county", "report_above"]
    number = filed["case_number"]

    listed = bureau.get("/ledger")["items"]
    assert [(row["case_number"], row["from_above"], row["above_due"]) for row in listed] == [
        (number, "province", "2027-03-01")
    ]
    view = bureau.get(f"/cases/{number}")
    assert view["above"]["received"] == {"province": today, "city": today}
    assert view["external_number"] == "NJ20260311-0087"
    first = bureau.get(f"/cases/{number}/proposal")["items"][0]
    assert first["org"] == "natural-resources"
    assert "国土资源/土地征收" in first["why"]

    bureau.step(number, "forward", {"to": first["org"]})
    unit = staff("natural-resources-clerk")
    assert unit.call("GET", "/ledger").status_code == 404
    assert unit.get("/worklist")["items"][0]["from_above"] == "province"
    refused = bureau.step(number, "report_completion", {"report": "还没办。"}, 409)
    assert "当前阶段不能" in refused["detail"]
    proposal = PENDING | {"explanation": "市自然资源局正在办理同一补偿争议。"}
    ended(number, "decline", proposal, unit, staff("natural-resources-head"))
    view = bureau.step(
        number,
        "report_completion",
        {"report": "市里已在办理同一事项，不予受理并已书面告知；补偿款差额待市里处理后兑付。"},
    )
    assert {each["limit"]: each["state"] for each in view["clocks"]}["report_above"] == "met"
    assert view["above"]["reported_on"] == now
    assert bureau.get("/ledger")["items"] == []
    assert [row["case_number"] for row in bureau.get("/ledger?done=true")["items"]] == [number]
    assert {each["org"]: each["days"] for each in view["booked_days"]} == {"city": 10}
    refused = bureau.step(number, "report_completion", {"report": "再报一次。"}, 422)
    assert "已于" in refused["detail"]


@pytest.mark.feature(61)
def test_the_countys_four_days_run_out_before_the_fifteen_of_the_law(staff, later):
    bureau = staff("bureau1")
    number = handed_down(bureau)["case_number"]
    later(days=5)
    sweep()
    clocks = {each["limit"]: each for each in staff("bureau1").get(f"/cases/{number}")["clocks"]}
    assert clocks["relay_county"]["kind"] == "service"
    assert clocks["relay_county"]["light"]["level"] == "red"
    assert clocks["route"]["light"]["level"] == "green"


def test_what_is_said_of_the_levels_above_is_checked_and_may_be_left_out(staff):
    bureau = staff("bureau1")
    today = bureau.get("/worklist")["today"]
    refused = bureau.post("/registrations", FROM_THE_PROVINCE | {"received_on": today, "external_number": ""}, 422)
    assert {each["pointer"] for each in refused["errors"]} == {"/external_number", "/province_received_on"}
    without = {
        name: value for name, value in FROM_THE_PROVINCE.items() if name not in ("from_above", "external_number")
    }
    number = bureau.post("/registrations", without | {"received_on": today})["case_number"]
    assert bureau.get(f"/cases/{number}")["above"] is None
    assert bureau.get("/ledger")["items"] == []


def test_a_table_from_above_is_imported_with_its_dates(staff):
    bureau = staff("bureau1")
    today = bureau.get("/worklist")["today"]
    header = "channel,received_on,kind,title,text,name,address,from_above,external_number,city_received_on,above_due"
    row = f"letter,{today},grievance,村道塌方,来信反映通村公路塌方,李秀英,青溪镇,city,LJ-77,{today},2027-02-01"
    answer = bureau.post("/imports", {"format": "csv", "content": f"{header}\n{row}"}, 200)
    assert answer["accepted"] == 1
    assert bureau.get("/ledger")["items"][0]["above_due"] == "2027-02-01"
