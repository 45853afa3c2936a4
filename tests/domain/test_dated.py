"""No case is forgotten: in every stage in which somebody has to act a clock runs by which he would be late."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.domain import dated, limits, reaching, receiving, stages
from chalicelib.domain.case import CLERK, Actor, Case, Change
from chalicelib.domain.dated import Carried, Dateless, lacks_a_date
from chalicelib.domain.intake import Contact
from chalicelib.domain.petition import PETITION
from chalicelib.domain.report import PROCEDURE as REPORT
from chalicelib.domain.tables.inspection import INSPECTION
from chalicelib.domain.tables.road import nothing_is_left
from tests.domain import county, routed
from tests.domain.county import CONTACT, HOUSING_CLERK, MARCH, RULES, TREE
from tests.domain.scenes import Scene, inspection, petition_scenes

PROPERTY_CLERK = Actor(CLERK, "property", "property1")
KNOWN = {*limits.KNOWN, "transfer_report"}
GIVEN: dict[str, Any] = {"tree": TREE, "rules": RULES}
SCENES = {**petition_scenes(), **inspection.scenes()}
each_scene = pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)


def test_every_stage_of_every_procedure_says_what_carries_it_or_why_nothing_does() -> None:
    every = {stage for each in (PETITION, REPORT, INSPECTION) for stage in each.stages}
    assert set(dated.STAGES) == every
    for stage, row in dated.STAGES.items():
        assert row.why if isinstance(row, Dateless) else row.by == dated.ANY or set(row.by) <= KNOWN, stage


def test_only_an_end_of_a_petition_is_without_a_date() -> None:
    without = {stage for stage in PETITION.stages if isinstance(dated.STAGES[stage], Dateless)}
    assert without == set(PETITION.ends)
    assert all(isinstance(dated.STAGES[stage], Carried) for stage in stages.UNDER_WAY)


def test_a_stage_that_any_clock_carries_ends_by_itself_with_the_last_one() -> None:
    """Or, in one stage, with the right that runs in it: when it lapses the case is concluded."""
    ending = {stage for move in PETITION.automatic if move.when is nothing_is_left for stage in move.frm}
    carried = {stage for stage, row in dated.STAGES.items() if row == dated.AFTER_AN_ANSWER}
    assert carried - ending == {stages.REVIEWED}
    assert stages.REVIEWED in PETITION.step("conclude_review").frm


@pytest.mark.feature(4)
@each_scene
def test_no_step_of_any_table_leaves_a_case_without_a_date(scene: Scene) -> None:
    assert scene.before is None or not lacks_a_date(scene.before)
    assert not lacks_a_date(scene.take(scene.before).case)


@each_scene
def test_a_case_whose_clocks_are_gone_is_seen_where_its_stage_asks_for_one(scene: Scene) -> None:
    case = replace(scene.take(scene.before).case, clocks=())
    row = dated.STAGES[case.stage]
    assert lacks_a_date(case) == (isinstance(row, Carried) and (row.when is None or row.when(case)))


def test_a_clock_beside_the_road_carries_nothing() -> None:
    """提出异议 is a right of the unit: when its window closes the case is still there."""
    case = routed.forwarded_without_a_name()
    left = replace(case, clocks=tuple(each for each in case.clocks if each.limit == "object"))
    assert left.due() is not None
    assert lacks_a_date(left)


def test_a_letter_without_a_name_has_its_date_after_the_window_for_objecting() -> None:
    clock = routed.forwarded_without_a_name().running("decide_acceptance")
    assert clock is not None
    assert (clock.owner, clock.start, clock.due) == ("housing", MARCH[3], MARCH[18])


def test_a_letter_without_a_name_brought_to_the_unit_itself_has_its_date_from_the_receipt() -> None:
    clock = direct().running("decide_acceptance_direct")
    assert clock is not None
    assert (clock.owner, clock.start, clock.due) == ("housing", MARCH[2], MARCH[17])


@pytest.mark.parametrize("name", ["decide_acceptance", "decide_acceptance_direct"])
def test_it_is_as_long_as_the_notice_would_have_been_and_no_limit_of_the_law(name: str) -> None:
    limit = limits.KNOWN[name]
    assert (limit.kind, limit.for_staff, limit.days) == ("service", True, limits.INFORM.days)


@pytest.mark.parametrize("contact", [CONTACT, Contact()], ids=["can be told", "cannot be told"])
def test_the_notice_and_the_decision_alone_never_run_side_by_side(contact: Contact) -> None:
    for case in (county.forwarded(contact=contact, channel="letter"), direct(contact)):
        running = {clock.limit for clock in case.clocks if clock.is_running} - {"object"}
        assert len(running) == 1
        assert running <= {"inform", "inform_direct"} if contact.is_notifiable else running <= decisions()


def test_accepting_meets_it() -> None:
    for case in (routed.forwarded_without_a_name(), direct()):
        done = county.accepted(case=case, on=MARCH[9])
        assert [(each.ending, each.ended_on) for each in done.clocks if each.limit in decisions()] == [
            ("met", MARCH[9])
        ]


def test_once_the_name_is_known_the_notice_takes_its_place() -> None:
    for before, limit in ((routed.forwarded_without_a_name(), "inform"), (direct(), "inform_direct")):
        case = completed(before).case
        assert [each.ending for each in case.clocks if each.limit in decisions()] == ["moot"]
        assert case.running(limit) is not None


def test_what_is_still_not_clear_leaves_the_date_as_it_is() -> None:
    before = routed.forwarded_without_a_name()
    assert completed(before, Contact("张三丰")).case.clocks == before.clocks


def test_handed_back_by_the_unit_its_first_date_goes_on() -> None:
    case = handed_back(direct())
    assert case.running("decide_acceptance") is None
    clock = case.running("decide_acceptance_direct")
    assert clock is not None
    assert clock.due > MARCH[17], "the days on which it lay elsewhere are not counted"
    assert not lacks_a_date(case)


def test_what_the_notice_replaced_does_not_come_back_with_an_objection() -> None:
    case = handed_back(completed(direct(), on=MARCH[3]).case)
    assert case.running("inform_direct") is not None
    assert case.running("decide_acceptance_direct") is None


def decisions() -> set[str]:
    return {"decide_acceptance", "decide_acceptance_direct"}


def direct(contact: Contact | None = None) -> Case:
    """A letter to the housing bureau itself; unless said otherwise nobody signed it."""
    return county.registered(office="housing", contact=contact or Contact(), channel="letter")


def completed(case: Case, contact: Contact = CONTACT, *, on: date = MARCH[12]) -> Change:
    return reaching.complete_contact(case, contact, "hash", by=HOUSING_CLERK, on=on, rules=RULES)


def handed_back(case: Case) -> Case:
    """The unit it was brought to hands it to one of its own on the 4th, which objects, rightly."""
    case = receiving.forward(case, "property", by=HOUSING_CLERK, on=MARCH[4], **GIVEN).case
    assert not lacks_a_date(case)
    case = receiving.object_to(case, "不属于本单位职责范围", by=PROPERTY_CLERK, on=MARCH[5], **GIVEN).case
    assert not lacks_a_date(case)
    return receiving.uphold_objection(case, by=HOUSING_CLERK, on=MARCH[9], rules=RULES).case
