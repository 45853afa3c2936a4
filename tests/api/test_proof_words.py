"""What a proof of a deadline says, to the petitioner: 办结 of the matter only, and what happened by its own name."""

from tests.stories.conftest import at_work as at_work  # a fixture
from tests.stories.conftest import petitioner as petitioner  # a fixture
from tests.stories.conftest import staff as staff  # a fixture


def proofs(person, number):
    return {each["limit"]: each for each in person.get(f"/cases/{number}/deadline-proofs")["proofs"]}


def test_a_step_on_the_way_is_completed_in_time_and_the_matter_is_not_done_by_it(petitioner, at_work):
    number = petitioner.files()["case_number"]
    assert proofs(petitioner, number)["route"]["verdict_label"] == "在期限内"
    at_work("bureau1").step(number, "forward", {"to": "housing"})
    route = proofs(petitioner, number)["route"]
    assert (route["verdict"], route["verdict_label"], route["margin"]) == ("in_time", "按期完成", 15)
    (shown,) = [each for each in at_work("bureau1").get(f"/cases/{number}")["clocks"] if each["limit"] == "route"]
    assert shown["light"]["text"] == "按期完成"


def test_a_step_that_came_late_is_completed_late(petitioner, at_work, later):
    number = petitioner.files()["case_number"]
    later(days=20)
    bureau = at_work("bureau1")
    assert proofs(bureau, number)["route"]["verdict_label"] == "已超期，尚未完成"
    bureau.step(number, "forward", {"to": "housing"})
    assert proofs(bureau, number)["route"]["verdict_label"] == "超期完成"


def test_where_a_date_comes_from_is_what_happened_and_not_where_the_matter_stands(petitioner, at_work):
    number = petitioner.files()["case_number"]
    at_work("bureau1").step(number, "forward", {"to": "housing"})
    route = proofs(petitioner, number)["route"]
    assert (route["start"]["label"], route["end"]["event"]["label"]) == ("登记", "转送")
