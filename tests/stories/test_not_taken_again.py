"""不再受理: only after a re-review opinion, only by two, and never against new facts (第三十六条第三款)."""

import pytest

from chalicelib import clock
from chalicelib.domain.case import Change
from chalicelib.store import offices
from chalicelib.store.cases import Command
from chalicelib.store.tenant import cases, rules
from tests.stories.conftest import Petitioner, run_ways_out

EXPLAINED = "2025年已经作出复核意见，本次提出的事实和理由相同。有新的事实和理由，可以再次提出。"


def again(earlier: str) -> dict[str, str]:
    return {"ground": "rereviewed", "earlier": earlier, "explanation": EXPLAINED}


def has_its_rereview_opinion(number: str) -> str:
    """What serving a re-review opinion leaves in a case; that road has its own story."""
    held = cases().load(number)
    change = Change(held.case.with_facts(final=True))
    command = Command.of("a story", number, {})
    cases().commit(held, change, command, at=clock.now(), tree=offices.tree(), rules=rules())
    return number


@pytest.fixture
def final(petitioner):
    """The petitioner's earlier matter, at the end of its three instances."""
    return has_its_rereview_opinion(petitioner.files()["case_number"])


@pytest.mark.feature(34, 91)
def test_the_same_facts_are_not_taken_again_and_the_petitioner_reads_that_new_ones_are(final, petitioner, staff):
    number = petitioner.files()["case_number"]
    bureau, other = staff("bureau1"), staff("bureau2")
    bureau.step(number, "propose_ending", again(final))
    seen = other.step(number, "not_take_again", {"note": "核对过复核意见书"})
    assert (seen["stage"], seen["next_steps"]) == ("not_taken_again", [])
    run_ways_out(number)
    assert "同一事实和理由不再受理。有新情况可再提" in petitioner.texts()[-1]
    notice = petitioner.get(f"/cases/{number}")["timeline"][-1]
    assert notice["text"] == {"explanation": EXPLAINED, "earlier": final}
    assert "有新的事实和理由可以再提" in notice["label"]

    new = petitioner.files(title="停车费又涨了", text="复核以后，物业今年一月又把停车费涨到每月两百。")["case_number"]
    assert bureau.step(new, "forward", {"to": "housing"})["stage"] == "forwarded"


def test_without_a_rereview_opinion_it_is_taken_again(petitioner, staff):
    earlier, number = petitioner.files()["case_number"], petitioner.files()["case_number"]
    bureau = staff("bureau1")
    for named in (again(earlier), again("260000000006"), again("261234567890"), again("") | {"earlier": None}):
        refused = bureau.step(number, "propose_ending", named, 422)
        assert refused["law"] == "第三十六条第三款"
        assert refused["errors"][0]["pointer"] == "/earlier"


def test_the_rereview_opinion_of_somebody_else_is_no_reason(final, staff, client, world):
    stranger = Petitioner(client, world, phone="19900005678").signs_in()
    number = stranger.files()["case_number"]
    refused = staff("bureau1").step(number, "propose_ending", again(final), 422)
    assert refused["errors"][0]["code"] == "not_rereviewed"


def test_nobody_closes_the_door_alone(final, petitioner, staff):
    number = petitioner.files()["case_number"]
    bureau = staff("bureau1")
    bureau.step(number, "propose_ending", again(final))
    assert bureau.step(number, "not_take_again", {}, 403)["law"] == "第二十八条第一款"
    assert petitioner.get(f"/cases/{number}")["stage"] == "registered"
