"""第三十五条、第三十六条: who reviews, what is in time, and what a late request comes to.

The opinion was served on Tuesday, March 17th 2026; the thirtieth day is Thursday, April 16th.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chalicelib.domain import elapsing, handling, review
from chalicelib.domain.case import LEADER, REREVIEWING, REVIEWING, SYSTEM_ADMIN, Actor, Case
from chalicelib.domain.errors import (
    FieldsInvalid,
    NotYourStep,
    RightLapsed,
    RuleBroken,
    TrackMismatch,
    WrongStage,
)
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.owed import owed
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import next_steps
from chalicelib.domain.stages import CONCLUDED, REREVIEWED, REVIEWED, SERVED, UNDER_REREVIEW, UNDER_REVIEW
from tests.domain import county, upper
from tests.domain.county import BUREAU_CLERK, CITIZEN, HOUSING_CLERK, MARCH, RULES, TREE, WATER_CLERK, WINDOW_CLERK
from tests.domain.upper import APRIL, ASKED, MAY


def actions(case: Case, by: Actor) -> list[str]:
    return [step.action for step in next_steps(PETITION, case, by)]


def lapsed(case: Case, on: date) -> Case:
    change = elapsing.elapse(PETITION, case, at=county.noon(on), rules=RULES)
    assert change is not None
    return change.case


@pytest.mark.feature(20, 30)
def test_a_request_in_time_begins_the_review_and_its_thirty_days_run_from_the_receipt() -> None:
    change = upper.ask(county.served(), on=APRIL[1])
    case = change.case
    assert case.stage == UNDER_REVIEW
    assert case.clock("ask_review").ending == "met"  # type: ignore[union-attr]
    clock = case.running("review_decide")
    assert clock is not None
    assert (clock.owner, clock.start, clock.due) == ("bureau", APRIL[1], MAY[1])
    assert {desk.org for desk in case.desks if REVIEWING in desk.capacities} == {"county", "bureau"}
    assert set(change.granted) == {"county", "bureau"}
    assert [(notice.recipient, notice.texts) for notice in owed(case, change.events[0])] == [
        ("petitioner", ("S12",)),
        ("org:bureau", ("M12",)),
        ("org:housing", ("M12b",)),
    ]


def test_the_last_day_is_in_time_and_the_day_after_is_not() -> None:
    assert upper.ask(county.served(), on=APRIL[16]).case.stage == UNDER_REVIEW
    with pytest.raises(RightLapsed, match="2026-04-16届满") as refused:
        upper.ask(county.served(), on=APRIL[17])
    assert refused.value.law == "第三十五条"
    assert [field.pointer for field in refused.value.fields] == ["/late_reason"]


def test_a_last_day_that_is_a_holiday_rolls_on() -> None:
    """Served on Thursday, September 3rd 2026: the thirtieth day, October 3rd, lies in the holiday to October 7th."""
    case = county.served(case=county.replied(on=date(2026, 9, 2)), on=date(2026, 9, 3))
    assert case.clock("ask_review").due == date(2026, 10, 8)  # type: ignore[union-attr]
    assert upper.ask(case, on=date(2026, 10, 8)).case.stage == UNDER_REVIEW


@pytest.mark.parametrize("recorder", [WINDOW_CLERK, BUREAU_CLERK, HOUSING_CLERK, WATER_CLERK])
def test_what_was_posted_in_time_is_in_time_wherever_and_whenever_it_is_recorded(recorder: Actor) -> None:
    """民法典第二百零三条、architecture 10.11: concluded on Friday the 17th, the letter comes on Monday."""
    concluded = lapsed(county.served(), APRIL[17])
    assert concluded.stage == CONCLUDED
    change = upper.ask(
        concluded, by=recorder, on=APRIL[20], dispatched_on=APRIL[15], received_on=APRIL[18], proof="邮戳4月15日"
    )
    case = change.case
    assert case.stage == UNDER_REVIEW
    asked = case.clock("ask_review")
    assert asked is not None
    assert (asked.ending, asked.ended_on) == ("met", APRIL[15])
    assert case.running("review_decide").due == date(2026, 5, 18)  # type: ignore[union-attr]
    assert change.events[0].facts()["recorded_by_staff"] is True


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"dispatched_on": MARCH[16], "proof": "邮戳"}, "/dispatched_on"),
        ({"dispatched_on": APRIL[2], "proof": "邮戳"}, "/dispatched_on"),
        ({"dispatched_on": MARCH[30]}, "/proof"),
        ({"dispatched_on": MARCH[30], "received_on": MARCH[29], "proof": "邮戳"}, "/received_on"),
        ({"dispatched_on": MARCH[30], "received_on": APRIL[2], "proof": "邮戳"}, "/received_on"),
    ],
)
def test_dates_of_a_recorded_request_lie_between_the_service_and_today(changes: dict[str, Any], pointer: str) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        upper.ask(county.served(), by=WINDOW_CLERK, on=APRIL[1], **changes)
    assert [field.pointer for field in refused.value.fields] == [pointer]


def test_a_petitioner_asks_online_on_the_day_itself() -> None:
    with pytest.raises(FieldsInvalid) as refused:
        upper.ask(county.served(), on=APRIL[20], dispatched_on=APRIL[10], proof="我寄过信")
    assert refused.value.fields[0].pointer == "/dispatched_on"
    assert upper.ask(county.served(), on=APRIL[1], dispatched_on=APRIL[1]).case.stage == UNDER_REVIEW


@pytest.mark.parametrize("kind", ["suggestion", "consultation"])
def test_only_an_opinion_of_the_petition_procedure_is_reviewed(kind: str) -> None:
    with pytest.raises(TrackMismatch, match="只有按信访程序"):
        upper.ask(county.served(kind=kind), on=MARCH[20])


@pytest.mark.parametrize("case", [county.accepted(), county.replied(), upper.under_review()])
def test_nothing_is_reviewed_before_it_was_served_or_twice(case: Case) -> None:
    with pytest.raises(WrongStage):
        upper.ask(case)


def test_the_right_is_used_once() -> None:
    used = replace(lapsed(upper.review_served(), date(2026, 5, 22)), stage=CONCLUDED)
    with pytest.raises(RuleBroken, match="已经申请过复查"):
        upper.ask(used, on=date(2026, 5, 25))


def test_administrators_take_no_requests() -> None:
    with pytest.raises(NotYourStep):
        upper.ask(county.served(), by=Actor(SYSTEM_ADMIN, "bureau", "admin1"))


def test_nobody_above_is_told_and_not_swallowed() -> None:
    alone = OfficeTree.of([replace(office, parent=None) for office in TREE.offices.values()])
    with pytest.raises(RuleBroken, match="没有上一级机关"):
        review.request_review(county.served(), ASKED, tree=alone, by=CITIZEN, on=APRIL[1], rules=RULES)


@pytest.mark.feature(20)
@pytest.mark.parametrize("case", [lapsed(county.served(), APRIL[17]), county.served()])
def test_a_late_request_with_a_reason_is_a_duty_of_whoever_would_review(case: Case) -> None:
    """Before the sweep of that night the matter is still served: it makes no difference."""
    change = upper.ask(case, on=APRIL[20], late_reason="住院治疗")
    assert change.case.stage == case.stage
    (duty,) = change.case.duties_of("late_request", "open")
    assert (duty.org, duty.facts["order"], duty.facts["organ"]) == ("bureau", "review", "county")
    clock = change.case.running("late_request", duty.id)
    assert clock is not None
    assert (clock.owner, clock.due) == ("bureau", date(2026, 4, 27))
    assert [(notice.recipient, notice.texts) for notice in owed(change.case, change.events[0])] == [
        ("petitioner", ("S12d",)),
        ("org:bureau", ("M12d",)),
    ]


def test_a_second_late_request_waits_for_the_first() -> None:
    with pytest.raises(RuleBroken, match="正在审核"):
        upper.ask(upper.asked_late(), on=APRIL[21], late_reason="又想起来")


def test_an_admitted_late_request_is_a_review_from_its_receipt() -> None:
    waiting = lapsed(upper.asked_late(), APRIL[20])
    change = review.decide_late_request(waiting, True, "确因住院", by=BUREAU_CLERK, on=APRIL[22], rules=RULES)
    case = change.case
    assert case.stage == UNDER_REVIEW
    assert [event.wire for event in change.events] == ["petition.late_request_decided", "petition.review_opened"]
    assert case.running("review_decide").due == date(2026, 5, 20)  # type: ignore[union-attr]
    assert case.clock("late_request", "late_request.1").ending == "met"  # type: ignore[union-attr]
    assert case.facts["review"]["organ"] == "county"
    assert [notice.texts for notice in owed(case, change.events[0])] == [("S12",), ("M12b",)]


def test_a_late_request_admitted_before_the_sweep_uses_the_right_up() -> None:
    change = review.decide_late_request(upper.asked_late(), True, "住院", by=BUREAU_CLERK, on=APRIL[20], rules=RULES)
    assert change.case.stage == UNDER_REVIEW
    assert change.case.clock("ask_review").ending == "met"  # type: ignore[union-attr]


def test_a_refused_late_request_is_answered_with_its_reason() -> None:
    waiting = lapsed(upper.asked_late(), APRIL[20])
    change = review.decide_late_request(waiting, False, "未提供住院证明", by=BUREAU_CLERK, on=APRIL[22], rules=RULES)
    assert change.case.stage == CONCLUDED
    assert change.events[0].text == {"reason": "未提供住院证明"}
    assert [notice.texts for notice in owed(change.case, change.events[0])] == [("S12e",)]
    again = upper.ask(change.case, on=APRIL[24], late_reason="补交住院证明").case
    assert len(again.duties_of("late_request")) == 2
    with pytest.raises(RuleBroken, match="没有等待审核"):
        review.decide_late_request(change.case, True, "", by=BUREAU_CLERK, on=APRIL[24], rules=RULES)


@pytest.mark.parametrize("by", [HOUSING_CLERK, WATER_CLERK, Actor(LEADER, "meeting", "leader2")])
def test_only_the_reviewing_organ_decides_about_a_late_request(by: Actor) -> None:
    assert "decide_late_request" not in actions(upper.asked_late(), by)
    with pytest.raises(NotYourStep, match="复查"):
        review.decide_late_request(upper.asked_late(), True, "", by=by, on=APRIL[21], rules=RULES)


def test_a_late_re_review_is_a_duty_and_admitted_a_re_review() -> None:
    waiting = upper.ask_again(upper.review_served(), on=MAY[25], late_reason="住院").case
    assert waiting.duties_of("late_request")[0].facts["order"] == "rereview"
    concluded = lapsed(waiting, MAY[25])
    assert concluded.stage == CONCLUDED
    admitted = review.decide_late_request(concluded, True, "住院", by=BUREAU_CLERK, on=MAY[26], rules=RULES).case
    assert admitted.stage == UNDER_REREVIEW
    assert admitted.running("rereview_decide").due == date(2026, 6, 24)  # type: ignore[union-attr]


def test_the_button_is_the_petitioners_while_the_period_runs_and_the_offices_after_it() -> None:
    assert "request_review" in actions(county.served(), CITIZEN)
    over = lapsed(county.served(), APRIL[17])
    assert [action for action in actions(over, CITIZEN) if "review" in action] == ["request_late_review"]
    assert {"request_review", "request_late_review"} <= set(actions(over, WINDOW_CLERK))
    assert PETITION.step("request_review").button == "申请复查"


def test_no_kind_of_answer_but_an_opinion_offers_a_review() -> None:
    assert not {"request_review", "request_rereview"} & set(actions(county.served(kind="suggestion"), CITIZEN))


def test_a_re_review_stands_one_step_above_the_review() -> None:
    change = upper.ask_again(upper.review_served())
    case = change.case
    assert case.stage == UNDER_REREVIEW
    assert case.facts["rereview"] == {
        "organ": "city", "office": "bureau", "received": "2026-05-08", "external": True,
    }  # fmt: skip
    assert case.running("rereview_decide").due == date(2026, 6, 7)  # type: ignore[union-attr]
    assert change.granted == ("bureau",)
    assert REREVIEWING in case.desk("bureau").capacities  # type: ignore[union-attr]


@given(some.dates(MARCH[17], date(2026, 6, 30)), some.integers(0, 40), some.booleans())
def test_no_request_is_ever_dropped(sent: date, later: int, swept: bool) -> None:
    """Whenever it was posted and recorded: in time it is a review, late a duty, and a clock runs for somebody."""
    recorded = sent + timedelta(days=later)
    case = county.served()
    if swept and (change := elapsing.elapse(PETITION, case, at=county.noon(recorded), rules=RULES)):
        case = change.case
    after = upper.ask(case, by=WINDOW_CLERK, on=recorded, dispatched_on=sent, proof="邮戳", late_reason="住院").case
    in_time = sent <= upper.LAST_DAY
    assert (after.stage == UNDER_REVIEW) == in_time
    assert bool(after.duties_of("late_request", "open")) != in_time
    assert after.running("review_decide") or after.running("late_request", "late_request.1")


def test_an_open_window_for_rating_outlives_the_request() -> None:
    rated = handling.rate(
        upper.under_review(), "satisfied", "not_satisfied", False, by=CITIZEN, on=APRIL[2], rules=RULES
    ).case
    assert rated.facts["rated_unit"] == "not_satisfied"
    assert lapsed(upper.under_review(), APRIL[17]).clock("rating").ending == "lapsed"  # type: ignore[union-attr]


def test_stages_where_a_review_stands_between_are_no_place_to_ask_again() -> None:
    for stage in (REVIEWED, REREVIEWED):
        with pytest.raises(WrongStage):
            upper.ask(replace(county.served(), stage=stage))
    with pytest.raises(WrongStage):
        upper.ask_again(replace(county.served(), stage=SERVED))
