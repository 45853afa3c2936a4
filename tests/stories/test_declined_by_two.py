"""A petition that is not taken: one clerk proposes it, another one reads it, and only then is the petitioner told."""

import pytest

from tests.stories.conftest import run_ways_out

PROPOSAL = {
    "ground": "not_our_competence",
    "where_to": "青山县水利局，电话0736-6620033，城关镇滨河路2号",
    "explanation": "自来水停水由供水主管部门负责，不属于住建局职权范围。",
}


@pytest.fixture
def petition(petitioner):
    """Brought to the wrong office, by its own clerk's counter or over the web."""
    return petitioner.files(
        unit="housing",
        title="高楼层早晚没水",
        text="我们小区七楼以上，早上六点到八点、晚上七点以后就没有水，打水厂电话没人管。",
        claims=["解决高楼层停水"],
    )["case_number"]


def actions(person, number):
    return {step["action"] for step in person.get(f"/cases/{number}")["next_steps"]}


@pytest.mark.feature(34, 91)
def test_what_one_person_proposed_another_one_confirms_and_the_petitioner_reads_it_word_for_word(
    petition, petitioner, staff
):
    clerk, head = staff("housing-clerk"), staff("housing-head")
    assert "decline" not in actions(head, petition)
    early = head.step(petition, "decline", {}, 422)
    assert "请先拟定结论" in early["detail"]
    clerk.step(petition, "propose_ending", PROPOSAL)
    run_ways_out(petition)
    assert any("不予受理" in each["text"] for each in head.get("/messages")["items"])

    before = petitioner.get(f"/cases/{petition}")
    assert before["stage"] == "registered"
    assert "petition.ending_proposed" not in {each["event"] for each in before["timeline"]}
    assert not any("不能受理" in text for text in petitioner.texts())

    own = clerk.step(petition, "decline", {}, 403)
    assert (own["code"], own["law"]) == ("not_your_step", "第二十八条第一款")
    assert "decline" not in actions(clerk, petition)
    assert {"decline", "return_proposal"} <= actions(head, petition)
    ended = head.step(petition, "decline", {"note": "经核对三定方案，同意"})
    assert ended["timeline"][-1]["text"]["note"] == "经核对三定方案，同意"

    seen = petitioner.get(f"/cases/{petition}")
    assert seen["stage"] == "declined"
    assert seen["timeline"][-1]["text"] == {
        "explanation": PROPOSAL["explanation"],
        "where_to": PROPOSAL["where_to"],
    }
    assert {each["limit"]: each["state"] for each in seen["clocks"]} == {"inform_direct": "met"}
    run_ways_out(petition)
    assert "不能受理，原因和该找的单位写在告知书里" in petitioner.texts()[-1]


def test_a_second_reader_who_does_not_agree_gives_it_back_and_it_is_handled(petition, petitioner, staff):
    clerk, head = staff("housing-clerk"), staff("housing-head")
    clerk.step(petition, "propose_ending", PROPOSAL)
    head.step(petition, "return_proposal", {"reason": "二次供水设施由我局监管，应当受理。"})
    assert not {"decline", "return_proposal"} & actions(head, petition)
    late = head.step(petition, "decline", {}, 422)
    assert late["law"]
    clerk.step(petition, "accept", {"track": "petition_procedure", "undertaker": "李工"})
    told = {each["event"] for each in petitioner.get(f"/cases/{petition}")["timeline"]}
    assert told == {"petition.registered", "petition.accepted"}


def test_what_was_forwarded_is_objected_to_and_not_declined(petitioner, staff):
    number = petitioner.files()["case_number"]
    staff("bureau1").step(number, "forward", {"to": "housing"})
    refused = staff("housing-clerk").step(number, "propose_ending", PROPOSAL, 422)
    assert refused["law"] == "第二十三条第三款"
    assert "5个工作日内提出异议" in refused["detail"]


def test_a_proposal_is_void_once_the_matter_has_gone_another_way(petitioner, staff):
    number = petitioner.files()["case_number"]
    bureau, other = staff("bureau1"), staff("bureau2")
    bureau.step(number, "propose_ending", {"ground": "pending_elsewhere", "explanation": "市信访局已经受理。"})
    other.step(number, "forward", {"to": "housing"})
    unit = staff("housing-head")
    assert "decline" not in actions(unit, number)
    assert "请先拟定结论" in unit.step(number, "decline", {}, 422)["detail"]
