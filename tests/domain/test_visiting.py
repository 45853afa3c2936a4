"""Return visits by the bureau, and what they lead to; relief (第二十一条、第三十二条第二款、第三十七条第二款)."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import aftercare, elapsing, handling, relief, visiting
from chalicelib.domain.case import BUREAU, PETITIONER, VISITING, Actor, Case
from chalicelib.domain.errors import FieldsInvalid, NotYourStep, RuleBroken, WrongStage
from chalicelib.domain.intake import Commitment
from chalicelib.domain.owed import owed
from chalicelib.domain.petition import PETITION
from chalicelib.domain.stages import CONCLUDED, REDO, REPLIED, SERVED
from chalicelib.domain.visiting import NOBODY, Answers
from tests.domain import county
from tests.domain.county import BUREAU_CLERK, CITIZEN, HOUSING_CLERK, MARCH, RULES, WATER_CLERK, noon
from tests.domain.scenes.promises import APRIL_1, SAYS_NO, SAYS_YES, offered, promised, signed, visited


def rated(case: Case, office: str = "satisfied", unit: str = "satisfied", *, solved: bool = True) -> Case:
    return handling.rate(case, office, unit, solved, by=CITIZEN, on=MARCH[20], rules=RULES).case


def missed(case: Case, on: date) -> Case:
    return visiting.revisit(case, NOBODY, "无人接听", reached=False, by=BUREAU_CLERK, on=on, rules=RULES).case


def reopened(case: Case | None = None, on: date = date(2026, 4, 2)) -> Case:
    return visiting.reopen(case or visited(), "停车费没有退", by=BUREAU_CLERK, on=on, rules=RULES).case


@pytest.mark.feature(66)
def test_a_supported_request_is_visited_within_fifteen_days_of_the_service() -> None:
    """Served on Tuesday the 17th of March; the 1st of April is a Wednesday."""
    clock = promised().running("revisit")
    assert clock is not None
    assert (clock.owner, clock.due) == ("bureau", APRIL_1)
    assert county.served().running("revisit") is None


@pytest.mark.feature(66)
@pytest.mark.parametrize(
    ("office", "unit", "solved", "expected"),
    [
        ("not_satisfied", "satisfied", True, True),
        ("satisfied", "not_satisfied", True, True),
        ("basically", "basically", False, True),
        ("basically", "basically", True, False),
    ],
)
def test_everybody_who_is_not_satisfied_is_visited(office: str, unit: str, solved: bool, expected: bool) -> None:
    clock = rated(county.served(), office, unit, solved=solved).running("revisit")
    assert (clock is not None) is expected
    if clock is not None:
        assert clock.due == date(2026, 4, 4)


@pytest.mark.feature(66)
@given(number=st.integers(0, 10**12 - 1))
def test_the_draw_is_the_same_for_everybody_who_draws(number: int) -> None:
    one, again = (replace(county.registered(), id=f"{number:012d}") for _ in range(2))
    assert aftercare.is_sampled(one) is aftercare.is_sampled(again)


@pytest.mark.feature(66)
def test_one_answer_in_ten_is_drawn() -> None:
    case = county.registered()
    drawn = sum(aftercare.is_sampled(replace(case, id=f"{number:012d}")) for number in range(10_000))
    assert 900 < drawn < 1_100


@pytest.mark.feature(66)
def test_a_drawn_answer_is_visited_whatever_it_says() -> None:
    number = next(
        f"{each:012d}" for each in range(100) if aftercare.is_sampled(replace(county.registered(), id=f"{each:012d}"))
    )
    assert county.served(case=replace(county.replied(), id=number)).running("revisit") is not None


def test_nobody_visits_his_own_answer() -> None:
    own = replace(signed(), agency="bureau", desks=())
    assert not aftercare.must_be_visited(own)
    with pytest.raises(NotYourStep, match="不由本单位"):
        visited(replace(promised(), agency="bureau"))
    with pytest.raises(NotYourStep):
        visited(promised(), by=HOUSING_CLERK)
    with pytest.raises(NotYourStep):
        visited(promised(), by=Actor(BUREAU, "housing", "x"))


def test_a_bureau_that_had_no_desk_gets_one_to_visit_and_an_accused_one_does_not() -> None:
    case = signed(
        case=county.investigated(
            case=county.heard(case=county.accepted(case=county.registered(office="housing", by=HOUSING_CLERK)))
        )
    ).with_facts(bureau="bureau")
    change = handling.serve(case, "online", MARCH[17], cause="conduct", by=HOUSING_CLERK, on=MARCH[17], rules=RULES)
    desk = change.case.desk("bureau")
    assert desk is not None
    assert (desk.capacities, change.granted) == ((VISITING,), ("bureau",))
    accused = replace(case, accused=("bureau",))
    assert county.served(case=accused).running("revisit") is None


@pytest.mark.feature(58)
@pytest.mark.parametrize(
    ("answers", "solved", "found"),
    [
        (SAYS_YES, True, "solved"),
        (SAYS_NO, False, "unsolved"),
        (Answers(True, "satisfied", "partly", True), True, "unsolved"),
        (Answers(True, "satisfied", "yes", False), False, "unsolved"),
    ],
)
def test_solved_is_what_the_petitioner_says_at_a_visit(answers: Answers, solved: bool, found: str) -> None:
    case = visited(promised(), answers)
    assert (case.facts["solved"], case.facts["revisit"], case.facts["visited_on"]) == (solved, found, "2026-04-01")
    assert case.clock("revisit").ending == "met"  # type: ignore[union-attr]
    change = visiting.revisit(promised(), answers, "电话", "本人", by=BUREAU_CLERK, on=APRIL_1, rules=RULES)
    told = [each.recipient for each in owed(change.case, change.events[0])]
    assert told == (["org:housing"] if found == "unsolved" else [])


@pytest.mark.feature(58)
def test_nothing_is_solved_until_somebody_was_asked() -> None:
    assert aftercare.solved(promised()) is None
    assert aftercare.solved(rated(promised(), solved=False)) is False
    assert aftercare.solved(visited(rated(promised(), solved=False), SAYS_YES)) is True


def test_a_visit_keeps_what_was_rated() -> None:
    assert visited(rated(promised(), solved=True), SAYS_NO).facts["rated_solved"] is True


@pytest.mark.parametrize("left_out", ["informed", "satisfied", "carried_out", "solved"])
def test_whoever_was_reached_is_asked_everything(left_out: str) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        visited(promised(), replace(SAYS_YES, **{left_out: None}))
    assert [each.pointer for each in refused.value.fields] == [f"/{left_out}"]


def test_a_visit_says_with_whom_one_spoke_and_invents_no_answers() -> None:
    with pytest.raises(FieldsInvalid) as refused:
        visiting.revisit(promised(), SAYS_YES, "电话", by=BUREAU_CLERK, on=APRIL_1, rules=RULES)
    assert [each.pointer for each in refused.value.fields] == ["/spoken_with"]
    with pytest.raises(FieldsInvalid) as refused:
        visiting.revisit(promised(), SAYS_YES, "无人接听", reached=False, by=BUREAU_CLERK, on=APRIL_1, rules=RULES)
    assert len(refused.value.fields) == 4


@pytest.mark.feature(58, 66)
def test_who_is_not_reached_is_tried_on_three_days_and_stays_unconfirmed() -> None:
    case = missed(missed(promised(), MARCH[24]), MARCH[24])
    clock = case.running("revisit")
    assert clock is not None
    assert (case.facts["missed"], clock.due) == (1, APRIL_1)
    case = missed(case, MARCH[25])
    assert case.running("revisit") is not None
    case = missed(case, MARCH[26])
    assert case.clock("revisit").ending == "met"  # type: ignore[union-attr]
    assert aftercare.solved(case) is None
    assert "missed" not in case.facts


def test_nothing_is_visited_before_it_was_answered() -> None:
    with pytest.raises(WrongStage):
        visited(county.accepted())


@pytest.mark.feature(66)
def test_a_matter_that_was_not_carried_out_is_handled_anew_with_its_own_date() -> None:
    """Reopened on Thursday the 2nd of April: thirty days end on Saturday the 2nd of May. The 60 days do not run."""
    change = visiting.reopen(visited(), "停车费没有退", by=BUREAU_CLERK, on=date(2026, 4, 2), rules=RULES)
    case = change.case
    clock = case.running("redo_target")
    assert clock is not None
    assert (case.stage, clock.owner, clock.due) == (REDO, "housing", date(2026, 5, 2))
    assert case.clock("handle").ending == "met"  # type: ignore[union-attr]
    assert [case.clock(limit).ending for limit in ("ask_review", "rating")] == ["moot", "moot"]  # type: ignore[union-attr]
    assert [each.recipient for each in owed(case, change.events[0])] == [PETITIONER, "org:housing"]
    assert "investigated" not in case.facts
    assert case.running("commitment", "commitment.1") is not None


@pytest.mark.feature(66)
def test_the_new_opinion_passes_the_same_chain_and_gives_the_same_rights() -> None:
    case = county.investigated(case=reopened(), on=date(2026, 4, 8))
    case = signed(Commitment(1, "退还", date(2026, 5, 29), "物业科"), case=case, on=date(2026, 4, 13))
    assert case.stage == REPLIED
    case = county.served(case=case, on=date(2026, 4, 14))
    running = {clock.limit: clock.due for clock in case.clocks if clock.is_running}
    assert case.clock("redo_target").ending == "met"  # type: ignore[union-attr]
    assert running["ask_review"] == running["rating"] == date(2026, 5, 14)
    assert case.stage == SERVED
    assert aftercare.solved(case) is None
    assert not aftercare.was_said_not_to_be_solved(case)


def test_a_matter_answered_in_one_step_is_handled_anew_in_full() -> None:
    simple = visited().with_facts(simple=True)
    assert reopened(simple).facts["simple"] is False


def test_a_concluded_matter_is_reopened_too() -> None:
    assert reopened(replace(visited(), stage=CONCLUDED)).stage == REDO


def test_reopening_wants_a_visit_that_says_so() -> None:
    for case in (promised(), visited(promised(), SAYS_YES)):
        with pytest.raises(RuleBroken, match="请先回访"):
            reopened(case)
    with pytest.raises(NotYourStep):
        visiting.reopen(visited(), "没有退", by=HOUSING_CLERK, on=APRIL_1, rules=RULES)
    with pytest.raises(WrongStage):
        reopened(reopened())


def test_what_was_reviewed_is_not_reopened_past_the_reviewer() -> None:
    with pytest.raises(RuleBroken, match="按复查意见执行") as refused:
        reopened(visited().with_facts(review={"outcome": "uphold"}))
    assert refused.value.law == "第三十五条、第四十条第一款"
    assert reopened(visited().with_facts(review={"outcome": "revoke"})).stage == REDO
    waiting, _ = visited().with_new_duty("late_request", "county", order="review")
    with pytest.raises(RuleBroken, match="还没有审核"):
        reopened(waiting)


def test_a_bureau_that_does_not_visit_is_late() -> None:
    change = elapsing.elapse(PETITION, promised(), at=noon(date(2026, 4, 2)), rules=RULES)
    assert change is not None
    assert "revisit" in [event.facts().get("limit") for event in change.events]


def test_relief_is_told_and_its_result_recorded() -> None:
    case = offered()
    assert [(duty.kind, duty.org, duty.state) for duty in case.duties] == [("relief", "housing", "open")]
    case = relief.record_relief(case, "pending", by=HOUSING_CLERK, on=MARCH[16], rules=RULES).case
    case = relief.record_relief(case, "granted", "已发放", by=BUREAU_CLERK, on=MARCH[20], rules=RULES).case
    assert [duty.state for duty in case.duties] == ["granted"]
    with pytest.raises(RuleBroken, match="没有等待结果"):
        relief.record_relief(case, "granted", by=HOUSING_CLERK, on=MARCH[20], rules=RULES)


def test_one_way_to_relief_is_told_once_and_several_are_named() -> None:
    with pytest.raises(RuleBroken, match="社会救助") as refused:
        offered(offered())
    assert refused.value.law == "第三十七条第二款"
    both = offered(offered(), "judicial")
    with pytest.raises(FieldsInvalid, match="1处"):
        relief.record_relief(both, "granted", by=HOUSING_CLERK, on=MARCH[20], rules=RULES)
    with pytest.raises(FieldsInvalid):
        relief.record_relief(both, "granted", "", "relief.3", by=HOUSING_CLERK, on=MARCH[20], rules=RULES)
    done = relief.record_relief(both, "refused", "", "relief.2", by=HOUSING_CLERK, on=MARCH[20], rules=RULES).case
    assert [duty.state for duty in done.duties] == ["open", "refused"]
    pending = relief.record_relief(done, "pending", by=HOUSING_CLERK, on=MARCH[20], rules=RULES).case
    with pytest.raises(RuleBroken, match="正在审核"):
        relief.record_relief(pending, "pending", by=HOUSING_CLERK, on=MARCH[20], rules=RULES)


def test_relief_is_for_who_handles_the_matter_after_it_was_accepted() -> None:
    with pytest.raises(NotYourStep, match="责任单位或者信访部门"):
        relief.offer_relief(county.accepted(), "social", "民政", by=WATER_CLERK, on=MARCH[9], rules=RULES)
    with pytest.raises(WrongStage):
        relief.offer_relief(county.forwarded(), "social", "民政", by=HOUSING_CLERK, on=MARCH[9], rules=RULES)
