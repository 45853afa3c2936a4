"""Reports of misconduct that come by letter, visit or telephone: who writes them down, from which day they count."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.domain import report
from chalicelib.domain.case import (
    BUREAU,
    CLERK,
    JOINT_MEETING,
    LEADER,
    SUPERVISOR,
    UNIT_HEAD,
    WINDOW,
    Actor,
)
from chalicelib.domain.errors import FieldsInvalid, NotYourStep, TakenInElsewhere, TargetRefused
from chalicelib.domain.offices import OfficeTree
from tests.domain.county import MARCH, NUMBER, noon
from tests.domain.test_report import SEALED, TREE

A_CLERK = Actor(WINDOW, "water", "water-window")
THEIRS = ("周桂兰", "王德发")


def taken_in(*offices: str, by: Actor = A_CLERK, on: date | None = MARCH[2], **said: Any) -> Any:
    """Written down on Monday, 9 March."""
    told = report.Report("标题", "内容", offices, said.pop("people", ()), said.pop("channel", "letter"), **said)
    office = report.intake(TREE, "bureau", told.accused(), taken_in_by=by.org or "")
    return report.register_report(
        NUMBER, told, office, named=True, received_on=on, by=by, at=noon(MARCH[9]), rules=SEALED
    )


def may(org: str, *offices: str, people: tuple[str, ...] = (), tree: OfficeTree = TREE) -> None:
    accused = report.Report("标题", "内容", offices, people).accused()
    report.may_take_in(tree, org, "bureau", accused, THEIRS, ("陈志明",))


def test_the_days_count_from_the_receipt_of_the_letter_and_the_text_says_so():
    change = taken_in("housing")
    (clock,) = change.case.clocks
    assert (change.case.received_on, change.case.registered_at) == (MARCH[2], noon(MARCH[9]))
    assert (clock.start, clock.due) == (MARCH[2], MARCH[17])  # Monday the 2nd + 15 = Tuesday the 17th
    told = change.events[0].clocks[0].derivation
    assert told.startswith("自2026年3月2日收到信访事项起算，次日为第1日，满15日为2026年3月17日")
    assert "《信访工作条例》第二十二条第二款" in told


@pytest.mark.parametrize("on", [MARCH[10], date(1999, 12, 31)])
def test_a_day_that_has_not_come_or_is_before_all_calendars_is_refused_with_whatever_else_is_wrong(on):
    with pytest.raises(FieldsInvalid) as refused:
        taken_in(on=on)
    assert [each.pointer for each in refused.value.fields] == ["/accused", "/received_on"]
    assert taken_in("housing", on=MARCH[9]).case.received_on == MARCH[9]


@pytest.mark.parametrize("role", [WINDOW, CLERK, UNIT_HEAD, BUREAU])
def test_a_desk_writes_it_down_and_the_open_event_knows_its_post_and_office_alone(role):
    change = taken_in("housing", by=Actor(role, "water", "water-7"), documents="收据3张")
    (happened,) = change.happened
    assert happened.by == Actor(role, "water")
    opened = json.dumps([event.facts() for event in change.events], ensure_ascii=False)
    for sealed in ("water-7", "letter", "收据3张"):
        assert sealed not in opened
        assert sealed not in repr(vars(change.case))
    assert happened.event.text["taken_in_by"] == "water-7"
    assert (happened.event.text["channel"], happened.event.text["documents"]) == ("letter", "收据3张")
    assert [desk.org for desk in change.case.desks] == ["bureau"]


@pytest.mark.parametrize("role", [LEADER, SUPERVISOR, JOINT_MEETING])
def test_who_oversees_writes_none_down(role):
    with pytest.raises(NotYourStep):
        taken_in("housing", by=Actor(role, "county", "somebody"))


@pytest.mark.parametrize(
    ("org", "offices", "people"),
    [
        ("housing", ("housing",), ()),
        ("property", ("housing",), ()),  # below it
        ("water", ("property", "water"), ()),
        ("water", ("county",), ()),  # everybody of the county
        ("housing", (), ("县住建局副局长",)),  # by the words alone
        ("property", (), ("县住建局副局长",)),
        ("water", (), ("水库管理员王德发",)),  # somebody who works there
        ("bureau", ("bureau",), ()),
        ("bureau", (), ("信访局局长",)),
        ("discipline", ("discipline",), ()),
    ],
)
def test_whom_it_is_about_and_who_stands_below_writes_none_down(org, offices, people):
    with pytest.raises(TakenInElsewhere) as refused:
        may(org, *offices, people=people)
    assert (refused.value.law, refused.value.code) == ("第三十条第三款", "fields_invalid")
    assert "12388" in refused.value.detail
    assert "不要拒绝检举人" in refused.value.detail


@pytest.mark.parametrize(
    ("org", "offices", "people"),
    [
        ("water", ("housing",), ()),
        ("housing", ("property",), ()),  # it stands above the accused
        ("water", ("bureau",), ()),
        ("bureau", ("housing",), ()),
        ("discipline", ("bureau", "county"), ()),
        ("housing", (), ("县信访局局长陈志明",)),
    ],
)
def test_everybody_else_may_write_it_down(org, offices, people):
    may(org, *offices, people=people)


def test_the_message_names_those_who_are_free_to_hear_it():
    names = {office.id: office.name for office in TREE.offices.values()}
    for offices, heard, not_heard in (
        (("water",), ("discipline", "bureau"), ()),
        (("water", "bureau"), ("discipline",), ("bureau",)),
        (("water", "bureau", "discipline"), ("city-discipline",), ("bureau", "discipline")),
    ):
        with pytest.raises(TakenInElsewhere) as refused:
            may("water", *offices)
        assert all(names[each] in refused.value.detail for each in heard)
        assert not any(names[each] in refused.value.detail for each in not_heard)
    with pytest.raises(TakenInElsewhere) as refused:
        may("water", "water", people=("信访局陈志明",))
    assert names["bureau"] not in refused.value.detail
    with pytest.raises(TakenInElsewhere, match="上一级纪检监察机关"):
        may("water", "water", "bureau", tree=_without_discipline())


def test_what_a_window_takes_in_about_the_bureau_goes_past_it_and_what_the_discipline_organ_takes_in_stays_there():
    past = taken_in("bureau").case
    assert ([desk.org for desk in past.desks], past.clocks) == (["discipline"], ())
    kept = taken_in("housing", by=Actor(CLERK, "discipline", "discipline-clerk")).case
    assert ([desk.org for desk in kept.desks], kept.clocks) == (["discipline"], ())
    assert report.shown_stage(kept) == ("report_registered", "已收到")
    with pytest.raises(TargetRefused, match="上一级纪检监察机关"):
        taken_in("bureau", "discipline")


def _without_discipline() -> OfficeTree:
    return OfficeTree.of(
        [replace(each, kind="external") if each.kind == "discipline" else each for each in TREE.offices.values()]
    )
