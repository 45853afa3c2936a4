"""A head goes on leave: what is owed to him goes one level up and the gap is put down; he is back, and it is his."""

from datetime import timedelta

import pytest

from chalicelib import clock
from chalicelib.store import people
from tests.stories.conftest import run_ways_out, sweep


def texts(world, user: str) -> list[str]:
    phone = people.load_user(user).phone
    return [text for to, text in world.sms if to.endswith(phone) and "超" in text]


def forgotten(petitioner, at_work, later) -> str:
    """A matter that a unit leaves lying until its date is over."""
    number = petitioner.signs_in().files()["case_number"]
    at_work("bureau1").step(number, "forward", {"to": "housing"})
    later(days=16)
    sweep()
    run_ways_out(number)
    return number


@pytest.mark.feature(60)
def test_his_notice_goes_up_while_he_is_away_and_to_him_when_he_is_back(
    petitioner, staff, at_work, world, on_day, later
):
    on_day("2026-03-02")
    head = at_work("housing-head")
    version = head.get("/colleagues/housing-head/leave")["leave"]["version"]
    days = {"away_from": "2026-03-10", "away_until": (clock.today() + timedelta(days=60)).isoformat()}
    told = head.post("/colleagues/housing-head/leave", days, 200, If_Match=f'"{version}"')["leave"]

    number = forgotten(petitioner, at_work, later)
    assert texts(world, "housing-head") == []
    assert len(texts(world, "bureau-head")) == 1, "the bureau beside the unit is told instead"
    supervisor = staff("supervisor1")
    gaps = [
        (each["whom"], each["place"], each["gap"], each["instead"])
        for each in supervisor.get(f"/cases/{number}")["timeline"]
        if each["event"] == "petition.post_empty"
    ]
    assert gaps == [("head", "housing", "absent", "bureau")]
    seen = {each["id"]: each for each in staff("housing-clerk").get("/colleagues")["items"]}
    assert seen["housing-head"]["leave"]["is_away"]

    back = staff("housing-head")
    back.post("/colleagues/housing-head/back", {}, 200, If_Match=f'"{told["version"]}"')
    at_work_again = {"bureau1": staff("bureau1")}
    number = forgotten(petitioner, at_work_again.__getitem__, later)
    assert [text for text in texts(world, "housing-head") if number in text.replace(" ", "")]
    timeline = staff("supervisor1").get(f"/cases/{number}")["timeline"]
    assert not [each for each in timeline if each["event"] == "petition.post_empty"]
