"""What those who supervise find by themselves: every sign, and when it is not there (第四十条).

March 2026: the 2nd is a Monday; received on the 2nd, forwarded on the 3rd, told until the 18th.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain import handling, oversight, watch
from chalicelib.domain.case import Case
from tests.domain import county
from tests.domain.county import HOUSING_HEAD, MARCH, RULES
from tests.domain.scenes.supervision import complained, recommended, supervised

APRIL_20 = date(2026, 4, 20)


def codes(
    case: Case, today: date, steps: dict[str, str] | None = None, hidden: frozenset[str] = frozenset()
) -> list[str]:
    return [each.code for each in watch.findings(case, today=today, rules=RULES, steps=steps, hidden=hidden)]


def test_nothing_is_found_where_nothing_is_late() -> None:
    for case in (county.registered(), county.forwarded(), county.accepted(), county.served()):
        assert codes(case, MARCH[17], {"petition.forwarded": "2026-03-03"}) == []


@pytest.mark.feature(40)
@pytest.mark.parametrize(
    ("case", "last_day", "found"),
    [
        (county.registered(), MARCH[17], "not_forwarded"),
        (county.forwarded(), MARCH[18], "no_notice"),
        (county.registered(office="housing"), MARCH[17], "no_notice"),
        (county.accepted(), date(2026, 5, 3), "overdue"),
        (county.objected(), MARCH[9], "overdue"),
        (county.assigned(due=MARCH[17]), MARCH[17], "not_reported"),
        (supervised(), MARCH[16], "not_answered"),
        (recommended(), date(2026, 4, 8), "not_answered"),
        (complained(), MARCH[24], "overdue"),
    ],
    ids=lambda value: value.stage if isinstance(value, Case) else None,
)
def test_each_clock_of_an_organ_is_found_on_the_day_after_its_last(case: Case, last_day: date, found: str) -> None:
    assert found not in codes(case, last_day)
    assert found in codes(case, last_day + timedelta(days=1))


def test_a_finding_says_whose_it_is_how_late_and_under_which_article() -> None:
    (found,) = watch.findings(county.forwarded(), today=MARCH[21], rules=RULES)
    assert (found.org, found.problem, found.law) == ("housing", "no_notice", "第二十三条、第四十四条第三项")
    assert found.detail == "书面告知期限已超期3天"


def test_every_sign_names_a_problem_that_an_order_may_be_given_for() -> None:
    assert {sign.problem for sign in watch.SIGNS} <= set(oversight.PROBLEMS)
    assert len({sign.code for sign in watch.SIGNS}) == len(watch.SIGNS)
    assert all("条" in sign.law for sign in watch.SIGNS)


def test_the_lateness_of_a_petitioner_is_nobodys_finding() -> None:
    assert codes(county.served(), date(2027, 1, 1)) == []


@pytest.mark.feature(28)
def test_a_matter_that_was_sent_back_twice_looks_like_shirking() -> None:
    case = county.registered()
    assert codes(case.with_facts(bounces=1), MARCH[10]) == []
    (found,) = watch.findings(case.with_facts(bounces=2), today=MARCH[10], rules=RULES)
    assert (found.code, found.detail) == ("shirking", "已被退回2次")


@pytest.mark.feature(56)
def test_fifteen_days_without_anybody_doing_anything_is_found_and_reminders_are_nobodys_doing() -> None:
    steps = {
        "petition.accepted": "2026-03-04",
        "petition.reminded": "2026-03-18",
        "petition.overdue": "2026-03-18",
        "petition.urged": "2026-03-18",
        "petition.pressed": "2026-03-18",
    }
    assert "stalled" not in codes(county.accepted(), MARCH[18], steps)
    assert "stalled" in codes(county.accepted(), MARCH[19], steps)
    assert "stalled" not in codes(county.served(), APRIL_20, steps)
    assert "stalled" not in codes(county.accepted(), APRIL_20)
    assert watch.last_activity(steps) == MARCH[4]
    assert watch.last_activity({}) is None


@pytest.mark.feature(56)
@pytest.mark.parametrize(
    ("day", "found"), [(date(2026, 4, 30), False), (date(2026, 5, 1), True), (date(2026, 5, 3), True)]
)
def test_an_extension_in_the_last_three_days_is_found(day: date, found: bool) -> None:
    case = handling.extend(county.accepted(), 30, "情况复杂", by=HOUSING_HEAD, on=day, rules=RULES).case
    steps = {"petition.accepted": "2026-03-04", "petition.extended": day.isoformat()}
    assert ("extended_late" in codes(case, day, steps)) == found


def test_an_empty_draft_is_found() -> None:
    draft = {"seq": 4, "by": "housing-clerk", "flags": ["empty_phrase"]}
    assert codes(county.accepted().with_facts(draft=draft), MARCH[9]) == ["said_nothing"]
    assert codes(county.accepted().with_facts(flags=["copied"]), MARCH[9]) == ["said_nothing"]
    assert codes(county.accepted().with_facts(draft={**draft, "flags": []}), MARCH[9]) == []


def test_a_promise_that_was_broken_and_a_visit_that_says_so_are_found() -> None:
    case, duty = county.served().with_new_duty("commitment", "housing")
    assert codes(case, MARCH[20]) == []
    (found,) = watch.findings(case.with_duty(duty, "broken"), today=MARCH[20], rules=RULES)
    assert (found.code, found.org, found.problem) == ("not_carried_out", "housing", "refused_execution")
    assert codes(county.served().with_facts(revisit="unsolved"), MARCH[20]) == ["visit_failed"]


def test_what_one_may_not_read_is_not_found_for_him() -> None:
    case = complained("retaliation", case=county.served())
    assert codes(case, MARCH[25]) == ["overdue"]
    assert codes(case, MARCH[25], hidden=frozenset({"complaint.1"})) == []


def test_a_clock_that_is_stopped_makes_nobody_late() -> None:
    case = county.accepted()
    stopped = replace(case, clocks=tuple(replace(each, pauses=((MARCH[10], None),)) for each in case.clocks))
    assert codes(stopped, date(2026, 6, 1)) == []
