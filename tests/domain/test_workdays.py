"""Due dates as tables: every date is written with its weekday, and the weekday is checked."""

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest

from chalicelib.domain import workdays
from chalicelib.domain.limits import (
    ASK_REVIEW,
    DECIDE_OBJECTION,
    HANDLE,
    INFORM,
    OBJECT,
    REPORT_BACK,
    ROUTE,
    TimeLimit,
)
from chalicelib.domain.workdays import (
    Calendar,
    CalendarUnknown,
    add_working_days,
    days_left,
    derive,
    reminders,
)

CAL = Calendar.shipped()
SAME_DAY = TimeLimit(name="same_day", label="当天答复", law="第二十一条", working_days=0, kind="service")


def on(text: str) -> date:
    """`Fri 2026-09-25`; the weekday is spelled out so that a person can check the table against a wall calendar."""
    weekday, day = text.split()
    found = date.fromisoformat(day)
    assert ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[found.weekday()] == weekday, text
    return found


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("Mon 2026-03-02", "Mon 2026-03-09"),  # an ordinary week
        ("Fri 2026-03-06", "Fri 2026-03-13"),
        ("Sat 2026-03-07", "Fri 2026-03-13"),  # received on a weekend: counting begins on Monday
        ("Sun 2026-03-08", "Fri 2026-03-13"),
        ("Thu 2026-09-17", "Wed 2026-09-23"),  # Sunday 20 September is worked
        ("Tue 2026-09-29", "Mon 2026-10-12"),  # National Day; Saturday 10 October is worked
        ("Thu 2026-02-12", "Thu 2026-02-26"),  # Spring Festival; Saturday 14 February is worked
        ("Thu 2026-04-30", "Mon 2026-05-11"),  # Labour Day; Saturday 9 May is worked
        ("Wed 2020-01-22", "Thu 2020-02-06"),  # the Spring Festival lengthened by a second notice
        ("Thu 2022-12-29", "Fri 2023-01-06"),  # Saturday 31 December was announced with the year after
        ("Thu 2020-12-31", "Fri 2021-01-08"),
        ("Wed 2024-02-28", "Wed 2024-03-06"),  # over 29 February
    ],
)
def test_an_objection_is_in_time_until_the_fifth_working_day(received: str, due: str) -> None:
    derived = derive(OBJECT, on(received), calendar=CAL)
    assert derived.due == derived.stat_due == derived.legal_due == on(due)
    assert not derived.provisional
    assert not derived.rolled


@pytest.mark.parametrize(
    ("limit", "start", "stat_due", "legal_due"),
    [
        (ROUTE, "Mon 2026-03-02", "Tue 2026-03-17", "Tue 2026-03-17"),
        (ROUTE, "Wed 2026-09-16", "Thu 2026-10-01", "Thu 2026-10-08"),  # first day of National Day
        (ROUTE, "Fri 2026-09-25", "Sat 2026-10-10", "Sat 2026-10-10"),  # a Saturday that is worked: no roll
        (ROUTE, "Sat 2026-12-12", "Sun 2026-12-27", "Mon 2026-12-28"),
        (ROUTE, "Wed 2026-12-16", "Thu 2026-12-31", "Thu 2026-12-31"),  # the horizon itself
        (INFORM, "Sat 2026-03-07", "Sun 2026-03-22", "Mon 2026-03-23"),
        (ASK_REVIEW, "Fri 2026-01-16", "Sun 2026-02-15", "Tue 2026-02-24"),  # Spring Festival
        (ASK_REVIEW, "Tue 2024-01-30", "Thu 2024-02-29", "Thu 2024-02-29"),  # a leap day is a day
        (ASK_REVIEW, "Mon 2023-01-30", "Wed 2023-03-01", "Wed 2023-03-01"),  # and there is none in 2023
        (HANDLE, "Thu 2024-02-29", "Mon 2024-04-29", "Mon 2024-04-29"),  # starting on one
        (HANDLE, "Mon 2025-12-01", "Fri 2026-01-30", "Fri 2026-01-30"),  # over the year's end
        (HANDLE, "Mon 2025-11-03", "Fri 2026-01-02", "Sun 2026-01-04"),  # rolls onto a Sunday that is worked
    ],
)
def test_calendar_days_are_counted_plainly_and_the_legal_date_moves_off_holidays(
    limit: TimeLimit, start: str, stat_due: str, legal_due: str
) -> None:
    derived = derive(limit, on(start), calendar=CAL)
    assert (derived.stat_due, derived.legal_due) == (on(stat_due), on(legal_due))
    assert derived.due == (derived.legal_due if limit.of == "petitioner" else derived.stat_due)
    assert not derived.provisional
    assert not derived.skipped


@pytest.mark.parametrize(
    ("limit", "start", "stat_due", "legal_due"),
    [
        (HANDLE, "Wed 2026-11-25", "Sun 2027-01-24", "Mon 2027-01-25"),
        (ROUTE, "Thu 2026-12-17", "Fri 2027-01-01", "Fri 2027-01-01"),  # no notice yet: a Friday, not a holiday
        (OBJECT, "Tue 2026-12-29", "Tue 2027-01-05", "Tue 2027-01-05"),
        (ASK_REVIEW, "Fri 2026-12-04", "Sun 2027-01-03", "Mon 2027-01-04"),
    ],
)
def test_past_the_last_announced_day_a_date_is_provisional(
    limit: TimeLimit, start: str, stat_due: str, legal_due: str
) -> None:
    derived = derive(limit, on(start), calendar=CAL)
    assert (derived.stat_due, derived.legal_due) == (on(stat_due), on(legal_due))
    assert derived.provisional
    assert "放假安排尚未公布" in derived.text()
    assert derived.calendar_version == "cn-2026.1"


def test_a_roll_that_leaves_the_known_year_is_provisional_even_if_the_plain_date_is_known() -> None:
    until_2023 = Calendar(
        version="t", first=date(2019, 1, 1), horizon=date(2023, 12, 31), off=frozenset(), make_up=frozenset()
    )
    derived = derive(ROUTE, on("Sat 2023-12-16"), calendar=until_2023)
    assert derived.stat_due == on("Sun 2023-12-31")
    assert derived.legal_due == on("Mon 2024-01-01")
    assert derived.provisional


def test_days_before_the_table_are_refused_not_guessed() -> None:
    with pytest.raises(CalendarUnknown, match="begins on 2019-01-01"):
        derive(OBJECT, on("Fri 2018-12-21"), calendar=CAL)
    with pytest.raises(CalendarUnknown):
        derive(ROUTE, on("Mon 2018-12-10"), calendar=CAL)
    with pytest.raises(ValueError):
        CAL.is_working(on("Mon 2018-12-31"))
    assert derive(ROUTE, on("Fri 2018-12-21"), calendar=CAL).stat_due == on("Sat 2019-01-05")


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("Fri 2026-09-18", None),
        ("Sat 2026-09-19", "周六"),
        ("Sun 2026-09-20", None),  # worked instead
        ("Sun 2026-09-13", "周日"),
        ("Fri 2026-09-25", "法定节假日/调休放假"),
        ("Sat 2026-09-26", "法定节假日/调休放假"),
        ("Sat 2022-12-31", "法定节假日/调休放假"),
        ("Mon 2020-02-03", None),  # named as worked by the second notice of 2020, though a Monday
    ],
)
def test_the_calendar_says_why_nobody_works(day: str, why: str | None) -> None:
    assert CAL.why_off(on(day)) == why
    assert CAL.is_working(on(day)) is (why is None)
    assert CAL.is_holiday(on(day)) is (why is not None)


def test_the_shipped_table_knows_2019_to_2026_and_is_read_once() -> None:
    assert (CAL.first, CAL.horizon) == (on("Tue 2019-01-01"), on("Thu 2026-12-31"))
    assert CAL.knows(CAL.horizon)
    assert not CAL.knows(CAL.horizon + timedelta(days=1))
    assert not CAL.knows(CAL.first - timedelta(days=1))
    assert Calendar.shipped() is CAL


@pytest.mark.parametrize("year", range(2019, 2027))
def test_a_year_has_its_weekdays_less_the_public_holidays(year: int) -> None:
    # Days off in lieu even out, so the table can be checked against the holiday rules alone: 11 days, 13 since 2025.
    public_holidays = 13 if year >= 2025 else 11
    lengthened = 2 if year == 2020 else 0  # the second notice of 2020 took 31 January and 1 February
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    weekdays = sum(day.weekday() < 5 for day in days)
    assert sum(CAL.is_working(day) for day in days) == weekdays - public_holidays - lengthened


def test_a_table_with_a_missing_year_is_refused() -> None:
    year: dict[str, list[str]] = {"off": [], "make_up": []}
    with pytest.raises(ValueError, match="consecutive"):
        Calendar.of({"version": "t", "years": {"2024": year, "2026": year}})
    with pytest.raises(ValueError, match="consecutive"):
        Calendar.of({"version": "t", "years": {}})


def test_a_day_cannot_be_both_off_and_worked() -> None:
    with pytest.raises(ValueError, match="both off and worked"):
        Calendar.of({"version": "t", "years": {"2026": {"off": ["2026-10-10"], "make_up": ["2026-10-10"]}}})


def test_the_next_notice_makes_a_provisional_date_firm() -> None:
    with_2027 = Calendar.of(
        {
            "version": "cn-2027.1",
            "years": {
                "2026": {"off": [], "make_up": []},
                "2027": {"off": ["2027-01-25", "2027-01-26"], "make_up": []},
            },
        }
    )
    derived = derive(HANDLE, on("Wed 2026-11-25"), calendar=with_2027)
    assert derived.legal_due == on("Wed 2027-01-27")
    assert not derived.provisional
    assert derived.calendar_version == "cn-2027.1"


def test_an_extension_adds_to_the_sixty_days() -> None:
    derived = derive(HANDLE, on("Mon 2026-03-02"), calendar=CAL, extended_by=30)
    assert derived.stat_due == on("Sun 2026-05-31")
    assert (derived.days, derived.extended_by) == (60, 30)


def test_an_extension_beyond_thirty_days_is_refused() -> None:
    with pytest.raises(ValueError, match="0 to 30 days, found 31"):
        derive(HANDLE, on("Mon 2026-03-02"), calendar=CAL, extended_by=31)
    with pytest.raises(ValueError, match="0 to 0 days"):
        derive(ROUTE, on("Mon 2026-03-02"), calendar=CAL, extended_by=1)


def test_an_assignment_runs_for_the_days_it_names() -> None:
    derived = derive(REPORT_BACK, on("Mon 2026-03-02"), calendar=CAL, days=20)
    assert derived.due == on("Sun 2026-03-22")
    with pytest.raises(ValueError, match="has no number"):
        derive(REPORT_BACK, on("Mon 2026-03-02"), calendar=CAL)
    with pytest.raises(ValueError, match="0 or more"):
        derive(REPORT_BACK, on("Mon 2026-03-02"), calendar=CAL, days=-1)


@pytest.mark.parametrize(
    ("pauses", "stat_due", "paused_days"),
    [
        ([], "Fri 2026-05-01", 0),
        ([("Thu 2026-03-05", "Tue 2026-03-10")], "Wed 2026-05-06", 5),
        ([("Thu 2026-03-05", "Tue 2026-03-10"), ("Sun 2026-03-08", "Thu 2026-03-12")], "Fri 2026-05-08", 7),
        ([("Thu 2026-03-05", "Thu 2026-03-05")], "Fri 2026-05-01", 0),  # resumed on the same day
        ([("Mon 2026-03-02", "Tue 2026-03-03")], "Fri 2026-05-01", 0),  # the first day was not counted anyway
        ([("Fri 2026-05-01", "Sat 2026-05-02")], "Sat 2026-05-02", 1),  # the last day itself
        ([("Sat 2026-05-02", "Fri 2026-05-22")], "Fri 2026-05-01", 0),  # after the limit has run out
    ],
)
def test_paused_days_are_not_counted_and_never_twice(
    pauses: list[tuple[str, str]], stat_due: str, paused_days: int
) -> None:
    spans = [(on(begins), on(ends)) for begins, ends in pauses]
    derived = derive(HANDLE, on("Mon 2026-03-02"), calendar=CAL, pauses=spans)
    assert (derived.stat_due, derived.paused_days) == (on(stat_due), paused_days)
    assert derived.paused_since is None


def test_a_pause_that_has_no_end_yet_moves_nothing_and_is_told() -> None:
    derived = derive(HANDLE, on("Mon 2026-03-02"), calendar=CAL, pauses=[(on("Wed 2026-04-01"), None)])
    assert derived.stat_due == on("Fri 2026-05-01")
    assert derived.paused_since == on("Wed 2026-04-01")
    assert "2026年4月1日起停止计时" in derived.text()


def test_a_pause_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="should end on or after"):
        derive(HANDLE, on("Mon 2026-03-02"), calendar=CAL, pauses=[(on("Thu 2026-03-05"), on("Wed 2026-03-04"))])


def test_in_working_days_only_a_paused_working_day_is_given_back() -> None:
    pause = (on("Thu 2026-03-05"), on("Tue 2026-03-10"))  # two working days, a weekend, one more
    derived = derive(OBJECT, on("Mon 2026-03-02"), calendar=CAL, pauses=[pause])
    assert derived.due == on("Thu 2026-03-12")
    assert derived.paused_days == 3


def test_a_same_day_target_ends_today_or_on_the_next_working_day() -> None:
    assert derive(SAME_DAY, on("Wed 2026-03-04"), calendar=CAL).due == on("Wed 2026-03-04")
    assert derive(SAME_DAY, on("Sat 2026-03-07"), calendar=CAL).due == on("Mon 2026-03-09")


def test_skipped_and_make_up_days_are_listed_with_their_reason() -> None:
    derived = derive(OBJECT, on("Thu 2026-09-17"), calendar=CAL)
    assert [(each.day, each.why) for each in derived.skipped] == [(on("Sat 2026-09-19"), "周六")]
    assert [(each.day, each.why) for each in derived.make_up] == [(on("Sun 2026-09-20"), "调休上班")]


def test_adding_working_days() -> None:
    assert add_working_days(on("Tue 2026-09-29"), 1, CAL) == on("Wed 2026-09-30")
    assert add_working_days(on("Tue 2026-09-29"), 2, CAL) == on("Thu 2026-10-08")
    assert add_working_days(on("Sat 2026-10-10"), 0, CAL) == on("Sat 2026-10-10")
    assert add_working_days(on("Sun 2026-10-11"), 0, CAL) == on("Mon 2026-10-12")
    with pytest.raises(ValueError, match="0 or more"):
        add_working_days(on("Tue 2026-09-29"), -1, CAL)


def test_the_last_day_itself_is_in_time() -> None:
    due = on("Sun 2027-01-24")
    assert days_left(due, on("Sat 2027-01-23")) == 1
    assert days_left(due, due) == 0
    assert days_left(due, on("Mon 2027-01-25")) == -1


def test_a_limit_in_working_days_is_reminded_on_a_working_day() -> None:
    assert reminders(DECIDE_OBJECTION, on("Mon 2026-03-09"), CAL) == (on("Fri 2026-03-06"),)
    assert reminders(HANDLE, on("Fri 2026-05-01"), CAL) == (on("Tue 2026-04-21"), on("Tue 2026-04-28"))


def test_counting_days_reads_no_clock() -> None:
    tree = ast.parse(Path(workdays.__file__).read_text("utf-8"))
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not called & {"today", "now", "utcnow", "time", "localtime"}
