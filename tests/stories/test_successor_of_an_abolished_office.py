"""An institutional reform in the middle of a matter: its unit is no more, the successor goes on with the same dates."""

from dataclasses import replace

import pytest

from chalicelib.profiles.profile import load
from chalicelib.store import offices
from tests.stories.conftest import run_ways_out


def reform(org, successor):
    """The office tree after the reform, loaded as the operator loads it."""
    changed = [
        replace(each, active=False, successor=successor) if each.id == org else each for each in load("county").offices
    ]
    assert offices.load(changed)


@pytest.mark.feature(21)
def test_the_successor_goes_on_and_the_petitioner_hears_of_it(petitioner, staff):
    number = petitioner.files(title="移民后期扶持资金没有到账", text="水库移民后期扶持资金停发半年。", claims=[])[
        "case_number"
    ]
    bureau = staff("bureau1")
    bureau.step(number, "forward", {"to": "resettlement"})
    staff("resettlement-clerk").step(number, "accept", {"track": "petition_procedure", "undertaker": "王工"})
    due = {each["limit"]: each["due"] for each in bureau.get(f"/cases/{number}")["clocks"]}["handle"]
    assert "succeed" not in [each["action"] for each in bureau.get(f"/cases/{number}")["next_steps"]]
    assert bureau.step(number, "succeed", {}, 422)["law"] == "第二十四条第二款"

    reform("resettlement", "water")
    other = petitioner.files(title="移民房屋漏水", text="移民安置房漏水。", claims=[])["case_number"]
    refused = bureau.step(other, "forward", {"to": "resettlement"}, 422)
    assert "请转给青山县水利局" in refused["detail"]
    assert "succeed" in [each["action"] for each in bureau.get(f"/cases/{number}")["next_steps"]]
    view = bureau.step(number, "succeed", {})
    assert view["agency"]["id"] == "water"
    clocks = {each["limit"]: each for each in view["clocks"]}
    assert (clocks["handle"]["due"], clocks["handle"]["owner"]) == (due, "water")
    unit = staff("water-clerk")
    assert [row["case_number"] for row in unit.get("/worklist")["items"]] == [number]
    assert any("承继办理" in each["text"] for each in unit.get("/messages")["items"])
    run_ways_out(number)
    assert any("改由青山县水利局承接" in text for text in petitioner.texts())


def test_where_no_successor_is_known_the_government_names_one_and_says_why(petitioner, staff):
    number = petitioner.files()["case_number"]
    bureau = staff("bureau1")
    bureau.step(number, "forward", {"to": "resettlement"})
    reform("resettlement", None)
    assert bureau.step(number, "succeed", {}, 422)["errors"][0]["pointer"] == "/to"
    assert bureau.step(number, "succeed", {"to": "water"}, 422)["errors"][0]["pointer"] == "/reason"
    view = bureau.step(number, "succeed", {"to": "water", "reason": "县政府专题会议纪要〔2026〕8号"})
    assert view["timeline"][-1]["named_by_government"] is True
