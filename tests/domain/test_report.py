"""Reports of misconduct: every rule and refusal of their own small table (第三十条; 第二十二条第二款)."""

import json
import re
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from chalicelib import policy
from chalicelib.domain import recusal, report
from chalicelib.domain.case import (
    BUREAU,
    CLERK,
    JOINT_MEETING,
    LEAD,
    LEADER,
    PETITIONER,
    SUPERVISOR,
    UNIT_HEAD,
    WINDOW,
    Actor,
    Case,
)
from chalicelib.domain.errors import FieldsInvalid, NotYourStep, RuleBroken, TargetRefused, WrongStage
from chalicelib.domain.events.report import EVENTS
from chalicelib.domain.limits.report import REPORT as LIMITS
from chalicelib.domain.offices import Office, OfficeTree
from chalicelib.domain.owed import owed
from chalicelib.domain.owed.base import Silent
from chalicelib.domain.owed.report import OWED
from chalicelib.domain.procedure import NEW, STAY, Rules, next_steps
from chalicelib.domain.tables import report as table
from tests.domain import county
from tests.domain.county import CITIZEN, MARCH, NUMBER, noon

SEALED = Rules(county.RULES.calendar, LIMITS)
TREE = OfficeTree.of(
    [
        *county.TREE.offices.values(),
        Office("city-discipline", "江南市纪委监委", "市纪委监委", "city", "external", "city"),
        Office("discipline", "青山县纪委监委信访室", "县纪委监委", "county", "discipline", "city-discipline"),
    ]
)
SECRET = "不可外泄"
BUREAU_STAFF = Actor(BUREAU, "bureau", "bureau1")
DISCIPLINE_STAFF = Actor(CLERK, "discipline", "discipline-clerk")


def received(*offices: str, people: tuple[str, ...] = (), staff: tuple[str, ...] = ()) -> Case:
    """Registered on Monday, 2 March."""
    said = report.Report(SECRET, SECRET, offices or ("housing",), people)
    office = report.intake(TREE, "bureau", said.accused(), staff)
    return report.register_report(NUMBER, said, office, named=True, by=CITIZEN, at=noon(MARCH[2]), rules=SEALED).case


def transfer(case: Case, to: str = "discipline", *, by: Actor = BUREAU_STAFF, on: date = MARCH[3]) -> Any:
    return report.transfer_report(case, to, "county", SECRET, tree=TREE, by=by, on=on, rules=SEALED)


def accuse(
    case: Case, *offices: str, users: tuple[str, ...] = (), people: tuple[str, ...] = (), by: Actor = BUREAU_STAFF
) -> Any:
    return report.name_accused(case, offices, users, people, SECRET, tree=TREE, by=by, on=MARCH[4], rules=SEALED)


def everything() -> dict[str, Any]:
    """Every step, taken once."""
    case = received(people=(SECRET,))
    office, said = TREE.offices["bureau"], report.Report(SECRET, SECRET, ("housing",), (SECRET,))
    named = {"by": BUREAU_STAFF, "on": MARCH[4], "rules": SEALED}
    return {
        "register_report": report.register_report(
            NUMBER, said, office, named=True, by=CITIZEN, at=noon(MARCH[2]), rules=SEALED
        ),
        "transfer_report": transfer(case),
        "name_accused": accuse(case, "water", people=(SECRET,)),
        "tell_organisation_department": report.tell_organisation_department(case, SECRET, True, **named),
        "close_report": report.close_report(case, "verify", SECRET, **named),
    }


def test_the_bureau_has_fifteen_days_to_hand_a_report_over():
    clock = received().clock("transfer_report")
    assert (clock.owner, clock.due) == ("bureau", MARCH[17])  # Monday the 2nd + 15 = Tuesday the 17th
    assert transfer(received()).case.clock("transfer_report").ending == "met"
    assert received("bureau").clocks == ()


def test_one_body_has_a_report_at_any_time_and_keeps_nothing_when_it_is_handed_over():
    moved = transfer(received()).case
    assert [desk.org for desk in moved.desks] == ["discipline"]
    with pytest.raises(NotYourStep):
        transfer(moved, "water")
    back = transfer(moved, "water", by=DISCIPLINE_STAFF).case
    assert [desk.org for desk in back.desks] == ["water"]


@pytest.mark.parametrize("to", ["nowhere", "closed", "meeting", "bureau"])
def test_a_report_goes_to_no_body_that_takes_none(to):
    with pytest.raises(TargetRefused) as refused:
        transfer(received("water"), to)
    assert [each.pointer for each in refused.value.fields] == ["/to"]


@pytest.mark.parametrize("to", ["housing", "property"])
def test_a_report_goes_neither_to_the_accused_nor_below(to):
    with pytest.raises(TargetRefused) as refused:
        transfer(received("housing"), to)
    assert refused.value.law == "第三十条第三款"


def test_a_report_goes_to_the_one_above_the_accused():
    assert transfer(received("property"), "housing").case.desk("housing")


def test_what_is_about_the_bureau_never_comes_to_it():
    assert received("bureau").office == "discipline"
    assert received("county").office == "discipline"
    assert received("housing", people=("县信访局副局长",)).office == "discipline"
    assert received("housing", people=("信访局副局长",)).office == "discipline"
    assert received("housing", people=("陈 志明",), staff=("陈志明",)).office == "discipline"
    assert received("housing", people=("陈志明",), staff=("罗晓岚",)).office == "bureau"
    with pytest.raises(TargetRefused, match="上一级纪检监察机关"):
        received("bureau", "discipline")
    with pytest.raises(TargetRefused, match="上一级纪检监察机关"):
        received("bureau", people=("县纪委监委某主任",))


def test_a_body_that_turns_out_to_be_accused_loses_the_report_at_once():
    change = accuse(received(), "county")
    assert [desk.org for desk in change.case.desks] == ["discipline"]
    assert change.granted == ("discipline",)
    assert change.events[0].to == "discipline"
    assert [clock.ending for clock in change.case.clocks] == ["moot"]
    assert report.shown_stage(change.case) == ("report_transferred", "已移送")
    higher = accuse(change.case, "discipline", by=DISCIPLINE_STAFF).case
    assert [desk.org for desk in higher.desks] == ["city-discipline"]


def test_a_body_that_stays_free_keeps_the_report_and_its_days():
    change = accuse(received(), "water", users=("water-clerk",), people=("水利局局长",))
    assert [desk.org for desk in change.case.desks] == ["bureau"]
    assert change.case.running("transfer_report")
    assert change.case.accused == ("housing", "water", "user:water-clerk", "name:水利局局长")
    assert change.events[0].to is None


def test_where_everybody_is_accused_the_step_says_what_to_do_first():
    with pytest.raises(RuleBroken, match="先移送上级纪检监察机关"):
        accuse(received(), "county", "discipline", "city-discipline")


@pytest.mark.parametrize("offices", [(), ("housing",)])
def test_an_accusation_adds_somebody(offices):
    with pytest.raises(FieldsInvalid):
        accuse(received("housing"), *offices)


def test_an_unknown_office_is_named():
    with pytest.raises(FieldsInvalid) as refused:
        accuse(received(), "water", "nowhere")
    assert [each.pointer for each in refused.value.fields] == ["/offices/1"]


def test_a_report_is_about_somebody():
    with pytest.raises(FieldsInvalid) as refused:
        report.register_report(
            NUMBER, report.Report("标题", "内容"), TREE.offices["bureau"], named=False, by=CITIZEN, at=noon(MARCH[2]),
            rules=SEALED,
        )  # fmt: skip
    assert [each.pointer for each in refused.value.fields] == ["/accused"]


def test_a_closed_report_is_handed_to_nobody_but_may_still_turn_out_to_be_about_more():
    closed = report.close_report(transfer(received()).case, "talk", by=DISCIPLINE_STAFF, on=MARCH[5], rules=SEALED).case
    with pytest.raises(WrongStage):
        transfer(closed, "water", by=DISCIPLINE_STAFF)
    assert accuse(closed, "water", by=DISCIPLINE_STAFF).case.stage == "report_closed"


@pytest.mark.parametrize("role", [WINDOW, LEADER, SUPERVISOR, JOINT_MEETING, PETITIONER])
def test_no_other_post_takes_a_step(role):
    by = Actor(role, "bureau", "somebody")
    for step in table.STEPS[1:]:
        assert role not in step.by
    assert next_steps(report.PROCEDURE, received(), by) == ()


@pytest.mark.parametrize(
    ("by", "name", "reads"),
    [
        (BUREAU_STAFF, "罗晓岚", True),
        (Actor(CLERK, "bureau", "bureau-clerk"), "", True),
        (Actor(UNIT_HEAD, "bureau", "bureau-head"), "", True),
        (Actor(WINDOW, "bureau", "window1"), "", False),
        (Actor(LEADER, "county", "leader1"), "", False),
        (Actor(SUPERVISOR, "county", "supervisor1"), "", False),
        (Actor(CLERK, "discipline", "discipline-clerk"), "", False),
        (Actor(CLERK, "housing", "housing-clerk"), "", False),
        (Actor(BUREAU, "nowhere", "bureau1"), "", False),
        (Actor(BUREAU, "bureau"), "", False),
        (Actor(BUREAU, "bureau", "bureau2"), "王 德发", False),
        (Actor(PETITIONER), "", False),
    ],
)
def test_who_may_read_a_report(by, name, reads):
    case = received("housing", people=("住建局王德发科长",))
    assert policy.may_read_report(by, case, TREE, name=name) is reads
    assert not policy.may_see(by, case, TREE, is_own=True)


def test_who_is_accused_or_stood_back_reads_nothing_even_where_his_body_has_it():
    case = accuse(received(), users=("bureau1",)).case
    assert not policy.may_read_report(BUREAU_STAFF, case, TREE, name="")
    stood_back = received().with_facts(recused=["bureau1"])
    assert not policy.may_read_report(BUREAU_STAFF, stood_back, TREE, name="")
    moved = replace(received(), accused=("county",)).with_desk("bureau", LEAD)
    assert not policy.may_read_report(Actor(BUREAU, "bureau", "bureau2"), moved, TREE, name="")
    assert not policy.may_read_report(BUREAU_STAFF, county.registered(), TREE, name="")


def test_names_are_compared_without_blanks_and_an_unnamed_reader_is_nobody():
    accused = (recusal.accused_name("镇长 马 文举"), recusal.accused_user("x"), "housing")
    assert recusal.is_named(accused, "马文举")
    assert not recusal.is_named(accused, "")
    assert not recusal.is_named(accused, "name")
    assert recusal.offices_of(accused) == ("housing",)
    assert recusal.people_of(accused) == (("name", "镇长 马 文举"), ("user", "x"))


def test_every_step_has_its_function_and_does_what_its_row_says():
    taken = everything()
    assert sorted(taken) == sorted(step.action for step in table.STEPS)
    for step in table.STEPS:
        change = taken[step.action]
        assert type(change.events[0]) is step.emits
        assert change.case.stage == (table.RECEIVED if step.to == STAY else step.to)
        assert re.search("第.+条", getattr(report, step.action).__doc__)
    reached = {step.to for step in table.STEPS} - {STAY}
    assert reached == set(table.STAGES)
    assert {stage for step in table.STEPS for stage in step.frm} <= {NEW, *table.STAGES}


def test_nothing_of_a_report_stands_in_the_open_of_its_events():
    for change in everything().values():
        opened = json.dumps([event.facts() for event in change.events], ensure_ascii=False)
        assert SECRET not in opened
        assert "housing" not in opened
        assert "water" not in opened
        assert SECRET not in repr(vars(replace(change.case, accused=())))


def test_a_report_owes_nobody_a_notice_and_says_why():
    assert set(OWED) == set(EVENTS)
    assert all(isinstance(rule, Silent) and re.search("[一-鿿]", rule.why) for rule in OWED.values())
    for change in everything().values():
        assert [owed(change.case, event) for event in change.events] == [()]


def test_every_event_has_its_words():
    assert len({event.wire for event in EVENTS}) == len(EVENTS)
    for event in EVENTS:
        assert event.wire.startswith("report.")
        assert re.search("[一-鿿]", event.label)
        assert set(table.STAGES.values()) >= {event.shown}
        assert not {"accused", "offices", "people"} & {field.name for field in fields(event)}
