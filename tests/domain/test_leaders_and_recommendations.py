"""What leaders do themselves (第十八条第二款), and the three recommendations with their feedback (第四十条)."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain import leaders, oversight, recommendations
from chalicelib.domain.case import CLERK, INSTRUCTED, LEADER, Actor, Case
from chalicelib.domain.errors import FieldsInvalid, NotYourStep, RuleBroken, TargetRefused
from chalicelib.domain.owed import owed
from chalicelib.domain.petition import PETITION, kept_from
from chalicelib.domain.procedure import next_steps
from tests.domain import county
from tests.domain.county import A_LEADER, BUREAU_CLERK, HOUSING_CLERK, MARCH, RULES, TREE, WATER_CLERK
from tests.domain.scenes.supervision import SUPERVISION, instructed, led, recommended

ANOTHER_LEADER = Actor(LEADER, "county", "leader2")


def offers(case: Case, by: Actor) -> set[str]:
    return {step.action for step in next_steps(PETITION, case, by)}


@pytest.mark.feature(99)
def test_a_leader_writes_to_any_office_of_the_area_and_it_reports_by_the_day() -> None:
    case = instructed("water")
    assert case.running("instruction", "instruction.1").due == MARCH[16]  # type: ignore[union-attr]
    assert case.desk("water").capacities == (INSTRUCTED,)  # type: ignore[union-attr]
    assert "report_instruction" in offers(case, WATER_CLERK)
    with pytest.raises(NotYourStep):
        leaders.report_instruction(case, "已落实", by=HOUSING_CLERK, on=MARCH[12], rules=RULES)
    change = leaders.report_instruction(case, "已落实", by=WATER_CLERK, on=MARCH[12], rules=RULES)
    assert change.case.duties[0].state == "done"
    assert change.case.desk("water") is None
    assert [notice.recipient for notice in owed(change.case, change.events[0])] == ["org:county"]


def test_an_office_with_two_instructions_keeps_its_desk_until_both_are_reported() -> None:
    two = leaders.instruct(
        instructed(), "再催", MARCH[20], tree=TREE, by=ANOTHER_LEADER, on=MARCH[10], rules=RULES
    ).case
    one = leaders.report_instruction(two, "已落实", "instruction.1", by=HOUSING_CLERK, on=MARCH[12], rules=RULES).case
    assert INSTRUCTED in one.desk("housing").capacities  # type: ignore[union-attr]
    both = leaders.report_instruction(one, "已落实", by=HOUSING_CLERK, on=MARCH[12], rules=RULES).case
    assert both.desk("housing").capacities == ("lead",)  # type: ignore[union-attr]


@pytest.mark.parametrize("org", ["city", "closed", "nowhere", "county"])
def test_an_instruction_goes_to_an_office_that_can_carry_it_out(org: str) -> None:
    with pytest.raises(TargetRefused):
        instructed(org)


def test_only_leaders_instruct_and_the_date_is_to_come() -> None:
    for by in (BUREAU_CLERK, SUPERVISION):
        with pytest.raises(NotYourStep):
            leaders.instruct(county.accepted(), "办", MARCH[16], tree=TREE, by=by, on=MARCH[9], rules=RULES)
    with pytest.raises(FieldsInvalid):
        leaders.instruct(county.accepted(), "办", MARCH[9], tree=TREE, by=A_LEADER, on=MARCH[9], rules=RULES)


@pytest.mark.feature(99)
def test_a_leader_who_took_charge_records_what_came_of_it() -> None:
    case = led()
    assert case.duties[0].facts == {"leader": "leader1"}
    assert "close_charge" in offers(case, A_LEADER)
    assert "close_charge" not in offers(case, ANOTHER_LEADER)
    assert "take_charge" not in offers(case, ANOTHER_LEADER)
    with pytest.raises(NotYourStep, match="本人"):
        leaders.close_charge(case, "已化解", by=ANOTHER_LEADER, on=MARCH[12], rules=RULES)
    for by in (A_LEADER, BUREAU_CLERK):
        done = leaders.close_charge(case, "已化解", by=by, on=MARCH[12], rules=RULES).case
        assert done.duties[0].state == "settled"
        with pytest.raises(RuleBroken, match="没有领导包案"):
            leaders.close_charge(done, "已化解", by=by, on=MARCH[12], rules=RULES)


def test_one_leader_at_a_time_and_none_who_has_recused_himself() -> None:
    take = {"tree": TREE, "on": MARCH[9], "rules": RULES}
    with pytest.raises(RuleBroken, match="已有领导包案"):
        leaders.take_charge(led(), by=ANOTHER_LEADER, **take)
    with pytest.raises(FieldsInvalid) as refused:
        leaders.take_charge(county.accepted(), by=BUREAU_CLERK, **take)
    assert refused.value.fields[0].pointer == "/leader"
    recused = county.accepted().with_facts(recused=["leader2"])
    with pytest.raises(FieldsInvalid, match="1处"):
        leaders.take_charge(recused, "leader2", by=BUREAU_CLERK, **take)
    by_bureau = leaders.take_charge(recused, "leader1", by=BUREAU_CLERK, **take).case
    assert (by_bureau.duties[0].org, by_bureau.duties[0].facts["leader"]) == ("county", "leader1")


def test_who_leads_stands_in_no_open_field_of_the_event() -> None:
    change = leaders.take_charge(county.accepted(), tree=TREE, by=A_LEADER, on=MARCH[9], rules=RULES)
    assert "leader1" not in str(change.events[0].facts())
    assert change.events[0].text["leader"] == "leader1"


@pytest.mark.parametrize(
    ("advice", "org", "to"),
    [
        (oversight.IMPROVE, None, "housing"),
        (oversight.IMPROVE, "water", "water"),
        (oversight.POLICY, None, "county"),
        (oversight.POLICY, "county", "county"),
        (oversight.ACCOUNTABILITY, "county", "county"),
        (oversight.ACCOUNTABILITY, "water", "water"),
    ],
)
def test_each_recommendation_goes_to_whom_article_40_names(advice: str, org: str | None, to: str) -> None:
    case = recommended(advice, org)
    assert case.duties[0].org == to
    assert case.running("advice_feedback", "recommendation.1").due == date(2026, 4, 8)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("advice", "org", "error"),
    [
        (oversight.POLICY, "housing", TargetRefused),
        (oversight.ACCOUNTABILITY, None, FieldsInvalid),
        (oversight.ACCOUNTABILITY, "housing", TargetRefused),
        (oversight.ACCOUNTABILITY, "property", TargetRefused),
        (oversight.IMPROVE, "bureau", TargetRefused),
        (oversight.IMPROVE, "city", TargetRefused),
    ],
)
def test_and_to_nobody_else(advice: str, org: str | None, error: type[Exception]) -> None:
    with pytest.raises(error):
        recommended(advice, org)


def test_only_a_bureau_recommends_and_an_accused_office_hears_nothing() -> None:
    with pytest.raises(NotYourStep):
        recommendations.recommend(county.accepted(), "improve", "改", tree=TREE, by=A_LEADER, on=MARCH[9], rules=RULES)
    with pytest.raises(TargetRefused) as refused:
        recommended(oversight.ACCOUNTABILITY, "water", case=replace(county.accepted(), accused=("water",)))
    assert refused.value.law == "第三十条第三款"


@pytest.mark.feature(67)
def test_a_proposal_to_hold_to_account_is_read_at_its_two_ends_only() -> None:
    case = recommended(oversight.ACCOUNTABILITY, "county")
    assert kept_from(case, HOUSING_CLERK) == {"recommendation.1"}
    assert not kept_from(case, BUREAU_CLERK)
    assert not kept_from(case, A_LEADER)
    assert not kept_from(recommended(), HOUSING_CLERK)


@pytest.mark.feature(64, 67)
@pytest.mark.parametrize("adopted", oversight.ADOPTED)
def test_the_unit_says_in_writing_whether_it_adopts(adopted: str) -> None:
    change = recommendations.feed_back(recommended(), adopted, "情况如下", by=HOUSING_CLERK, on=MARCH[20], rules=RULES)
    assert change.case.duties[0].state == adopted
    assert change.case.clock("advice_feedback", "recommendation.1").ending == "met"  # type: ignore[union-attr]
    assert [notice.recipient for notice in owed(change.case, change.events[0])] == ["org:bureau"]
    assert change.case.desk("housing").capacities == ("lead",)  # type: ignore[union-attr]
    with pytest.raises(NotYourStep):
        recommendations.feed_back(change.case, adopted, "再来", by=HOUSING_CLERK, on=MARCH[20], rules=RULES)


def test_the_government_answers_a_recommendation_on_policy() -> None:
    case = recommended(oversight.POLICY)
    for by in (A_LEADER, SUPERVISION):
        assert "feed_back" in offers(case, by)
    assert recommendations.feed_back(case, "partly", "部分采纳", by=A_LEADER, on=MARCH[20], rules=RULES).case
    with pytest.raises(NotYourStep):
        recommendations.feed_back(
            case, "partly", "部分采纳", by=Actor(CLERK, "housing", "x"), on=MARCH[20], rules=RULES
        )
