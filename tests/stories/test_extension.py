"""Sixty days are not enough: the head alone extends them, once; the petitioner learns why, the bureau that."""

import pytest

from tests.stories.conftest import run_ways_out

REASON = "房屋受损原因需要委托鉴定，鉴定机构要求四十日。"


@pytest.mark.feature(56)
def test_the_head_extends_once_and_everybody_is_told(petitioner, at_work):
    number = petitioner.files(title="施工震裂房屋", claims=["修复裂缝"])["case_number"]
    bureau, clerk, head = at_work("bureau1"), at_work("housing-clerk"), at_work("housing-head")
    bureau.step(number, "forward", {"to": "housing"})
    clerk.step(number, "accept", {"track": "petition_procedure", "undertaker": "孙工"})
    before = next(each for each in clerk.get(f"/cases/{number}")["clocks"] if each["limit"] == "handle")

    not_hers = clerk.step(number, "extend", {"days": 20, "reason": REASON}, 403)
    assert not_hers["law"] == "第三十四条"
    too_long = head.step(number, "extend", {"days": 31, "reason": REASON}, 422)
    assert (too_long["code"], too_long["law"]) == ("extension_refused", "第三十四条")
    head.step(number, "extend", {"days": 20, "reason": ""}, 422)

    head.step(number, "extend", {"days": 20, "reason": REASON})
    again = head.step(number, "extend", {"days": 10, "reason": REASON}, 422)
    assert "只能延长一次" in again["detail"]
    assert "extend" not in [step["action"] for step in head.get(f"/cases/{number}")["next_steps"]]

    run_ways_out(number)
    seen = petitioner.get(f"/cases/{number}")
    extended = next(each for each in seen["timeline"] if each["event"] == "petition.extended")
    assert extended["text"]["reason"] == REASON
    after = next(each for each in seen["clocks"] if each["limit"] == "handle")
    assert (after["extended_by"], after["start"]) == (20, before["start"])
    assert after["due"] > before["due"]
    assert sum("经单位负责人批准" in text for text in petitioner.texts()) == 1
    told = [each["text"] for each in bureau.get("/messages")["items"] if each["case_number"] == number]
    assert any("延长了20天" in text for text in told)


def test_a_suggestion_has_no_sixty_days_to_extend(petitioner, at_work):
    number = petitioner.files(unit="housing", kind="suggestion", claims=[])["case_number"]
    at_work("housing-clerk").step(number, "accept", {"track": "suggestion", "undertaker": "孙工"})
    refused = at_work("housing-head").step(number, "extend", {"days": 20, "reason": REASON}, 422)
    assert "没有在计时" in refused["detail"]
