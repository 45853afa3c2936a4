"""Answers at the first desk, advice of one unit before, and what becomes of a suggestion.

March 2026: the 2nd is a Monday, received and registered.
"""

from datetime import date

import pytest

from chalicelib import policy
from chalicelib.domain import direct, endings, handling, own_steps
from chalicelib.domain.case import ADVISING, Actor, Case, Change
from chalicelib.domain.elapsing import elapse
from chalicelib.domain.errors import (
    FieldsInvalid,
    NotYourStep,
    OpinionIncomplete,
    RuleBroken,
    TargetRefused,
    WrongStage,
)
from chalicelib.domain.intake import EXPLAIN, NOT_SUPPORT, Answer, Opinion
from chalicelib.domain.limits import configured
from chalicelib.domain.owed import owed
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import next_steps
from chalicelib.domain.simplicity import SUGGESTION_OUTCOMES
from chalicelib.domain.stages import CONCLUDED, ENDS, REGISTERED, REPLIED, SERVED, WITHDRAWN
from chalicelib.domain.untouched import is_untouched, untouched_since
from tests.domain import county
from tests.domain.county import (
    BUREAU_CLERK,
    CITIZEN,
    HOUSING_CLERK,
    HOUSING_HEAD,
    MARCH,
    RULES,
    TREE,
    WATER_CLERK,
    WINDOW_CLERK,
    noon,
)
from tests.domain.scenes.simple import consulted

FROM_WHEN = "水费自4月1日起按每吨2.8元收取，依据《青山县水价调整通知》第三条，由县自来水公司负责解释。"
PUBLISHED = "新的水价标准已于3月1日在县政府网站公布，窗口也可以查到，由县自来水公司负责。"
ANSWERS = Opinion(
    "",
    (
        Answer(1, EXPLAIN, "水费自4月1日起按每吨2.8元收取，依据《青山县水价调整通知》第三条，由县自来水公司负责解释。"),
        Answer(2, EXPLAIN, "新的水价标准已于3月1日在县政府网站公布，窗口也可以查到，由县自来水公司负责。"),
    ),
)


def answer(case: Case, said: Opinion = ANSWERS, *declared: str, by: Actor = BUREAU_CLERK) -> Change:
    return direct.answer_directly(case, said, declared, by=by, on=MARCH[3], rules=RULES)


def consult(case: Case, to: str = "water", by: Actor = BUREAU_CLERK) -> Change:
    return direct.consult(case, to, "水费何时调整", tree=TREE, by=by, on=MARCH[3], rules=RULES)


def advise(case: Case, by: Actor = WATER_CLERK, on: date = MARCH[4]) -> Change:
    return direct.advise(case, "自4月起执行新价。", by=by, on=on, rules=RULES)


def decide(case: Case, outcome: str = "adopted", reward: str = "", by: Actor = HOUSING_CLERK) -> Change:
    return direct.decide_suggestion(case, outcome, "已列入改造计划。", reward, by=by, on=MARCH[18], rules=RULES)


def offered(case: Case, by: Actor) -> set[str]:
    return {step.action for step in next_steps(PETITION, case, by)}


@pytest.mark.feature(38)
@pytest.mark.parametrize("kind", ["consultation", "suggestion"])
def test_the_bureau_answers_questions_and_suggestions_itself_on_the_same_day(kind: str) -> None:
    case = answer(county.registered(kind=kind)).case
    assert (case.stage, case.facts["track"], case.agency) == (REPLIED, kind, None)
    assert case.clock("route").ending == "met"  # type: ignore[union-attr]
    assert [clock.limit for clock in case.clocks if clock.is_running] == [f"{kind}_target"]  # until it is served
    served = handling.serve(case, "online", MARCH[3], by=BUREAU_CLERK, on=MARCH[3], rules=RULES).case
    assert served.stage == SERVED
    assert [clock.limit for clock in served.clocks if clock.is_running] == ["rating"]


@pytest.mark.feature(38)
def test_an_everyday_grievance_that_cannot_wait_is_answered_and_can_be_reviewed() -> None:
    case = answer(county.registered()).case
    assert (case.facts["track"], case.facts["simple"], case.facts["simple_ground"]) == (
        "petition_procedure",
        True,
        "everyday",
    )
    assert {clock.limit for clock in case.clocks if clock.is_running} == {"handle", "simple_handle"}
    served = handling.serve(case, "online", MARCH[3], cause="facility", by=BUREAU_CLERK, on=MARCH[3], rules=RULES).case
    assert served.running("ask_review").due == date(2026, 4, 2)  # type: ignore[union-attr]


@pytest.mark.parametrize("declared", ["may_be_refused", "statutory_procedure", "several_bodies", "major"])
def test_a_grievance_that_is_not_simple_goes_to_who_has_the_power(declared: str) -> None:
    with pytest.raises(RuleBroken, match="不适用简易办理"):
        answer(county.registered(), ANSWERS, declared)


def test_whoever_has_no_power_to_decide_does_not_refuse_a_grievance() -> None:
    refusing = Opinion(
        "",
        (Answer(1, NOT_SUPPORT, "经3月2日核对，收费有据，不予退还。", "《物业管理条例》第四十条"), ANSWERS.answers[1]),
    )
    with pytest.raises(RuleBroken, match="应当转送有权处理的机关"):
        answer(county.registered(), refusing)
    assert answer(county.registered(kind="consultation"), refusing).case.stage == REPLIED


def test_a_grievance_known_to_be_of_many_is_not_even_offered() -> None:
    group = county.registered().with_facts(persons=12)
    assert "answer_directly" not in offered(group, BUREAU_CLERK)
    with pytest.raises(RuleBroken, match="集体、联名"):
        answer(group)
    assert "answer_directly" in offered(group.with_facts(kind="suggestion"), BUREAU_CLERK)


def test_a_kind_that_is_neither_question_nor_suggestion_nor_grievance_is_not_answered_or_asked_about() -> None:
    report = county.registered().with_facts(kind="report_of_misconduct")
    assert {"answer_directly", "consult"} & offered(report, BUREAU_CLERK) == set()
    with pytest.raises(RuleBroken):
        answer(report)
    with pytest.raises(RuleBroken, match="不能向其他单位征询"):
        consult(report)


def test_a_unit_answers_what_was_brought_to_it_directly() -> None:
    case = county.registered(office="housing", by=HOUSING_CLERK, kind="consultation")
    answered = answer(case, by=HOUSING_CLERK).case
    assert answered.clock("inform_direct").ending == "met"  # type: ignore[union-attr]


def test_every_claim_gets_its_answer() -> None:
    with pytest.raises(OpinionIncomplete):
        answer(county.registered(kind="consultation"), Opinion("", ANSWERS.answers[:1]))


def test_nobody_else_answers_directly_and_nobody_later() -> None:
    with pytest.raises(NotYourStep):
        answer(county.registered(kind="consultation"), by=HOUSING_CLERK)
    with pytest.raises(NotYourStep):
        answer(county.registered(kind="consultation"), by=WINDOW_CLERK)
    with pytest.raises(WrongStage):
        answer(county.forwarded(kind="consultation"))


@pytest.mark.feature(43)
def test_a_direct_answer_ends_only_after_it_reached_the_petitioner_or_by_his_own_will() -> None:
    ways = {step.to for step in PETITION.steps if REPLIED in step.frm} & set(ENDS)
    assert ways <= {WITHDRAWN}
    case = answer(county.registered(kind="consultation")).case
    change = handling.serve(case, "online", MARCH[3], by=BUREAU_CLERK, on=MARCH[3], rules=RULES)
    assert [notice.texts for notice in owed(change.case, change.events[0])] == [("S08", "S11")]


@pytest.mark.feature(38)
def test_one_unit_is_asked_and_has_two_working_days() -> None:
    change = consult(county.registered(kind="consultation"))
    duty = change.case.duties[0]
    assert (duty.id, duty.org, duty.state) == ("advice.1", "water", "open")
    # Tuesday the 3rd: Wednesday and Thursday the 5th. The bureau's own 15 days go on.
    assert change.case.due_of("water") == MARCH[5]
    assert change.case.running("route").due == MARCH[17]  # type: ignore[union-attr]
    assert change.case.desk("water").capacities == (ADVISING,)  # type: ignore[union-attr]
    assert change.granted == ("water",)
    assert change.case.stage == REGISTERED
    assert [(notice.recipient, notice.texts) for notice in owed(change.case, change.events[0])] == [
        ("org:water", ("S15d",))
    ]


def test_a_county_may_set_the_two_days_itself() -> None:
    assert configured({"advise": 1})["advise"].working_days == 1


@pytest.mark.feature(38)
def test_what_the_unit_says_goes_to_the_bureau_and_the_bureau_answers() -> None:
    change = advise(consulted())
    assert change.case.clock("advise", "advice.1").ending == "met"  # type: ignore[union-attr]
    assert [(notice.recipient, notice.texts) for notice in owed(change.case, change.events[0])] == [
        ("org:bureau", ("M14a",))
    ]
    assert policy.may_see(WATER_CLERK, change.case, TREE)
    assert answer(change.case).case.stage == REPLIED


def test_one_unit_at_a_time_is_asked_and_another_one_afterwards() -> None:
    case = consulted()
    assert "consult" not in offered(case, BUREAU_CLERK)
    with pytest.raises(RuleBroken, match="已经在征询一个单位"):
        consult(case, "housing")
    again = consult(advise(case).case, "housing").case
    assert [duty.id for duty in again.duties] == ["advice.1", "advice.2"]
    assert advise(again, by=HOUSING_CLERK).events[0].facts() == {"org": "housing", "about": "advice.2"}


@pytest.mark.parametrize("to", ["closed", "city", "county", "meeting", "bureau", "nowhere"])
def test_only_a_working_unit_is_asked(to: str) -> None:
    with pytest.raises(TargetRefused) as refused:
        consult(county.registered(kind="consultation"), to)
    assert refused.value.fields[0].pointer == "/to"


def test_only_the_bureau_asks_and_only_who_was_asked_answers() -> None:
    with pytest.raises(NotYourStep):
        consult(county.registered(kind="consultation"), by=HOUSING_CLERK)
    with pytest.raises(NotYourStep):
        advise(consulted(), by=HOUSING_CLERK)
    with pytest.raises(RuleBroken, match="没有待回复的征询"):
        advise(advise(consulted()).case)
    assert "advise" not in offered(advise(consulted()).case, WATER_CLERK)


def test_answered_without_waiting_the_unit_owes_nothing_any_more() -> None:
    case = answer(consulted()).case
    assert case.duties[0].state == "not_needed"
    assert case.desk("water") is None
    assert case.due_of("water") is None


def test_forwarded_without_waiting_the_advice_still_comes_and_helps_whoever_handles_it() -> None:
    forwarded = county.receiving.forward(consulted(), "housing", tree=TREE, by=BUREAU_CLERK, on=MARCH[4], rules=RULES)
    assert advise(forwarded.case).case.stage == "forwarded"


def test_served_while_a_unit_was_still_asked_nobody_stays_late_for_ever() -> None:
    forwarded = county.receiving.forward(consulted(), "housing", tree=TREE, by=BUREAU_CLERK, on=MARCH[4], rules=RULES)
    case = county.served(case=county.replied(case=county.accepted(case=forwarded.case)))
    assert case.due_of("water") is None
    assert case.clock("advise", "advice.1").ending == "moot"  # type: ignore[union-attr]


def test_declined_while_somebody_is_asked_nobody_stays_late_for_ever() -> None:
    case = endings.propose_ending(
        consulted(), "not_our_competence", "不属本局职权范围", "县水利局", by=BUREAU_CLERK, on=MARCH[4], rules=RULES
    ).case
    texts = {case.facts["proposal"]["seq"]: {"explanation": "不属本局职权范围", "where_to": "县水利局"}}
    declined = endings.decline(case, texts, by=Actor("bureau", "bureau", "bureau2"), on=MARCH[4], rules=RULES).case
    assert declined.due_of("water") is None
    assert elapse(PETITION, declined, at=noon(MARCH[31]), rules=RULES) is None


@pytest.mark.feature(100)
@pytest.mark.parametrize("outcome", ["adopted", "partly", "not_adopted"])
def test_a_suggestion_is_adopted_in_whole_in_part_or_not_and_the_petitioner_reads_why(outcome: str) -> None:
    change = decide(county.accepted(kind="suggestion"), outcome)
    event = change.events[0]
    assert event.facts() == {"org": "housing", "outcome": outcome, "rewarded": False}
    assert (event.seen, event.text) == ("everything", {"reason": "已列入改造计划。"})
    assert change.case.facts["outcome"] == outcome
    assert SUGGESTION_OUTCOMES[outcome][1] == "第二十九条第一款"
    assert owed(change.case, event) == ()  # the reply that follows tells it


@pytest.mark.feature(100)
def test_a_suggestion_may_be_adopted_after_it_was_answered_and_the_petitioner_is_told() -> None:
    change = decide(county.served(kind="suggestion"), "partly")
    assert [notice.texts for notice in owed(change.case, change.events[0])] == [("S10c",)]
    later = decide(change.case, "adopted").case
    assert later.facts["outcome"] == "adopted"


@pytest.mark.feature(100)
def test_a_contribution_is_rewarded_and_the_reward_is_on_record() -> None:
    change = decide(county.accepted(kind="suggestion"), "adopted", "颁发荣誉证书")
    assert change.events[0].facts()["rewarded"] is True
    assert change.events[0].text["reward"] == "颁发荣誉证书"
    assert change.case.facts["rewarded"] is True
    with pytest.raises(FieldsInvalid) as refused:
        decide(county.accepted(kind="suggestion"), "not_adopted", "颁发荣誉证书")
    assert refused.value.fields[0].pointer == "/reward"


def test_an_outcome_is_recorded_for_suggestions_by_the_lead_and_not_twice() -> None:
    with pytest.raises(RuleBroken, match="只有建议意见类"):
        decide(county.accepted())
    with pytest.raises(NotYourStep):
        decide(county.accepted(kind="suggestion"), by=WATER_CLERK)
    with pytest.raises(WrongStage):
        decide(county.forwarded(kind="suggestion"))
    adopted = decide(county.accepted(kind="suggestion")).case
    assert "decide_suggestion" not in offered(adopted, HOUSING_HEAD)
    for outcome in ("adopted", "partly", "not_adopted"):
        with pytest.raises(RuleBroken, match="已经登记过"):
            decide(adopted, outcome)


def test_a_suggestion_is_decided_even_when_everything_else_has_ended() -> None:
    rated = handling.rate(
        county.served(kind="suggestion"), "satisfied", "satisfied", True, by=CITIZEN, on=MARCH[18], rules=RULES
    ).case
    assert decide(rated).case.stage == CONCLUDED


@pytest.mark.feature(39)
@pytest.mark.parametrize(
    ("today", "untouched"),
    [
        (MARCH[6], False),  # Friday, the day itself
        (MARCH[7], False),  # Saturday
        (MARCH[9], False),  # Monday, the first working day after it
        (MARCH[10], True),  # Tuesday: more than one working day
    ],
)
def test_a_letter_that_nobody_touched_for_more_than_a_working_day_is_flagged(today: date, untouched: bool) -> None:
    case = county.registered(on=MARCH[6], received_on=MARCH[6])
    assert is_untouched(case, today=today, calendar=RULES.calendar) is untouched


@pytest.mark.feature(39)
def test_whoever_gets_it_has_a_working_day_of_his_own() -> None:
    case = county.forwarded()  # Tuesday the 3rd
    assert untouched_since(case) == MARCH[3]
    assert not is_untouched(case, today=MARCH[4], calendar=RULES.calendar)
    assert is_untouched(case, today=MARCH[5], calendar=RULES.calendar)


def test_what_the_petitioner_does_is_no_work_of_the_unit() -> None:
    urged = own_steps.urge(county.forwarded(), by=CITIZEN, on=MARCH[5], rules=RULES).case
    assert is_untouched(urged, today=MARCH[5], calendar=RULES.calendar)


@pytest.mark.parametrize("case", [county.accepted(), county.replied(), county.served()])
def test_what_is_being_handled_is_not_untouched(case: Case) -> None:
    assert not is_untouched(case, today=MARCH[31], calendar=RULES.calendar)


def test_asking_a_unit_is_touching_it() -> None:
    assert untouched_since(consulted()) == MARCH[3]
    assert untouched_since(county.registered(kind="consultation")) == MARCH[2]
