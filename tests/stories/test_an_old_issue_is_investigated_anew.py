"""An old issue is not answered with the old answer: it is investigated anew, and a leader takes it on."""

from dataclasses import replace

import pytest

from chalicelib import clock
from chalicelib.domain.case import Actor, Change
from chalicelib.store import offices
from chalicelib.store.cases import Command
from chalicelib.store.tenant import cases, rules
from tests.stories.conftest import prepare

DRAFT = {
    "facts": "重新调取了2011年的征地补偿协议，并到村里核对了丈量记录。",
    "answers": [
        {
            "claim": 1,
            "finding": "support",
            "answer": "经重新丈量，少补的0.3亩补偿款2026年12月31日前发放，由国土所负责。",
            "basis": "《中华人民共和国土地管理法》第四十八条",
        }
    ],
}


def a_leader_takes_it_on(number: str) -> None:
    """As the chapter of leaders' own cases leaves it; its steps are told in its own story."""
    held = cases().load(number)
    event = cases().read(number).events[-1]
    assert event.seq == held.case.version
    led = Change(replace(held.case, facts={**held.case.facts, "leader_led": True}))
    by = Command.of("test", "leader", Actor("leader", "county", "leader1").role)
    cases().commit(held, led, by, at=clock.now(), tree=offices.tree(), rules=rules())


@pytest.mark.feature(51, 52)
def test_the_old_finding_does_not_count_and_a_leader_is_wanted(petitioner, at_work, later):
    number = petitioner.files(
        title="2011年征地少补了三分地", text="当年丈量少算了，多次反映都说已经答复过。", claims=["补发少算的补偿款"]
    )["case_number"]
    clerk = at_work("housing-clerk")
    at_work("bureau1").step(number, "forward", {"to": "housing"})
    clerk.step(number, "accept", {"track": "petition_procedure", "undertaker": "钱工"})
    prepare(clerk, number)
    assert "draft_reply" in [step["action"] for step in clerk.get(f"/cases/{number}")["next_steps"]]

    clerk.step(number, "mark_historical", {"reason": "2013年、2018年答复过，都没有重新丈量"})
    assert "draft_reply" not in [step["action"] for step in clerk.get(f"/cases/{number}")["next_steps"]]
    refused = clerk.step(number, "draft_reply", DRAFT, 422)
    assert "重新调查核实" in refused["detail"]
    clerk.step(number, "mark_historical", {"reason": "再标记一次"}, 422)

    clerk.step(number, "investigate", {"how": "visit", "note": "会同村干部重新丈量。", "place": "三组晒谷场"})
    refused = clerk.step(number, "draft_reply", DRAFT, 422)
    assert "领导包案" in refused["detail"]
    gate = {each["code"]: each for each in clerk.get(f"/cases/{number}")["checks"]}
    assert (gate["procedure"]["passed"], gate["procedure"]["words"]) == (False, "历史遗留问题须有领导包案")

    a_leader_takes_it_on(number)
    drafted = clerk.step(number, "draft_reply", DRAFT)
    assert drafted["draft"]["state_label"] == "待核稿"


@pytest.mark.feature(46)
def test_what_was_done_outside_is_read_by_staff_and_known_to_the_petitioner(petitioner, at_work):
    number = petitioner.files(unit="housing")["case_number"]
    clerk = at_work("housing-clerk")
    clerk.step(number, "accept", {"track": "petition_procedure", "undertaker": "钱工"})
    work = {
        "how": "meeting",
        "note": "和物业公司、业主一起核对台账。",
        "present": "物业经理、业主三人",
        "place": "社区",
    }
    clerk.step(number, "investigate", work)
    clerk.step(number, "investigate", work | {"how": "call", "note": "向供电所核实。"})
    entries = [each for each in clerk.get(f"/cases/{number}")["timeline"] if each["event"] == "petition.investigated"]
    assert [(each["how"], each["text"]["note"]) for each in entries] == [
        ("meeting", "和物业公司、业主一起核对台账。"),
        ("call", "向供电所核实。"),
    ]
    shown = [
        each for each in petitioner.get(f"/cases/{number}")["timeline"] if each["event"] == "petition.investigated"
    ]
    assert [each["label"] for each in shown] == ["责任单位作了调查核实"] * 2
    assert all("text" not in each for each in shown)
    before = {"held_on": "2019-01-01"}
    refused = clerk.step(number, "investigate", work | before, 422)
    assert [each["pointer"] for each in refused["errors"]] == ["/held_on"]
