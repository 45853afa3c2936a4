"""第三十一条第六项、第三十六条第二款: hearings are asked for, answered, announced in good time, and held.

Asked for on Tuesday, March 10th 2026, announced on Thursday the 12th for Friday the 20th.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chalicelib.clock import CHINA
from chalicelib.domain import elapsing, hearing, reviewing
from chalicelib.domain.case import Actor, Case, Change
from chalicelib.domain.errors import FieldsInvalid, NotYourStep, RuleBroken, WrongStage
from chalicelib.domain.owed import owed
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import next_steps
from chalicelib.domain.reviewing import Service
from tests.domain import county, upper
from tests.domain.county import BUREAU_CLERK, CITIZEN, HOUSING_CLERK, HOUSING_HEAD, MARCH, RULES, TREE, WATER_CLERK
from tests.domain.upper import APRIL, MAY

JUNE = {day: date(2026, 6, day) for day in range(1, 31)}


def announce(case: Case, *, by: Actor = HOUSING_CLERK, on: date = MARCH[12], **said: Any) -> Change:
    return hearing.announce_hearing(case, upper.announcement(**said), tree=TREE, by=by, on=on, rules=RULES)


def hold(case: Case, held_on: date, *, by: Actor = HOUSING_CLERK, on: date | None = None) -> Change:
    return hearing.hold_hearing(case, held_on, "各方到场", "笔录", "应当退还", by=by, on=on or held_on, rules=RULES)


def refused_field(case: Case, **said: Any) -> str:
    with pytest.raises(FieldsInvalid) as refused:
        announce(case, **said)
    return refused.value.fields[0].pointer


@pytest.mark.feature(20, 70)
def test_a_request_for_a_hearing_is_owed_an_answer() -> None:
    change = hearing.request_hearing(county.accepted(), "争议很大", by=CITIZEN, on=MARCH[10], rules=RULES)
    (duty,) = change.case.duties_of("hearing", "open")
    clock = change.case.running("hearing_answer", duty.id)
    assert clock is not None
    assert (duty.org, clock.owner, clock.due) == ("housing", "housing", MARCH[17])
    assert [notice.recipient for notice in owed(change.case, change.events[0])] == ["org:housing"]


@pytest.mark.parametrize(
    ("case", "org"),
    [(upper.under_review(), "bureau"), (upper.under_rereview(), "bureau"), (county.accepted(), "housing")],
)
def test_the_organ_that_handles_or_reviews_answers(case: Case, org: str) -> None:
    asked = hearing.request_hearing(case, "争议很大", by=CITIZEN, on=MAY[9], rules=RULES).case
    assert asked.duties_of("hearing")[0].org == org


def test_one_hearing_at_a_time_and_only_on_the_petition_procedure() -> None:
    with pytest.raises(RuleBroken):
        hearing.request_hearing(upper.hearing_asked(), "再申请", by=CITIZEN, on=MARCH[11], rules=RULES)
    with pytest.raises(RuleBroken):
        announce(upper.hearing_announced())
    with pytest.raises(RuleBroken):
        announce(county.accepted(kind="suggestion"))
    with pytest.raises(WrongStage):
        hearing.request_hearing(county.served(), "争议很大", by=CITIZEN, on=MARCH[18], rules=RULES)


@pytest.mark.feature(70)
def test_an_announcement_says_time_place_and_chair() -> None:
    change = announce(upper.hearing_asked())
    assert change.events[0].facts() == {
        "org": "housing",
        "at_time": "2026-03-20T09:00:00+08:00",
        "place": "water",
        "chair": "water-head",
        "public": True,
    }
    case = change.case
    assert case.clock("hearing_answer", "hearing.1").ending == "met"  # type: ignore[union-attr]
    assert case.running("hearing", "hearing.1").due == MARCH[20]  # type: ignore[union-attr]
    assert [(notice.recipient, notice.texts) for notice in owed(case, change.events[0])] == [("petitioner", ("S23",))]


def test_an_organ_may_hold_one_of_its_own_accord() -> None:
    assert announce(county.accepted()).case.duties_of("hearing")[0].state == "announced"


@pytest.mark.parametrize(("day", "is_early"), [(MARCH[18], False), (MARCH[19], True)])
def test_seven_days_before_is_early_enough(day: date, is_early: bool) -> None:
    """Announced on Thursday the 12th: Wednesday the 18th is six days off, Thursday the 19th seven."""
    if is_early:
        assert announce(upper.hearing_asked(), day=day).case.duties_of("hearing", "announced")
    else:
        assert refused_field(upper.hearing_asked(), day=day) == "/day"


def test_the_day_is_counted_in_china() -> None:
    """Late in the evening of the 18th in London it is already the 19th here."""
    assert announce(upper.hearing_asked(), at_time=datetime(2026, 3, 18, 23, tzinfo=UTC)).events


def test_a_hearing_is_not_set_for_another_year_nor_held_nowhere() -> None:
    assert refused_field(upper.hearing_asked(), day=date(2026, 12, 20)) == "/day"
    assert refused_field(upper.hearing_asked(), place="closed") == "/place"
    assert refused_field(upper.hearing_asked(), place="nowhere") == "/place"


@pytest.mark.parametrize(
    "facts",
    [
        {"investigators": ["water-head"]},
        {"signed": ["water-head"]},
        {"draft": {"by": "water-head", "seq": 4}},
        {"recused": ["water-head"]},
    ],
)
def test_nobody_who_investigated_drafted_or_stays_away_is_in_the_chair(facts: dict[str, Any]) -> None:
    case = upper.hearing_asked()
    assert refused_field(case.with_facts(**facts)) == "/chair"


@pytest.mark.parametrize("by", [BUREAU_CLERK, WATER_CLERK])
def test_only_the_organ_that_has_the_matter_announces(by: Actor) -> None:
    case = upper.hearing_asked()
    assert "announce_hearing" not in [step.action for step in next_steps(PETITION, case, by)]
    with pytest.raises(NotYourStep):
        announce(case, by=by)


def test_a_private_matter_is_not_heard_in_public() -> None:
    facts = announce(upper.hearing_asked(), closed_for="privacy").events[0].facts()
    assert (facts["public"], facts["closed_for"]) == (False, "privacy")


@pytest.mark.feature(70)
def test_a_hearing_is_held_with_record_and_conclusion() -> None:
    change = hold(upper.hearing_announced(), MARCH[20], on=MARCH[23])
    assert change.events[0].text == {"present": "各方到场", "record": "笔录", "conclusion": "应当退还"}
    assert change.case.clock("hearing", "hearing.1").ended_on == MARCH[20]  # type: ignore[union-attr]
    assert change.case.duties_of("hearing", "held")


@pytest.mark.parametrize(("held_on", "on"), [(MARCH[19], MARCH[23]), (MARCH[24], MARCH[23])])
def test_a_hearing_is_not_held_before_its_day_nor_tomorrow(held_on: date, on: date) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        hold(upper.hearing_announced(), held_on, on=on)
    assert [field.pointer for field in refused.value.fields] == ["/held_on"]


def test_what_was_only_asked_for_is_not_held_or_postponed() -> None:
    with pytest.raises(RuleBroken, match="还没有通知"):
        hold(upper.hearing_asked(), MARCH[20])
    with pytest.raises(RuleBroken, match="没有申请或者通知过"):
        hold(county.accepted(), MARCH[20])


def test_a_hearing_is_postponed_in_good_time_and_to_a_later_day() -> None:
    def postpone(day: date) -> Change:
        at_time = datetime(day.year, day.month, day.day, 14, 30, tzinfo=CHINA)
        return hearing.postpone_hearing(
            upper.hearing_announced(),
            at_time,
            "water",
            "物业经理出差",
            tree=TREE,
            by=HOUSING_HEAD,
            on=MARCH[13],
            rules=RULES,
        )

    change = postpone(MARCH[30])
    assert change.case.running("hearing", "hearing.1").due == MARCH[30]  # type: ignore[union-attr]
    assert [notice.texts for notice in owed(change.case, change.events[0])] == [("S23b",)]
    for day in (MARCH[20], MARCH[19], MARCH[16]):
        with pytest.raises(FieldsInvalid) as refused:
            postpone(day)
        assert [field.pointer for field in refused.value.fields] == ["/day"]


def test_a_day_that_passes_without_a_hearing_makes_its_organ_late() -> None:
    change = elapsing.elapse(PETITION, upper.hearing_announced(), at=county.noon(MARCH[21]), rules=RULES)
    assert change is not None
    assert [event.facts()["limit"] for event in change.events] == ["hearing"]


def test_a_request_may_be_declined_and_the_reason_is_told() -> None:
    change = hearing.decline_hearing(upper.hearing_asked(), "事实清楚", by=HOUSING_CLERK, on=MARCH[12], rules=RULES)
    assert change.events[0].text == {"reason": "事实清楚"}
    assert not [clock for clock in change.case.clocks if clock.about and clock.is_running]
    assert [notice.texts for notice in owed(change.case, change.events[0])] == [("S23c",)]
    with pytest.raises(NotYourStep):
        hearing.decline_hearing(upper.hearing_asked(), "事实清楚", by=WATER_CLERK, on=MARCH[12], rules=RULES)


def test_a_request_is_answered_even_after_the_opinion() -> None:
    case = county.served(case=replace(county.replied(case=upper.hearing_asked())))
    assert hearing.decline_hearing(case, "已经办结", by=HOUSING_CLERK, on=MARCH[18], rules=RULES).case.stage == "served"


def rereview_heard(day: date, held: date) -> Case:
    """A re-review asked for on Friday, May 8th; the hearing announced on Monday the 11th."""
    announced = announce(upper.under_rereview(), by=BUREAU_CLERK, on=MAY[11], day=day).case
    return hold(announced, held, by=BUREAU_CLERK).case


@pytest.mark.feature(70)
def test_the_time_of_a_hearing_is_not_counted_in_a_re_review() -> None:
    """第三十六条第二款: Monday, May 11th to Friday the 22nd are twelve days; June 7th becomes the 19th."""
    announced = announce(upper.under_rereview(), by=BUREAU_CLERK, on=MAY[11], day=MAY[22])
    clock = announced.case.running("rereview_decide")
    assert clock is not None
    assert clock.is_stopped
    assert [notice.recipient for notice in owed(announced.case, announced.events[0])] == ["petitioner", "org:housing"]
    held = hold(announced.case, MAY[22], by=BUREAU_CLERK)
    counted = held.case.running("rereview_decide")
    assert counted is not None
    assert (counted.is_stopped, counted.due) == (False, JUNE[19])
    assert [said.due for said in held.events[0].clocks] == [JUNE[19]]


def test_a_hearing_that_falls_away_takes_no_more_time_than_it_took() -> None:
    announced = announce(upper.under_rereview(), by=BUREAU_CLERK, on=MAY[11], day=MAY[22]).case
    case = hearing.decline_hearing(announced, "信访人撤回听证申请", by=BUREAU_CLERK, on=MAY[13], rules=RULES).case
    assert case.running("rereview_decide").due == JUNE[10]  # type: ignore[union-attr]


@given(some.integers(7, 60), some.integers(0, 20))
def test_in_a_re_review_every_day_of_the_hearing_is_given_back(off: int, late: int) -> None:
    day = MAY[11] + timedelta(days=off)
    held = day + timedelta(days=late)
    case = rereview_heard(day, held)
    taken = (held - MAY[11]).days + 1
    assert case.running("rereview_decide").due == JUNE[7] + timedelta(days=taken)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("case", "by", "limit"),
    [(county.accepted(), HOUSING_CLERK, "handle"), (upper.under_review(), BUREAU_CLERK, "review_decide")],
)
def test_nowhere_else_does_a_hearing_stop_a_clock(case: Case, by: Actor, limit: str) -> None:
    before = case.running(limit)
    announced = announce(case, by=by, on=APRIL[2], day=APRIL[10]).case
    assert announced.running(limit) == before


def test_the_opinion_waits_for_an_announced_hearing_and_may_be_published_after_it() -> None:
    announced = announce(upper.under_rereview(), by=BUREAU_CLERK, on=MAY[11], day=MAY[22]).case
    with pytest.raises(RuleBroken, match="听证结束后"):
        upper.rereviewed(case=announced)
    decided = upper.rereviewed(case=hold(announced, MAY[22], by=BUREAU_CLERK).case)
    change = reviewing.serve_rereview(
        decided, Service("online", MAY[29]), True, by=BUREAU_CLERK, on=MAY[29], rules=RULES
    )
    assert change.events[0].facts()["may_publish"] is True
    assert change.case.facts["publish"] is True
