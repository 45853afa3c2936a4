"""不可抗力: a decision moves the petitioner's rights, excuses an organ on record, and moves nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain.case import Case
from chalicelib.domain.errors import FieldsInvalid, NotYourStep, RuleBroken
from chalicelib.domain.events.passing import ForceMajeureRecorded
from chalicelib.domain.force_majeure import excused_days, record_force_majeure
from chalicelib.domain.owed import owed
from tests.domain import county
from tests.domain.county import BUREAU_CLERK, CITIZEN, MARCH, RULES

SAID = ("青山县人民政府公告第3号", "青山县人民政府", "山洪，道路中断", "青溪镇")
ON = {"by": BUREAU_CLERK, "on": MARCH[25], "rules": RULES}


def recorded(case: Case, begins: date = MARCH[18], ends: date = MARCH[24]) -> Case:
    return record_force_majeure(case, begins, ends, *SAID, **ON).case


def test_the_days_lost_are_not_counted_in_the_petitioners_rights() -> None:
    before = county.served()
    after = recorded(before)
    for limit, due in (("ask_review", date(2026, 4, 23)), ("rating", date(2026, 4, 23))):
        assert before.clock(limit).due == date(2026, 4, 16)  # type: ignore[union-attr]
        assert after.clock(limit).due == due  # type: ignore[union-attr]


def test_an_organs_dates_stay_and_its_excuse_is_shown_beside_them() -> None:
    before = county.accepted()
    after = recorded(before, MARCH[18], date(2026, 5, 9))
    assert [clock.due for clock in after.clocks] == [clock.due for clock in before.clocks]
    handle = after.clock("handle")
    assert handle is not None
    assert handle.due < date(2026, 5, 9)
    late = (date(2026, 5, 20) - handle.due).days
    assert excused_days(after, handle, date(2026, 5, 20)) == (date(2026, 5, 9) - handle.due).days
    assert handle.days_late(date(2026, 5, 20)) == late, "the lateness itself is what it was"
    assert excused_days(before, handle, date(2026, 5, 20)) == 0


def test_the_decision_is_on_record_with_who_which_paper_why_and_where() -> None:
    (event,) = record_force_majeure(county.served(), MARCH[18], MARCH[24], *SAID, **ON).events
    assert isinstance(event, ForceMajeureRecorded)
    assert (event.begins, event.ends, event.org) == (MARCH[18], MARCH[24], "bureau")
    assert dict(event.text) == {"document": SAID[0], "body": SAID[1], "reason": SAID[2], "place": SAID[3]}
    assert {said.limit for said in event.clocks} == {"ask_review", "rating"}


def test_the_petitioner_is_told_where_his_date_moved_and_not_otherwise() -> None:
    moved = record_force_majeure(county.served(), MARCH[18], MARCH[24], *SAID, **ON)
    assert [(each.recipient, each.texts) for each in owed(moved.case, moved.events[0])] == [
        ("petitioner", ("S38",)),
        ("org:housing", ("M38",)),
    ]
    nothing = record_force_majeure(county.accepted(), MARCH[18], MARCH[24], *SAID, **ON)
    assert [each.recipient for each in owed(nothing.case, nothing.events[0])] == ["org:housing"]


def test_two_decisions_over_the_same_days_count_them_once() -> None:
    case = recorded(county.served(), MARCH[18], MARCH[24])
    assert recorded(case, MARCH[20], MARCH[24]).clock("ask_review").due == date(2026, 4, 23)  # type: ignore[union-attr]
    with pytest.raises(RuleBroken):
        recorded(case, MARCH[18], MARCH[24])


@pytest.mark.parametrize(
    ("begins", "ends", "field"),
    [
        (MARCH[26], MARCH[27], "/begins"),
        (MARCH[20], MARCH[19], "/ends"),
        (MARCH[20], date(2027, 3, 21), "/ends"),
        (date(2026, 1, 1), date(2026, 2, 1), "/ends"),
    ],
)
def test_days_that_cannot_be_are_refused(begins: date, ends: date, field: str) -> None:
    with pytest.raises(FieldsInvalid) as caught:
        recorded(county.served(), begins, ends)
    assert [each.pointer for each in caught.value.fields] == [field]


def test_a_petitioner_cannot_decide_it_himself() -> None:
    with pytest.raises(NotYourStep):
        record_force_majeure(county.served(), MARCH[18], MARCH[24], *SAID, by=CITIZEN, on=MARCH[25], rules=RULES)


def test_a_right_that_has_run_out_is_not_revived_by_a_later_decision() -> None:
    case = county.served()
    lapsed = replace(case, clocks=tuple(clock.end(date(2026, 4, 17), "lapsed") for clock in case.clocks))
    on = {**ON, "on": date(2026, 5, 4)}
    change = record_force_majeure(lapsed, date(2026, 4, 1), date(2026, 4, 30), *SAID, **on)
    assert change.case.clocks == lapsed.clocks
    assert change.events[0].clocks == ()
