"""Our days off against those of a maintained package, day by day: two hands typed them, so one error stands alone."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from chalicelib.domain.workdays import Calendar

CAL = Calendar.shipped()


@pytest.mark.parametrize("year", range(2019, 2027))
def test_every_day_of_a_year_is_worked_or_not_as_the_package_has_it(year: int) -> None:
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    differ = {
        day.isoformat(): CAL.is_working(day) for day in days if CAL.is_working(day) != chinese_calendar.is_workday(day)
    }
    assert differ == {}


def test_the_package_knows_no_year_that_nobody_announced() -> None:
    with pytest.raises(NotImplementedError):
        chinese_calendar.is_workday(date(2027, 1, 4))
