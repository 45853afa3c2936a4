"""A right and a duty that a notice of days off moved, taken away and counted again by those who do not believe us."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from infra.verify.deadlines import check as recount
from infra.verify.logs import check_export
from tests.api.described import Described
from tests.api.test_proving import ANSWERS, taken
from tests.domain.test_notices_of_days_off import GOOD
from tests.stories.conftest import Petitioner, give_opinion, run_ways_out, sweep
from tests.stories.conftest import at_work as at_work  # a fixture
from tests.verify.node import page_says

NOTICE = {"form": "json", "content": json.dumps(GOOD)}


@pytest.fixture
def client(client: Any) -> Described:
    """Every answer is compared with the description."""
    return Described(client)


@pytest.fixture
def petitioner(client: Described, world: Any, on_day: Any) -> Petitioner:
    on_day("2026-12-31")  # what is due in 30 days is due on Saturday 30 January 2027
    return Petitioner(client, world).signs_in()


def announced(at_work: Any) -> None:
    """The notice, by which that Saturday is worked and 1 January is not."""
    number = at_work("admin1").post("/calendar/notices", NOTICE)["number"]
    at_work("security1").post(f"/calendar/notices/{number}/confirm", {}, 200)
    sweep()


def proofs(export: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["limit"]: each for each in export["deadline_proofs"]}


def differences(export: dict[str, Any]) -> list[str]:
    return [each for _, wrong in recount(export, export["calendars"]) for each in wrong]


def test_a_right_that_was_told_stays_and_both_verifiers_see_why(
    petitioner: Petitioner, at_work: Any, tmp_path: Path
) -> None:
    number = petitioner.files()["case_number"]
    run_ways_out(number)
    at_work("bureau1").step(number, "forward", {"to": "housing"})
    unit = at_work("housing-clerk")
    unit.step(number, "accept", {"track": "petition_procedure", "undertaker": "李工"})
    give_opinion(at_work, number, {"facts": "经现场查看，物业自6月起收费。", "answers": ANSWERS})
    unit.step(number, "serve", {"method": "online", "cause": "conduct"})
    told = proofs(check_export(taken(petitioner, number)))["ask_review"]
    assert (told["due"], told["calendar"], told["not_before"]) == ("2027-02-01", "cn-2026.1", None)

    announced(at_work)
    for person in (petitioner, at_work("bureau1")):
        data = taken(person, number)
        export = check_export(data)
        assert page_says(tmp_path, data) == "ok"
        assert differences(export) == []
        assert set(export["calendars"]) == {"cn-2026.1", "cn-2026.1+2027.n1"}
        right = proofs(export)["ask_review"]
        assert (right["run"], right["start"]["event"]) == (1, "petition.served")
        assert (right["legal_due"], right["not_before"], right["due"]) == ("2027-01-30", "2027-02-01", "2027-02-01")
        assert "已告知的日期不因此提前，仍为2027年2月1日" in right["derivation"]
        # What was over when the notice came is counted as it was.
        assert proofs(export)["handle"]["calendar"] == "cn-2026.1"

        spoilt = copy.deepcopy(export)
        longer = proofs(spoilt)["ask_review"]
        longer["not_before"] = longer["due"] = "2027-02-02"
        longer["margin"] += 1
        assert "不提前的日期2027-02-02没有事件告知过" in differences(spoilt)
    shown = {each["limit"]: each for each in petitioner.get(f"/cases/{number}/deadline-proofs")["proofs"]}
    assert shown["ask_review"]["not_before"] == "2027-02-01"


def test_a_duty_moves_with_the_days_off_and_is_counted_with_the_calendar_it_names(
    petitioner: Petitioner, at_work: Any, tmp_path: Path
) -> None:
    number = petitioner.files(kind="consultation")["case_number"]
    at_work("bureau1").step(number, "forward", {"to": "housing"})
    at_work("housing-clerk").step(number, "accept", {"track": "consultation", "undertaker": "李工"})
    before = proofs(check_export(taken(at_work("bureau1"), number)))["consultation_target"]
    announced(at_work)
    data = taken(at_work("bureau1"), number)
    export = check_export(data)
    after = proofs(export)["consultation_target"]
    assert (before["calendar"], after["calendar"], after["run"]) == ("cn-2026.1", "cn-2026.1+2027.n1", 1)
    assert before["due"] < after["due"]
    assert not after["provisional"]
    assert differences(export) == []
    assert page_says(tmp_path, data) == "ok"
    one_calendar = {"cn-2026.1": export["calendars"]["cn-2026.1"]}
    assert any("没有日历 cn-2026.1+2027.n1" in each for _, wrong in recount(export, one_calendar) for each in wrong)
