"""请假: which days can be said."""

from datetime import date

import pytest

from chalicelib.domain.errors import FieldsInvalid
from chalicelib.domain.leave import check

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (TODAY, TODAY),
        (date(2026, 11, 20), TODAY),
        (date(2026, 12, 1), date(2027, 11, 26)),
        (date(2025, 11, 24), date(2026, 11, 26)),
    ],
)
def test_an_absence_that_is_not_over_and_ends_within_a_year(begins: date, ends: date) -> None:
    check(begins, ends, TODAY)


@pytest.mark.parametrize(
    ("begins", "ends", "wrong"),
    [
        (date(2026, 11, 20), date(2026, 11, 24), ["/away_until"]),
        (date(2026, 12, 2), date(2026, 12, 1), ["/away_until"]),
        (date(2026, 12, 1), date(2027, 11, 27), ["/away_until"]),
        (date(2025, 11, 23), date(2026, 12, 1), ["/away_from"]),
        (date.min, date.max, ["/away_from", "/away_until"]),
    ],
)
def test_days_that_cannot_be_are_refused_by_name(begins: date, ends: date, wrong: list[str]) -> None:
    with pytest.raises(FieldsInvalid) as caught:
        check(begins, ends, TODAY)
    assert [each.pointer for each in caught.value.fields] == wrong
