"""第三十三条: mediation is noted, and an agreement both sides want ends the handling without anything to review."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.domain import elapsing, handling, settling
from chalicelib.domain.case import Actor, Case, Change
from chalicelib.domain.errors import FieldsInvalid, NotYourStep, RuleBroken, WrongStage
from chalicelib.domain.owed import owed
from chalicelib.domain.petition import PETITION
from chalicelib.domain.settling import Agreement
from chalicelib.domain.stages import CONCLUDED, SETTLED
from tests.domain import county, upper
from tests.domain.county import BUREAU_CLERK, CITIZEN, HOUSING_CLERK, HOUSING_HEAD, MARCH, RULES, WATER_CLERK

AGREED = Agreement(
    "mediation", "物业公司15日内退还600元", MARCH[19], petitioner_agrees=True, other_side_agrees=True, lawful=True
)


def settle(case: Case | None = None, *, by: Actor = HOUSING_CLERK, on: date = MARCH[20], **changes: Any) -> Change:
    return settling.settle(case or county.accepted(), replace(AGREED, **changes), by=by, on=on, rules=RULES)


@pytest.mark.feature(47)
def test_a_mediation_is_noted_with_its_result_and_changes_nothing() -> None:
    change = settling.mediate(
        county.accepted(), MARCH[12], False, "没有谈拢", by=HOUSING_CLERK, on=MARCH[13], rules=RULES
    )
    assert change.events[0].facts() == {"org": "housing", "held_on": "2026-03-12", "reached": False}
    assert change.case.clocks == county.accepted().clocks


@pytest.mark.feature(47, 58)
def test_an_agreement_ends_the_handling_and_leaves_a_rating_but_no_review() -> None:
    change = settle()
    case = change.case
    assert case.stage == SETTLED
    assert case.clock("handle").ended_on == MARCH[19]  # type: ignore[union-attr]
    assert [clock.limit for clock in case.clocks if clock.is_running] == ["rating"]
    assert [notice.texts for notice in owed(case, change.events[0])] == [("S32", "S11")]
    rated = handling.rate(case, "satisfied", "satisfied", True, by=CITIZEN, on=MARCH[20], rules=RULES).case
    assert rated.stage == CONCLUDED
    with pytest.raises(RuleBroken, match="达成协议") as refused:
        upper.ask(rated, on=MARCH[21])
    assert refused.value.law == "第三十三条、第三十五条"


def test_a_settled_matter_that_nobody_rates_is_concluded_when_the_window_closes() -> None:
    change = elapsing.elapse(PETITION, settle().case, at=county.noon(date(2026, 4, 21)), rules=RULES)
    assert change is not None
    assert change.case.stage == CONCLUDED


@pytest.mark.parametrize("lacking", ["petitioner_agrees", "other_side_agrees", "lawful"])
def test_nobody_is_settled_against_his_will_or_against_the_law(lacking: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        settle(**{lacking: False})
    assert refused.value.law == "第三十三条"
    assert [field.pointer for field in refused.value.fields] == [f"/{lacking}"]


@pytest.mark.parametrize("signed_on", [MARCH[3], MARCH[21]])
def test_an_agreement_is_signed_while_the_matter_is_handled(signed_on: date) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        settle(signed_on=signed_on)
    assert [field.pointer for field in refused.value.fields] == ["/signed_on"]


def test_only_grievances_on_the_petition_procedure_are_settled() -> None:
    for kind in ("suggestion", "consultation"):
        with pytest.raises(RuleBroken):
            settle(county.accepted(kind=kind))
        with pytest.raises(RuleBroken):
            settling.mediate(
                county.accepted(kind=kind), MARCH[12], True, "", by=HOUSING_CLERK, on=MARCH[12], rules=RULES
            )


@pytest.mark.parametrize("by", [WATER_CLERK, BUREAU_CLERK, CITIZEN])
def test_the_unit_that_handles_settles(by: Actor) -> None:
    with pytest.raises(NotYourStep):
        settle(by=by)
    assert settle(by=HOUSING_HEAD).case.stage == SETTLED


def test_nothing_is_settled_before_it_is_accepted_or_after_the_opinion() -> None:
    for case in (county.forwarded(), county.replied(), county.served()):
        with pytest.raises(WrongStage):
            settle(case)


def test_an_agreement_in_the_second_handling_meets_the_days_that_were_named() -> None:
    redone = upper.review_served("revoke")
    case = settle(redone, on=upper.MAY[6], signed_on=upper.MAY[6]).case
    assert case.clock("redo").ending == "met"  # type: ignore[union-attr]
    with pytest.raises(FieldsInvalid):
        settle(redone, on=upper.MAY[6], signed_on=upper.APRIL[10])


def test_a_hearing_that_was_asked_for_is_no_longer_needed() -> None:
    case = settle(upper.hearing_announced()).case
    assert [duty.state for duty in case.duties] == ["moot"]
    assert not [clock for clock in case.clocks if clock.about and clock.is_running]
