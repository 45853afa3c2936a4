"""第三十一条第六项、第三十六条第二款: a hearing is asked for and announced; in a re-review it stops the clock."""

from datetime import date, timedelta

import pytest

from tests.stories.answered import ASKED, BY_COUNTY, Town, accepted, running, served, today
from tests.stories.conftest import run_ways_out

CHAIR = {
    "at": "09:00",
    "place": "bureau",
    "chair": "justice-head",
    "chair_name": "县司法局 邓副局长",
    "participants": "信访人、交通局、上溪村委会、两名县人大代表、一名律师",
}
HELD = {
    "present": "信访人、交通局养护中心主任、村支书、代表两人、律师一人",
    "record": "双方陈述后互相质询、辩论，代表作了评议，听证员合议。",
    "conclusion": "便桥由交通局修建，应当纳入养护范围。",
}


@pytest.mark.feature(20, 70)
def test_a_hearing_is_asked_for_announced_postponed_and_held(petitioner, staff, later):
    town = Town(staff, later, petitioner)
    number = accepted(town, petitioner)
    petitioner.step(number, "request_hearing", {"reasons": "桥是谁修的，双方说法不一样。"})
    unit = town("transport-clerk")
    assert any("申请听证" in each["text"] for each in unit.get("/messages")["items"])
    soon = unit.step(number, "announce_hearing", CHAIR | {"day": today(6).isoformat()}, 422)
    assert soon["errors"][0]["pointer"] == "/day"
    badly = unit.step(number, "announce_hearing", CHAIR | {"day": today(9).isoformat(), "at": "9点"}, 422)
    assert badly["errors"][0]["pointer"] == "/at"
    before = running(unit.get(f"/cases/{number}"))["handle"]
    unit.step(number, "announce_hearing", CHAIR | {"day": today(9).isoformat()})
    run_ways_out(number)
    day = today(9)
    said = f"{day.month}月{day.day}日9:00在青山县信访局听证"
    assert any(said in text for text in petitioner.texts())
    delay = {"day": today(14).isoformat(), "at": "14:30", "place": "bureau", "reason": "村支书住院。"}
    unit.step(number, "postpone_hearing", delay)
    run_ways_out(number)
    assert any("听证改到" in text and "14:30" in text for text in petitioner.texts())
    early = unit.step(number, "hold_hearing", HELD, 422)
    assert early["errors"][0]["pointer"] == "/held_on"
    town.days_go_by(14)
    view = town("transport-clerk").step(number, "hold_hearing", HELD)
    assert running(view)["handle"] == before
    seen = petitioner.get(f"/cases/{number}")
    assert [duty["state_label"] for duty in seen["duties"]] == ["已举行"]
    assert seen["timeline"][-1]["text"]["conclusion"] == HELD["conclusion"]


@pytest.mark.feature(70)
def test_in_a_re_review_the_time_of_the_hearing_is_not_counted_and_its_opinion_may_be_published(
    petitioner, staff, later
):
    town = Town(staff, later, petitioner)
    number = served(town, petitioner)
    petitioner.step(number, "request_review", ASKED)
    bureau = town("bureau1")
    bureau.step(number, "decide_review", BY_COUNTY | {"outcome": "uphold"})
    bureau.step(number, "serve_review", {"method": "online"})
    petitioner.step(number, "request_rereview", ASKED)
    town.days_go_by(4)
    bureau = town("bureau1")
    due = date.fromisoformat(running(bureau.get(f"/cases/{number}"))["rereview_decide"])
    view = bureau.step(number, "announce_hearing", CHAIR | {"day": today(8).isoformat()})
    assert next(each for each in view["clocks"] if each["limit"] == "rereview_decide")["light"]["text"] == "停止计时"
    last = BY_COUNTY | {"outcome": "change", "document": "临政复核〔2026〕3号"}
    assert "听证结束后" in bureau.step(number, "decide_rereview", last, 422)["detail"]
    town.days_go_by(8)
    bureau = town("bureau1")
    view = bureau.step(number, "hold_hearing", HELD)
    assert running(view)["rereview_decide"] == (due + timedelta(days=9)).isoformat()
    bureau.step(number, "decide_rereview", last)
    view = bureau.step(number, "serve_rereview", {"method": "online", "may_publish": True})
    assert view["timeline"][-1]["may_publish"] is True
    assert any("听证" in each["text"] for each in town("transport-clerk").get("/messages")["items"])


def test_a_hearing_may_be_declined_and_the_reason_is_told(petitioner, staff, later):
    town = Town(staff, later, petitioner)
    number = accepted(town, petitioner)
    petitioner.step(number, "request_hearing", {"reasons": "想当面说清楚。"})
    assert town("water-clerk").call("GET", f"/cases/{number}").status_code == 404
    view = town("transport-clerk").step(number, "decline_hearing", {"reason": "事实双方没有争议，将到现场当面听取。"})
    assert "hearing_answer" not in running(view)
    run_ways_out(number)
    assert any("不举行听证，理由可凭查询码看" in text for text in petitioner.texts())
    assert petitioner.get(f"/cases/{number}")["timeline"][-1]["text"]["reason"].startswith("事实双方没有争议")
