"""第二十三条第二款: whose name and address are not clear need not be told, until they are; and what a person told."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain import reaching
from chalicelib.domain.case import WINDOW, Actor, Case, Change
from chalicelib.domain.errors import FieldsInvalid, RuleBroken
from chalicelib.domain.intake import Contact
from chalicelib.domain.owed import owed
from tests.domain import county, routed
from tests.domain.county import BUREAU_CLERK, CITIZEN, CONTACT, MARCH, RULES

WINDOW_CLERK = Actor(WINDOW, "bureau", "window1")


def completed(case: Case, contact: Contact = CONTACT, *, on: date = MARCH[12]) -> Change:
    return reaching.complete_contact(case, contact, "hash", by=WINDOW_CLERK, on=on, rules=RULES)


def test_a_notice_that_was_not_owed_is_owed_from_the_day_the_name_comes() -> None:
    before = routed.forwarded_without_a_name()
    assert before.running("inform") is None
    change = completed(before)
    clock = change.case.running("inform")
    assert clock is not None
    assert (clock.owner, clock.start, clock.due) == ("housing", MARCH[12], MARCH[27])
    assert change.case.facts["notifiable"] is True
    assert change.case.facts["person"] == "hash"


def test_made_directly_to_the_unit_its_own_notice_is_owed_from_then() -> None:
    before = county.registered(office="housing", contact=Contact(), channel="letter")
    clock = completed(before).case.running("inform_direct")
    assert clock is not None
    assert (clock.owner, clock.due) == ("housing", MARCH[27])


def test_with_the_bureau_nothing_is_owed_before_it_is_forwarded() -> None:
    change = completed(county.registered(contact=Contact()))
    assert change.events[0].clocks == ()


def test_who_could_be_told_already_loses_no_day_and_wins_none() -> None:
    before = county.forwarded(contact=Contact("张三丰", "", "青山县东街1号"))
    change = completed(before)
    assert change.events[0].clocks == ()
    assert change.case.clocks == before.clocks


def test_a_name_alone_reaches_nobody() -> None:
    change = completed(routed.forwarded_without_a_name(), Contact("张三丰"))
    assert change.case.facts["notifiable"] is False
    assert change.case.running("inform") is None
    assert not owed(change.case, change.events[0])


def test_who_can_be_told_now_gets_the_code_to_look_it_up() -> None:
    change = completed(routed.forwarded_without_a_name())
    assert [(each.recipient, each.texts) for each in owed(change.case, change.events[0])] == [("petitioner", ("S02c",))]


def test_what_is_missing_is_added_and_what_is_known_stays() -> None:
    known = Contact("张三丰", "", "")
    assert reaching.completed(known, Contact("", "13800138000", "东街1号")) == Contact(
        "张三丰", "13800138000", "东街1号"
    )
    assert reaching.completed(known, Contact("张三丰", "13800138000")) == replace(known, phone="13800138000")
    with pytest.raises(FieldsInvalid) as refused:
        reaching.completed(known, Contact("李四"))
    assert refused.value.fields[0].pointer == "/name"
    assert "李四" not in refused.value.fields[0].message
    with pytest.raises(FieldsInvalid):
        reaching.completed(known, Contact())


def test_the_petitioner_may_do_it_himself() -> None:
    change = reaching.complete_contact(
        routed.forwarded_without_a_name(), CONTACT, by=CITIZEN, on=MARCH[12], rules=RULES
    )
    assert change.events[0].facts()["recorded_by_staff"] is False


def told(case: Case, waiting: list[int], on: date) -> Change:
    return reaching.record_notice(case, waiting, "phone", on, by=BUREAU_CLERK, on=MARCH[12], rules=RULES)


def test_what_a_person_told_is_part_of_the_record() -> None:
    change = told(county.forwarded(), [1, 2], MARCH[11])
    assert change.events[0].facts() == {
        "org": "bureau", "how": "phone", "told_on": "2026-03-11", "told": [1, 2],
    }  # fmt: skip
    assert change.case.clocks == county.forwarded().clocks, "a telephone call is no written notice: no clock stops"


def test_nobody_records_what_was_nobodys_task_or_on_a_day_that_cannot_be() -> None:
    with pytest.raises(RuleBroken, match="没有转人工告知"):
        told(county.forwarded(), [], MARCH[11])
    for on in (MARCH[1], MARCH[13]):
        with pytest.raises(FieldsInvalid) as refused:
            told(county.forwarded(), [1], on)
        assert refused.value.fields[0].pointer == "/told_on"
