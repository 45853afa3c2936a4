"""Time alone: reminders, overdue dates and rights that lapse, whenever and however often anybody looks."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.clock import CHINA
from chalicelib.domain import receiving
from chalicelib.domain.case import BY_LAW, Case
from chalicelib.domain.elapsing import elapse, wake_at
from chalicelib.domain.errors import ObjectionTooLate
from chalicelib.domain.events import ClockOverdue, ClockReminded, Event, PetitionConcluded, RatingLapsed
from chalicelib.domain.events.base import ByTime
from chalicelib.domain.events.passing import ClockStillOverdue
from chalicelib.domain.owed import owed
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import extend, pause, resume
from chalicelib.domain.stages import CONCLUDED, SERVED
from tests.domain import county
from tests.domain.county import BUREAU_CLERK, HOUSING_CLERK, MARCH, RULES, TREE, noon

FAR = noon(date(2026, 12, 1))
ON_THE_ROAD: dict[str, Case] = {
    "registered": county.registered(),
    "a letter entered late": county.registered(on=MARCH[20], received_on=MARCH[2], by=BUREAU_CLERK, channel="letter"),
    "with a unit directly": county.registered(office="housing", by=HOUSING_CLERK),
    "forwarded": county.forwarded(),
    "assigned": county.assigned(),
    "objected": county.objected(),
    "returned": county.returned(),
    "returned when it was late already": county.returned(
        case=county.objected(case=county.forwarded(on=MARCH[20]), on=MARCH[23]), on=MARCH[25]
    ),
    "accepted": county.accepted(),
    "extended": extend(county.accepted(), "handle", 30, on=MARCH[5], rules=RULES)[0],
    "paused": pause(county.accepted(), "handle", on=MARCH[10]),
    "resumed": resume(pause(county.accepted(), "handle", on=MARCH[10]), "handle", on=MARCH[20], rules=RULES),
    "a suggestion": county.accepted(kind="suggestion"),
    "a question": county.accepted(kind="consultation"),
    "replied": county.replied(),
    "served": county.served(),
    "a suggestion served": county.served(kind="suggestion"),
}
cases = st.sampled_from(sorted(ON_THE_ROAD)).map(ON_THE_ROAD.__getitem__)
moments = st.lists(
    st.integers(0, 24 * 120).map(lambda hours: noon(MARCH[2]) + timedelta(hours=hours)), max_size=12
).map(sorted)


def sweep(case: Case, *sweeps: datetime) -> tuple[Case, list[Event]]:
    """Look at the case at each of these moments; what was said, without the instants and the lines of the days."""
    case, said = swept(case, *sweeps)
    return case, [_without_instants(event) for event in said if not isinstance(event, ClockStillOverdue)]


def swept(case: Case, *sweeps: datetime) -> tuple[Case, list[Event]]:
    """Look at the case at each of these moments."""
    said: list[Event] = []
    for at in sweeps:
        change = elapse(PETITION, case, at=at, rules=RULES)
        if change is not None:
            case = change.case
            said += change.events
    return case, said


def _without_instants(event: Event) -> Event:
    return replace(event, expected_at=None, detected_at=None) if isinstance(event, ByTime) else event


def kinds(said: list[Event]) -> Counter[tuple[str, str]]:
    return Counter((getattr(event, "limit", ""), event.wire) for event in said if not isinstance(event, ClockReminded))


def at_eight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), CHINA) + timedelta(hours=8)


def test_nothing_is_said_before_its_time() -> None:
    assert elapse(PETITION, county.registered(), at=at_eight(MARCH[12]) - timedelta(seconds=1), rules=RULES) is None


def test_a_date_that_comes_near_is_said_at_eight_in_the_morning() -> None:
    _, said = sweep(county.registered(), at_eight(MARCH[12]))
    assert said == [ClockReminded(limit="route", owner="bureau", due=MARCH[17], days_left=5)]


def test_every_reminder_is_said_once() -> None:
    hourly = [noon(MARCH[2]) + timedelta(hours=hour) for hour in range(24 * 15)]
    _, said = sweep(county.registered(), *hourly)
    assert [event.days_left for event in said if isinstance(event, ClockReminded)] == [5, 2]


def test_reminders_that_were_missed_are_said_as_one_with_the_days_that_are_left() -> None:
    case, said = sweep(county.registered(), noon(MARCH[16]))
    assert said == [ClockReminded(limit="route", owner="bureau", due=MARCH[17], days_left=1)]
    assert elapse(PETITION, case, at=noon(MARCH[17]), rules=RULES) is None


def test_the_last_day_is_in_time() -> None:
    _, said = sweep(county.registered(), noon(MARCH[16]), datetime(2026, 3, 17, 23, 59, 59, tzinfo=CHINA))
    assert not any(isinstance(event, ClockOverdue) for event in said)


def test_a_limit_runs_out_at_midnight() -> None:
    """民法典第二百零三条: 期间的最后一日的截止时间为二十四时."""
    case, _ = sweep(county.registered(), noon(MARCH[16]))
    _, said = sweep(case, datetime(2026, 3, 18, tzinfo=CHINA))
    assert said == [ClockOverdue(limit="route", owner="bureau", due=MARCH[17], days=1)]


def test_midnight_is_that_of_china_whatever_zone_the_machine_has() -> None:
    case, _ = sweep(county.registered(), noon(MARCH[16]))
    in_utc = datetime.fromisoformat("2026-03-17T15:59:59+00:00")
    assert elapse(PETITION, case, at=in_utc, rules=RULES) is None
    assert elapse(PETITION, case, at=in_utc + timedelta(seconds=1), rules=RULES) is not None


def test_being_late_is_said_once_although_no_reminder_was_ever_said() -> None:
    late = ON_THE_ROAD["a letter entered late"]
    _, said = sweep(late, *(noon(MARCH[20]) + timedelta(minutes=5 * n) for n in range(20)))
    assert said == [ClockOverdue(limit="route", owner="bureau", due=MARCH[17], days=3)]


def test_how_late_it_was_noticed_is_in_the_event() -> None:
    _, said = sweep(county.registered(), noon(date(2026, 4, 1)))
    assert said == [ClockOverdue(limit="route", owner="bureau", due=MARCH[17], days=15, rung=3)]


def test_what_time_does_is_done_by_the_law() -> None:
    change = elapse(PETITION, county.served(), at=FAR, rules=RULES)
    assert change is not None
    assert change.happened
    assert all(each.by == BY_LAW for each in change.happened)


def test_the_unit_that_is_late_and_the_office_that_sent_it_are_both_told() -> None:
    case, said = sweep(county.forwarded(), noon(MARCH[19]))
    late = [event for event in said if isinstance(event, ClockOverdue) and event.limit == "inform"]
    assert [(notice.recipient, notice.texts) for event in late for notice in owed(case, event)] == [
        ("org:housing", ("S17",)),
        ("head:housing", ("S17",)),
        ("org:bureau", ("M17",)),
    ]


def test_a_unit_that_does_not_object_is_not_late() -> None:
    """第二十三条第三款: five working days to object are a right; the duty is to tell within fifteen days."""
    _, said = sweep(county.forwarded(), noon(MARCH[11]), noon(MARCH[12]))
    assert [event for event in said if isinstance(event, ClockOverdue)] == []


def test_it_stays_too_late_to_object_whether_or_not_anybody_looked_meanwhile() -> None:
    case, _ = sweep(county.forwarded(), noon(MARCH[10]), noon(MARCH[12]))
    with pytest.raises(ObjectionTooLate):
        receiving.object_to(case, "不是我们的", tree=TREE, by=HOUSING_CLERK, on=MARCH[12], rules=RULES)


def test_an_unused_right_to_review_concludes_the_petition() -> None:
    case, said = sweep(county.served(), noon(date(2026, 4, 14)), datetime(2026, 4, 17, tzinfo=CHINA))
    assert case.stage == CONCLUDED
    assert PetitionConcluded(limit="ask_review", due=date(2026, 4, 16)) in said
    assert case.clock("ask_review").ending == "lapsed"  # type: ignore[union-attr]


def test_the_petitioner_is_told_that_his_right_was_not_used() -> None:
    case, said = sweep(county.served(), FAR)
    assert [notice.texts for event in said for notice in owed(case, event)] == [("S31",)]


def test_a_rating_that_never_came_is_not_taken_for_a_good_one() -> None:
    case, said = sweep(county.served(), FAR)
    assert RatingLapsed(limit="rating", due=date(2026, 4, 16)) in said
    assert "rated_unit" not in case.facts


def test_a_suggestion_is_concluded_when_its_rating_did_not_come() -> None:
    case, said = sweep(county.served(kind="suggestion"), FAR)
    assert [event.wire for event in said] == ["petition.rating_lapsed", "petition.concluded"]
    assert case.stage == CONCLUDED
    assert [notice for event in said for notice in owed(case, event)] == []


def test_the_petitioner_is_reminded_of_his_rating_once_and_of_nothing_else() -> None:
    daily = [noon(MARCH[17]) + timedelta(days=day) for day in range(31)]
    case, said = sweep(county.served(), *daily)
    assert case.stage == SERVED
    assert [(event.wire, notice.texts) for event in said for notice in owed(case, event)] == [
        ("petition.reminded", ("S25",))
    ]


def test_a_right_that_ends_on_a_holiday_lapses_after_it() -> None:
    """Served on 1 September: thirty days end on 1 October, and the holidays last until the 7th."""
    on = date(2026, 9, 1)
    case = county.served(on=on, case=county.replied(on=on))
    before, _ = sweep(case, datetime(2026, 10, 8, 23, 59, tzinfo=CHINA))
    assert before.stage == SERVED
    assert sweep(before, datetime(2026, 10, 9, tzinfo=CHINA))[0].stage == CONCLUDED


def test_an_extension_brings_its_own_reminders() -> None:
    case, _ = sweep(county.accepted(), noon(date(2026, 4, 23)))
    longer, _ = extend(case, "handle", 30, on=date(2026, 4, 24), rules=RULES)
    _, said = sweep(longer, noon(date(2026, 5, 23)))
    assert said == [ClockReminded(limit="handle", owner="housing", due=date(2026, 6, 2), days_left=10)]


def test_an_organ_is_not_late_on_days_that_it_did_not_have() -> None:
    """Due on the 17th, forwarded on the 20th, back on the 25th: late by three days, and by one more on the 26th."""
    _, said = sweep(ON_THE_ROAD["returned when it was late already"], noon(MARCH[26]))
    assert [(event.limit, event.days) for event in said if isinstance(event, ClockOverdue)] == [("route", 4)]


@given(cases, moments)
def test_looking_twice_says_nothing_twice(case: Case, sweeps: list[datetime]) -> None:
    for at in sweeps:
        case, _ = sweep(case, at)
        assert elapse(PETITION, case, at=at, rules=RULES) is None


@given(cases, moments)
def test_whenever_anybody_looks_the_same_things_have_happened_in_the_end(case: Case, sweeps: list[datetime]) -> None:
    often, said = sweep(case, *sweeps, FAR)
    once, said_at_once = sweep(case, FAR)
    assert set(kinds(said)) == set(kinds(said_at_once)), "looking often tells lateness rung by rung, once tells it all"
    assert often.stage == once.stage
    assert [clock.ending for clock in often.clocks] == [clock.ending for clock in once.clocks]


@given(cases, moments)
def test_no_date_is_said_to_come_near_too_often_or_too_late(case: Case, sweeps: list[datetime]) -> None:
    _, said = sweep(case, *sweeps)
    reminded = [event for event in said if isinstance(event, ClockReminded)]
    assert all(event.days_left >= 0 for event in reminded)
    for limit, times in Counter(event.limit for event in reminded).items():
        assert times <= len(RULES.limits[limit].remind)


@given(cases, moments)
def test_the_case_wakes_exactly_when_there_is_something_to_say(case: Case, sweeps: list[datetime]) -> None:
    case, _ = sweep(case, *sweeps)
    wake = wake_at(case, RULES)
    if wake is None:
        assert elapse(PETITION, case, at=FAR, rules=RULES) is None
    else:
        assert elapse(PETITION, case, at=wake - timedelta(seconds=1), rules=RULES) is None
        assert elapse(PETITION, case, at=wake, rules=RULES) is not None


@given(cases, moments)
def test_a_paused_clock_says_nothing_however_long_it_rests(case: Case, sweeps: list[datetime]) -> None:
    for clock in case.clocks:
        case = pause(case, clock.limit, on=MARCH[10])
    assert sweep(case, *sweeps, FAR) == (case, [])


def test_what_time_did_says_by_when_it_was_to_be_noticed_and_when_it_was() -> None:
    at = datetime(2026, 3, 20, 9, 30, tzinfo=CHINA)
    _, (late,) = swept(county.registered(), at)
    assert isinstance(late, ClockOverdue)
    assert (late.due, late.expected_at, late.detected_at) == (MARCH[17], datetime(2026, 3, 18, tzinfo=CHINA), at)


def test_the_law_s_own_steps_say_it_too() -> None:
    at = noon(date(2026, 4, 20))
    _, said = swept(county.served(), at)
    concluded = next(event for event in said if isinstance(event, PetitionConcluded))
    assert (concluded.expected_at, concluded.detected_at) == (datetime(2026, 4, 17, tzinfo=CHINA), at)


def test_nothing_was_to_be_noticed_before_it_was_registered() -> None:
    """A letter that came on the 2nd and was entered on the 20th was late when it was entered, and not for the sweep."""
    _, (late,) = swept(ON_THE_ROAD["a letter entered late"], noon(MARCH[20]) + timedelta(minutes=5))
    assert late.expected_at == noon(MARCH[20])  # type: ignore[attr-defined]


def test_nothing_was_to_be_noticed_while_the_days_did_not_count() -> None:
    case, _ = swept(county.accepted(), noon(date(2026, 5, 4)))
    stopped = pause(case, "handle", on=date(2026, 5, 5))
    assert [
        event for event in swept(stopped, noon(date(2026, 5, 8)))[1] if getattr(event, "limit", "") == "handle"
    ] == []
    running = resume(stopped, "handle", on=date(2026, 5, 12), rules=RULES)
    _, said = swept(running, noon(date(2026, 5, 12)))
    again = next(event for event in said if getattr(event, "limit", "") == "handle")
    assert again.expected_at >= datetime(2026, 5, 12, tzinfo=CHINA)  # type: ignore[attr-defined]
