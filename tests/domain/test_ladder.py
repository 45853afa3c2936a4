"""Lateness goes up rung by rung, past nobody who may not know and never into nothing (第四十条; sms.md rule 9)."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from chalicelib.domain import limits
from chalicelib.domain.case import Case
from chalicelib.domain.elapsing import elapse
from chalicelib.domain.events import ClockOverdue
from chalicelib.domain.events.base import STAFF
from chalicelib.domain.events.passing import ClockStillOverdue
from chalicelib.domain.limits import TimeLimit
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


def at_each_morning(case: Case, days: int) -> list[tuple[date, str]]:
    """What is said on each of so many days from the 2nd of March, looked at twice a day."""
    said = []
    for hour in range(0, 24 * days, 12):
        at = noon(MARCH[2]) - timedelta(hours=3) + timedelta(hours=hour)
        change = elapse(PETITION, case, at=at, rules=RULES)
        if change is not None:
            case = change.case
            said += [(at.date(), event.wire) for event in change.events]
    return said


def test_a_line_is_written_on_every_working_day_while_it_is_late() -> None:
    said = [day for day, wire in at_each_morning(county.registered(), 36) if wire == "petition.still_overdue"]
    # due on Tuesday the 17th: told on the 18th, the 21st (a Saturday) and the 25th by the rungs
    assert said[:8] == [MARCH[19], MARCH[20], MARCH[23], MARCH[24], MARCH[26], MARCH[27], MARCH[30], MARCH[31]]


def test_a_line_goes_to_whoever_owes_and_to_no_telephone() -> None:
    event = ClockStillOverdue(limit="handle", owner="housing", due=MARCH[2], days=9)
    assert owed(county.accepted(), event) == (Notice("org:housing", SITE, ("M17b",)),)
    assert ClockStillOverdue.seen == STAFF


def test_when_nobody_heeds_the_lines_they_come_once_a_week() -> None:
    said = [day for day, wire in at_each_morning(county.registered(), 140) if wire == "petition.still_overdue"]
    unheeded = [day for day in said if (day - MARCH[17]).days > 60]
    assert len(unheeded) >= 8
    assert all((later - day).days >= 7 for day, later in pairwise(unheeded))


@pytest.mark.parametrize("limit", limits.KNOWN.values(), ids=lambda limit: limit.name)
def test_every_ladder_begins_at_once_and_rises(limit: TimeLimit) -> None:
    assert limit.ladder[0] == 0
    assert list(limit.ladder) == sorted(set(limit.ladder))
    assert len(limit.ladder) == 3, "the third rung is where a leader is told"


def test_what_cannot_wait_climbs_faster() -> None:
    assert limits.KNOWN["urgent_report"].ladder == (0, 1, 3)
    with pytest.raises(ValueError, match="ladder"):
        replace(limits.KNOWN["handle"], ladder=(3, 1))
