"""Orders and their answers, urging from above, measures of the joint meeting (第三十九条、第四十条).

March 2026: the 2nd, 9th, 16th and 23rd are Mondays.
"""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain import oversight, own_steps, supervision
from chalicelib.domain.case import CLERK, LEADER, SUPERVISED, Actor, Case
from chalicelib.domain.elapsing import elapse
from chalicelib.domain.errors import FieldsInvalid, NotYourStep, RuleBroken, TargetRefused, WrongStage
from chalicelib.domain.owed import owed
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import NEW, next_steps
from tests.domain import county
from tests.domain.county import (
    A_LEADER,
    BUREAU_CLERK,
    CITIZEN,
    HOUSING_CLERK,
    HOUSING_HEAD,
    MARCH,
    RULES,
    TREE,
    WINDOW_CLERK,
    noon,
)
from tests.domain.scenes.supervision import JOINT, SUPERVISION, answered, supervised

BUREAU_HEAD = Actor("unit_head", "bureau", "bureau-head")


def order(case: Case, org: str | None = None, **changes: object) -> Case:
    said = {"kind": "letter", "problem": "delay", "demand": "请说明进展。", "due": MARCH[16], "by": BUREAU_CLERK}
    said |= changes
    by = said.pop("by")
    kind, problem, demand, due = (said[name] for name in ("kind", "problem", "demand", "due"))
    return supervision.supervise(  # type: ignore[arg-type]
        case, kind, problem, demand, due, org, tree=TREE, by=by, on=MARCH[9], rules=RULES
    ).case


def offers(case: Case, by: Actor) -> set[str]:
    return {step.action for step in next_steps(PETITION, case, by)}


@pytest.mark.feature(59)
def test_an_order_is_owed_by_the_responsible_unit_until_the_day_it_names() -> None:
    case = supervised()
    (duty,) = case.duties
    clock = case.running("order", "order.1")
    assert (duty.id, duty.org, duty.state, duty.facts["kind"]) == ("order.1", "housing", "open", "letter")
    assert clock is not None
    assert (clock.owner, clock.start, clock.due) == ("housing", MARCH[9], MARCH[16])
    assert case.stage == county.accepted().stage
    assert SUPERVISED in case.desk("housing").capacities  # type: ignore[union-attr]


@pytest.mark.feature(59)
@pytest.mark.parametrize("kind", oversight.ORDER_KINDS)
@pytest.mark.parametrize("by", [BUREAU_CLERK, SUPERVISION, A_LEADER, JOINT])
def test_whoever_oversees_may_order_in_every_way_that_practice_knows(kind: str, by: Actor) -> None:
    assert order(county.accepted(), kind=kind, by=by).duties[0].facts == {
        "kind": kind,
        "problem": "delay",
        "by": by.org,
    }


@pytest.mark.parametrize("by", [CITIZEN, WINDOW_CLERK, HOUSING_CLERK, HOUSING_HEAD])
def test_nobody_else_orders_anybody(by: Actor) -> None:
    with pytest.raises(NotYourStep, match="“督办”不由您的岗位办理"):
        order(county.accepted(), by=by)


def test_an_order_may_be_given_in_every_stage_also_after_the_end() -> None:
    for stage in PETITION.stages:
        assert order(replace(county.accepted(), stage=stage)).stage == stage
    with pytest.raises(WrongStage):
        order(replace(county.accepted(), stage=NEW))


def test_the_bureau_is_supervised_from_above_and_not_by_itself() -> None:
    case = order(county.registered(), "bureau", by=SUPERVISION, problem="not_registered")
    assert case.duties[0].org == "bureau"
    assert "answer_order" in offers(case, BUREAU_CLERK)
    for own in ("bureau", None):  # before a forwarding the bureau is who has it
        with pytest.raises(TargetRefused, match="不能督促本单位自己"):
            order(county.registered(), own)


@pytest.mark.parametrize(
    ("org", "said"),
    [
        ("water", "只能督办经办这件事项的单位"),
        ("nowhere", "没有这个单位"),
        ("closed", "没有这个单位"),
        ("city", "没有这个单位"),
    ],
)
def test_only_a_unit_of_the_case_is_ordered(org: str, said: str) -> None:
    with pytest.raises(TargetRefused, match=said) as refused:
        order(county.accepted(), org)
    assert refused.value.fields[0].pointer == "/org"


def test_an_accused_unit_is_told_nothing_by_an_order() -> None:
    accused = replace(county.accepted(), accused=("housing",))
    with pytest.raises(TargetRefused) as refused:
        order(accused)
    assert refused.value.law == "第三十条第三款"


def test_an_office_of_another_area_is_not_ordered() -> None:
    with pytest.raises(TargetRefused, match="范围"):
        order(county.forwarded(), "bureau", by=Actor(LEADER, "property", "somebody"))


@pytest.mark.parametrize("due", [MARCH[9], MARCH[8], date(2027, 3, 11)])
def test_the_date_is_to_come_and_not_further_off_than_a_year(due: date) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        order(county.accepted(), due=due)
    assert refused.value.fields[0].pointer == "/due"


def test_the_same_problem_is_not_ordered_twice_while_it_stands() -> None:
    for standing in (supervised(), answered()):
        with pytest.raises(RuleBroken, match="拖延"):
            order(standing)
    two = order(supervised(), problem="no_notice", due=MARCH[20])
    assert [duty.id for duty in two.duties] == ["order.1", "order.2"]
    assert two.running("order", "order.1").due == MARCH[16]  # type: ignore[union-attr]
    assert two.running("order", "order.2").due == MARCH[20]  # type: ignore[union-attr]


@pytest.mark.feature(59)
def test_an_answer_meets_the_order_and_waits_to_be_verified() -> None:
    case = answered()
    assert case.duties[0].state == "answered"
    assert case.clock("order", "order.1").ending == "met"  # type: ignore[union-attr]
    assert "verify_order" in offers(case, BUREAU_CLERK)
    assert "answer_order" not in offers(case, HOUSING_CLERK)
    with pytest.raises(FieldsInvalid):
        supervision.answer_order(case, "再答一次", "order.1", by=HOUSING_CLERK, on=MARCH[13], rules=RULES)


def test_who_has_two_orders_says_which_one_is_meant() -> None:
    two = order(supervised(), problem="no_notice")
    with pytest.raises(FieldsInvalid, match="1处") as refused:
        supervision.answer_order(two, "已办", by=HOUSING_CLERK, on=MARCH[12], rules=RULES)
    assert "order.1、order.2" in refused.value.fields[0].message
    one = supervision.answer_order(two, "已办", "order.2", by=HOUSING_CLERK, on=MARCH[12], rules=RULES).case
    assert [duty.state for duty in one.duties] == ["open", "answered"]
    assert one.running("order", "order.1") is not None


def test_an_office_that_is_not_supervised_has_nothing_to_answer() -> None:
    with pytest.raises(NotYourStep):
        supervision.answer_order(supervised(), "已办", by=Actor(CLERK, "water", "w"), on=MARCH[12], rules=RULES)
    with_bureau = order(supervised(), "bureau", by=SUPERVISION)
    with pytest.raises(NotYourStep, match="其他单位承担"):
        supervision.answer_order(with_bureau, "已办", "order.2", by=HOUSING_CLERK, on=MARCH[12], rules=RULES)


@pytest.mark.feature(59)
def test_an_answer_that_is_so_ends_the_order_and_the_unit_is_not_supervised_any_more() -> None:
    done = supervision.verify_order(answered(), True, "属实", by=BUREAU_CLERK, on=MARCH[13], rules=RULES).case
    assert done.duties[0].state == "done"
    assert done.desk("housing").capacities == ("lead",)  # type: ignore[union-attr]
    assert done.running("order", "order.1") is None


@pytest.mark.feature(59, 64)
def test_an_answer_that_is_not_so_comes_back_with_a_new_date_and_the_count_begins_anew() -> None:
    change = supervision.verify_order(
        answered(), False, "未见退款", MARCH[23], by=BUREAU_CLERK, on=MARCH[13], rules=RULES
    )
    clock = change.case.running("order", "order.1")
    assert clock is not None
    assert (clock.start, clock.due) == (MARCH[13], MARCH[23])
    assert change.case.duties[0].state == "open"
    assert [notice.texts for notice in owed(change.case, change.events[0])] == [("S18",)]
    again = supervision.answer_order(change.case, "已退款", by=HOUSING_CLERK, on=MARCH[20], rules=RULES).case
    assert again.duties[0].state == "answered"


def test_giving_back_needs_a_new_date() -> None:
    with pytest.raises(FieldsInvalid) as refused:
        supervision.verify_order(answered(), False, "未见退款", by=BUREAU_CLERK, on=MARCH[13], rules=RULES)
    assert refused.value.fields[0].pointer == "/due"


def test_verifying_one_order_leaves_the_date_of_the_other() -> None:
    two = answered(order(county.accepted(), problem="delay"))
    two = order(two, problem="no_notice", due=MARCH[20])
    back = supervision.verify_order(two, False, "不实", MARCH[27], by=BUREAU_CLERK, on=MARCH[13], rules=RULES).case
    assert back.running("order", "order.2").due == MARCH[20]  # type: ignore[union-attr]
    done = supervision.verify_order(two, True, "属实", by=BUREAU_CLERK, on=MARCH[13], rules=RULES).case
    assert SUPERVISED in done.desk("housing").capacities  # type: ignore[union-attr]


def test_nobody_verifies_his_own_offices_answer() -> None:
    case = order(county.registered(), "bureau", by=SUPERVISION)
    case = supervision.answer_order(case, "已登记", by=BUREAU_CLERK, on=MARCH[10], rules=RULES).case
    assert "verify_order" not in offers(case, BUREAU_CLERK)
    with pytest.raises(NotYourStep, match="由督办单位核实"):
        supervision.verify_order(case, True, "属实", by=BUREAU_CLERK, on=MARCH[11], rules=RULES)
    assert supervision.verify_order(case, True, "属实", by=SUPERVISION, on=MARCH[11], rules=RULES).case


@pytest.mark.feature(59)
def test_a_withdrawn_matter_still_owes_the_answer_to_its_order() -> None:
    gone = own_steps.withdraw(supervised(), by=CITIZEN, on=MARCH[10], rules=RULES).case
    assert gone.running("order", "order.1") is not None
    assert gone.running("handle") is None
    late = elapse(PETITION, gone, at=noon(MARCH[17]), rules=RULES)
    assert late is not None
    assert [(event.wire, event.facts()["about"]) for event in late.events] == [("petition.overdue", "order.1")]


@pytest.mark.feature(60)
def test_who_oversees_asks_once_a_day_each_and_is_counted_apart_from_the_petitioner() -> None:
    urged = own_steps.urge(county.accepted(), by=CITIZEN, on=MARCH[9], rules=RULES).case
    pressed = supervision.press(urged, by=BUREAU_CLERK, on=MARCH[9], rules=RULES)
    assert pressed.events[0].facts() == {"org": "housing", "times": 1, "due": "2026-05-03"}
    with pytest.raises(RuleBroken, match="明天"):
        supervision.press(pressed.case, by=BUREAU_CLERK, on=MARCH[9], rules=RULES)
    twice = supervision.press(pressed.case, by=A_LEADER, on=MARCH[9], rules=RULES).case
    thrice = supervision.press(twice, by=BUREAU_CLERK, on=MARCH[10], rules=RULES).case
    assert (thrice.facts["presses"], thrice.facts["urges"]) == (3, 1)


def test_nobody_presses_his_own_office_or_a_matter_that_has_ended() -> None:
    with pytest.raises(RuleBroken, match="直接办理"):
        supervision.press(county.registered(), by=BUREAU_CLERK, on=MARCH[9], rules=RULES)
    with pytest.raises(WrongStage):
        supervision.press(county.served(), by=BUREAU_CLERK, on=MARCH[18], rules=RULES)


def test_only_the_joint_meeting_imposes_measures() -> None:
    for by in (BUREAU_CLERK, A_LEADER, SUPERVISION):
        with pytest.raises(NotYourStep):
            supervision.impose(county.accepted(), "bulletin", "通报", tree=TREE, by=by, on=MARCH[9], rules=RULES)


@pytest.mark.parametrize("measure", oversight.WITH_A_DATE)
def test_what_has_to_be_put_right_has_its_date_and_is_answered_like_an_order(measure: str) -> None:
    imposed = {"tree": TREE, "by": JOINT, "on": MARCH[9], "rules": RULES}
    with pytest.raises(FieldsInvalid) as refused:
        supervision.impose(county.accepted(), measure, "整改", **imposed)
    assert refused.value.fields[0].pointer == "/due"
    case = supervision.impose(county.accepted(), measure, "整改", MARCH[20], **imposed).case
    assert case.running("measure", "measure.1").due == MARCH[20]  # type: ignore[union-attr]
    case = supervision.answer_order(case, "已整改", by=HOUSING_HEAD, on=MARCH[18], rules=RULES).case
    with pytest.raises(FieldsInvalid):  # the joint meeting's measure is the joint meeting's to verify
        supervision.verify_order(case, True, "属实", by=BUREAU_CLERK, on=MARCH[19], rules=RULES)
    back = supervision.verify_order(case, False, "未整改", MARCH[27], by=JOINT, on=MARCH[19], rules=RULES).case
    assert back.running("measure", "measure.1").due == MARCH[27]  # type: ignore[union-attr]
    done = supervision.verify_order(case, True, "属实", by=JOINT, on=MARCH[19], rules=RULES).case
    assert done.duties[0].state == "done"


@pytest.mark.parametrize("measure", [oversight.INTERVIEW, oversight.BULLETIN])
def test_an_interview_or_a_bulletin_is_done_once_it_is_recorded(measure: str) -> None:
    change = supervision.impose(
        county.accepted(), measure, "约谈主要负责人", MARCH[20], tree=TREE, by=JOINT, on=MARCH[9], rules=RULES
    )
    assert change.case.duties[0].state == "done"
    assert change.case.running("measure", "measure.1") is None
    assert change.events[0].facts() == {"about": "measure.1", "org": "housing", "measure": measure}


def test_a_measure_beside_a_running_one_starts_no_second_clock_for_it() -> None:
    imposed = {"tree": TREE, "by": JOINT, "on": MARCH[9], "rules": RULES}
    case = supervision.impose(county.accepted(), "rectify", "整改", MARCH[20], **imposed).case
    case = supervision.impose(case, "bulletin", "通报", **imposed).case
    assert [clock.about for clock in case.clocks if clock.limit == "measure"] == ["measure.1"]


def test_a_head_of_the_bureau_does_not_oversee_by_his_post_alone() -> None:
    with pytest.raises(NotYourStep):
        order(county.accepted(), by=BUREAU_HEAD)
