"""Lateness goes up rung by rung, past nobody who may not know and never into nothing (第四十条; sms.md rule 9)."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain.case import Case
from chalicelib.domain.elapsing import elapse
from chalicelib.domain.events import ClockOverdue
from chalicelib.domain.offices import Office, OfficeTree
from chalicelib.domain.owed import SITE, SMS, Notice, owed
from chalicelib.domain.owed.upward import line_upward, redirected
from chalicelib.domain.petition import PETITION
from tests.domain import county
from tests.domain.county import MARCH, RULES, TREE, noon

UNIT = [("org:housing", "S17"), ("head:housing", "S17"), ("org:bureau", "M17")]


def told(case: Case, owner: str, rung: int, limit: str = "handle") -> list[tuple[str, str]]:
    event = ClockOverdue(limit=limit, owner=owner, due=MARCH[2], days=rung, rung=rung)
    return [(notice.recipient, notice.texts[0]) for notice in owed(case, event)]


@pytest.mark.feature(60)
def test_each_rung_tells_those_before_and_one_more() -> None:
    case = county.accepted()
    assert told(case, "housing", 1) == UNIT
    assert told(case, "housing", 2) == [*UNIT, ("head:bureau", "S17b")]
    above = [("leader:housing", "S17b"), ("supervisor:housing", "S17b")]
    assert told(case, "housing", 3) == [*UNIT, ("head:bureau", "S17b"), *above]


@pytest.mark.feature(60)
def test_the_bureaus_own_lateness_goes_to_its_head_then_to_the_government() -> None:
    case = county.registered()
    own = [("org:bureau", "S17"), ("head:bureau", "S17")]
    assert told(case, "bureau", 1) == own
    assert told(case, "bureau", 2) == [*own, ("supervisor:bureau", "S17b")]
    assert told(case, "bureau", 3) == [*own, ("supervisor:bureau", "S17b"), ("leader:bureau", "S17b")]


@pytest.mark.feature(40, 60)
def test_a_late_case_climbs_on_the_first_the_fourth_and_the_eighth_day() -> None:
    case, rungs = county.forwarded(), []
    for day in range(17, 32):
        change = elapse(PETITION, case, at=noon(MARCH[day]), rules=RULES)
        if change is not None:
            case = change.case
            rungs += [(day, event.rung) for event in change.events if isinstance(event, ClockOverdue)]
    assert rungs == [(19, 1), (22, 2), (26, 3)]


def test_after_the_unit_comes_its_bureau_then_its_government() -> None:
    assert list(line_upward("property", TREE)) == ["property", "bureau", "housing", "county"]
    assert list(line_upward("housing", TREE)) == ["housing", "bureau", "county"]
    assert list(line_upward("bureau", TREE)) == ["bureau", "county"]
    assert list(line_upward("county", TREE)) == ["county", "bureau"]
    assert list(line_upward("nowhere", TREE)) == ["nowhere"]


@pytest.mark.parametrize(
    ("accused", "line"),
    [
        (("housing",), ["bureau", "county"]),
        (("property",), ["bureau", "housing", "county"]),
        (("bureau",), ["property", "housing", "county"]),
        (("county",), []),
    ],
)
def test_nobody_who_is_accused_or_below_who_is_stands_in_the_line(accused: tuple[str, ...], line: list[str]) -> None:
    assert list(line_upward("property", TREE, accused)) == line


def test_what_an_accused_office_was_to_be_told_the_next_above_is_told_and_nobody_twice() -> None:
    notices = (
        Notice("org:housing", SMS, ("S17",)),
        Notice("org:bureau", SITE, ("M17",)),
        Notice("org:bureau", SMS, ("S17",)),
    )
    found = redirected(notices, ("housing",), TREE)
    assert [(each.recipient, each.channel) for each in found] == [("org:bureau", SMS), ("org:bureau", SITE)]
    assert redirected(notices, (), TREE) == notices


def test_a_petitioner_is_told_whoever_is_accused() -> None:
    notices = (Notice("petitioner", SMS, ("S22",)),)
    assert redirected(notices, ("county",), TREE) == notices


def test_a_town_has_the_government_of_the_county_above_it() -> None:
    tree = OfficeTree.of(
        [*TREE.offices.values(), Office("town", "青溪镇人民政府", "青溪镇", "township", "township", "county")]
    )
    assert tree.government_of("town") == tree.government_of("county") == "county"
    assert tree.area_of("bureau") == tree.area_of("county") == "county"
    assert OfficeTree.of([Office("alone", "单位", "单位", "county", "department")]).government_of("alone") is None


def test_an_accused_bureau_is_not_told_that_a_unit_is_late() -> None:
    case = replace(county.accepted(), accused=("bureau",))
    event = ClockOverdue(limit="handle", owner="housing", due=date(2026, 5, 3), days=1)
    found = {each.recipient for each in redirected(owed(case, event), case.accused, TREE)}
    assert found == {"org:housing", "head:housing", "org:county"}
