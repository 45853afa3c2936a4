"""Complaints about how a matter is handled: who reads them, and who never does (第十八条、第四十四条至第四十六条)."""

from dataclasses import replace

import pytest

from chalicelib.domain import complaints, oversight
from chalicelib.domain.case import CLERK, SUPERVISOR, Actor, Case
from chalicelib.domain.elapsing import elapse
from chalicelib.domain.errors import NotYourStep, RuleBroken
from chalicelib.domain.owed import owed
from chalicelib.domain.petition import PETITION, kept_from
from chalicelib.domain.procedure import next_steps
from tests.domain import county
from tests.domain.county import A_LEADER, BUREAU_CLERK, CITIZEN, HOUSING_CLERK, MARCH, RULES, TREE, noon
from tests.domain.scenes.supervision import JOINT, SUPERVISION, complained

EVERYBODY = [BUREAU_CLERK, HOUSING_CLERK, JOINT, SUPERVISION, A_LEADER, CITIZEN]


def complain(case: Case, kind: str, against: str = "unit", day: int = 9) -> Case:
    on = MARCH[day]
    return complaints.complain(case, kind, against, "经过如下", tree=TREE, by=CITIZEN, on=on, rules=RULES).case


@pytest.mark.parametrize(
    ("kind", "against", "reader"),
    [
        ("attitude", "unit", "bureau"),
        ("delay", "unit", "bureau"),
        ("no_notice", "unit", "bureau"),
        ("other", "unit", "bureau"),
        ("retaliation", "unit", "county"),
        ("leak", "unit", "county"),
        ("attitude", "office", "county"),
        ("retaliation", "office", "county"),
    ],
)
def test_the_bureau_reads_what_is_neither_grave_nor_about_itself(kind: str, against: str, reader: str) -> None:
    case = complained(kind, against)
    assert case.duties[0].org == reader
    assert case.running("complaint", "complaint.1").owner == reader  # type: ignore[union-attr]
    assert {who.role for who in EVERYBODY if not kept_from(case, who)} == {
        "petitioner",
        *({"bureau"} if reader == "bureau" else {"supervisor", "leader"}),
    }


def test_a_complaint_about_a_unit_that_the_bureau_handles_itself_is_about_the_bureau() -> None:
    assert complained(case=county.registered()).duties[0].org == "county"


def test_who_made_his_petition_to_a_unit_directly_is_read_by_the_bureau_beside_it() -> None:
    assert complained(case=county.registered(office="housing")).duties[0].org == "bureau"


def test_an_accused_bureau_reads_nothing_and_an_accused_government_sends_the_petitioner_further_up() -> None:
    assert complained(case=replace(county.accepted(), accused=("bureau",))).duties[0].org == "county"
    with pytest.raises(RuleBroken, match="上一级信访部门") as refused:
        complained(case=replace(county.accepted(), accused=("county",)))
    assert refused.value.law == "第三十条第三款"


def test_a_complaint_may_be_made_in_every_stage_also_after_the_end() -> None:
    for stage in PETITION.stages:
        assert complained(case=replace(county.accepted(), stage=stage)).duties


def test_only_petitioners_complain() -> None:
    with pytest.raises(NotYourStep):
        complaints.complain(
            county.accepted(), "delay", "unit", "拖延", tree=TREE, by=BUREAU_CLERK, on=MARCH[9], rules=RULES
        )


def test_the_same_complaint_waits_for_its_answer_and_another_one_may_be_made() -> None:
    case = complained("delay")
    with pytest.raises(RuleBroken, match="同样的投诉正在处理，最迟2026-03-24答复"):
        complain(case, "delay", day=10)
    assert len(complain(case, "attitude").duties) == 2
    assert len(complain(case, "delay", "office").duties) == 2


@pytest.mark.parametrize("kind", oversight.GRAVE)
def test_a_new_act_of_retaliation_may_be_told_at_once_but_once_a_day(kind: str) -> None:
    case = complained(kind)
    with pytest.raises(RuleBroken, match="同样的投诉"):
        complain(case, kind)
    assert len(complain(case, kind, day=10).duties) == 2


def test_who_read_it_answers_within_fifteen_days() -> None:
    case = complained("retaliation")
    assert case.running("complaint", "complaint.1").due == MARCH[24]  # type: ignore[union-attr]
    said = {"on": MARCH[12], "rules": RULES}
    with pytest.raises(NotYourStep):
        complaints.answer_complaint(case, "true", "属实", by=BUREAU_CLERK, **said)
    done = complaints.answer_complaint(case, "true", "属实", by=SUPERVISION, **said).case
    assert (done.duties[0].state, done.duties[0].facts["result"]) == ("answered", "true")
    assert done.desk("county") is None
    assert "answer_complaint" not in {step.action for step in next_steps(PETITION, done, SUPERVISION)}
    assert kept_from(done, HOUSING_CLERK) == {"complaint.1"}


def test_an_office_keeps_its_desk_while_another_complaint_waits() -> None:
    case = complain(complained("attitude"), "delay")
    one = complaints.answer_complaint(
        case, "untrue", "不属实", "complaint.1", by=BUREAU_CLERK, on=MARCH[12], rules=RULES
    ).case
    assert "answering" in one.desk("bureau").capacities  # type: ignore[union-attr]


def test_the_petitioner_is_told_and_the_unit_is_not() -> None:
    change = complaints.complain(
        county.accepted(), "leak", "unit", "泄露", tree=TREE, by=CITIZEN, on=MARCH[9], rules=RULES
    )
    assert [notice.recipient for notice in owed(change.case, change.events[0])] == ["petitioner", "org:county"]
    assert change.granted == ("county",)


@pytest.mark.feature(60)
def test_a_complaint_that_the_government_answers_late_is_not_told_to_the_bureau() -> None:
    late = elapse(PETITION, complained("retaliation", case=county.served()), at=noon(MARCH[31]), rules=RULES)
    assert late is not None
    told = {notice.recipient for event in late.events for notice in owed(late.case, event)}
    assert told == {"org:county", "head:county", "supervisor:county"}


def test_a_supervisor_of_a_lower_office_answers_nothing() -> None:
    with pytest.raises(NotYourStep):
        complaints.answer_complaint(
            complained("leak"), "true", "属实", by=Actor(SUPERVISOR, "housing", "x"), on=MARCH[10], rules=RULES
        )
    with pytest.raises(NotYourStep):
        complaints.answer_complaint(
            complained(), "true", "属实", by=Actor(CLERK, "bureau", "x"), on=MARCH[10], rules=RULES
        )
