"""简易办理: which matters are simple, what runs then, and how one leaves it without losing a day.

March 2026: the 2nd is a Monday, received; the 3rd forwarded; Wednesday the 4th accepted.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import endings, handling, receiving, simple
from chalicelib.domain.case import Case, Change
from chalicelib.domain.errors import FieldsInvalid, NotYourStep, RuleBroken, WrongStage
from chalicelib.domain.limits import PETITION as LIMITS
from chalicelib.domain.owed import owed
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import next_steps
from chalicelib.domain.simplicity import EXCLUSIONS, SIMPLE_GROUNDS, qualifies_for_simple
from chalicelib.domain.stages import ACCEPTED
from tests.domain import county
from tests.domain.county import BUREAU_CLERK, HOUSING_CLERK, HOUSING_HEAD, MARCH, RULES, TREE, WATER_CLERK
from tests.domain.scenes.joint import asked
from tests.domain.scenes.simple import accepted_simply


def propose(case: Case, ground: str = "clear", *declared: str, on: date = MARCH[3]) -> Change:
    return simple.propose_simple(case, ground, declared, by=BUREAU_CLERK, on=on, rules=RULES)


def forward(case: Case, on: date = MARCH[4]) -> Change:
    return receiving.forward(case, "housing", tree=TREE, by=BUREAU_CLERK, on=on, rules=RULES)


def convert(case: Case, on: date = MARCH[17]) -> Change:
    return simple.convert_to_ordinary(case, "需要委托鉴定。", by=HOUSING_CLERK, on=on, rules=RULES)


def running(case: Case) -> dict[str, date]:
    return {clock.limit: clock.due for clock in case.clocks if clock.is_running}


def ending(case: Case, limit: str) -> str:
    clock = case.clock(limit)
    assert clock is not None
    return clock.ending


def test_there_are_five_grounds_and_what_the_measures_exclude() -> None:
    assert len(SIMPLE_GROUNDS) == 5
    assert set(EXCLUSIONS) >= {"from_above", "may_be_refused", "statutory_procedure", "several_bodies", "major"}


@pytest.mark.feature(35)
@pytest.mark.parametrize(
    ("facts", "why_not"),
    [
        ({}, ()),
        ({"persons": 4, "people": {"r": 0, "s": 0, "x": 1}}, ()),  # a proxy signs for one person
        ({"people": {"r": 0, "s": 3, "x": 0}}, ("several_petitioners",)),
        ({"people": {"r": 2, "s": 0, "x": 0}}, ("several_petitioners",)),
        ({"persons": 5}, ("several_petitioners",)),
        ({"urgent": True}, ("major",)),
        ({"from_above": True}, ("from_above",)),
        ({"repeat": True}, ("repeat",)),
        ({"persons": 6, "urgent": True, "from_above": "xf-1"}, ("from_above", "several_petitioners", "major")),
    ],
)
def test_what_the_case_knows_of_itself_excludes_it(facts: dict[str, object], why_not: tuple[str, ...]) -> None:
    assert qualifies_for_simple(county.forwarded().with_facts(**facts)) == why_not


def test_a_matter_of_several_departments_is_not_simple() -> None:
    assert qualifies_for_simple(asked()) == ("several_bodies",)


@given(st.sets(st.sampled_from(sorted(EXCLUSIONS))))
def test_whatever_is_declared_excludes_it_and_nothing_else_does(declared: set[str]) -> None:
    assert set(qualifies_for_simple(county.forwarded(), declared=declared)) == declared


@pytest.mark.parametrize("code", ["may_be_refused", "statutory_procedure", "several_bodies", "major"])
def test_a_matter_that_is_excluded_is_not_accepted_simply_and_the_reason_is_named(code: str) -> None:
    with pytest.raises(RuleBroken, match=EXCLUSIONS[code][0]):
        simple.accept_simply(county.forwarded(), "clear", "李工", (code,), by=HOUSING_CLERK, on=MARCH[4], rules=RULES)


def test_a_grievance_is_not_simple_because_it_can_be_answered_at_once() -> None:
    with pytest.raises(FieldsInvalid) as refused:
        simple.accept_simply(county.forwarded(), "at_once", "李工", by=HOUSING_CLERK, on=MARCH[4], rules=RULES)
    assert refused.value.fields[0].pointer == "/ground"


@pytest.mark.feature(37)
def test_accepted_simply_ten_working_days_run_above_the_sixty_days_of_the_law() -> None:
    case = accepted_simply()
    assert case.stage == ACCEPTED
    # The 10th working day after Wednesday the 4th is Wednesday the 18th; the 60th day is May 3rd.
    assert running(case) == {"handle": date(2026, 5, 3), "simple_handle": MARCH[18]}
    assert {name: case.facts[name] for name in ("track", "simple", "simple_ground", "wants_paper")} == {
        "track": "petition_procedure",
        "simple": True,
        "simple_ground": "clear",
        "wants_paper": False,
    }
    assert (ending(case, "inform"), ending(case, "object")) == ("met", "moot")


@pytest.mark.parametrize(
    ("kind", "limit"), [("suggestion", "suggestion_target"), ("consultation", "consultation_target")]
)
def test_the_track_follows_the_kind(kind: str, limit: str) -> None:
    case = accepted_simply(kind=kind)
    assert case.facts["track"] == kind
    assert set(running(case)) == {limit, "simple_handle"}


@pytest.mark.feature(35)
def test_no_paper_unless_it_is_asked_for() -> None:
    def told(*, wants_paper: bool, kind: str = "grievance") -> list[tuple[str, ...]]:
        change = simple.accept_simply(
            county.forwarded(kind=kind),
            "clear",
            "李工",
            wants_paper=wants_paper,
            by=HOUSING_CLERK,
            on=MARCH[4],
            rules=RULES,
        )
        return [notice.texts for notice in owed(change.case, change.events[0])]

    assert told(wants_paper=False) == [("S04c",)]
    assert told(wants_paper=True) == [("S04",)]
    assert told(wants_paper=True, kind="suggestion") == [("S04b",)]


def test_a_bureau_does_not_accept_a_grievance_simply_either() -> None:
    with pytest.raises(RuleBroken, match="应当转送、交办"):
        simple.accept_simply(county.registered(), "clear", "王工", by=BUREAU_CLERK, on=MARCH[3], rules=RULES)


def test_only_the_unit_that_has_it_accepts_it_simply() -> None:
    with pytest.raises(NotYourStep):
        simple.accept_simply(county.forwarded(), "clear", "李工", by=WATER_CLERK, on=MARCH[4], rules=RULES)
    with pytest.raises(WrongStage):
        simple.accept_simply(county.accepted(), "clear", "李工", by=HOUSING_CLERK, on=MARCH[4], rules=RULES)


@pytest.mark.feature(37)
def test_a_proposal_gives_the_sender_one_working_day_and_then_the_unit_three() -> None:
    proposed = propose(county.registered()).case
    # Tuesday the 3rd: the sender has Wednesday the 4th; the unit has Thursday, Friday and Monday the 9th.
    assert running(proposed) == {"route": MARCH[17], "simple_relay": MARCH[4]}
    change = forward(proposed)
    assert ending(change.case, "simple_relay") == "met"
    assert running(change.case) == {"inform": MARCH[19], "object": MARCH[11], "simple_accept": MARCH[9]}
    assert change.case.clock("simple_accept").owner == "housing"  # type: ignore[union-attr]
    told = [(notice.recipient, notice.texts) for notice in owed(change.case, change.events[0])]
    assert ("org:housing", ("M22a",)) in told


def test_a_matter_that_was_forwarded_already_can_still_be_proposed() -> None:
    change = propose(county.forwarded(), on=MARCH[6])
    # Friday the 6th: Monday, Tuesday and Wednesday the 11th.
    assert change.case.running("simple_accept").due == MARCH[11]  # type: ignore[union-attr]
    assert change.case.running("simple_relay") is None
    assert [(notice.recipient, notice.texts) for notice in owed(change.case, change.events[0])] == [
        ("org:housing", ("M22a",))
    ]


def ended(confirm: Any, case: Case, ground: str, where_to: str, **taken: Any) -> Change:
    """Proposed by the clerk, confirmed by the head."""
    said = {"explanation": "不属本局职权范围", "where_to": where_to}
    proposed = endings.propose_ending(case, ground, said["explanation"], where_to, **taken).case
    return confirm(proposed, {proposed.facts["proposal"]["seq"]: said}, **{**taken, "by": HOUSING_HEAD})


@pytest.mark.parametrize("action", ["accept", "accept_simply", "decline", "divert"])
def test_whatever_the_unit_decides_meets_the_three_days(action: str) -> None:
    case = forward(propose(county.registered()).case).case
    taken = {"by": HOUSING_CLERK, "on": MARCH[9], "rules": RULES}
    decided = {
        "accept": lambda: receiving.accept(case, "petition_procedure", "李工", **taken),
        "accept_simply": lambda: simple.accept_simply(case, "clear", "李工", **taken),
        "decline": lambda: ended(endings.decline, case, "pending_elsewhere", "", **taken),
        "divert": lambda: ended(endings.divert, case, "arbitration", "县仲裁委", **taken),
    }[action]().case
    assert ending(decided, "simple_accept") == "met"


def test_a_matter_handed_back_is_proposed_to_the_next_unit_too() -> None:
    case = forward(propose(county.registered()).case).case
    objected = county.objected(case=case)
    back = county.returned(case=objected)
    assert ending(back, "simple_accept") == "moot"
    again = receiving.forward(back, "water", tree=TREE, by=BUREAU_CLERK, on=MARCH[10], rules=RULES).case
    assert again.running("simple_accept").owner == "water"  # type: ignore[union-attr]


def test_it_is_proposed_once_and_only_when_it_qualifies() -> None:
    with pytest.raises(RuleBroken, match="已经建议过"):
        propose(propose(county.registered()).case)
    with pytest.raises(RuleBroken, match="集体、联名"):
        propose(county.registered().with_facts(persons=7))
    with pytest.raises(RuleBroken, match="可能不予支持"):
        propose(county.registered(), "clear", "may_be_refused")


def test_what_is_known_to_be_excluded_is_not_offered() -> None:
    def offered(case: Case, by: object) -> set[str]:
        return {step.action for step in next_steps(PETITION, case, by)}  # type: ignore[arg-type]

    assert "propose_simple" in offered(county.registered(), BUREAU_CLERK)
    assert "propose_simple" not in offered(county.registered().with_facts(from_above=True), BUREAU_CLERK)
    assert "accept_simply" in offered(county.forwarded(), HOUSING_CLERK)
    assert "accept_simply" not in offered(county.forwarded().with_facts(persons=5), HOUSING_CLERK)
    assert "convert_to_ordinary" in offered(accepted_simply(), HOUSING_CLERK)
    assert "convert_to_ordinary" not in offered(county.accepted(), HOUSING_CLERK)


@pytest.mark.feature(37)
def test_converted_it_goes_on_from_the_first_acceptance() -> None:
    case = accepted_simply()
    before = case.running("handle")
    change = convert(case)  # Tuesday the 17th, 13 days later
    assert change.case.running("handle") == before
    assert before is not None
    assert (before.start, before.due) == (MARCH[4], date(2026, 5, 3))
    assert ending(change.case, "simple_handle") == "moot"
    assert change.case.facts["simple"] is False
    assert change.events[0].facts() == {"org": "housing", "due": "2026-05-03"}
    assert [notice.texts for notice in owed(change.case, change.events[0])] == [("S04d",)]


def test_converted_late_it_was_late_as_a_service_but_not_by_law() -> None:
    case = convert(accepted_simply(), on=MARCH[20]).case
    simple_handle = case.clock("simple_handle")
    assert simple_handle is not None
    assert simple_handle.is_overdue(MARCH[20])
    assert LIMITS["simple_handle"].kind == "service"
    assert not case.running("handle").is_overdue(MARCH[20])  # type: ignore[union-attr]


def test_a_suggestion_that_is_converted_names_its_own_date() -> None:
    change = convert(accepted_simply(kind="suggestion"), on=MARCH[6])
    assert change.events[0].facts()["due"] == "2026-04-03"  # 30 days after March 4th


def test_only_a_simple_matter_is_converted_and_only_once() -> None:
    with pytest.raises(RuleBroken, match="不是简易办理的"):
        convert(county.accepted())
    with pytest.raises(RuleBroken):
        convert(convert(accepted_simply()).case)


def test_service_of_the_answer_meets_the_ten_working_days() -> None:
    said = county.opinion("explain", "explain")
    case = handling.reply(accepted_simply(), said, by=HOUSING_CLERK, on=MARCH[9], rules=RULES).case
    case = handling.serve(case, "online", MARCH[10], cause="facility", by=HOUSING_CLERK, on=MARCH[10], rules=RULES).case
    assert (ending(case, "simple_handle"), ending(case, "handle")) == ("met", "met")


def test_a_number_that_the_measures_of_2022_were_not_seen_to_confirm_is_a_service_target_and_says_so() -> None:
    for name in ("simple_relay", "simple_accept", "simple_handle"):
        limit = LIMITS[name]
        assert (limit.kind, limit.unit) == ("service", "working_days")
        assert "待核" in limit.note
    assert [LIMITS[name].number for name in ("simple_relay", "simple_accept", "simple_handle")] == [1, 3, 10]


def test_the_days_of_spring_festival_are_not_working_days_of_the_ten() -> None:
    # Accepted on Friday 2026-02-13; the holiday is announced for the 15th to the 23rd, the 14th and 28th are worked.
    on = date(2026, 2, 13)
    forwarded = county.forwarded(on=on, received_on=on)
    case = simple.accept_simply(forwarded, "clear", "李工", by=HOUSING_CLERK, on=on, rules=RULES).case
    assert case.running("simple_handle").due == date(2026, 3, 5)  # type: ignore[union-attr]  # Thursday


def test_a_recused_clerk_does_not_accept_it_simply() -> None:
    case = replace(county.forwarded()).with_facts(recused=["housing-clerk"])
    with pytest.raises(NotYourStep, match="已经回避"):
        simple.accept_simply(case, "clear", "李工", by=HOUSING_CLERK, on=MARCH[4], rules=RULES)
