"""Who stands back, who decides it, and that nobody decides about himself (第二十八条第三款)."""

from datetime import date

import pytest

from chalicelib.domain import handling, opinion, recusing
from chalicelib.domain.case import (
    CLERK,
    LEAD,
    LEADER,
    PETITIONER,
    RECUSING,
    REVIEWING,
    UNIT_HEAD,
    Actor,
    Case,
)
from chalicelib.domain.errors import FieldsInvalid, NotYourStep, RuleBroken, WrongStage
from chalicelib.domain.offices import Office, OfficeTree
from chalicelib.domain.owed import owed
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import next_steps
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
    WATER_HEAD,
)

BUREAU_HEAD = Actor(UNIT_HEAD, "bureau", "bureau-head")
ANOTHER_CLERK = Actor(CLERK, "housing", "housing-clerk2")
WHY = "经办人是物业公司经理的哥哥"


def ask(case: Case, post: str = "undertaker", *, by: Actor = CITIZEN, on: date = MARCH[5], tree: OfficeTree = TREE):
    """Thursday the 5th, unless said otherwise."""
    return recusing.ask_recusal(case, post, WHY, tree=tree, by=by, on=on, rules=RULES)


def decide(case: Case, granted: bool = True, users: tuple[str, ...] = ("housing-clerk",), **said):
    """Friday the 6th, by the head of housing, unless said otherwise."""
    named = {"by": HOUSING_HEAD, "on": MARCH[6], "rules": RULES} | said
    return recusing.decide_recusal(case, granted, users, named.pop("reason", ""), **named)


def decider(change) -> str:
    """Who owes the decision."""
    (duty,) = change.case.duties_of("recusal")
    return duty.org


@pytest.mark.feature(20)
def test_a_petitioner_asks_and_the_head_of_the_unit_decides_within_three_working_days():
    asked = ask(county.accepted())
    assert decider(asked) == "housing"
    clock = asked.case.running("decide_recusal", "recusal.1")
    assert (clock.owner, clock.due) == ("housing", MARCH[10])  # Thursday the 5th: Friday, Monday, Tuesday the 10th
    assert [step.action for step in next_steps(PETITION, asked.case, HOUSING_HEAD)].count("decide_recusal") == 1
    assert "decide_recusal" not in [step.action for step in next_steps(PETITION, asked.case, HOUSING_CLERK)]


def test_whoever_stands_back_takes_no_further_step_and_a_colleague_goes_on():
    stood_back = decide(ask(county.accepted()).case).case
    assert stood_back.facts["recused"] == ["housing-clerk"]
    with pytest.raises(NotYourStep, match="您已经回避") as refused:
        opinion.hear_petitioner(stood_back, "call", MARCH[9], "通话", by=HOUSING_CLERK, on=MARCH[9], rules=RULES)
    assert refused.value.law == "第二十八条"
    assert next_steps(PETITION, stood_back, HOUSING_CLERK) == ()
    assert opinion.hear_petitioner(stood_back, "call", MARCH[9], "通话", by=ANOTHER_CLERK, on=MARCH[9], rules=RULES)


def test_the_successor_is_recorded_and_is_nobody_who_stood_back():
    asked = ask(county.accepted()).case
    assert decide(asked, successor="housing-clerk2").case.facts["undertaker"] == "housing-clerk2"
    with pytest.raises(FieldsInvalid) as refused:
        decide(asked, successor="housing-clerk")
    assert [each.pointer for each in refused.value.fields] == ["/successor"]


def test_a_second_recusal_adds_to_the_first():
    once = decide(ask(county.accepted()).case).case
    twice = decide(ask(once, "second_reader").case, users=("housing-clerk2",)).case
    assert twice.facts["recused"] == ["housing-clerk", "housing-clerk2"]


def test_a_refusal_needs_its_reason_and_changes_nobody():
    asked = ask(county.accepted()).case
    with pytest.raises(FieldsInvalid) as refused:
        decide(asked, granted=False)
    assert [each.pointer for each in refused.value.fields] == ["/reason"]
    change = decide(asked, granted=False, reason="经核实没有亲属关系")
    assert "recused" not in change.case.facts
    assert change.case.duties_of("recusal", "refused")
    assert change.events[0].text == {"reason": "经核实没有亲属关系"}
    assert change.events[0].users == ()


def test_a_head_asked_to_stand_back_is_decided_by_the_level_above():
    asked = ask(county.accepted(), "unit_head")
    assert decider(asked) == "county"
    assert asked.granted == ("county",)
    assert asked.case.desk("county").capacities == (RECUSING,)
    with pytest.raises(NotYourStep, match="不由您的单位决定"):
        decide(asked.case, users=("housing-head",))
    decided = decide(asked.case, users=("housing-head",), by=A_LEADER).case
    assert decided.desk("county") is None
    with pytest.raises(NotYourStep, match="您已经回避"):
        handling.extend(decided, 10, "疑难", by=HOUSING_HEAD, on=MARCH[9], rules=RULES)


def test_of_a_bureau_person_the_bureau_head_decides_and_of_the_bureau_head_the_leader():
    reported = ask(county.registered(), "himself", by=BUREAU_CLERK)
    assert decider(reported) == "bureau"
    decided = decide(reported.case, users=("bureau1",), by=BUREAU_HEAD).case
    assert decided.facts["recused"] == ["bureau1"]
    of_head = ask(county.registered(), "himself", by=BUREAU_HEAD)
    assert decider(of_head) == "county"
    with pytest.raises(NotYourStep):
        decide(of_head.case, users=("bureau-head",), by=BUREAU_HEAD)
    assert decide(of_head.case, users=("bureau-head",), by=A_LEADER).case.facts["recused"] == ["bureau-head"]


def test_in_a_department_below_a_department_the_level_above_is_the_department():
    case = county.forwarded(to="property")
    asked = ask(case, "unit_head")
    assert decider(asked) == "housing"
    assert decide(asked.case, users=("property-head",), by=HOUSING_HEAD).case.facts["recused"] == ["property-head"]


def test_after_a_head_stood_back_his_people_are_decided_by_the_level_above_too():
    headless = decide(ask(county.accepted(), "unit_head").case, users=("housing-head",), by=A_LEADER).case
    assert decider_of_last(ask(headless, "undertaker", on=MARCH[9])) == "county"


def decider_of_last(change) -> str:
    return change.case.duties_of("recusal")[-1].org


def test_the_head_of_the_tenant_is_decided_by_nobody_here():
    tree = OfficeTree.of([*TREE.offices.values(), Office("tax", "税务局", "税务局", "county", "department", "city")])
    with pytest.raises(RuleBroken, match="上级机关"):
        ask(county.accepted().with_desk("tax", LEAD), "himself", by=Actor(UNIT_HEAD, "tax", "tax-head"), tree=tree)


def test_nobody_decides_about_himself():
    asked = ask(county.accepted()).case
    for users in (("housing-head",), ("housing-clerk", "housing-head")):
        with pytest.raises(NotYourStep, match="不能决定自己的回避"):
            decide(asked, users=users)
    his_own = asked.with_facts(first_handler={"org": "housing", "user": "housing-head", "on": "2026-03-04"})
    with pytest.raises(NotYourStep, match="不能决定自己的回避"):
        decide(his_own, granted=False, reason="没有关系")


def test_whoever_reports_himself_is_among_those_who_stand_back():
    reported = ask(county.accepted(), "himself", by=HOUSING_CLERK).case
    with pytest.raises(FieldsInvalid) as refused:
        decide(reported, users=("housing-clerk2",))
    assert [each.pointer for each in refused.value.fields] == ["/users"]
    assert decide(reported).events[0].own is True


def test_granting_names_somebody():
    with pytest.raises(FieldsInvalid) as refused:
        decide(ask(county.accepted()).case, users=())
    assert [each.pointer for each in refused.value.fields] == ["/users"]


def test_of_several_applications_the_one_that_is_decided_is_named():
    case = ask(ask(county.accepted()).case, "second_reader").case
    with pytest.raises(FieldsInvalid) as refused:
        decide(case)
    assert [each.pointer for each in refused.value.fields] == ["/duty"]
    first = decide(case, duty_id="recusal.1").case
    assert [duty.id for duty in first.duties_of("recusal", "open")] == ["recusal.2"]
    assert first.desk("housing").capacities == (LEAD, RECUSING)
    with pytest.raises(RuleBroken, match="没有等候决定"):
        decide(first, duty_id="recusal.1")


def test_the_same_is_asked_once_until_it_is_decided():
    asked = ask(county.accepted()).case
    with pytest.raises(RuleBroken, match="已经申请过"):
        ask(asked)
    assert ask(decide(asked, granted=False, reason="没有亲属关系").case)


@pytest.mark.parametrize(("by", "post"), [(CITIZEN, "himself"), (HOUSING_CLERK, "undertaker")])
def test_a_petitioner_speaks_of_others_and_staff_of_themselves(by, post):
    with pytest.raises(FieldsInvalid) as refused:
        ask(county.accepted(), post, by=by)
    assert [each.pointer for each in refused.value.fields] == ["/post"]


def test_who_has_nothing_to_do_with_the_case_need_not_stand_back():
    with pytest.raises(NotYourStep, match="不由您的单位办理"):
        ask(county.accepted(), "himself", by=WATER_HEAD)
    assert "ask_recusal" not in [step.action for step in next_steps(PETITION, county.accepted(), WATER_HEAD)]


def test_a_reviewer_is_of_the_reviewing_organ_and_there_is_none_before_a_review():
    with pytest.raises(FieldsInvalid):
        ask(county.accepted(), "reviewer")
    under_review = county.accepted().with_desk_beside("water", REVIEWING)
    assert decider(ask(under_review, "reviewer")) == "water"
    assert decider(ask(under_review, "hearing_chair")) == "water"
    assert decider(ask(county.accepted(), "hearing_chair")) == "housing"


def test_a_matter_that_has_ended_is_past_asking_but_a_late_decision_is_still_given():
    with pytest.raises(WrongStage):
        ask(county.served())
    asked = ask(county.replied()).case
    served = handling.serve(
        asked, "online", MARCH[17], cause="execution", by=HOUSING_CLERK, on=MARCH[17], rules=RULES
    ).case
    assert (
        decide(served, granted=False, reason="没有关系", on=MARCH[18]).case.running("decide_recusal", "recusal.1")
        is None
    )


def test_the_petitioner_is_told_and_the_decider_too():
    asked = ask(county.accepted())
    assert [(n.recipient, n.texts) for n in owed(asked.case, asked.events[0])] == [("org:housing", ("M33",))]
    granted = decide(asked.case)
    told = [(n.recipient, n.texts) for n in owed(granted.case, granted.events[0])]
    assert told == [(PETITIONER, ("S33",)), ("org:housing", ("M34",))]
    refused = decide(asked.case, granted=False, reason="没有关系")
    assert [(n.recipient, n.texts) for n in owed(refused.case, refused.events[0])] == [(PETITIONER, ("S34",))]
    own = decide(ask(county.accepted(), "himself", by=HOUSING_CLERK).case, granted=False, reason="没有关系")
    assert owed(own.case, own.events[0]) == ()


def test_a_leader_of_another_place_decides_nothing():
    asked = ask(county.accepted(), "unit_head").case
    with pytest.raises(NotYourStep):
        decide(asked, users=("housing-head",), by=Actor(LEADER, "city", "city-leader"))


def test_who_drafted_does_not_decide_whether_the_drafter_stands_back():
    """A head who drafted himself, or a case that was answered before, is no reason to fail (found by random traces)."""
    drafted = county.drafted().with_facts(draft={"seq": 9, "by": "housing-head"}, signed=["housing-head"])
    with pytest.raises(NotYourStep):
        decide(ask(drafted, on=MARCH[13]).case, on=MARCH[13])
