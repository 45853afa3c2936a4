"""What is answered of a task of supervision is what docs/api/openapi.json describes, at every stage."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib import clock
from tests.api.described import Described
from tests.stories.conftest import Petitioner, run_ways_out
from tests.stories.conftest import at_work as at_work  # a fixture
from tests.stories.test_random_check import CHECK, served

NEXT_WEEK = (clock.today() + timedelta(days=7)).isoformat()
A_LIST = {"kind": "problem_list", "title": "问题清单", "org": "housing", "items": ["甲", "乙"], "due": NEXT_WEEK}


@pytest.fixture
def client(client: Any) -> Described:
    """The application's client, comparing as it goes."""
    return Described(client)


def test_a_list_of_problems_is_answered_as_described(at_work):
    bureau, unit = at_work("bureau1"), at_work("housing-clerk")
    number = bureau.post("/inspections", A_LIST)["case_number"]
    run_ways_out(number)
    unit.step(number, "sign_for", {})
    unit.get("/inspections")
    unit.get("/messages")
    unit.step(number, "answer_inspection", {"answers": ["一", "二"], "responsible": ["李工", "王工"]})
    bureau.step(number, "recheck", {"failed": ["1"], "note": "没有", "due": NEXT_WEEK})
    unit.step(number, "answer_inspection", {"answers": ["一"], "responsible": ["李工"]})
    bureau.step(number, "recheck", {"note": "好"})
    at_work("leader1").get(f"/cases/{number}")
    bureau.get("/inspections?status=closed")
    assert at_work("urban-management-clerk").call("GET", f"/cases/{number}").status_code == 404


def test_a_check_an_appraisal_and_a_reception_are_answered_as_described(petitioner: Petitioner, at_work):
    bureau, number = at_work("bureau1"), served(petitioner, at_work)
    check = bureau.post("/inspections", CHECK)["case_number"]
    bureau.step(check, "score_sample", {"number": number, "line": "based", "points": 1, "reason": "不符"})
    bureau.step(check, "close_inspection", {"note": "好"})
    appraisal = bureau.post("/inspections", {"kind": "appraisal", "title": "评议", "org": "housing"})["case_number"]
    votes = {"participants": 3, "satisfied": 1, "basically": 1, "not_satisfied": 0, "note": "服务好"}
    bureau.step(appraisal, "record_votes", votes)
    day = bureau.post("/inspections", {"kind": "reception", "title": "接访日"})["case_number"]
    bureau.step(day, "record_reception", {"leader": "leader1", "visitors": 2, "numbers": [number], "note": "一件"})
