"""The joint meeting takes up leaders who fail: interview, bulletin, listed supervision, rectification (第三十九条)."""

from datetime import timedelta

import pytest

from chalicelib import clock
from chalicelib.store import people
from tests.stories.conftest import run_ways_out


@pytest.mark.feature(63, 64)
def test_measures_are_imposed_told_to_the_unit_alone_and_verified_by_the_joint_meeting(petitioner, staff):
    number = petitioner.files()["case_number"]
    bureau, meeting, unit = staff("bureau1"), staff("joint1"), staff("housing-head")
    bureau.step(number, "forward", {"to": "housing"})
    until = (clock.today() + timedelta(days=14)).isoformat()
    assert bureau.step(number, "impose", {"measure": "bulletin", "text": "通报"}, 403)["code"] == "not_your_step"

    meeting.step(number, "impose", {"measure": "interview", "text": "约谈县住建局主要负责人，指出长期推诿。"})
    meeting.step(number, "impose", {"measure": "bulletin", "text": "在县直单位范围内通报。"})
    refused = meeting.step(number, "impose", {"measure": "rectify", "text": "限期恢复车位。"}, 422)
    assert "限期整改应当指定期限" in refused["errors"][0]["message"]
    view = meeting.step(number, "impose", {"measure": "rectify", "text": "限期恢复车位。", "due": until})
    assert [each["state_label"] for each in view["duties"]] == ["已落实", "已落实", "待反馈"]
    run_ways_out(number)
    phone = people.load_user("housing-clerk").phone
    assert any("整改到位" in text for to, text in petitioner.world.sms if to.endswith(phone))
    told = [each["text"] for each in unit.get("/messages")["items"]]
    assert any("限期整改" in text for text in told)
    assert not any("整改" in each["text"] for each in staff("transport-clerk").get("/messages")["items"])

    assert "整改" not in str(petitioner.get(f"/cases/{number}"))
    assert petitioner.get(f"/cases/{number}")["duties"] == []
    unit.step(number, "answer_order", {"text": "23个车位已全部恢复，附照片。"})
    assert "书面反馈" in meeting.get("/messages")["items"][0]["text"]
    assert (
        bureau.step(number, "verify_order", {"accepted": True, "note": "属实"}, 422)["errors"][0]["pointer"] == "/duty"
    )
    view = meeting.step(number, "verify_order", {"accepted": True, "note": "现场看过，属实。"})
    assert [each["state_label"] for each in view["duties"]] == ["已落实"] * 3
    assert unit.get("/worklist")["counts"]["total"] == 1
