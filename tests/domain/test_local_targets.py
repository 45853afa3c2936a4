"""The county's own promises stand beside the law: ten days for ordinary matters, the same day for simple ones.

March 2026: the 2nd is a Monday, received; Wednesday the 4th accepted.
"""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain import direct, limits, own_steps
from chalicelib.domain.case import Case
from chalicelib.domain.elapsing import elapse
from chalicelib.domain.intake import EXPLAIN, Answer, Opinion
from chalicelib.domain.local_targets import LocalTarget, local_targets
from chalicelib.domain.petition import PETITION
from tests.domain import county
from tests.domain.county import BUREAU_CLERK, MARCH, RULES, noon
from tests.domain.scenes.simple import accepted_simply

FROM_WHEN = "水费自4月1日起按每吨2.8元收取，依据《青山县水价调整通知》第三条，由县自来水公司负责解释。"
PUBLISHED = "新的水价标准已于3月1日在县政府网站公布，窗口也可以查到，由县自来水公司负责。"
COUNTY = replace(RULES, limits=limits.configured({}))


def promised(case: Case) -> list[tuple[str, date]]:
    return [(target.name, target.due) for target in local_targets(case, COUNTY)]


def only(case: Case) -> LocalTarget:
    (target,) = local_targets(case, COUNTY)
    return target


@pytest.mark.feature(36)
def test_an_ordinary_matter_is_promised_in_ten_days_beside_the_sixty_of_the_law() -> None:
    case = county.accepted()
    assert promised(case) == [("general_target", MARCH[14])]  # ten days after the 4th, a Saturday: days are days
    assert case.running("handle").due == date(2026, 5, 3)  # type: ignore[union-attr]


@pytest.mark.feature(36)
def test_the_promise_is_no_clock_so_nobody_is_late_by_it() -> None:
    case = county.accepted()
    assert "general_target" not in {clock.limit for clock in case.clocks}
    assert case.due_of("housing") == date(2026, 5, 3)
    assert elapse(PETITION, case, at=noon(MARCH[31]), rules=COUNTY) is None
    assert not set(limits.TARGETS) & set(limits.PETITION)


@pytest.mark.feature(36)
@pytest.mark.parametrize(("served_on", "state"), [(MARCH[14], "kept"), (MARCH[15], "missed")])
def test_the_promise_is_kept_on_its_last_day_and_missed_on_the_next(served_on: date, state: str) -> None:
    replied = county.replied(on=MARCH[13])
    assert only(county.served(case=replied, on=served_on)).state(MARCH[31]) == state


def test_while_it_is_open_the_day_decides() -> None:
    target = only(county.accepted())
    assert [target.state(day) for day in (MARCH[14], MARCH[15])] == ["open", "missed"]


@pytest.mark.feature(35)
@pytest.mark.parametrize(
    ("received_on", "due"),
    [
        (MARCH[3], MARCH[3]),  # Tuesday
        (MARCH[7], MARCH[9]),  # Saturday -> Monday
    ],
)
def test_a_simple_matter_is_promised_on_the_day_it_came_or_the_next_working_day(received_on: date, due: date) -> None:
    case = county.registered(kind="consultation", received_on=received_on, on=received_on)
    said = Opinion(
        "",
        (
            Answer(
                1, EXPLAIN, "水费自4月1日起按每吨2.8元收取，依据《青山县水价调整通知》第三条，由县自来水公司负责解释。"
            ),
            Answer(2, EXPLAIN, "新的水价标准已于3月1日在县政府网站公布，窗口也可以查到，由县自来水公司负责。"),
        ),
    )
    answered = direct.answer_directly(case, said, by=BUREAU_CLERK, on=due, rules=RULES).case
    assert promised(answered) == [("same_day_target", due)]
    assert only(answered).state(MARCH[31]) == "kept"
    later = direct.answer_directly(case, said, by=BUREAU_CLERK, on=MARCH[10], rules=RULES).case
    assert only(later).state(MARCH[10]) == "missed"


def test_a_matter_that_is_handled_simply_has_the_promise_of_simple_ones() -> None:
    assert promised(accepted_simply()) == [("same_day_target", MARCH[2])]


def test_suggestions_have_a_target_of_their_own_and_a_withdrawn_matter_has_none() -> None:
    assert promised(county.accepted(kind="suggestion")) == []
    withdrawn = own_steps.withdraw(county.accepted(), by=county.CITIZEN, on=MARCH[5], rules=RULES).case
    assert promised(withdrawn) == []


def test_a_county_may_promise_other_days_and_a_place_without_promises_shows_none() -> None:
    stricter = replace(RULES, limits=limits.configured({"general_target": 7}))
    assert [target.due for target in local_targets(county.accepted(), stricter)] == [MARCH[11]]
    assert local_targets(county.accepted(), RULES) == ()
