"""第二十四条: the lead asks, each department answers for itself, and until then there is no reply.

March 2026: the 2nd is a Monday. The lead accepted on Wednesday the 4th and asks on Thursday the 5th.
"""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib import policy
from chalicelib.domain import joint, simple
from chalicelib.domain.case import BUREAU, JOINT_MEETING, LEAD, SUPPORTING, Actor, Case, Change
from chalicelib.domain.errors import FieldsInvalid, NotYourStep, RuleBroken, TargetRefused, WrongStage
from chalicelib.domain.offices import Office, OfficeTree
from chalicelib.domain.owed import owed
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import next_steps
from tests.domain import county
from tests.domain.county import (
    BUREAU_CLERK,
    HOUSING_CLERK,
    HOUSING_HEAD,
    MARCH,
    RULES,
    TREE,
    WATER_CLERK,
    WATER_HEAD,
)
from tests.domain.scenes.joint import asked

MANY = [Office(f"dept{n}", f"青山县第{n}局", f"第{n}局", "county", "department", "county") for n in range(1, 31)]
BIG = OfficeTree.of([*TREE.offices.values(), *MANY])
PROPERTY_CLERK = Actor("clerk", "property", "property-clerk")
MEETING = Actor(JOINT_MEETING, "meeting", "joint1")


def ask(
    case: Case,
    *orgs: str,
    due: date = MARCH[16],
    by: Actor = HOUSING_CLERK,
    on: date = MARCH[5],
    tree: OfficeTree = BIG,
) -> Change:
    return joint.ask_departments(case, orgs, "请说明排水设施由谁管理", due, tree=tree, by=by, on=on, rules=RULES)


def answer(case: Case, by: Actor, *claims: int, on: date = MARCH[9]) -> Change:
    return joint.answer_jointly(case, "排水设施由我局管理，已纳入改造。", claims, by=by, on=on, rules=RULES)


def codes(refused: pytest.ExceptionInfo[TargetRefused]) -> dict[str, str]:
    return {field.pointer: field.code for field in refused.value.fields}


def offered(case: Case, by: Actor) -> set[str]:
    return {step.action for step in next_steps(PETITION, case, by)}


@pytest.mark.feature(27)
def test_each_department_has_a_desk_a_duty_and_a_clock_of_its_own() -> None:
    change = ask(county.accepted(), "water", "property")
    case = change.case
    assert [(duty.id, duty.org, duty.state) for duty in case.duties] == [
        ("joint.1", "water", "open"),
        ("joint.2", "property", "open"),
    ]
    clocks = {clock.about: clock for clock in case.clocks if clock.limit == "joint_answer"}
    assert {about: (clock.owner, clock.due) for about, clock in clocks.items()} == {
        "joint.1": ("water", MARCH[16]),
        "joint.2": ("property", MARCH[16]),
    }
    assert case.desk("water").capacities == (SUPPORTING,)  # type: ignore[union-attr]
    assert case.desk("housing").capacities == (LEAD,)  # type: ignore[union-attr]
    assert change.granted == ("water", "property")
    assert (case.due_of("water"), case.due_of("housing")) == (MARCH[16], date(2026, 5, 3))
    assert {told.about for told in change.events[0].clocks} == {"joint.1", "joint.2"}
    assert [(notice.recipient, notice.texts) for notice in owed(case, change.events[0])] == [
        ("org:water", ("S15c",)),
        ("org:property", ("S15c",)),
    ]


@pytest.mark.feature(27)
def test_while_a_department_has_not_answered_there_is_no_reply() -> None:
    case = asked("water", "property")
    assert joint.answers_outstanding(county.accepted()) == ()
    assert joint.answers_outstanding(case) == ("water", "property")
    one = answer(case, WATER_CLERK).case
    assert (joint.answers_outstanding(one), joint.is_outstanding(one)) == (("property",), True)
    both = answer(one, PROPERTY_CLERK).case
    assert (joint.answers_outstanding(both), joint.is_outstanding(both)) == ((), False)


@pytest.mark.feature(27)
def test_an_answer_stops_the_own_clock_only_and_the_lead_learns_how_many_are_left() -> None:
    change = answer(asked("water", "property"), WATER_CLERK, 2, 1)
    event = change.events[0]
    assert event.facts() == {"org": "water", "about": "joint.1", "answered": [2, 1], "left": 1}
    assert change.case.clock("joint_answer", "joint.1").ending == "met"  # type: ignore[union-attr]
    assert change.case.running("joint_answer", "joint.2") is not None
    assert change.case.running("handle") is not None
    assert [(notice.recipient, notice.channel, notice.texts) for notice in owed(change.case, event)] == [
        ("org:housing", "site", ("M24a",))
    ]


def test_a_late_answer_is_still_an_answer() -> None:
    late = answer(asked(), WATER_CLERK, on=MARCH[20]).case
    assert late.clock("joint_answer", "joint.1").is_overdue(MARCH[20])  # type: ignore[union-attr]
    assert joint.answers_outstanding(late) == ()


def test_whoever_answered_goes_on_seeing_the_case_and_whoever_was_released_does_not() -> None:
    answered = answer(asked("water", "property"), WATER_CLERK).case
    released = joint.release_department(answered, "property", "请错了", by=HOUSING_CLERK, on=MARCH[9], rules=RULES).case
    assert policy.may_see(WATER_CLERK, released, TREE)
    assert policy.may_see(PROPERTY_CLERK, answered, TREE)
    assert not policy.may_see(PROPERTY_CLERK, released, TREE)


@pytest.mark.parametrize(
    ("org", "code"),
    [
        ("housing", "lead"),
        ("closed", "no_such_office"),
        ("city", "no_such_office"),
        ("county", "no_such_office"),
        ("meeting", "no_such_office"),
        ("bureau", "no_such_office"),
        ("nowhere", "no_such_office"),
    ],
)
def test_only_a_working_department_other_than_the_lead_is_asked(org: str, code: str) -> None:
    with pytest.raises(TargetRefused) as refused:
        ask(county.accepted(), "water", org)
    assert codes(refused) == {"/departments/1": code}
    assert refused.value.law == "第二十四条"


def test_a_department_is_not_asked_twice_while_it_has_not_answered() -> None:
    with pytest.raises(TargetRefused) as refused:
        ask(asked(), "water", on=MARCH[6])
    assert codes(refused) == {"/departments/0": "already_asked"}
    with pytest.raises(TargetRefused) as twice:
        ask(county.accepted(), "water", "water")
    assert codes(twice) == {"/departments/1": "already_asked"}


def test_a_department_that_answered_may_be_asked_something_else() -> None:
    again = ask(answer(asked(), WATER_CLERK).case, "water", on=MARCH[10]).case
    assert [duty.state for duty in again.duties] == ["answered", "open"]
    assert answer(again, WATER_CLERK, on=MARCH[11]).events[0].facts()["about"] == "joint.2"


def test_somebody_has_to_be_asked() -> None:
    with pytest.raises(TargetRefused) as refused:
        ask(county.accepted())
    assert codes(refused) == {"/departments": "missing"}


@pytest.mark.parametrize("due", [MARCH[5], MARCH[4], date(2026, 5, 4)])
def test_the_date_lies_after_today_and_within_the_period_of_the_lead(due: date) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        ask(county.accepted(), "water", due=due)
    assert refused.value.fields[0].pointer == "/due"


@pytest.mark.parametrize("due", [MARCH[6], date(2026, 5, 3)])
def test_the_first_and_the_last_possible_date_are_taken(due: date) -> None:
    assert ask(county.accepted(), "water", due=due).case.due_of("water") == due


def test_a_lead_that_is_late_itself_still_gets_a_date() -> None:
    late = ask(county.accepted(), "water", on=date(2026, 5, 8), due=date(2026, 5, 12)).case
    assert late.due_of("water") == date(2026, 5, 12)


def test_only_the_lead_asks_and_only_while_it_handles() -> None:
    with pytest.raises(NotYourStep):
        ask(county.accepted(), "property", by=WATER_CLERK)
    with pytest.raises(NotYourStep):
        ask(asked(), "property", by=WATER_CLERK)
    with pytest.raises(NotYourStep):
        ask(county.accepted(), "water", by=BUREAU_CLERK)
    with pytest.raises(WrongStage):
        ask(county.forwarded(), "water")


def test_a_simple_matter_has_one_responsible_unit() -> None:
    case = simple.accept_simply(county.forwarded(), "clear", "李工", by=HOUSING_CLERK, on=MARCH[4], rules=RULES).case
    assert "ask_departments" not in offered(case, HOUSING_CLERK)
    with pytest.raises(RuleBroken, match="请先转为普通办理"):
        ask(case, "water")
    ordinary = simple.convert_to_ordinary(case, "涉及两个单位", by=HOUSING_CLERK, on=MARCH[5], rules=RULES).case
    assert ask(ordinary, "water").case.duties


def test_a_department_answers_for_itself_and_once() -> None:
    case = asked("water")
    with pytest.raises(NotYourStep):
        answer(case, HOUSING_CLERK)
    with pytest.raises(NotYourStep):
        answer(case, PROPERTY_CLERK)
    with pytest.raises(RuleBroken, match="没有待反馈的协办意见"):
        answer(answer(case, WATER_CLERK).case, WATER_HEAD)


@pytest.mark.parametrize("claims", [(3,), (0,), (1, 1)])
def test_an_answer_names_claims_that_were_made(claims: Sequence[int]) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        answer(asked(), WATER_CLERK, *claims)
    assert refused.value.fields[-1].pointer.startswith("/claims/")


def test_a_department_that_is_not_competent_says_so_and_the_lead_decides() -> None:
    change = joint.decline_support(asked(), "该路段属镇政府管理", by=WATER_CLERK, on=MARCH[6], rules=RULES)
    assert change.case.duties[0].state == "declined"
    assert change.case.clock("joint_answer", "joint.1").ending == "moot"  # type: ignore[union-attr]
    assert joint.answers_outstanding(change.case) == ()
    assert [notice.texts for notice in owed(change.case, change.events[0])] == [("M24b",)]
    insisted = ask(change.case, "water", on=MARCH[9]).case
    assert joint.answers_outstanding(insisted) == ("water",)
    another = ask(change.case, "property", on=MARCH[9]).case
    assert joint.answers_outstanding(another) == ("property",)


def test_a_department_that_declined_once_cannot_answer_or_decline_again() -> None:
    declined = joint.decline_support(asked(), "不属于水利部门职责", by=WATER_CLERK, on=MARCH[6], rules=RULES).case
    assert not {"answer_jointly", "decline_support"} & offered(declined, WATER_CLERK)
    with pytest.raises(RuleBroken):
        joint.decline_support(declined, "不属于水利部门职责", by=WATER_CLERK, on=MARCH[6], rules=RULES)


def test_a_department_asked_by_mistake_is_released_and_told() -> None:
    change = joint.release_department(asked(), "water", "请错了单位", by=HOUSING_HEAD, on=MARCH[6], rules=RULES)
    assert change.case.duties[0].state == "released"
    assert change.case.desk("water") is None
    assert change.case.due_of("water") is None
    assert joint.answers_outstanding(change.case) == ()
    assert [(notice.recipient, notice.texts) for notice in owed(change.case, change.events[0])] == [
        ("org:water", ("M24c",))
    ]


def test_one_that_answered_before_keeps_its_desk_when_a_second_question_is_taken_back() -> None:
    again = ask(answer(asked(), WATER_CLERK).case, "water", on=MARCH[10]).case
    released = joint.release_department(again, "water", "已经清楚", by=HOUSING_CLERK, on=MARCH[11], rules=RULES).case
    assert [duty.state for duty in released.duties] == ["answered", "released"]
    assert released.desk("water") is not None


@pytest.mark.parametrize("org", ["property", "water"])
def test_nobody_is_released_who_was_not_asked_or_has_answered(org: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        joint.release_department(
            answer(asked(), WATER_CLERK).case, org, "不需要", by=HOUSING_CLERK, on=MARCH[10], rules=RULES
        )
    assert refused.value.fields[0].pointer == "/department"


def test_the_buttons_follow_the_duties() -> None:
    case = asked()
    assert {"answer_jointly", "decline_support"} <= offered(case, WATER_CLERK)
    assert {"ask_departments", "release_department"} <= offered(case, HOUSING_CLERK)
    done = answer(case, WATER_CLERK).case
    assert "answer_jointly" not in offered(done, WATER_CLERK)
    assert "release_department" not in offered(done, HOUSING_CLERK)


def coordinate(case: Case, by: Actor, *attended: str, held_on: date = MARCH[6]) -> Change:
    return joint.coordinate(
        case,
        "由住建牵头，水利配合。",
        attended or ("housing", "water"),
        held_on,
        tree=TREE,
        by=by,
        on=MARCH[9],
        rules=RULES,
    )


@pytest.mark.feature(27)
@pytest.mark.parametrize("by", [HOUSING_CLERK, BUREAU_CLERK, MEETING])
def test_minutes_of_a_coordination_are_kept_by_lead_bureau_or_joint_meeting(by: Actor) -> None:
    change = coordinate(asked(), by)
    assert change.events[0].facts() == {"org": by.org, "held_on": "2026-03-06", "attended": ["housing", "water"]}
    told = [notice.recipient for notice in owed(change.case, change.events[0])]
    assert told == ([] if by is HOUSING_CLERK else ["org:housing"])
    assert "coordinate" in offered(asked(), by)


def test_a_supporting_department_writes_no_minutes() -> None:
    assert "coordinate" not in offered(asked(), WATER_CLERK)
    with pytest.raises(NotYourStep, match="由责任单位、信访部门或者联席会议办公室登记"):
        coordinate(asked(), WATER_CLERK)


def test_a_competence_is_coordinated_before_anybody_accepts() -> None:
    assert coordinate(county.objected(), Actor(BUREAU, "bureau", "bureau1")).case.stage == "objected"


@pytest.mark.parametrize(
    ("attended", "held_on", "pointer"),
    [
        (("housing",), MARCH[6], "/attended"),
        (("housing", "nowhere"), MARCH[6], "/attended/1"),
        (("housing", "water", "water"), MARCH[6], "/attended/2"),
        (("housing", "water"), MARCH[10], "/held_on"),
        (("housing", "water"), MARCH[1], "/held_on"),
    ],
)
def test_minutes_say_who_was_there_and_when(attended: tuple[str, ...], held_on: date, pointer: str) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        coordinate(asked(), HOUSING_CLERK, *attended, held_on=held_on)
    assert refused.value.fields[0].pointer == pointer


@given(st.data())
def test_whatever_departments_do_in_any_order_open_duties_and_running_clocks_agree(data: st.DataObject) -> None:
    case = county.accepted()
    for _ in range(data.draw(st.integers(1, 12))):
        org = data.draw(st.sampled_from(["water", "property", "dept1"]))
        move = data.draw(st.sampled_from(["ask", "answer", "decline", "release"]))
        by = Actor("clerk", org, f"{org}-clerk")
        try:
            if move == "ask":
                case = ask(case, org).case
            elif move == "answer":
                case = answer(case, by).case
            elif move == "decline":
                case = joint.decline_support(case, "不属于职责", by=by, on=MARCH[9], rules=RULES).case
            else:
                case = joint.release_department(case, org, "不需要", by=HOUSING_CLERK, on=MARCH[9], rules=RULES).case
        except (RuleBroken, NotYourStep):
            continue
        running = {clock.about for clock in case.clocks if clock.limit == "joint_answer" and clock.is_running}
        assert running == {duty.id for duty in case.duties if duty.state == "open"}
        assert set(joint.answers_outstanding(case)) <= {desk.org for desk in case.desks}
        assert len(joint.answers_outstanding(case)) == len(set(joint.answers_outstanding(case)))
