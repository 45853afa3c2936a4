"""A matter ends by the petitioner's own will, and by nobody else's."""

import pytest

from tests.stories.conftest import run_ways_out


@pytest.mark.feature(20)
def test_a_withdrawn_matter_is_owed_by_nobody(petitioner, staff):
    number = petitioner.files()["case_number"]
    view = petitioner.step(number, "withdraw", {"reason": "物业已经退款。"})
    assert view["stage"] == "withdrawn"
    assert {each["state"] for each in view["clocks"]} == {"moot"}
    run_ways_out(number)
    assert any("已按您的意思撤回" in text for text in petitioner.texts())
    bureau = staff("bureau1")
    assert bureau.get("/worklist")["counts"]["total"] == 0
    assert bureau.step(number, "forward", {"to": "housing"}, 409)["code"] == "wrong_stage"


def test_nobody_urges_or_withdraws_for_somebody_else(petitioner, staff):
    number = petitioner.files()["case_number"]
    assert staff("bureau1").step(number, "withdraw", {}, 403)["code"] == "not_your_step"
