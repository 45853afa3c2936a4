"""The bureau asks afterwards: those who were supported, those who are not satisfied, and some who were drawn."""

import pytest

from chalicelib.domain import aftercare
from tests.stories.conftest import give_opinion, run_ways_out, sweep

FACTS = "到锦绣家园查看电梯维保记录，并向物业公司和三户业主了解，电梯一个月停了六次。"
REFUSED = {
    "facts": FACTS,
    "answers": [
        {
            "claim": 1,
            "finding": "not_support",
            "answer": "该电梯检验合格，故障已经排除，更换整机没有法律依据，可以由业主共同决定使用维修资金。",
            "basis": "《中华人民共和国特种设备安全法》第四十条",
        }
    ],
}
ASKED = {"reached": True, "spoken_with": "信访人本人", "informed": True, "remark": "电话回访。"}
NOBODY = {"reached": False, "remark": "上午九点、下午三点各打一次，无人接听。"}


@pytest.fixture
def served(petitioner, at_work):
    """A lift that stops again and again; the unit does not support a new one."""
    number = petitioner.files(title="电梯老坏", text="小区电梯一个月坏了六次。", claims=["更换电梯"])["case_number"]
    at_work("bureau1").step(number, "forward", {"to": "housing"})
    at_work("housing-clerk").step(number, "accept", {"track": "petition_procedure", "undertaker": "李工"})
    give_opinion(at_work, number, REFUSED)
    at_work("housing-clerk").step(number, "serve", {"method": "online", "cause": "facility"})
    return number


def to_visit(person, number):
    view = person.get(f"/cases/{number}")
    return [each["state"] for each in view["clocks"] if each["limit"] == "revisit"]


@pytest.mark.feature(58, 66)
def test_who_is_not_satisfied_is_visited_by_the_bureau(served, petitioner, at_work):
    bureau, clerk = at_work("bureau1"), at_work("housing-clerk")
    assert to_visit(bureau, served) == []
    rated = petitioner.step(served, "rate", {"office": "basically", "unit": "not_satisfied", "solved": False})
    assert rated["solved_label"] == "未解决"
    assert to_visit(bureau, served) == ["running"]
    assert to_visit(petitioner, served) == []
    assert served in [row["case_number"] for row in bureau.get("/worklist")["items"]]
    clerk.step(served, "revisit", ASKED | {"satisfied": "satisfied", "carried_out": "yes", "solved": True}, 403)
    half = bureau.step(served, "revisit", ASKED, 422)
    assert [each["pointer"] for each in half["errors"]] == ["/satisfied", "/carried_out", "/solved"]
    done = bureau.step(served, "revisit", ASKED | {"satisfied": "basically", "carried_out": "yes", "solved": True})
    assert (done["solved_label"], done["rating"]["solved_label"]) == ("已解决（群众确认）", "未解决")
    assert to_visit(bureau, served) == ["met"]


@pytest.mark.feature(58, 66)
def test_a_drawn_matter_whose_petitioner_is_not_reached_stays_unconfirmed(
    petitioner, at_work, staff, later, monkeypatch
):
    monkeypatch.setattr(aftercare, "is_sampled", lambda _case: True)
    number = petitioner.files(title="电梯老坏", text="小区电梯一个月坏了六次。", claims=["更换电梯"])["case_number"]
    at_work("bureau1").step(number, "forward", {"to": "housing"})
    at_work("housing-clerk").step(number, "accept", {"track": "petition_procedure", "undertaker": "李工"})
    give_opinion(at_work, number, REFUSED)
    at_work("housing-clerk").step(number, "serve", {"method": "online", "cause": "facility"})
    for _day in range(3):
        later(days=1)
        bureau = staff("bureau1")
        assert to_visit(bureau, number) == ["running"]
        bureau.step(number, "revisit", NOBODY)
    seen = bureau.get(f"/cases/{number}")
    assert to_visit(bureau, number) == ["met"]
    assert (seen["solved"], seen["solved_label"]) == (None, "未确认")


@pytest.mark.feature(43, 72)
def test_a_paper_rating_comes_with_its_number_and_never_from_the_rated_unit(served, petitioner, at_work, staff):
    paper = {"office": "satisfied", "unit": "satisfied", "solved": True}
    assert at_work("housing-clerk").step(served, "rate", paper, 403)["law"] == "第二十一条"
    window = at_work("window1")
    refused = window.step(served, "rate", paper, 422)
    assert [each["pointer"] for each in refused["errors"]] == ["/proof"]
    window.step(served, "rate", paper | {"proof": "评价表2026-017号"})
    seen = petitioner.get(f"/cases/{served}")["timeline"][-1]
    assert (seen["recorded_by_staff"], seen["text"]) == (True, {"proof": "评价表2026-017号"})


@pytest.mark.feature(66)
def test_a_visit_that_is_late_goes_up_the_ladder(served, petitioner, staff, later):
    petitioner.step(served, "rate", {"office": "basically", "unit": "not_satisfied", "solved": False})
    later(days=16)
    sweep()
    run_ways_out(served)
    late = [each["code"] for each in staff("supervisor1").get(f"/cases/{served}")["findings"]]
    assert late == ["overdue"]


def test_somebody_in_hardship_is_shown_the_way_to_relief(served, petitioner, at_work):
    clerk = at_work("housing-clerk")
    clerk.step(
        served, "offer_relief", {"relief": "social", "told": "可以向镇政府申请临时救助。", "helped": "帮他填了申请表。"}
    )
    assert petitioner.get(f"/cases/{served}")["timeline"][-1]["text"]["told"] == "可以向镇政府申请临时救助。"
    at_work("bureau1").step(served, "record_relief", {"result": "granted", "text": "镇政府已发放。"})
    seen = petitioner.get(f"/cases/{served}")
    assert [(each["kind_label"], each["state_label"]) for each in seen["duties"]] == [("救助", "已给予救助")]
    clerk.step(served, "record_relief", {"result": "granted"}, 422)
