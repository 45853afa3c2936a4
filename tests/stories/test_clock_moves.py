"""Time alone: reminders, overdue dates and rights that lapse, each with its text message and its derivation."""

import pytest

from chalicelib.store import proofs
from chalicelib.store.tenant import table
from tests.stories.conftest import give_opinion, run_ways_out, sweep


def clock_of(view: dict, limit: str) -> dict:
    return next(each for each in view["clocks"] if each["limit"] == limit)


@pytest.mark.feature(40, 60, 72)
def test_a_unit_is_reminded_before_its_date_and_told_when_it_is_late(petitioner, staff, later):
    number = petitioner.files()["case_number"]
    staff("bureau1").step(number, "forward", {"to": "housing"})
    petitioner.token = ""

    later(days=12, hours=12)
    sweep()
    run_ways_out(number)
    sent = [text for _to, text in petitioner.world.sms if "黄灯" in text]
    assert len(sent) >= 1
    assert number in sent[-1]

    later(days=8)
    sweep()
    run_ways_out(number)
    assert any("红灯" in text and number in text for _to, text in petitioner.world.sms)

    view = staff("bureau1").get(f"/cases/{number}")
    late = clock_of(view, "inform")
    assert late["light"]["level"] == "red"
    assert "满15日" in late["derivation"]
    overdue = [each for each in view["timeline"] if each["event"] == "petition.overdue"]
    assert [each["limit"] for each in overdue].count("inform") == 1
    assert sweep()["acted"] == 0


def test_an_unused_right_to_review_lapses_and_the_petitioner_is_told(petitioner, staff, at_work, later):
    number = petitioner.files(claims=[])["case_number"]
    staff("bureau1").step(number, "forward", {"to": "housing"})
    unit = at_work("housing-clerk")
    unit.step(number, "accept", {"track": "petition_procedure", "undertaker": "李工"})
    answers = [{"claim": 1, "finding": "not_support", "answer": "不在退费范围。", "basis": "《价格法》第十二条"}]
    give_opinion(at_work, number, {"facts": "经查，收费已备案。", "answers": answers})
    unit.step(number, "serve", {"method": "online", "cause": "communication"})

    for _day in range(40):  # holidays move the last day, so every day is looked at
        later(days=1)
        sweep()
    run_ways_out(number)

    view = staff("leader1").get(f"/cases/{number}")
    assert view["stage"] == "concluded"
    lapsed = clock_of(view, "ask_review")
    assert lapsed["state"] == "lapsed"
    assert "第三十五条" in lapsed["derivation"]
    assert clock_of(view, "rating")["state"] == "lapsed"
    texts = petitioner.texts()
    assert sum("可评价" in text for text in texts) == 1
    assert sum("未申请复查" in text for text in texts) == 1


def test_every_notice_of_a_finished_case_has_ended(petitioner, staff):
    number = petitioner.files(claims=[])["case_number"]
    staff("bureau1").step(number, "forward", {"to": "housing"})
    run_ways_out(number)
    run_ways_out(number)
    assert proofs.unended(table(), number) == []
    assert len(petitioner.texts()) == 3
