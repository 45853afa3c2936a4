"""第二十四条: units dispute a matter, somebody above decides; a unit is no more, another goes on."""

from datetime import date

import pytest

from chalicelib.domain import disputes, receiving
from chalicelib.domain.case import DECIDING, INTAKE, JOINT_MEETING, LEAD, SUPPORTING, UNIT_HEAD, Actor, Case, Change
from chalicelib.domain.errors import FieldsInvalid, NotYourStep, RuleBroken, TargetRefused, WrongStage
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.owed import owed
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import STAY, next_steps
from chalicelib.domain.stages import DISPUTED, FORWARDED, REGISTERED
from tests.domain import county, routed
from tests.domain.county import A_LEADER, BUREAU_CLERK, HOUSING_CLERK, MARCH, RULES, TREE, WATER_CLERK

JOINT = Actor(JOINT_MEETING, "meeting", "joint1")


def forward(case: Case, to: str, *, tree: OfficeTree = TREE) -> Change:
    return receiving.forward(case, to, tree=tree, by=BUREAU_CLERK, on=MARCH[12], rules=RULES)


def succeed(case: Case, tree: OfficeTree, to: str | None = None, reason: str = "") -> Change:
    return disputes.succeed(case, to, reason, tree=tree, by=BUREAU_CLERK, on=MARCH[12], rules=RULES)


def due(case: Case, limit: str) -> date:
    clock = case.running(limit)
    assert clock is not None, f"{limit} does not run"
    return clock.due


def actions(case: Case, by: Actor) -> set[str]:
    return {step.action for step in next_steps(PETITION, case, by)}


@pytest.mark.feature(28)
def test_each_return_is_counted() -> None:
    assert "bounces" not in county.registered().facts
    assert county.returned().facts["bounces"] == 1
    assert routed.bounced().facts["bounces"] == 2


@pytest.mark.feature(28)
def test_after_one_return_it_may_go_out_again_after_two_it_may_not() -> None:
    assert forward(county.returned(), "water").case.stage == FORWARDED
    for act in (
        lambda: forward(routed.bounced(), "housing"),
        lambda: receiving.assign(
            routed.bounced(), "housing", MARCH[30], tree=TREE, by=BUREAU_CLERK, on=MARCH[12], rules=RULES
        ),
    ):
        with pytest.raises(TargetRefused, match="已被退回2次") as refused:
            act()
        assert (refused.value.law, refused.value.fields[0].code) == ("第二十四条第一款", "disputed")


@pytest.mark.feature(28)
def test_units_that_agree_among_themselves_need_no_decision_and_cannot_object_to_it() -> None:
    agreed = routed.consulted(agreed="water")
    with pytest.raises(RuleBroken, match="已经协商同意"):
        disputes.submit_dispute(agreed, "争议", tree=TREE, by=BUREAU_CLERK, on=MARCH[12], rules=RULES)
    with pytest.raises(TargetRefused):
        forward(agreed, "housing")
    taken = forward(agreed, "water").case
    assert taken.agency == "water"
    with pytest.raises(RuleBroken, match="协商中同意受理"):
        receiving.object_to(taken, "还是不归我们", tree=TREE, by=WATER_CLERK, on=MARCH[13], rules=RULES)


def test_a_consultation_has_two_units_and_only_one_of_them_can_agree() -> None:
    with pytest.raises(FieldsInvalid) as refused:
        routed.consulted("housing", "housing")
    assert refused.value.fields[0].pointer == "/units"
    with pytest.raises(FieldsInvalid) as refused:
        routed.consulted("housing", "nowhere", agreed="water")
    assert [each.pointer for each in refused.value.fields] == ["/units/1", "/agreed"]


def test_nothing_is_decided_above_before_the_units_were_asked() -> None:
    """由所涉及的机关、单位协商受理；受理有争议的 -- 第二十四条第一款: one after the other."""
    with pytest.raises(RuleBroken, match="先由所涉及的单位协商") as refused:
        routed.disputed(case=routed.bounced())
    assert refused.value.law == "第二十四条第一款"


@pytest.mark.feature(28)
def test_the_common_superior_decides_and_has_five_working_days() -> None:
    case = routed.disputed()
    assert case.stage == DISPUTED
    assert case.facts["decider"] == "county"
    assert DECIDING in (case.desk("county") or pytest.fail("no desk")).capacities
    clock = case.running("decide_dispute")
    assert clock is not None
    assert (clock.owner, clock.due) == ("county", MARCH[19])  # Thursday the 12th: the fifth working day is the 19th
    assert due(case, "route") == date(2026, 3, 17), "the bureau's own days go on"


def test_without_a_common_superior_in_the_county_the_joint_meeting_decides() -> None:
    """受理有争议且没有共同的上一级机关、单位的，由共同的信访工作联席会议协调处理. -- 第二十四条第一款"""
    assert routed.disputed("housing", "city").facts["decider"] == "meeting"


def test_units_below_one_department_have_their_quarrel_decided_by_its_head() -> None:
    offices = [
        *TREE.offices.values(),
        county.Office("repair", "房屋维修所", "维修所", "county", "department", "housing"),
    ]
    tree = OfficeTree.of(offices)
    case = routed.disputed(case=routed.consulted("property", "repair", tree=tree), tree=tree)
    assert case.facts["decider"] == "housing"
    head = Actor(UNIT_HEAD, "housing", "housing-head")
    assert "designate" in actions(case, head)


@pytest.mark.feature(28)
def test_whom_the_superior_designates_has_its_fifteen_days_and_no_objection() -> None:
    case = routed.designated("water")
    assert (case.stage, case.agency, case.facts["designated"]) == (FORWARDED, "water", True)
    assert due(case, "inform") == date(2026, 4, 1)
    assert case.running("object") is None
    assert case.running("route") is None
    assert case.desk("county") is None
    assert "object" not in actions(case, WATER_CLERK)
    with pytest.raises(RuleBroken, match="不能再提出异议") as refused:
        receiving.object_to(case, "还是不归我们", tree=TREE, by=WATER_CLERK, on=MARCH[18], rules=RULES)
    assert refused.value.law == "第二十四条第一款"


@pytest.mark.parametrize("by", [JOINT, BUREAU_CLERK, HOUSING_CLERK], ids=lambda actor: actor.role)
def test_nobody_else_decides(by: Actor) -> None:
    assert "designate" not in actions(routed.disputed(), by)
    with pytest.raises(NotYourStep):
        routed.designated(by=by)


def test_what_is_not_disputed_cannot_be_designated() -> None:
    with pytest.raises(WrongStage):
        disputes.designate(county.registered(), "water", "理由", tree=TREE, by=A_LEADER, on=MARCH[12], rules=RULES)


@pytest.mark.parametrize("to", ["bureau", "county", "meeting", "city", "closed", "nowhere"])
def test_only_who_handles_petitions_can_be_designated(to: str) -> None:
    with pytest.raises(TargetRefused):
        routed.designated(to)


def test_who_decides_and_who_is_designated_are_checked_against_the_accusation() -> None:
    case = routed.consulted()
    submitted = disputes.submit_dispute(case, "争议", tree=TREE, by=BUREAU_CLERK, on=MARCH[12], rules=RULES)
    assert submitted.granted == ("county",)
    decided = disputes.designate(submitted.case, "water", "按职责", tree=TREE, by=A_LEADER, on=MARCH[13], rules=RULES)
    assert decided.granted == ("water",)


def test_the_petitioner_hears_the_decision_and_the_unit_hears_that_it_stands() -> None:
    change = disputes.designate(routed.disputed(), "water", "按职责", tree=TREE, by=A_LEADER, on=MARCH[13], rules=RULES)
    told = {notice.recipient: notice.texts for notice in owed(change.case, change.events[0])}
    assert told == {"petitioner": ("S21",), "org:water": ("S15e",)}


def test_an_abolished_office_gets_nothing_and_the_refusal_names_its_successor() -> None:
    with pytest.raises(TargetRefused, match="请转给青山县水利局") as refused:
        forward(county.registered(), "housing", tree=routed.WITH_A_SUCCESSOR)
    assert refused.value.law == "第二十四条第二款"
    with pytest.raises(TargetRefused, match="没有这个单位"):
        forward(county.registered(), "housing", tree=routed.WITHOUT_HOUSING)


def test_the_successor_goes_on_with_the_same_dates() -> None:
    before = county.accepted()
    change = succeed(before, routed.WITH_A_SUCCESSOR)
    case = change.case
    assert (case.stage, case.agency) == (before.stage, "water")
    assert case.desk("housing") is None
    assert (case.desk("water") or pytest.fail("no desk")).capacities == (LEAD,)
    assert {(each.limit, each.due) for each in case.clocks} == {(each.limit, each.due) for each in before.clocks}
    assert [each.owner for each in case.clocks if each.is_running] == ["water"]
    assert [(told.limit, told.owner) for told in change.events[0].clocks] == [("handle", "water")]
    ended = [each for each in case.clocks if not each.is_running and each.limit == "inform"]
    assert [each.owner for each in ended] == ["housing"], "what the old unit did stays its own"
    assert change.granted == ("water",)
    told = {notice.recipient: notice.texts for notice in owed(case, change.events[0])}
    assert told == {"petitioner": ("S21b",), "org:water": ("M52",)}


def test_a_unit_that_registered_the_matter_itself_is_succeeded_in_that_too() -> None:
    case = succeed(county.registered(office="housing"), routed.WITH_A_SUCCESSOR).case
    assert (case.office, case.agency) == ("water", None)
    assert set((case.desk("water") or pytest.fail("no desk")).capacities) == {INTAKE, LEAD}
    assert [each.owner for each in case.clocks if each.is_running] == ["water"]


def test_the_successor_takes_over_what_is_owed_beside_the_road() -> None:
    case, duty = county.accepted().with_new_duty("letter", "housing")
    case = succeed(case.with_desk_beside("housing", SUPPORTING), routed.WITH_A_SUCCESSOR).case
    assert (case.duty(duty.id) or pytest.fail("no duty")).org == "water"
    assert set((case.desk("water") or pytest.fail("no desk")).capacities) == {LEAD, SUPPORTING}


def test_where_it_is_not_clear_the_government_names_who_goes_on_and_the_record_says_so() -> None:
    """职责不清的，由本级党委和政府或者其指定的机关、单位受理. -- 第二十四条第二款"""
    with pytest.raises(FieldsInvalid) as refused:
        succeed(county.accepted(), routed.WITHOUT_HOUSING)
    assert refused.value.fields[0].pointer == "/to"
    with pytest.raises(FieldsInvalid) as refused:
        succeed(county.accepted(), routed.WITHOUT_HOUSING, "water")
    assert refused.value.fields[0].pointer == "/reason"
    change = succeed(county.accepted(), routed.WITHOUT_HOUSING, "water", "县政府第3次常务会议纪要")
    assert change.events[0].facts()["named_by_government"] is True


def test_another_than_the_successor_needs_a_reason_too() -> None:
    with pytest.raises(FieldsInvalid) as refused:
        succeed(county.accepted(), routed.WITH_A_SUCCESSOR, "property")
    assert refused.value.fields[0].pointer == "/reason"


def test_nobody_succeeds_an_office_that_works() -> None:
    with pytest.raises(RuleBroken, match="没有撤销或者合并") as refused:
        succeed(county.accepted(), TREE, "water", "理由")
    assert refused.value.law == "第二十四条第二款"


@pytest.mark.parametrize("to", ["bureau", "closed", "city", "nowhere"])
def test_only_a_unit_that_works_can_go_on(to: str) -> None:
    with pytest.raises(TargetRefused):
        succeed(county.accepted(), routed.WITHOUT_HOUSING, to, "理由")


def test_nothing_else_happens_to_a_returned_matter_while_it_waits_for_a_decision() -> None:
    assert routed.bounced().stage == REGISTERED
    offered = next_steps(PETITION, routed.disputed(), BUREAU_CLERK)
    assert {step.to for step in offered} == {STAY}
