"""Which track a matter takes, and what a correction does to its clocks: never a new start for the citizen's time."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import handling, intake, receiving, tracks
from chalicelib.domain.case import Case, Change, Clock
from chalicelib.domain.errors import FieldsInvalid, NotYourStep, RuleBroken, TrackMismatch, WrongStage
from chalicelib.domain.limits import configured
from chalicelib.domain.owed import owed
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, next_steps
from chalicelib.domain.stages import REDO
from chalicelib.domain.tracks import months_after
from tests.domain import county
from tests.domain.county import (
    BUREAU_CLERK,
    CITIZEN,
    HOUSING_CLERK,
    HOUSING_HEAD,
    MARCH,
    RULES,
    WATER_CLERK,
    WINDOW_CLERK,
)


def clock(case: Case, limit: str) -> Clock:
    found = case.running(limit)
    assert found is not None, f"{limit} does not run"
    return found


def on_duty(
    case: Case | None = None, limit_days: int | None = None, basis: str = "", rules: Rules = RULES, on: date = MARCH[4]
) -> Change:
    """The unit took it on Wednesday the 4th as a duty of its own."""
    return receiving.accept(
        case or county.forwarded(), "perform_duty", "李工", limit_days, basis, by=HOUSING_CLERK, on=on, rules=rules
    )


def corrected(case: Case, by: object = HOUSING_CLERK, on: date = MARCH[20], **said: object) -> Change:
    return tracks.reclassify(case, "信访人说明了来意", **said, by=by, on=on, rules=RULES)  # type: ignore[arg-type]


def told(change: Change) -> dict[str, tuple[str, ...]]:
    return {notice.recipient: notice.texts for notice in owed(change.case, change.events[0])}


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 3, 2), date(2026, 5, 2)),
        (date(2026, 12, 31), date(2027, 2, 28)),
        (date(2027, 12, 30), date(2028, 2, 29)),
        (date(2026, 11, 1), date(2027, 1, 1)),
    ],
)
def test_two_months_end_on_the_same_day_or_on_the_last_one_of_the_month(day: date, later: date) -> None:
    """没有对应日的，月末日为期间的最后一日. -- 民法典第二百零二条"""
    assert months_after(day, 2) == later


def test_a_duty_counts_two_months_from_the_day_the_unit_got_it() -> None:
    """行政机关在接到申请之日起两个月内不履行的. -- 行政诉讼法第四十七条. Forwarded on Tuesday the 3rd of March."""
    change = on_duty()
    duty = clock(change.case, "perform_duty")
    assert (duty.start, duty.stat_due, duty.owner) == (MARCH[3], date(2026, 5, 3), "housing")
    assert [each.limit for each in change.case.clocks if each.is_running] == ["perform_duty"]
    assert told(change) == {"petitioner": ("S04b",)}


def test_a_duty_handed_on_after_an_objection_counts_from_the_day_the_next_unit_got_it() -> None:
    """Back on Monday the 9th, forwarded again on Tuesday the 10th: nobody is late on days he did not have."""
    back = county.returned()
    again = receiving.forward(back, "housing", tree=county.TREE, by=BUREAU_CLERK, on=MARCH[10], rules=RULES).case
    assert clock(on_duty(again, on=MARCH[11]).case, "perform_duty").start == MARCH[10]


def test_a_duty_brought_to_the_unit_itself_counts_from_its_receipt() -> None:
    direct = county.registered(office="housing", by=HOUSING_CLERK)
    assert clock(on_duty(direct, on=MARCH[16]).case, "perform_duty").start == MARCH[2]


def test_where_the_law_of_the_field_names_days_they_count_and_the_law_is_named() -> None:
    change = on_duty(limit_days=90, basis="《市场监督管理行政处罚程序规定》")
    duty = clock(change.case, "perform_duty")
    assert duty.stat_due == MARCH[3] + timedelta(days=90)
    assert change.events[0].text["basis"] == "《市场监督管理行政处罚程序规定》"
    with pytest.raises(FieldsInvalid) as refused:
        on_duty(limit_days=90)
    assert refused.value.fields[0].pointer == "/basis"


def test_a_county_may_promise_a_duty_sooner_than_the_two_months() -> None:
    ours = Rules(RULES.calendar, configured({"perform_duty": 30}))
    assert clock(on_duty(rules=ours).case, "perform_duty").stat_due == date(2026, 4, 2)


def test_days_are_named_for_a_duty_alone() -> None:
    with pytest.raises(FieldsInvalid) as refused:
        receiving.accept(
            county.forwarded(), "petition_procedure", "李工", 30, "某法", by=HOUSING_CLERK, on=MARCH[4], rules=RULES
        )
    assert refused.value.fields[0].pointer == "/limit_days"


def test_a_duty_that_was_done_is_answered_without_a_right_to_review() -> None:
    """第三十五条 gives it to a 信访处理意见 alone; the answer itself says which remedies there are."""
    replied = handling.reply(
        on_duty().case, county.opinion(intake.EXPLAIN, intake.EXPLAIN), by=HOUSING_CLERK, on=MARCH[16], rules=RULES
    ).case
    change = handling.serve(replied, "online", MARCH[17], by=HOUSING_CLERK, on=MARCH[17], rules=RULES)
    assert change.case.running("ask_review") is None
    assert change.case.clock("perform_duty").ending == "met"  # type: ignore[union-attr]
    assert told(change) == {"petitioner": ("S10d", "S11")}


@pytest.mark.parametrize("kind", ["suggestion", "consultation"])
def test_only_a_grievance_asks_for_a_duty(kind: str) -> None:
    with pytest.raises(TrackMismatch) as refused:
        on_duty(county.forwarded(kind=kind))
    assert refused.value.fields[0].pointer == "/track"


def test_the_sixty_days_count_from_the_first_acceptance_however_late_the_correction() -> None:
    """A suggestion accepted on Wednesday the 4th turns out on Friday the 20th to be a grievance (第三十四条)."""
    change = corrected(county.accepted(kind="suggestion"), kind="grievance")
    handle = clock(change.case, "handle")
    assert (handle.start, handle.stat_due) == (MARCH[4], date(2026, 5, 3))
    dropped = change.case.clock("suggestion_target")
    assert dropped is not None
    assert (dropped.ending, dropped.ended_on) == ("moot", MARCH[20])
    assert change.events[0].facts() == {
        "org": "housing",
        "kind_before": "suggestion",
        "kind": "grievance",
        "track_before": "suggestion",
        "track": "petition_procedure",
        "recategorised": False,
    }
    assert told(change) == {"petitioner": ("S04e",)}


@given(st.integers(0, 300), st.lists(st.sampled_from(["grievance", "suggestion", "consultation"]), max_size=6))
def test_no_chain_of_corrections_moves_the_day_on_which_the_sixty_days_end(wait: int, kinds: list[str]) -> None:
    case, day = county.accepted(), MARCH[4]
    for kind in [*kinds, "grievance"]:
        day += timedelta(days=wait // 6)
        if kind != case.facts["kind"]:
            case = corrected(case, kind=kind, on=day).case
    assert clock(case, "handle").stat_due == date(2026, 5, 3)
    periods = [each for each in case.clocks if each.is_running and each.limit in tracks.LIMIT_OF_TRACK.values()]
    assert [each.limit for each in periods] == ["handle"]


def test_a_correction_after_the_sixty_days_finds_them_passed() -> None:
    change = corrected(county.accepted(kind="suggestion"), kind="grievance", on=date(2026, 5, 20))
    assert clock(change.case, "handle").is_overdue(date(2026, 5, 20))


def test_a_grievance_taken_for_a_petition_becomes_a_duty_and_counts_from_the_receipt() -> None:
    change = corrected(county.accepted(), track="perform_duty")
    assert clock(change.case, "perform_duty").start == MARCH[3]
    assert change.case.running("handle") is None
    assert change.case.facts["kind"] == "grievance"


def test_a_correction_of_the_category_alone_touches_no_clock_and_tells_nobody() -> None:
    longer = handling.extend(county.accepted(), 30, "案情复杂", by=HOUSING_HEAD, on=MARCH[6], rules=RULES).case
    change = corrected(longer, category="城乡建设/物业服务")
    assert change.case.clocks == longer.clocks
    assert change.case.facts["category"] == "城乡建设/物业服务"
    assert told(change) == {}


def test_before_the_acceptance_the_kind_is_corrected_and_no_period_begins() -> None:
    change = corrected(county.forwarded(), kind="consultation", on=MARCH[4])
    assert change.case.clocks == county.forwarded().clocks
    assert change.events[0].facts()["kind"] == "consultation"
    assert "track" not in change.events[0].facts()
    assert change.case.facts.get("track") is None
    assert told(change) == {}
    with pytest.raises(FieldsInvalid) as refused:
        corrected(county.forwarded(), track="suggestion", on=MARCH[4])
    assert refused.value.fields[0].pointer == "/track"


def test_the_office_that_registered_it_may_correct_and_the_unit_is_told() -> None:
    change = corrected(county.accepted(kind="suggestion"), by=BUREAU_CLERK, kind="grievance")
    assert told(change) == {"petitioner": ("S04e",), "org:housing": ("M19c",)}


@pytest.mark.parametrize("by", [WATER_CLERK, WINDOW_CLERK, CITIZEN])
def test_nobody_else_corrects(by: object) -> None:
    with pytest.raises(NotYourStep):
        corrected(county.accepted(), by=by, kind="suggestion")
    assert "reclassify" not in {step.action for step in next_steps(PETITION, county.accepted(), by)}  # type: ignore[arg-type]


def test_a_report_of_misconduct_is_sent_to_its_own_channel() -> None:
    """不得将信访人的检举、揭发材料以及有关情况透露或者转给被检举、揭发的人员或者单位. -- 第三十条第三款"""
    with pytest.raises(RuleBroken, match="检举控告应通过检举控告渠道登记") as refused:
        corrected(county.forwarded(), kind="report_of_misconduct", on=MARCH[4])
    assert (refused.value.law, refused.value.fields[0].pointer) == ("第三十条", "/kind")


def test_a_correction_that_changes_nothing_is_refused() -> None:
    for said in ({}, {"kind": "grievance"}, {"track": "petition_procedure"}):
        with pytest.raises(RuleBroken, match="都没有变化"):
            corrected(county.accepted(), **said)


def test_kind_and_track_go_together_after_a_correction_too() -> None:
    with pytest.raises(TrackMismatch, match="信访程序或者履行法定职责"):
        corrected(county.accepted(), track="suggestion")


def test_what_was_answered_is_not_corrected_any_more() -> None:
    with pytest.raises(WrongStage):
        corrected(county.replied(), kind="suggestion")


def test_what_has_to_be_done_again_stays_on_its_track() -> None:
    again = replace(county.accepted(), stage=REDO)
    with pytest.raises(RuleBroken, match="重新作出处理意见"):
        corrected(again, kind="suggestion")
    assert corrected(again, category="城乡建设/物业服务").case.clocks == again.clocks


def test_a_matter_of_the_simple_procedure_is_converted_first() -> None:
    with pytest.raises(RuleBroken, match="转为普通办理"):
        corrected(county.accepted().with_facts(simple=True), kind="suggestion")


def test_a_matter_accepted_by_another_step_has_its_day_from_its_period() -> None:
    case = county.accepted(kind="suggestion")
    other_way = replace(case, facts={name: held for name, held in case.facts.items() if name != "accepted_on"})
    assert clock(corrected(other_way, kind="grievance").case, "handle").start == MARCH[4]
