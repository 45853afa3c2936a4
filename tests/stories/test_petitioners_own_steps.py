"""What petitioners do of their own accord: add material, and urge."""

import pytest

from tests.stories.conftest import run_ways_out


@pytest.mark.feature(20, 60)
def test_material_is_added_and_stops_no_clock(petitioner, staff):
    number = petitioner.files()["case_number"]
    before = petitioner.get(f"/cases/{number}")["clocks"]
    after = petitioner.step(number, "supplement", {"text": "附上物业的收费单。"})
    assert after["clocks"] == before
    bureau = staff("bureau1")
    seen = bureau.get(f"/cases/{number}")["timeline"][-1]
    assert (seen["label"], seen["text"]["text"]) == ("补充材料", "附上物业的收费单。")
    assert "补充了材料" in bureau.get("/messages")["items"][0]["text"]


def test_an_urge_is_answered_at_once_counted_and_taken_once_a_day(petitioner, staff, later):
    number = petitioner.files()["case_number"]
    staff("bureau1").step(number, "forward", {"to": "housing"})
    petitioner.step(number, "urge", {})
    run_ways_out(number)
    assert any("您的催办已收到" in text and "县住建局" in text for text in petitioner.texts())
    refused = petitioner.step(number, "urge", {}, 422)
    assert "明天" in refused["detail"]
    later(days=1)
    again = petitioner.signs_in().step(number, "urge", {})
    assert [each["times"] for each in again["timeline"] if each["event"] == "petition.urged"] == [1, 2]
    assert "第2次催办" in staff("housing-clerk").get("/messages")["items"][0]["text"]
