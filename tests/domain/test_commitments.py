"""What an opinion promises becomes a duty; the petitioner says whether it was kept (第三十二条第二款)."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import direct, elapsing, handling, opinion, promises, watch
from chalicelib.domain.case import BUREAU, PETITIONER, Actor, Case
from chalicelib.domain.errors import FieldsInvalid, NotYourStep, RuleBroken, WrongStage
from chalicelib.domain.intake import Answer, Commitment, Opinion
from chalicelib.domain.owed import owed
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import next_steps
from chalicelib.domain.stages import CONCLUDED, REDO, SERVED
from tests.domain import county
from tests.domain.county import (
    BUREAU_CLERK,
    CITIZEN,
    HOUSING_CLERK,
    MARCH,
    RULES,
    WATER_CLERK,
    noon,
)
from tests.domain.scenes.promises import APRIL_1, SAYS_NO, confirmed, promised, proved, signed, visited

TWO = (
    Commitment(1, "退还多收的停车费", MARCH[31], "物业科"),
    Commitment(2, "公示收费标准", date(2026, 6, 30), "物业科"),
)


def state(case: Case, duty: str = "commitment.1") -> str:
    found = case.duty(duty)
    assert found is not None
    return found.state


@pytest.mark.feature(44)
def test_every_promise_becomes_a_duty_with_its_own_date_when_it_is_served() -> None:
    """Signed on Monday the 16th, served on Tuesday the 17th: the dates are those of the letter."""
    assert signed(*TWO).facts["promised"] == [[1, "2026-03-31"], [2, "2026-06-30"]]
    change = handling.serve(
        signed(*TWO), "online", MARCH[17], cause="conduct", by=HOUSING_CLERK, on=MARCH[17], rules=RULES
    )
    duties = change.case.duties_of("commitment", "open")
    assert [(duty.org, dict(duty.facts)) for duty in duties] == [
        ("housing", {"claim": 1, "due": "2026-03-31"}),
        ("housing", {"claim": 2, "due": "2026-06-30"}),
    ]
    told = {clock.about: clock.due for clock in change.events[0].clocks if clock.limit == "commitment"}
    assert told == {"commitment.1": MARCH[31], "commitment.2": date(2026, 6, 30)}
    assert {clock.owner for clock in change.case.clocks if clock.limit == "commitment"} == {"housing"}
    assert "promised" not in change.case.facts


def test_an_opinion_without_promises_owes_none() -> None:
    assert county.served().duties == ()
    assert county.served().clock("commitment") is None


@given(days=st.integers(1, 366), served_after=st.integers(0, 20))
def test_a_promise_is_due_on_the_day_of_the_letter_and_never_before_it_was_told(days: int, served_after: int) -> None:
    due = date.fromordinal(MARCH[16].toordinal() + days)
    on = date.fromordinal(MARCH[16].toordinal() + served_after)
    clock = promised(Commitment(1, "退还", due, "物业科"), on=on).running("commitment", "commitment.1")
    assert clock is not None
    assert clock.due == max(due, on)


def test_a_direct_answer_promises_nothing_for_yesterday() -> None:
    said = Opinion(
        "", (Answer(1, "support", "已安排修复路灯，3月6日前修好，由市政科负责。", "《城市道路照明规定》第五条"),)
    )
    late = replace(said, commitments=(Commitment(1, "修好路灯", MARCH[2], "市政科"),))
    with pytest.raises(FieldsInvalid) as refused:
        direct.answer_directly(
            county.registered(kind="suggestion", claims=("修路灯",)), late, by=BUREAU_CLERK, on=MARCH[3], rules=RULES
        )
    assert [each.pointer for each in refused.value.fields] == ["/commitments/0/due"]


@pytest.mark.feature(44)
def test_what_the_unit_reports_meets_its_date_and_asks_the_petitioner() -> None:
    change = promises.prove_commitment(promised(), "已退还", MARCH[26], by=HOUSING_CLERK, on=MARCH[27], rules=RULES)
    assert state(change.case) == "proved"
    clock = change.case.clock("commitment", "commitment.1")
    assert clock is not None
    assert (clock.ending, clock.ended_on) == ("met", MARCH[27])
    notices = owed(change.case, change.events[0])
    assert [(each.recipient, each.texts) for each in notices] == [(PETITIONER, ("S24",))]
    assert change.events[0].facts()["due"] == "2026-03-31"


def test_only_who_promised_reports_it() -> None:
    with pytest.raises(NotYourStep):
        promises.prove_commitment(promised(), "已退还", MARCH[26], by=WATER_CLERK, on=MARCH[27], rules=RULES)
    with pytest.raises(NotYourStep):
        promises.prove_commitment(promised(), "已退还", MARCH[26], by=CITIZEN, on=MARCH[27], rules=RULES)


@pytest.mark.parametrize("done_on", [date(2026, 2, 27), MARCH[28]])
def test_what_is_reported_was_done_between_the_filing_and_today(done_on: date) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        promises.prove_commitment(promised(), "已退还", done_on, by=HOUSING_CLERK, on=MARCH[27], rules=RULES)
    assert [each.pointer for each in refused.value.fields] == ["/done_on"]


def test_before_the_service_nothing_is_promised() -> None:
    with pytest.raises(RuleBroken, match="没有等待这一步的承诺"):
        promises.prove_commitment(signed(), "已退还", MARCH[16], by=HOUSING_CLERK, on=MARCH[17], rules=RULES)
    with pytest.raises(WrongStage):
        promises.prove_commitment(county.accepted(), "已退还", MARCH[9], by=HOUSING_CLERK, on=MARCH[9], rules=RULES)


def test_of_several_promises_one_is_named() -> None:
    case = promised(*TWO)
    with pytest.raises(FieldsInvalid, match="1处") as refused:
        promises.prove_commitment(case, "已退还", MARCH[26], by=HOUSING_CLERK, on=MARCH[27], rules=RULES)
    assert "commitment.1、commitment.2" in refused.value.fields[0].message
    with pytest.raises(FieldsInvalid):
        promises.prove_commitment(
            case, "已退还", MARCH[26], "commitment.9", by=HOUSING_CLERK, on=MARCH[27], rules=RULES
        )
    assert state(proved(case)) == "proved"
    assert state(proved(case), "commitment.2") == "open"


@pytest.mark.feature(44)
def test_on_its_day_the_petitioner_is_asked_and_the_day_after_the_unit_is_late() -> None:
    """The unit is reminded on Saturday the 28th, the petitioner is asked on Tuesday the 31st, the 1st is late."""
    case = promised()
    told = []
    for day in (MARCH[28], MARCH[31], APRIL_1):
        change = elapsing.elapse(PETITION, case, at=noon(day), rules=RULES)
        assert change is not None
        case = change.case
        told.append([(each.recipient, each.texts) for event in change.events for each in owed(case, event)])
    assert told[0] == [("org:housing", ("S16",))]
    assert (PETITIONER, ("S24",)) in told[1]
    assert ("head:housing", ("S17",)) in told[2]
    assert "not_carried_out" in [each.code for each in watch.findings(case, today=APRIL_1, rules=RULES)]
    assert "overdue" not in [each.code for each in watch.findings(case, today=APRIL_1, rules=RULES)]


@pytest.mark.feature(44, 58)
def test_the_petitioner_says_that_a_promise_was_kept() -> None:
    case = confirmed(promised(), kept=True, on=MARCH[25])
    clock = case.clock("commitment", "commitment.1")
    assert clock is not None
    assert (state(case), clock.ending) == ("kept", "met")
    with pytest.raises(RuleBroken, match="没有等待这一步的承诺"):
        confirmed(case, kept=False)


@pytest.mark.feature(44)
def test_a_promise_that_was_reported_and_not_kept_runs_on_from_where_it_began() -> None:
    change = promises.confirm_commitment(proved(), False, "只退了一半", by=CITIZEN, on=APRIL_1, rules=RULES)
    clock = change.case.running("commitment", "commitment.1")
    assert clock is not None
    assert (clock.due, clock.is_overdue(APRIL_1)) == (MARCH[31], True)
    assert (state(change.case), change.case.facts["broken"]) == ("broken", 1)
    assert [(each.recipient, each.texts) for each in owed(change.case, change.events[0])] == [
        ("org:housing", ("M25b",)),
        ("org:bureau", ("M25b",)),
        ("supervisor:housing", ("S36",)),
    ]
    assert [each.code for each in watch.findings(change.case, today=APRIL_1, rules=RULES)] == ["not_carried_out"]
    assert change.case.running("revisit") is not None


def test_a_promise_is_not_broken_before_its_day_is_over() -> None:
    """Tuesday the 31st itself is in time; what the unit said was done may be doubted at once."""
    with pytest.raises(RuleBroken, match="承诺的日期是2026-03-31"):
        confirmed(promised(), kept=False, on=MARCH[31])
    assert state(confirmed(promised(), kept=False, on=APRIL_1)) == "broken"
    assert state(confirmed(proved(), kept=False, on=MARCH[28])) == "broken"


def test_who_says_that_it_was_broken_says_what_is_missing_and_says_it_once() -> None:
    with pytest.raises(FieldsInvalid) as refused:
        promises.confirm_commitment(proved(), False, by=CITIZEN, on=APRIL_1, rules=RULES)
    assert [each.pointer for each in refused.value.fields] == ["/text"]
    with pytest.raises(RuleBroken, match="已经反映过"):
        confirmed(confirmed(proved(), kept=False), kept=False)


def test_a_broken_promise_may_still_be_kept() -> None:
    broken = confirmed(promised(), kept=False)
    again = proved(broken, on=date(2026, 4, 8))
    assert (state(again), again.running("commitment", "commitment.1")) == ("proved", None)
    assert state(confirmed(again, kept=True, on=date(2026, 4, 9))) == "kept"


@pytest.mark.feature(58)
def test_the_bureau_confirms_only_after_it_has_visited_and_the_unit_never() -> None:
    with pytest.raises(RuleBroken, match="请先回访"):
        confirmed(proved(), kept=True, by=BUREAU_CLERK)
    assert state(confirmed(visited(proved()), kept=True, by=BUREAU_CLERK)) == "kept"
    with pytest.raises(NotYourStep):
        confirmed(proved(), kept=True, by=HOUSING_CLERK)
    own = replace(visited(proved()), agency="bureau")
    with pytest.raises(NotYourStep, match="不由本单位确认"):
        confirmed(own, kept=True, by=BUREAU_CLERK)


def test_a_visit_that_found_it_broken_asks_for_no_other_visit() -> None:
    case = confirmed(visited(), kept=False, by=BUREAU_CLERK)
    assert case.running("revisit") is None
    change = promises.confirm_commitment(visited(), False, "没退", by=BUREAU_CLERK, on=APRIL_1, rules=RULES)
    assert "org:bureau" not in [each.recipient for each in owed(change.case, change.events[0])]


def test_a_promise_is_followed_after_the_matter_was_concluded() -> None:
    case = promised(Commitment(1, "退还", date(2026, 12, 31), "物业科"))
    while (change := elapsing.elapse(PETITION, case, at=noon(date(2026, 4, 20)), rules=RULES)) is not None:
        case = change.case
    assert case.stage == CONCLUDED
    assert state(confirmed(case, kept=False, on=date(2027, 1, 1))) == "broken"


def test_the_promises_of_a_revoked_opinion_give_way_to_those_of_the_new_one() -> None:
    old = confirmed(promised(), kept=False)
    again = replace(signed(Commitment(1, "退还", date(2026, 5, 29), "物业科")), duties=old.duties, clocks=old.clocks)
    case = county.served(case=again, on=date(2026, 4, 20))
    assert [duty.state for duty in case.duties_of("commitment")] == ["replaced", "open"]
    clocks = [(clock.about, clock.ending) for clock in case.clocks if clock.limit == "commitment"]
    assert clocks == [("commitment.1", "moot"), ("commitment.2", "")]
    assert case.stage == SERVED


def test_a_broken_promise_makes_the_head_answer_for_the_next_opinion() -> None:
    """不失信: he signs with a reason, and the gate of time is not closed by the old promise."""
    broken = replace(confirmed(promised(), kept=False), stage=REDO)
    said = replace(county.opinion(), commitments=(Commitment(1, "退还", date(2026, 5, 29), "物业科"),))
    change = opinion.draft_reply(broken, said, claims=county.CLAIMS, by=HOUSING_CLERK, on=date(2026, 4, 9), rules=RULES)
    assert "no_broken_word" in change.events[0].facts()["failed"]
    assert "time" not in change.events[0].facts()["failed"]


def test_the_buttons_go_to_who_may_press_them() -> None:
    def offered(case: Case, by: Actor) -> set[str]:
        found = {step.action for step in next_steps(PETITION, case, by)}
        return found & {"prove_commitment", "confirm_commitment", "revisit", "reopen"}

    assert offered(promised(), HOUSING_CLERK) == {"prove_commitment"}
    assert offered(promised(), CITIZEN) == {"confirm_commitment"}
    assert offered(promised(), BUREAU_CLERK) == {"revisit"}
    assert offered(visited(), BUREAU_CLERK) == {"confirm_commitment", "revisit", "reopen"}
    assert offered(county.served(), CITIZEN) == set()
    assert offered(visited(answers=SAYS_NO), Actor(BUREAU, "housing", "x")) == {"prove_commitment"}
