"""One row per case, whatever the order and number of the messages."""

from datetime import date, timedelta
from itertools import permutations

import pytest

from chalicelib.domain import complaints
from chalicelib.domain.case import PETITIONER, Actor
from chalicelib.store import statistics
from chalicelib.triggers.statistics import record
from tests.triggers.world import RULES, TREE, World


@pytest.fixture
def world() -> World:
    return World()


def test_a_case_has_one_row_in_the_month_of_its_registration(world: World) -> None:
    case_id = world.file()
    world.forward(case_id)
    assert record(world.cases, case_id)
    rows = world.table.query("STAT#2026-11").items
    assert [(row["sk"], row["version"]) for row in rows] == [(case_id, 2)]


def test_a_message_that_comes_again_changes_nothing(world: World) -> None:
    case_id = world.file()
    assert record(world.cases, case_id)
    assert not record(world.cases, case_id)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_versions_may_come_in_any_order_and_the_newest_stays(order: tuple[int, ...]) -> None:
    world = World()
    case_id = world.file()
    files = [world.cases.read(case_id)]
    world.forward(case_id)
    files.append(world.cases.read(case_id))
    world.accept(case_id)
    files.append(world.cases.read(case_id))
    for place in order:
        statistics.record(world.table, files[place].case, files[place].events)
    assert world.table.query("STAT#2026-11").items == [statistics.item(files[2].case, files[2].events)]


def test_a_row_holds_nothing_of_a_person(world: World) -> None:
    case_id = world.file()
    record(world.cases, case_id)
    state = world.table.query("STAT#2026-11").items[0]["state"]
    for word in ("王某", "13900001111", "东街", "漏水"):
        assert word not in state


@pytest.mark.feature(49, 78)
def test_a_month_is_counted_by_unit_with_each_limit_booked_to_who_owes_it(world: World) -> None:
    late, in_time, waiting = (world.file(number=number) for number in (1, 2, 3))
    world.forward(in_time)
    world.pass_time(days=20)
    world.forward(late)
    for case_id in (late, in_time, waiting):
        record(world.cases, case_id)
    found = statistics.month(world.table, "2026-11", today=date(2026, 12, 15))
    assert found.total == 3
    assert found.units["housing"].total == 2
    assert found.units["housing"].stages == {"forwarded": 2}
    assert found.units["bureau"].stages == {"registered": 1}
    route = found.units["bureau"].limits["route"]
    assert (route.on_time, route.late, route.running, route.overdue) == (1, 1, 0, 1)
    inform = found.units["housing"].limits["inform"]
    assert (inform.running, inform.overdue) == (1, 1)


ROW = {
    **{"stage": "concluded", "office": "bureau", "agency": "housing", "kind": "grievance", "channel": "web"},
    **{"category": None, "clocks": [], "rated_office": None, "rated_unit": None, "solved": None},
    "rating_lapsed": False,
}


@pytest.mark.feature(71)
def test_bureau_and_unit_are_rated_apart() -> None:
    row = {**ROW, "rated_office": "satisfied", "rated_unit": "not_satisfied", "solved": False}
    found = statistics.summarize("2026-11", [row], today=date(2026, 12, 1))
    assert found.units["housing"].ratings == {"not_satisfied": 1}
    assert found.units["housing"].solved == {"unsolved": 1}
    assert found.units["bureau"].ratings == {"satisfied": 1}


@pytest.mark.feature(71)
def test_what_others_wrote_down_for_the_petitioner_is_counted_apart() -> None:
    row = {**ROW, "rated_office": "satisfied", "rated_unit": "basically", "solved": True, "rated_by_staff": True}
    found = statistics.summarize("2026-11", [row], today=date(2026, 12, 1))
    assert (found.units["housing"].ratings, found.units["housing"].ratings_by_staff) == ({}, {"basically": 1})
    assert (found.units["bureau"].ratings, found.units["bureau"].ratings_by_staff) == ({}, {"satisfied": 1})


@pytest.mark.feature(72)
def test_who_did_not_rate_is_never_counted_as_satisfied() -> None:
    found = statistics.summarize("2026-11", [{**ROW, "rating_lapsed": True}], today=date(2026, 12, 1))
    assert found.units["housing"].ratings == {"lapsed": 1}


def test_an_empty_month_is_empty(world: World) -> None:
    assert statistics.month(world.table, "2026-10", today=date(2026, 12, 1)).total == 0


@pytest.mark.feature(78, 103)
def test_what_is_late_is_named_with_who_owes_it_the_oldest_first(world: World) -> None:
    waiting = world.file(number=1)
    forwarded = world.file(number=2)
    world.forward(forwarded)
    for case_id in (waiting, forwarded):
        record(world.cases, case_id)
    first = world.cases.load(waiting).case.running("route")
    assert first is not None
    month = statistics.month(world.table, "2026-11", today=first.due + timedelta(days=3))
    assert [(late.case_number, late.unit, late.limit, late.days) for late in month.late if late.limit == "route"] == [
        (waiting, "bureau", "route", 3)
    ]
    assert [late.due for late in month.late] == sorted(late.due for late in month.late)
    assert all(late.limit != "rating" for late in month.late)


def test_a_complaint_is_in_no_figures_and_the_days_of_the_case_are_read_from_its_row(world: World) -> None:
    case_id = world.file()
    case = world.cases.load(case_id).case
    citizen = Actor(PETITIONER)
    world.take(
        case_id,
        complaints.complain(case, "retaliation", "unit", "被威胁", tree=TREE, by=citizen, on=world.today, rules=RULES),
    )
    record(world.cases, case_id)
    found = statistics.month(world.table, "2026-11", today=world.today + timedelta(days=40))
    assert {late.limit for late in found.late} == {"route"}
    assert "county" not in found.units
    assert statistics.steps_of(world.table, [case])[case_id]["petition.registered"] == "2026-11-25"
