"""The check sheet: what each line sees, what does not concern a case, and a draw that favours nobody."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import check_sheet, receiving, tracks
from chalicelib.domain.case import Case
from chalicelib.domain.check_sheet import SIGNS, Sheet, sample, score
from tests.domain import county
from tests.domain.county import HOUSING_CLERK, MARCH, RULES

ROAD: tuple[tuple[date, str, dict[str, Any]], ...] = (
    (MARCH[2], "petition.registered", {"claims": 2}),
    (MARCH[3], "petition.forwarded", {"to": "housing"}),
    (MARCH[4], "petition.accepted", {"org": "housing", "track": "petition_procedure"}),
    (MARCH[9], "petition.heard", {"org": "housing"}),
    (MARCH[10], "petition.investigated", {"org": "housing"}),
    (MARCH[16], "petition.replied", {"org": "housing", "findings": ["support", "explain"]}),
    (MARCH[17], "petition.served", {"org": "housing", "method": "online"}),
)
"""What is on record of a petition that went the main road in time."""


def points(case: Case, passed: Any = ROAD) -> dict[str, tuple[int, int]]:
    return {line.code: (line.points, line.full) for line in score(case, passed).lines}


def without(*wires: str) -> Any:
    return tuple(each for each in ROAD if each[1] not in wires)


def accepted(track: str) -> Any:
    """The same by another track, neither heard nor investigated."""
    rest = without("petition.accepted", "petition.heard", "petition.investigated")
    return (*rest[:2], (MARCH[4], "petition.accepted", {"org": "housing", "track": track}), *rest[2:])


def on_track(passed: Any) -> Case:
    """The case as it stands when its acceptance named the track and nobody corrected it."""
    tracks = [each[2]["track"] for each in passed if each[1] == "petition.accepted"]
    return county.served().with_facts(track=tracks[-1]) if tracks else county.served()


def replied(*findings: str) -> Any:
    """The same with another opinion."""
    return (*without("petition.replied"), (MARCH[16], "petition.replied", {"findings": list(findings)}))


@pytest.mark.feature(65)
def test_what_went_as_it_should_gets_every_point_that_concerns_it() -> None:
    sheet = score(county.served(), ROAD)
    assert (sheet.points, sheet.full) == (90, 90)
    assert {line.code for line in sheet.lines if not line.concerns} == {"extended", "promises"}


def test_the_whole_sheet_is_a_hundred_points_each_line_with_its_article() -> None:
    assert sum(sign.points for sign in SIGNS) == 100
    assert len({sign.code for sign in SIGNS}) == len(SIGNS)
    assert all(sign.law.startswith("第") and sign.label for sign in SIGNS)


@pytest.mark.feature(65)
@pytest.mark.parametrize(
    ("passed", "line", "got"),
    [
        (without("petition.heard"), "heard", (0, 10)),
        (without("petition.investigated"), "investigated", (0, 10)),
        (without("petition.accepted"), "heard", (0, 0)),
        (accepted("suggestion"), "heard", (0, 0)),
        (accepted("consultation"), "investigated", (0, 0)),
        (accepted("perform_duty"), "investigated", (0, 10)),
        (without("petition.served"), "served", (0, 5)),
        (without("petition.served", "petition.replied"), "served", (0, 0)),
        (without("petition.replied"), "answered", (0, 0)),
        (without("petition.registered"), "registered", (0, 0)),
        ((*without("petition.heard"), (MARCH[18], "petition.heard", {})), "heard", (0, 10)),
        (replied("support"), "answered", (0, 15)),
        (replied("explain", "explain"), "based", (0, 0)),
        ((*ROAD, (MARCH[18], "petition.extended", {"days": 30})), "extended", (5, 5)),
        ((*ROAD, (MARCH[18], "petition.extended", {"days": 31})), "extended", (0, 5)),
        ((*ROAD, *[(MARCH[18], "petition.extended", {"days": 5})] * 2), "extended", (0, 5)),
    ],
)  # fmt: skip
def test_each_line_sees_its_own(passed: Any, line: str, got: tuple[int, int]) -> None:
    assert points(on_track(passed), passed)[line] == got


@pytest.mark.feature(65)
@pytest.mark.parametrize(
    ("accepted_as", "corrected_to", "got"),
    [("suggestion", "grievance", (0, 10)), ("petition_procedure", "suggestion", (0, 0))],
)
def test_what_was_corrected_is_looked_at_as_what_it_is_now(
    accepted_as: str, corrected_to: str, got: tuple[int, int]
) -> None:
    filed = county.forwarded() if accepted_as == "petition_procedure" else _suggested()
    taken = receiving.accept(filed, accepted_as, "李工", by=HOUSING_CLERK, on=MARCH[4], rules=RULES).case
    change = tracks.reclassify(taken, "信访人说明了来意", corrected_to, by=HOUSING_CLERK, on=MARCH[9], rules=RULES)
    event = change.events[0]
    corrected = (MARCH[9], event.wire, {"kind": event.kind, "track": event.track})  # type: ignore[attr-defined]
    passed = accepted(accepted_as)
    sheet = points(change.case, (*passed[:3], corrected, *passed[3:]))
    assert (sheet["heard"], sheet["investigated"]) == (got, got)


def _suggested() -> Case:
    return county.forwarded().with_facts(kind="suggestion")


@pytest.mark.parametrize(("received", "got"), [(27, 5), (26, 0)])
def test_a_registration_of_monday_may_be_of_friday_s_letter(received: int, got: int) -> None:
    case = county.registered(received_on=date(2026, 2, received), by=county.WINDOW_CLERK, channel="letter")
    assert points(case)["registered"] == (got, 5)


@pytest.mark.feature(65)
def test_what_was_late_gets_nothing_for_it() -> None:
    late_forward = county.forwarded(on=MARCH[18])  # the 15 days ended on Tuesday the 17th
    assert points(late_forward)["forwarded"] == (0, 10)
    assert points(county.forwarded(on=MARCH[17]))["forwarded"] == (10, 10)
    late_notice = county.accepted(on=MARCH[19])  # forwarded on the 3rd: 15 days ended on the 18th
    assert points(late_notice)["informed"] == (0, 10)
    assert points(county.registered())["forwarded"] == (0, 0)


def test_who_was_served_was_asked_to_rate_by_the_clock_that_runs() -> None:
    assert points(county.served())["rated"] == (5, 5)
    assert points(county.replied())["rated"] == (0, 5)
    assert points(county.replied(), (*ROAD, (MARCH[20], "petition.rating_lapsed", {})))["rated"] == (5, 5)


@pytest.mark.parametrize(("state", "got"), [("kept", (5, 5)), ("broken", (0, 5)), ("open", (5, 5))])
def test_a_broken_promise_is_seen(state: str, got: tuple[int, int]) -> None:
    case, duty = county.served().with_new_duty("commitment", "housing")
    assert points(case.with_duty(duty, state))["promises"] == got


def test_a_sheet_comes_back_from_its_text_with_its_corrections() -> None:
    sheet = score(county.served(), ROAD).corrected("based", 4, "引用的条款已废止")
    again = Sheet.of(sheet.text())
    assert again == sheet
    assert (again.points, {line.code: line.reason for line in again.lines}["based"]) == (84, "引用的条款已废止")


NUMBERS = st.sets(st.integers(0, 10**6).map(lambda n: f"{n:012}"), max_size=60)


@pytest.mark.feature(65)
@given(numbers=NUMBERS, how_many=st.integers(0, 20), seed=st.text(max_size=12))
def test_a_draw_can_be_repeated_by_anybody(numbers: set[str], how_many: int, seed: str) -> None:
    drawn = sample(numbers, how_many, seed)
    assert drawn == sample(sorted(numbers, reverse=True), how_many, seed)
    assert len(drawn) == len(set(drawn)) == min(how_many, len(numbers))
    assert set(drawn) <= numbers


@pytest.mark.feature(65)
def test_every_case_is_drawn_about_as_often_as_any_other() -> None:
    numbers = [f"{n:012}" for n in range(10)]
    drawn = [number for seed in range(2_000) for number in sample(numbers, 2, str(seed))]
    assert all(320 <= drawn.count(number) <= 480 for number in numbers)  # 400 expected


def test_three_days_bridge_a_weekend() -> None:
    assert timedelta(days=3) == check_sheet.REGISTERED_WITHIN
