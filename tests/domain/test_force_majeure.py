"""不可抗力: a decision moves the petitioner's rights, excuses an organ on record, and moves nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain import handling
from chalicelib.domain.case import PETITIONER, Case
from chalicelib.domain.errors import FieldsInvalid, NotYourStep, RuleBroken
from chalicelib.domain.events.passing import ForceMajeureRecorded
from chalicelib.domain.force_majeure import excused_days, record_force_majeure
from chalicelib.domain.owed import owed
from chalicelib.domain.procedure import derivation, with_clock
from chalicelib.notices import wording
from tests.domain import county
from tests.domain.county import BUREAU_CLERK, CITIZEN, HOUSING_CLERK, HOUSING_HEAD, MARCH, RULES

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
    of_all, of_late = 53, (date(2026, 5, 9) - handle.due).days
    assert excused_days(after, handle, date(2026, 5, 20)) == (of_all, of_late)
    assert handle.days_late(date(2026, 5, 20)) == late, "the lateness itself is what it was"
    assert excused_days(before, handle, date(2026, 5, 20)) == (0, 0)


def test_days_before_an_organs_last_day_are_counted_too_and_those_before_it_had_the_matter_are_not() -> None:
    """A flood in the middle of its sixty days takes as many from it as one at their end."""
    after = recorded(county.accepted(), date(2026, 3, 2), MARCH[24])
    handle = after.clock("handle")
    assert handle is not None
    assert handle.start == MARCH[4]
    assert excused_days(after, handle, date(2026, 5, 20)) == (20, 0)


def test_a_right_that_begins_while_such_days_last_loses_none_of_them() -> None:
    """Recorded on the 25th and to last until 5 April: whoever is served on the 30th cannot use the days until then."""
    before = county.replied()
    lost = record_force_majeure(before, MARCH[18], date(2026, 4, 5), *SAID, **ON).case
    served = [
        handling.serve(
            case, "mail", MARCH[30], "挂号信", cause="conduct", by=HOUSING_CLERK, on=MARCH[31], rules=RULES
        ).case
        for case in (before, lost)
    ]
    dues = [[case.clock(limit).due for limit in ("ask_review", "rating")] for case in served]  # type: ignore[union-attr]
    assert dues == [[date(2026, 4, 29)] * 2, [date(2026, 5, 6)] * 2], "six days more, and 5 May is a holiday"
    clock = served[1].clock("ask_review")
    assert clock is not None
    assert "停止计时" in derivation(clock, RULES).text()


def test_a_right_that_begins_after_such_days_is_what_it_is() -> None:
    lost = recorded(county.replied(), MARCH[18], MARCH[24])
    served = handling.serve(
        lost, "mail", MARCH[30], "挂号信", cause="conduct", by=HOUSING_CLERK, on=MARCH[31], rules=RULES
    ).case
    assert [clock.pauses for clock in served.clocks if clock.owner == PETITIONER] == [(), ()]


def test_no_unit_excuses_itself() -> None:
    with pytest.raises(NotYourStep):
        record_force_majeure(county.accepted(), MARCH[18], MARCH[24], *SAID, **{**ON, "by": HOUSING_HEAD})


def test_that_a_date_moved_is_said_only_where_one_did() -> None:
    """What happened is called the same for everybody: that dates moved, the dates themselves tell."""
    assert "顺延" not in ForceMajeureRecorded.shown
    texts = wording.texts()
    assert "顺延" not in texts["M38"].text
    assert "顺延" in texts["M38b"].text


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
        ("org:housing", ("M38", "M38b")),
    ]
    nothing = record_force_majeure(county.accepted(), MARCH[18], MARCH[24], *SAID, **ON)
    assert [(each.recipient, each.texts) for each in owed(nothing.case, nothing.events[0])] == [
        ("org:housing", ("M38",))
    ]


def test_rights_that_end_on_different_days_are_told_apart() -> None:
    case = county.served()
    rating = case.clock("rating")
    assert rating is not None
    apart = with_clock(case, rating, replace(rating, start=MARCH[10], due=date(2026, 4, 9)))
    moved = record_force_majeure(apart, MARCH[18], MARCH[24], *SAID, **ON)
    assert owed(moved.case, moved.events[0])[0].texts == ("S38", "S38b")


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
