"""不再受理: only after a re-review opinion, only by two, and never against new facts (第三十六条第三款)."""

import pytest

from tests.stories.answered import ASKED, BY_COUNTY, THE_BRIDGE, Town, served
from tests.stories.conftest import Petitioner, run_ways_out

EXPLAINED = "市政府已经作出复核意见（临政复核〔2026〕3号），本次提出的事实和理由相同。有新的事实和理由，可以再次提出。"


def again(earlier: str) -> dict[str, str]:
    return {"ground": "rereviewed", "earlier": earlier, "explanation": EXPLAINED}


@pytest.fixture
def town(staff, later, petitioner):
    """Everybody who works here."""
    return Town(staff, later, petitioner)


@pytest.fixture
def final(petitioner, town):
    """The petitioner's earlier matter, at the end of its three instances."""
    number, bureau = served(town, petitioner), town("bureau1")
    petitioner.step(number, "request_review", ASKED)
    bureau.step(number, "decide_review", BY_COUNTY | {"outcome": "uphold"})
    bureau.step(number, "serve_review", {"method": "online"})
    petitioner.step(number, "request_rereview", ASKED)
    bureau.step(number, "send_file", {"document": "青信函〔2026〕12号"})
    bureau.step(number, "decide_rereview", BY_COUNTY | {"outcome": "uphold", "document": "临政复核〔2026〕3号"})
    bureau.step(number, "serve_rereview", {"method": "online"})
    return number


@pytest.mark.feature(34, 91)
def test_the_same_facts_are_not_taken_again_and_the_petitioner_reads_that_new_ones_are(final, petitioner, town):
    number = petitioner.files(**THE_BRIDGE)["case_number"]
    bureau, other = town("bureau1"), town("bureau2")
    bureau.step(number, "propose_ending", again(final))
    seen = other.step(number, "not_take_again", {"note": "核对过复核意见书"})
    assert seen["stage"] == "not_taken_again"
    assert not {step["action"] for step in seen["next_steps"]} & {"forward", "accept", "propose_ending"}
    run_ways_out(number)
    assert "同一事实和理由不再受理。有新情况可再提" in petitioner.texts()[-1]
    notice = petitioner.get(f"/cases/{number}")["timeline"][-1]
    assert notice["text"] == {"explanation": EXPLAINED, "earlier": final}
    assert "有新的事实和理由可以再提" in notice["label"]

    new = petitioner.files(
        title="修好的便桥又被冲断", text="复核以后村里自己修的便桥，上个月又被水冲断了一根梁。", claims=[]
    )["case_number"]
    assert bureau.step(new, "forward", {"to": "housing"})["stage"] == "forwarded"


def test_without_a_rereview_opinion_it_is_taken_again(petitioner, staff):
    earlier, number = petitioner.files()["case_number"], petitioner.files()["case_number"]
    bureau = staff("bureau1")
    for named in (again(earlier), again("260000000006"), again("261234567890"), again("") | {"earlier": None}):
        refused = bureau.step(number, "propose_ending", named, 422)
        assert refused["law"] == "第三十六条第三款"
        assert refused["errors"][0]["pointer"] == "/earlier"


def test_the_rereview_opinion_of_somebody_else_is_no_reason(final, town, client, world):
    stranger = Petitioner(client, world, phone="19900005678").signs_in()
    number = stranger.files()["case_number"]
    refused = town("bureau1").step(number, "propose_ending", again(final), 422)
    assert refused["errors"][0]["code"] == "not_rereviewed"


def test_nobody_closes_the_door_alone(final, petitioner, town):
    number = petitioner.files(**THE_BRIDGE)["case_number"]
    bureau = town("bureau1")
    bureau.step(number, "propose_ending", again(final))
    assert bureau.step(number, "not_take_again", {}, 403)["law"] == "第二十八条第一款"
    assert petitioner.get(f"/cases/{number}")["stage"] == "registered"
