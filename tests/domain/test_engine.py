"""The engine: who may take which step from where, and what a step does to the clocks."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain import endings, handling, receiving
from chalicelib.domain.case import BY_LAW, Actor, Case
from chalicelib.domain.elapsing import elapse, wake_at
from chalicelib.domain.errors import ExtensionRefused, NotYourStep, RuleBroken, WrongStage
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import check, derivation, extend, next_steps, pause, resume
from chalicelib.domain.stages import CONCLUDED, REPLIED, SERVED
from chalicelib.domain.tables import petitioner, road
from tests.domain import county, proposals
from tests.domain.county import (
    A_LEADER,
    BUREAU_CLERK,
    CITIZEN,
    HOUSING_CLERK,
    HOUSING_HEAD,
    MARCH,
    RULES,
    TREE,
    WATER_CLERK,
    WINDOW_CLERK,
    noon,
)

MAIN_ROAD = {step.action for step in (*road.STEPS, *petitioner.STEPS)}


def actions(case: Case, by: Actor) -> list[str]:
    """What is offered of the main road and of the petitioner's own steps; other parts add theirs."""
    return [action for action in all_actions(case, by) if action in MAIN_ROAD]


def all_actions(case: Case, by: Actor) -> list[str]:
    return [step.action for step in next_steps(PETITION, case, by)]


def test_a_step_from_another_stage_is_refused_with_its_name_and_article() -> None:
    with pytest.raises(WrongStage, match="当前阶段不能“作出处理意见”") as refused:
        handling.reply(county.forwarded(), county.opinion(), by=HOUSING_CLERK, on=MARCH[4], rules=RULES)
    assert refused.value.law == "第三十二条"


def test_a_step_of_another_post_is_refused() -> None:
    with pytest.raises(NotYourStep, match="“延长办理期限”不由您的岗位办理"):
        handling.extend(county.accepted(), 10, "案情复杂", by=HOUSING_CLERK, on=MARCH[20], rules=RULES)


def test_a_step_of_another_desk_is_refused() -> None:
    with pytest.raises(NotYourStep, match="“受理”不由您的单位办理"):
        receiving.accept(
            county.forwarded(), "petition_procedure", "water-clerk", by=WATER_CLERK, on=MARCH[4], rules=RULES
        )


def test_the_bureau_that_forwarded_keeps_its_desk_but_cannot_handle_any_more() -> None:
    with pytest.raises(NotYourStep):
        receiving.accept(county.forwarded(), "petition_procedure", "bureau1", by=BUREAU_CLERK, on=MARCH[4], rules=RULES)
    assert county.forwarded().desk("bureau") is not None


def test_an_unknown_step_is_told_as_one_that_the_procedure_does_not_have() -> None:
    with pytest.raises(WrongStage, match="信访事项没有“approve”这一步"):
        PETITION.step("approve")


@pytest.mark.parametrize(
    ("case", "by", "offered"),
    [
        (county.registered(), BUREAU_CLERK, ["forward", "assign"]),
        (county.registered(kind="consultation"), BUREAU_CLERK, ["forward", "assign", "accept"]),
        (county.registered(), WINDOW_CLERK, []),
        (county.registered(), HOUSING_CLERK, []),
        (county.registered(), CITIZEN, ["supplement", "urge", "withdraw"]),
        (county.forwarded(), HOUSING_CLERK, ["object", "accept"]),
        (county.forwarded(), BUREAU_CLERK, []),
        (county.objected(), BUREAU_CLERK, ["uphold_objection", "reject_objection"]),
        (county.objected(), HOUSING_CLERK, []),
        (county.accepted(), HOUSING_CLERK, []),
        (county.accepted(), HOUSING_HEAD, ["extend"]),
        (county.accepted(kind="suggestion"), HOUSING_CLERK, ["reply"]),
        (county.accepted(), A_LEADER, []),
        (county.replied(), HOUSING_CLERK, ["serve"]),
        (county.served(), CITIZEN, ["rate"]),
        (county.served(), WINDOW_CLERK, ["rate"]),
        (county.served(), HOUSING_CLERK, []),
    ],
)
def test_everybody_is_offered_the_steps_of_his_post_and_desk_in_the_order_of_the_table(
    case: Case, by: Actor, offered: list[str]
) -> None:
    assert actions(case, by) == offered


def test_what_only_the_law_does_is_offered_to_nobody_else() -> None:
    assert actions(county.served(), BY_LAW) == ["close_rating", "conclude"]


@pytest.mark.parametrize("by", [CITIZEN, WINDOW_CLERK, BUREAU_CLERK, HOUSING_CLERK, HOUSING_HEAD, A_LEADER, BY_LAW])
@pytest.mark.parametrize("stage", PETITION.stages)
def test_a_step_is_offered_exactly_when_stage_post_and_desk_allow_it_and_it_makes_sense(stage: str, by: Actor) -> None:
    case = replace(county.forwarded(), stage=stage)
    offered = all_actions(case, by)
    for step in PETITION.steps:
        if step.action in offered:
            check(step, case, by)
        elif (step.offered is None or step.offered(case)) and (step.offered_to is None or step.offered_to(case, by)):
            with pytest.raises((WrongStage, NotYourStep)):
                check(step, case, by)


def test_what_can_be_done_once_only_is_not_offered_again() -> None:
    kept = receiving.reject_objection(county.objected(), "属于住建部门", by=BUREAU_CLERK, on=MARCH[6], rules=RULES)
    longer = handling.extend(county.accepted(), 5, "案情复杂", by=HOUSING_HEAD, on=MARCH[6], rules=RULES)
    rated = handling.rate(county.served(), "satisfied", "satisfied", True, by=CITIZEN, on=MARCH[18], rules=RULES)
    assert actions(kept.case, HOUSING_CLERK) == ["accept"]
    assert actions(longer.case, HOUSING_HEAD) == []
    assert actions(rated.case, CITIZEN) == []


def test_a_step_stops_the_clocks_that_it_meets_and_drops_those_without_an_object() -> None:
    case = county.accepted(on=MARCH[6])
    endings = {clock.limit: (clock.ending, clock.ended_on) for clock in case.clocks}
    assert endings == {
        "route": ("met", MARCH[3]),
        "inform": ("met", MARCH[6]),
        "object": ("moot", MARCH[6]),
        "handle": ("", None),
    }


def test_a_clock_belongs_to_whoever_owes_it() -> None:
    owners = {clock.limit: clock.owner for case in (county.objected(), county.served()) for clock in case.clocks}
    assert owners == {
        "route": "bureau",
        "inform": "housing",
        "object": "housing",
        "decide_objection": "bureau",
        "handle": "housing",
        "ask_review": "petitioner",
        "rating": "petitioner",
    }


def test_a_date_that_a_step_sets_is_told_in_its_event_with_its_derivation() -> None:
    change = receiving.forward(county.registered(), "housing", tree=TREE, by=BUREAU_CLERK, on=MARCH[3], rules=RULES)
    told = {clock.limit: clock for clock in change.events[0].clocks}
    assert set(told) == {"inform", "object"}
    assert (told["inform"].start, told["inform"].due) == (MARCH[3], MARCH[18])
    assert told["object"].due == MARCH[10]
    for clock in change.case.clocks:
        if clock.is_running:
            assert told[clock.limit].derivation == derivation(clock, RULES).text()


def test_the_same_limit_started_again_replaces_its_earlier_run() -> None:
    again = receiving.forward(county.returned(), "water", tree=TREE, by=BUREAU_CLERK, on=MARCH[10], rules=RULES).case
    assert [clock.limit for clock in again.clocks].count("inform") == 1
    inform = again.running("inform")
    assert inform is not None
    assert (inform.owner, inform.start) == ("water", MARCH[10])


def test_what_follows_by_itself_follows_in_the_same_change() -> None:
    rated = handling.rate(
        county.served(kind="suggestion"), "satisfied", "satisfied", True, by=CITIZEN, on=MARCH[18], rules=RULES
    )
    assert [event.wire for event in rated.events] == ["petition.rated", "petition.concluded"]
    assert [each.by for each in rated.happened] == [CITIZEN, BY_LAW]
    assert rated.case.stage == CONCLUDED


def test_nothing_follows_while_a_right_still_runs() -> None:
    rated = handling.rate(county.served(), "satisfied", "satisfied", True, by=CITIZEN, on=MARCH[18], rules=RULES)
    assert [event.wire for event in rated.events] == ["petition.rated"]
    assert rated.case.stage == SERVED


def test_a_case_wakes_at_its_first_reminder_at_eight_in_the_morning() -> None:
    wake = wake_at(county.registered(), RULES)
    assert wake is not None
    assert wake.isoformat() == "2026-03-12T08:00:00+08:00"  # five days before the 17th


def test_a_case_in_which_no_clock_runs_never_wakes() -> None:
    pending = proposals.proposed("pending_elsewhere")
    said = proposals.texts(pending)
    declined = endings.decline(pending, said, by=HOUSING_HEAD, on=MARCH[4], rules=RULES).case
    assert wake_at(declined, RULES) is None


def test_a_longer_period_is_computed_from_the_same_start() -> None:
    case, told = extend(county.accepted(), "handle", 30, on=MARCH[20], rules=RULES)
    handle = case.running("handle")
    assert handle is not None
    assert (handle.start, handle.due) == (MARCH[4], date(2026, 6, 2))
    assert told.due == handle.due
    assert "满90日（原60日，延长30日）" in told.derivation


def test_the_last_day_is_early_enough_for_an_extension() -> None:
    case, _ = extend(county.accepted(), "handle", 1, on=date(2026, 5, 3), rules=RULES)
    assert case.running("handle").due == date(2026, 5, 4)  # type: ignore[union-attr]


@pytest.mark.parametrize("days", [31, 0, -1])
def test_an_extension_is_of_one_to_thirty_days(days: int) -> None:
    with pytest.raises(ExtensionRefused, match=f"延长期限应为1至30日，填写的是{days}日"):
        extend(county.accepted(), "handle", days, on=MARCH[20], rules=RULES)


def test_a_period_is_extended_once_only() -> None:
    case, _ = extend(county.accepted(), "handle", 5, on=MARCH[20], rules=RULES)
    with pytest.raises(ExtensionRefused, match="已经延长过5日，只能延长一次"):
        extend(case, "handle", 5, on=MARCH[21], rules=RULES)


def test_a_period_that_has_run_out_is_not_extended() -> None:
    with pytest.raises(ExtensionRefused, match="2026-05-03届满"):
        extend(county.accepted(), "handle", 5, on=date(2026, 5, 4), rules=RULES)


def test_a_limit_that_the_law_does_not_let_be_extended_is_not() -> None:
    with pytest.raises(ExtensionRefused):
        extend(county.forwarded(), "inform", 5, on=MARCH[4], rules=RULES)


def test_a_limit_that_does_not_run_is_not_extended() -> None:
    with pytest.raises(ExtensionRefused, match="没有在计时"):
        extend(county.forwarded(), "handle", 5, on=MARCH[4], rules=RULES)


def test_the_days_of_a_pause_are_not_counted() -> None:
    paused = pause(county.accepted(), "handle", on=MARCH[10])
    case = resume(paused, "handle", on=MARCH[15], rules=RULES)
    handle = case.running("handle")
    assert handle is not None
    assert handle.due == date(2026, 5, 8)  # five days after the 3rd
    assert "不计入：3月10日至3月14日（停止计时）" in derivation(handle, RULES).text()


def test_pausing_twice_is_pausing_once() -> None:
    once = pause(county.accepted(), "handle", on=MARCH[10])
    assert pause(once, "handle", on=MARCH[12]) == once


def test_a_clock_that_is_not_paused_cannot_be_resumed() -> None:
    case = county.accepted()
    assert resume(case, "handle", on=MARCH[12], rules=RULES) == case
    assert resume(case, "route", on=MARCH[12], rules=RULES) == case


def test_a_paused_clock_is_never_overdue() -> None:
    paused = pause(county.accepted(), "handle", on=MARCH[10])
    handle = paused.running("handle")
    assert handle is not None
    assert wake_at(paused, RULES) is None
    assert elapse(PETITION, paused, at=noon(date(2026, 12, 1)), rules=RULES) is None
    assert not handle.is_overdue(date(2026, 12, 1))


def test_a_clock_that_was_paused_past_its_old_date_is_in_time_when_it_goes_on() -> None:
    paused = pause(county.accepted(), "handle", on=MARCH[10])
    handle = resume(paused, "handle", on=date(2026, 6, 10), rules=RULES).running("handle")
    assert handle is not None
    assert handle.due == date(2026, 8, 3)  # 55 days were left
    assert not handle.is_overdue(date(2026, 6, 10))


def test_past_the_last_calendar_that_is_known_a_date_is_provisional_and_says_so() -> None:
    on = date(2026, 11, 25)
    case = county.accepted(on=on, received_on=on, case=county.forwarded(on=on))
    handle = case.running("handle")
    assert handle is not None
    assert handle.due == date(2027, 1, 24)
    assert handle.provisional
    assert "放假安排尚未公布，法定到期日暂定" in derivation(handle, RULES).text()
    assert not county.accepted().running("handle").provisional  # type: ignore[union-attr]


def test_a_clock_keeps_the_version_of_the_calendar_that_it_was_computed_with() -> None:
    assert all(clock.calendar == RULES.calendar.version for clock in county.served().clocks)


def test_an_opinion_that_was_given_waits_for_its_service() -> None:
    assert county.replied().stage == REPLIED
    assert county.replied().running("handle") is not None


def test_a_refused_step_is_always_told_in_the_words_of_the_regulation() -> None:
    with pytest.raises(RuleBroken) as refused:
        extend(county.accepted(), "handle", 31, on=MARCH[20], rules=RULES)
    assert refused.value.law == "第三十四条"
    assert refused.value.code == "extension_refused"
