"""请假、外出: the days on which what is owed to a member of staff goes to the next (第四十条: 及时督办).

The invariant: when it is said, it never ends before today; when it began may be said afterwards. What was told to him
on the days before stays told.
"""

from datetime import date, timedelta

from chalicelib.domain.errors import FieldError, FieldsInvalid

MOST_AHEAD = timedelta(days=366)
"""A year: whoever stays away longer does not hold his post any more, and another one is put there."""


def check(begins: date, ends: date, today: date) -> None:
    """First and last day of an absence, both included. Raises FieldsInvalid with all that has to be mended."""
    wrong = []
    if begins < today - MOST_AHEAD:
        wrong.append(FieldError("/away_from", "开始日期不能早于一年以前", "out_of_range"))
    if ends < begins:
        wrong.append(FieldError("/away_until", "结束日期不能早于开始日期", "out_of_range"))
    elif ends < today:
        wrong.append(FieldError("/away_until", "结束日期不能早于今天", "out_of_range"))
    elif ends > today + MOST_AHEAD:
        wrong.append(FieldError("/away_until", "结束日期不能晚于一年以后", "out_of_range"))
    if wrong:
        raise FieldsInvalid(wrong)
