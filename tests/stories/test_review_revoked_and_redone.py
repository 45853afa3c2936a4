"""第三十五条: the review revokes the opinion; the unit handles the matter anew within the days that were named."""

import pytest

from infra.verify.deadlines import check as recount
from tests.stories.answered import (
    ANSWERS,
    ASKED,
    BY_COUNTY,
    FACTS,
    SERVED,
    UNIT,
    Town,
    actions,
    opinion_given,
    running,
    served,
    today,
)
from tests.stories.conftest import run_ways_out

REVOKED = {name: said for name, said in BY_COUNTY.items() if name != "findings"} | {"outcome": "revoke"}
NEW = [
    {
        "claim": 1,
        "finding": "support",
        "answer": "便桥列入2026年度水毁修复计划，由我局养护中心4月30日前修好通行。",
        "basis": "《农村公路养护管理办法》第九条",
    },
    ANSWERS[1],
]


@pytest.mark.feature(30)
def test_a_revoked_opinion_is_given_anew_and_can_be_reviewed_again(petitioner, staff, later):
    town = Town(staff, later, petitioner)
    number = served(town, petitioner)
    petitioner.step(number, "request_review", ASKED)
    town.days_go_by(7)
    bureau = town("bureau1")
    refused = bureau.step(number, "decide_review", REVOKED, 422)
    assert refused["errors"][0]["pointer"] == "/redo_days"
    bureau.step(number, "decide_review", REVOKED | {"redo_days": 30})
    assert bureau.step(number, "serve_review", {"method": "online"})["stage"] == "redo"
    run_ways_out(number)
    view = petitioner.get(f"/cases/{number}")
    assert "原意见已撤销" in view["stage_label"]
    assert running(view) == {"redo": today(30).isoformat()}
    assert any("复查撤销了原意见，由" in text and "重新办理" in text for text in petitioner.texts())
    assert not {"request_rereview", "rate"} & set(actions(view))

    unit = town("transport-clerk")
    assert [row["case_number"] for row in unit.get("/worklist")["items"]] == [number]
    assert any("不得以同一事实和理由" in each["text"] for each in unit.get("/messages")["items"])
    town.days_go_by(10)
    same = town(f"{UNIT}-clerk").step(number, "draft_reply", {"facts": FACTS, "answers": ANSWERS}, 422)
    assert "不得以同一事实和理由" in same["detail"]
    opinion_given(town, number, "重新核查了立项批复，便桥由我局2016年修建，属养护范围，已安排勘测设计。", NEW)
    view = town("transport-clerk").step(number, "serve", SERVED)
    assert view["stage"] == "served"
    assert {each["limit"]: each["state"] for each in view["clocks"]}["redo"] == "met"
    assert set(running(view)) >= {"ask_review", "rating"}
    seen = petitioner.get(f"/cases/{number}")
    assert seen["opinion"]["answers"][0]["finding_label"] == "予以支持"
    assert {"rate", "request_review"} <= set(actions(seen))


def test_an_opinion_that_reached_him_in_time_stays_in_time_also_when_it_is_revoked_again(petitioner, staff, later):
    """It was handed over on the last day but one, and written down three days after: the day of service counts."""
    town = Town(staff, later, petitioner)
    number = served(town, petitioner)
    for _ in range(2):
        petitioner.step(number, "request_review", ASKED)
        town.days_go_by(7)
        town("bureau1").step(number, "decide_review", REVOKED | {"redo_days": 30})
        town("bureau1").step(number, "serve_review", {"method": "online"})
        town.days_go_by(29)
        opinion_given(town, number, f"重新核查了立项批复，便桥属养护范围。{today()}", NEW)
        town.days_go_by(3)
        in_hand = SERVED | {"method": "person", "served_on": today(-3).isoformat(), "proof": "送达回证0137"}
        town("transport-clerk").step(number, "serve", in_hand)
        proofs = petitioner.get(f"/cases/{number}/deadline-proofs")["proofs"]
        redone = [each for each in proofs if each["limit"] == "redo"]
        assert {(each["verdict"], each["margin"]) for each in redone} == {("in_time", 1)}
        assert redone[-1]["end"]["on"] == today(-3).isoformat()
        assert redone[-1]["end"]["event"]["event"] == "petition.served"
    assert [each["run"] for each in redone] == [1, 2]
    export = town("transport-clerk").get(f"/cases/{number}/export")["export"]
    assert [wrong for wrong in recount(export, export["calendars"]) if wrong[1]] == []
    for proof in export["deadline_proofs"]:
        if proof["limit"] == "redo" and proof["run"] == 1:
            proof["end"]["on"] = proof["end"]["event"]["at"][:10]
            proof["verdict"], proof["margin"] = "late", -2
    assert any("结束于" in said for _, wrong in recount(export, export["calendars"]) for said in wrong)
