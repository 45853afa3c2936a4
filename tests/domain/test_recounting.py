"""New and corrected days off move open dates by events, and never against whom was told another day."""

from dataclasses import replace
from datetime import date

from chalicelib.domain.case import PETITIONER, Case, Clock
from chalicelib.domain.events.passing import DateRecounted
from chalicelib.domain.notices_of_days_off import DaysOff, with_notice
from chalicelib.domain.owed import owed
from chalicelib.domain.procedure import Rules, dated, derivation, pause, resume, told
from chalicelib.domain.recounting import moves, recount
from chalicelib.domain.workdays import Calendar
from tests.domain import county
from tests.domain.county import RULES

SHIPPED = Calendar.shipped()


def days(*texts: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(text) for text in texts)


def under(*off: str, make_up: tuple[str, ...] = (), year: int = 2027, before: Calendar = SHIPPED) -> Rules:
    """The rules when a notice of these days is in force."""
    notice = DaysOff(year, days(*off), days(*make_up))
    return Rules(with_notice(before, notice, f"cn-{year}.test"), RULES.limits)


def running(limit: str, start: str, owner: str = "housing", rules: Rules = RULES) -> Case:
    """A case with one clock, as it was set."""
    on = date.fromisoformat(start)
    clock = dated(Clock(limit, owner, on, on, on, on), rules)
    return replace(county.served() if owner == PETITIONER else county.accepted(), clocks=(clock,))


def with_rating(case: Case, start: str) -> Case:
    """The case with a second right, which began on this day."""
    return replace(case, clocks=(*case.clocks, *running("rating", start, PETITIONER).clocks))


def moved(case: Case, on: str, rules: Rules) -> tuple[Case, list[DateRecounted]]:
    change = recount(case, on=date.fromisoformat(on), rules=rules)
    if change is None:
        return case, []
    return change.case, [event for event in change.events if isinstance(event, DateRecounted)]


def test_a_provisional_date_moves_when_the_holidays_are_announced_and_is_told() -> None:
    case = running("consultation_target", "2026-12-28")  # ten working days, in a year without a notice
    assert (case.clocks[0].due, case.clocks[0].provisional) == (date(2027, 1, 11), True)
    after, (event,) = moved(case, "2026-12-30", under("2027-01-01", "2027-01-02", "2027-01-03"))
    assert (event.due_before, event.due, event.provisional) == (date(2027, 1, 11), date(2027, 1, 12), False)
    assert event.calendar == "cn-2027.test"
    (said,) = event.clocks
    assert said.derivation == derivation(after.clocks[0], under("2027-01-01", "2027-01-02", "2027-01-03")).text()
    assert "1月1日" in said.derivation
    assert [notice.texts for notice in owed(after, event)] == [("M37",)]


def test_counting_again_changes_nothing_more() -> None:
    rules = under("2027-01-01", "2027-01-02", "2027-01-03")
    case, events = moved(running("consultation_target", "2026-12-28"), "2026-12-30", rules)
    assert events
    for on in ("2026-12-30", "2027-01-05", "2027-02-01"):
        assert moved(case, on, rules) == (case, [])


def test_a_date_that_becomes_certain_is_told_by_the_case_and_by_no_message() -> None:
    case, (event,) = moved(running("handle", "2026-11-25"), "2026-12-01", under("2027-02-05"))
    assert event.due == event.due_before == date(2027, 1, 24)
    assert not case.clocks[0].provisional
    assert owed(case, event) == ()


def test_what_no_day_off_touches_is_left_alone() -> None:
    assert moves(running("route", "2026-11-25"), on=date(2026, 12, 1), rules=under("2027-01-01")) == ()


def test_a_right_of_the_petitioner_ends_later_and_he_is_told() -> None:
    case = running("ask_review", "2026-12-02", PETITIONER)  # the thirtieth day is Friday 1 January 2027
    assert case.clocks[0].due == date(2027, 1, 1)
    after, (event,) = moved(case, "2026-12-20", under("2027-01-01", "2027-01-02", "2027-01-03"))
    assert event.due == date(2027, 1, 4)
    assert [notice.texts for notice in owed(after, event)] == [("S37",)]


def test_rights_that_move_to_one_day_are_told_by_one_text() -> None:
    rules = under("2027-01-01", "2027-01-02", "2027-01-03")
    case = with_rating(running("ask_review", "2026-12-02", PETITIONER), "2026-12-02")
    after, events = moved(case, "2026-12-20", rules)
    assert [(event.limit, event.due) for event in events] == [
        ("ask_review", date(2027, 1, 4)), ("rating", date(2027, 1, 4)),
    ]  # fmt: skip
    assert [[notice.texts for notice in owed(after, event)] for event in events] == [[("S37",)], []]
    assert events[0].rights == ("ask_review", "rating")


def test_rights_that_move_to_two_days_are_told_each_by_its_name() -> None:
    rules = under("2027-01-01", "2027-01-02", "2027-01-03", "2027-01-05")
    case = with_rating(running("ask_review", "2026-12-02", PETITIONER), "2026-12-06")
    after, events = moved(case, "2026-12-20", rules)
    assert [event.due for event in events] == [date(2027, 1, 4), date(2027, 1, 6)]
    assert [[notice.texts for notice in owed(after, event)] for event in events] == [[("S37",)], [("S37",)]]
    assert [event.rights for event in events] == [("ask_review",), ("rating",)]


def test_a_right_of_the_petitioner_never_ends_before_the_day_he_was_told() -> None:
    case = running("ask_review", "2027-01-14", PETITIONER)  # Saturday 13 February, so Monday the 15th
    assert case.clocks[0].due == date(2027, 2, 15)
    after, events = moved(case, "2027-01-20", under("2027-02-05", make_up=("2027-02-13",)))
    assert after.clocks[0].due == date(2027, 2, 15), "though Saturday is worked now"
    assert [event.due for event in events] == [date(2027, 2, 15)]
    assert after.clocks[0].not_before == date(2027, 2, 15)
    assert "不因此提前" in told(after.clocks[0], under("2027-02-05", make_up=("2027-02-13",))).derivation


def test_an_organs_date_moves_to_an_earlier_day_that_lies_ahead() -> None:
    case = running("consultation_target", "2027-01-18")
    after, (event,) = moved(case, "2027-01-20", under("2027-05-01", make_up=("2027-01-23", "2027-01-30")))
    assert (event.due_before, event.due) == (date(2027, 2, 1), date(2027, 1, 29))
    assert after.clocks[0].not_before is None


def test_nobody_is_late_on_days_before_he_was_told() -> None:
    case = running("consultation_target", "2027-01-18")
    rules = under("2027-05-01", make_up=("2027-01-23", "2027-01-30"))
    after, (event,) = moved(case, "2027-01-31", rules)
    assert event.due == date(2027, 1, 31), "the 29th had passed when it was told"
    assert event.clocks[0].derivation.count("重新计算时该日期已过，不作为到期日，到期日定为2027年1月31日。") == 1
    assert "不因此提前" not in event.clocks[0].derivation
    assert moved(after, "2027-02-03", rules) == (after, [])


def test_who_was_told_to_be_late_and_is_not_any_more_begins_anew() -> None:
    case = running("consultation_target", "2027-06-14")
    late = replace(case.clocks[0], told_overdue=1, line_on=date(2027, 6, 29))
    after, _ = moved(replace(case, clocks=(late,)), "2027-06-29", under("2027-06-21", "2027-06-22"))
    assert (after.clocks[0].due, after.clocks[0].told_overdue) == (date(2027, 6, 30), 0)


def test_an_ended_clock_is_history() -> None:
    case = running("consultation_target", "2026-12-28")
    ended = replace(case, clocks=(case.clocks[0].end(date(2026, 12, 30), "met"),))
    assert moved(ended, "2026-12-31", under("2027-01-01")) == (ended, [])


def test_what_is_kept_stays_kept_under_the_correction_after_it() -> None:
    first = under("2027-02-05", make_up=("2027-02-13",))
    case, _ = moved(running("ask_review", "2027-01-14", PETITIONER), "2027-01-20", first)
    second = under("2027-02-13", "2027-02-14", "2027-02-15", before=first.calendar)
    after, _ = moved(case, "2027-02-01", replace(second, calendar=replace(second.calendar, version="cn-2027.second")))
    assert after.clocks[0].due == date(2027, 2, 16)


def test_a_clock_that_goes_on_after_a_stop_is_counted_by_the_calendar_in_force() -> None:
    """Two of its ten working days did not count, and New Year's Day, which nobody had announced when it stopped."""
    rules = under("2027-01-01")
    stopped = pause(running("consultation_target", "2026-12-28"), "consultation_target", on=date(2027, 1, 4))
    after = resume(stopped, "consultation_target", on=date(2027, 1, 6), rules=rules)
    assert (after.clocks[0].due, after.clocks[0].calendar) == (date(2027, 1, 14), "cn-2027.test")
    assert moves(after, on=date(2027, 1, 6), rules=rules) == ()


def test_a_date_that_moves_later_is_reminded_of_anew_and_not_of_days_gone_by() -> None:
    """Told on the 13th that one day is left; the day moves to the 18th, and one day before it is said again."""
    rules = under("2027-09-14", "2027-09-15", "2027-09-16")
    case = running("decide_recusal", "2027-09-09")
    told_once = replace(case, clocks=(replace(case.clocks[0], reminded=1),))
    assert case.clocks[0].due == date(2027, 9, 14)
    after, (event,) = moved(told_once, "2027-09-13", rules)
    assert (event.due, after.clocks[0].reminded) == (date(2027, 9, 17), 0)
    late, _ = moved(told_once, "2027-09-20", rules)
    assert late.clocks[0].reminded == 1, "the 13th has gone by"


def test_a_date_that_moves_earlier_is_not_reminded_of_twice() -> None:
    case = running("decide_recusal", "2027-01-21")
    told_once = replace(case, clocks=(replace(case.clocks[0], reminded=1),))
    after, (event,) = moved(told_once, "2027-01-22", under("2027-05-01", make_up=("2027-01-23",)))
    assert (event.due_before, event.due, after.clocks[0].reminded) == (date(2027, 1, 26), date(2027, 1, 25), 1)
