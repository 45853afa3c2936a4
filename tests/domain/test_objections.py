"""第二十三条第三款: whoever is not competent says so in five working days, and whoever sent it checks it."""

import pytest

from chalicelib.domain import receiving
from chalicelib.domain.case import INTAKE, LEAD, Case, Change, Clock, Desk
from chalicelib.domain.errors import FieldsInvalid, NotYourStep, ObjectionTooLate, RuleBroken
from chalicelib.domain.owed import owed
from chalicelib.domain.stages import ASSIGNED, FORWARDED, OBJECTED, REGISTERED
from tests.domain import county
from tests.domain.county import BUREAU_CLERK, HOUSING_CLERK, MARCH, RULES, TREE, WATER_CLERK


def forward(case: Case, to: str, **changes: object) -> Change:
    said = {"tree": TREE, "by": BUREAU_CLERK, "on": MARCH[3], "rules": RULES} | changes
    return receiving.forward(case, to, **said)  # type: ignore[arg-type]


def clock(case: Case, limit: str) -> Clock:
    found = case.running(limit)
    assert found is not None, f"{limit} does not run"
    return found


def texts(change: Change) -> dict[str, tuple[str, ...]]:
    return {
        notice.recipient: notice.texts for event in change.events for notice in owed(change.case, event)
    }  # one event at a time in these tests


def test_a_unit_objects_within_five_working_days_and_the_bureau_checks_it() -> None:
    case = county.objected(on=MARCH[10])
    assert case.stage == OBJECTED
    assert clock(case, "decide_objection").owner == "bureau"
    assert case.running("inform") is not None, "the unit's own days go on"


def test_after_five_working_days_it_is_too_late_to_object() -> None:
    with pytest.raises(ObjectionTooLate, match="2026-03-10届满") as refused:
        county.objected(on=MARCH[11])
    assert refused.value.law == "第二十三条第三款"


def test_an_objection_may_name_an_office_of_the_county_and_no_other() -> None:
    with pytest.raises(FieldsInvalid) as refused:
        receiving.object_to(
            county.forwarded(), "不是我们的", "nowhere", tree=TREE, by=HOUSING_CLERK, on=MARCH[4], rules=RULES
        )
    assert refused.value.fields[0].pointer == "/suggested"


def test_a_petition_that_is_handed_back_gives_the_sender_the_days_that_were_left() -> None:
    """Received on the 2nd, forwarded on the 6th: four days used. Back on the 11th: eleven are left."""
    case = county.returned(case=county.objected(case=county.forwarded(on=MARCH[6]), on=MARCH[9]), on=MARCH[11])
    assert (case.stage, case.agency) == (REGISTERED, None)
    assert clock(case, "route").due == MARCH[22]
    assert clock(case, "route").owner == "bureau"
    assert case.running("inform") is None
    assert case.desks == (Desk("bureau", (INTAKE, LEAD)),)


def test_a_date_that_moves_because_of_a_return_is_told_in_the_event() -> None:
    change = receiving.uphold_objection(county.objected(), by=BUREAU_CLERK, on=MARCH[9], rules=RULES)
    told = change.events[0].clocks[0]
    assert (told.limit, told.due) == ("route", MARCH[23])
    assert "不计入：3月4日至3月9日（停止计时）" in told.derivation


def test_two_returns_count_no_day_twice() -> None:
    once = county.returned(on=MARCH[9])
    twice = county.returned(
        case=county.objected(case=forward(once, "housing", on=MARCH[10]).case, on=MARCH[11]), on=MARCH[12]
    )
    assert clock(twice, "route").due == MARCH[25]  # one day used before, one between: thirteen left from the 12th


def test_a_petition_that_goes_out_again_is_told_as_a_change_of_unit() -> None:
    change = forward(county.returned(), "water", on=MARCH[10])
    assert texts(change)["petitioner"] == ("S21",)
    assert clock(change.case, "inform").owner == "water"
    assert change.case.desk("housing") is None


def test_an_objection_that_fails_leaves_the_unit_its_own_days() -> None:
    change = receiving.reject_objection(
        county.objected(), "属于住建部门职责", by=BUREAU_CLERK, on=MARCH[9], rules=RULES
    )
    assert (change.case.stage, change.case.agency) == (FORWARDED, "housing")
    assert clock(change.case, "inform").due == MARCH[18]
    assert texts(change) == {"org:housing": ("M02",)}


def test_an_objection_to_an_assignment_that_fails_leaves_it_assigned() -> None:
    objected = county.objected(case=county.assigned())
    change = receiving.reject_objection(objected, "属于住建部门职责", by=BUREAU_CLERK, on=MARCH[9], rules=RULES)
    assert change.case.stage == ASSIGNED
    assert clock(change.case, "report_back").due == MARCH[31]


def test_nobody_objects_twice() -> None:
    kept = receiving.reject_objection(county.objected(), "属于你局", by=BUREAU_CLERK, on=MARCH[6], rules=RULES).case
    with pytest.raises(RuleBroken, match="异议已经核实过"):
        county.objected(case=kept, on=MARCH[9])


def test_only_who_sent_it_decides_about_the_objection() -> None:
    with pytest.raises(NotYourStep):
        receiving.uphold_objection(county.objected(), by=WATER_CLERK, on=MARCH[9], rules=RULES)
