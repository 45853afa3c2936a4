"""第四章: the opinion answers every claim and reaches the petitioner; his rights run from there."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain import handling
from chalicelib.domain.case import WINDOW, Actor, Case
from chalicelib.domain.errors import (
    ExtensionRefused,
    FieldsInvalid,
    NotYourStep,
    OpinionIncomplete,
    QualityGate,
    RightLapsed,
    RuleBroken,
)
from chalicelib.domain.intake import Answer, Opinion
from chalicelib.domain.owed import owed
from chalicelib.domain.stages import CONCLUDED, REPLIED, SERVED
from tests.domain import county
from tests.domain.county import (
    BUREAU_CLERK,
    CITIZEN,
    HOUSING_CLERK,
    HOUSING_HEAD,
    MARCH,
    RULES,
    WATER_HEAD,
    WINDOW_CLERK,
    opinion,
)


def refused_fields(said: Opinion) -> dict[str, str]:
    with pytest.raises(OpinionIncomplete) as refused:
        handling.reply(county.accepted(kind="suggestion"), said, by=HOUSING_CLERK, on=MARCH[16], rules=RULES)
    assert refused.value.law == "第三十二条"
    return {field.pointer: field.code for field in refused.value.fields}


def rate(case: Case, *, by: Actor = CITIZEN, on: date = date(2026, 3, 20)) -> Case:
    return handling.rate(case, "satisfied", "not_satisfied", False, "还没有退钱", by=by, on=on, rules=RULES).case


@pytest.mark.feature(45)
def test_whoever_accepts_first_answers_for_the_matter_and_stays_so() -> None:
    assert county.accepted().facts["first_handler"] == {"org": "housing", "user": "housing-clerk", "on": "2026-03-04"}
    assert county.served().facts["first_handler"]["user"] == "housing-clerk"


def test_on_the_petition_procedure_nobody_answers_in_one_step() -> None:
    with pytest.raises(RuleBroken, match="先拟稿，由另一人核稿，再由负责人签发") as refused:
        handling.reply(county.accepted(), opinion(), by=HOUSING_HEAD, on=MARCH[16], rules=RULES)
    assert refused.value.law == "第三十一条第六项、第三十二条"


def test_the_simple_procedure_answers_in_one_step_but_does_not_refuse() -> None:
    simple = county.accepted().with_facts(simple=True)
    assert handling.reply(simple, opinion(), by=HOUSING_CLERK, on=MARCH[6], rules=RULES).case.stage == REPLIED
    with pytest.raises(RuleBroken, match="请先转为普通办理") as refused:
        handling.reply(simple, opinion("support", "not_support"), by=HOUSING_CLERK, on=MARCH[6], rules=RULES)
    assert refused.value.law == "第三十二条第一款第三项"


EMPTY = Opinion(
    "已向有关科室了解情况，查看了近三年的记录。",
    (Answer(1, "explain", "您反映的情况我局高度重视，正在研究，请耐心等待。"), opinion().answers[1]),
)


@pytest.mark.feature(54)
def test_an_empty_answer_in_one_step_is_refused_and_says_what_to_write() -> None:
    with pytest.raises(QualityGate) as refused:
        handling.reply(county.accepted(kind="suggestion"), EMPTY, by=HOUSING_CLERK, on=MARCH[16], rules=RULES)
    assert [(each.pointer, each.code) for each in refused.value.fields] == [("/answers/0/answer", "empty_phrase")]
    assert "写明具体日期，写明由谁负责" in refused.value.fields[0].message


def test_only_a_head_lets_an_empty_answer_through_and_his_reason_is_kept() -> None:
    case = county.accepted(kind="suggestion")
    with pytest.raises(QualityGate, match="只能由单位负责人") as refused:
        handling.reply(case, EMPTY, "省里还没有定", by=HOUSING_CLERK, on=MARCH[16], rules=RULES)
    assert refused.value.fields[0].pointer == "/override_reason"
    event = handling.reply(case, EMPTY, "省里还没有定", by=HOUSING_HEAD, on=MARCH[16], rules=RULES).events[0]
    assert (event.facts()["overridden"], event.facts()["flags"]) == (True, ["empty_phrase"])
    assert event.text["override_reason"] == "省里还没有定"


def test_a_reason_without_a_finding_overrides_nothing() -> None:
    case = county.accepted(kind="suggestion")
    event = handling.reply(case, opinion(), "没有必要", by=HOUSING_HEAD, on=MARCH[16], rules=RULES).events[0]
    assert event.facts()["overridden"] is False
    assert "override_reason" not in event.text


def test_the_head_of_the_unit_extends_the_period_and_the_petitioner_learns_why() -> None:
    change = handling.extend(county.accepted(), 30, "需要专业鉴定", by=HOUSING_HEAD, on=MARCH[20], rules=RULES)
    event = change.events[0]
    assert change.case.running("handle").due == date(2026, 6, 2)  # type: ignore[union-attr]
    assert event.text == {"reason": "需要专业鉴定"}
    assert event.facts() == {"org": "housing", "days": 30}
    assert [clock.limit for clock in event.clocks] == ["handle"]
    assert [(notice.recipient, notice.texts) for notice in owed(change.case, event)] == [
        ("petitioner", ("S09",)),
        ("org:bureau", ("M09",)),
    ]


@pytest.mark.parametrize("by", [HOUSING_CLERK, BUREAU_CLERK, WATER_HEAD])
def test_nobody_but_the_head_of_the_unit_extends_the_period(by: Actor) -> None:
    with pytest.raises(NotYourStep):
        handling.extend(county.accepted(), 10, "案情复杂", by=by, on=MARCH[20], rules=RULES)


def test_a_suggestion_has_no_period_of_the_law_that_could_be_extended() -> None:
    with pytest.raises(ExtensionRefused, match="没有在计时"):
        handling.extend(county.accepted(kind="suggestion"), 10, "案情复杂", by=HOUSING_HEAD, on=MARCH[20], rules=RULES)


def test_an_opinion_that_answers_every_claim_is_given() -> None:
    change = handling.reply(county.accepted(kind="suggestion"), opinion(), by=HOUSING_CLERK, on=MARCH[16], rules=RULES)
    assert change.case.stage == REPLIED
    assert change.events[0].facts() == {
        "org": "housing",
        "findings": ["support", "explain"],
        "drafted_by": "housing-clerk",
        "signed_by": "housing-clerk",
        "flags": [],
        "failed": [],
        "overridden": False,
    }
    assert [answer["claim"] for answer in change.events[0].text["answers"]] == [1, 2]


def test_a_claim_without_an_answer_is_named() -> None:
    assert refused_fields(opinion("explain")) == {"/answers": "unanswered"}


def test_an_answer_to_a_claim_that_was_not_made_is_named() -> None:
    said = opinion()
    assert refused_fields(replace(said, answers=(*said.answers, Answer(3, "explain", "不存在的诉求")))) == {
        "/answers/2/claim": "no_such_claim"
    }


def test_a_claim_that_is_answered_twice_is_named() -> None:
    said = opinion()
    assert refused_fields(replace(said, answers=(*said.answers, said.answers[1]))) == {
        "/answers/2/claim": "no_such_claim"
    }


@pytest.mark.parametrize("finding", ["support", "not_support"])
def test_support_and_refusal_name_their_basis(finding: str) -> None:
    """第三十二条: 处理意见及其法律法规依据."""
    answers = (Answer(1, finding, "已核实"), Answer(2, "explain", "已说明"))
    assert refused_fields(Opinion("经核查属实", answers)) == {"/answers/0/basis": "missing"}


def test_everything_that_is_wrong_with_an_opinion_is_told_at_once() -> None:
    answers = (Answer(1, "support", "已核实"), Answer(5, "explain", "已说明"))
    assert set(refused_fields(Opinion("经核查属实", answers))) == {"/answers", "/answers/0/basis", "/answers/1/claim"}


def test_service_is_the_end_of_handling_and_the_beginning_of_the_petitioners_rights() -> None:
    change = handling.serve(
        county.replied(),
        "mail",
        MARCH[17],
        "挂号信XA123，3月17日签收",
        "facility",
        by=HOUSING_CLERK,
        on=MARCH[20],
        rules=RULES,
    )
    case = change.case
    assert case.stage == SERVED
    assert case.clock("handle").ended_on == MARCH[17]  # type: ignore[union-attr]
    assert {clock.limit: clock.due for clock in case.clocks if clock.is_running} == {
        "ask_review": date(2026, 4, 16),
        "rating": date(2026, 4, 16),
    }
    assert [notice.texts for notice in owed(case, change.events[0])] == [("S10", "S11")]


@pytest.mark.parametrize(("kind", "text"), [("suggestion", "S10b"), ("consultation", "S08")])
def test_only_an_opinion_of_the_petition_procedure_can_be_reviewed(kind: str, text: str) -> None:
    change = handling.serve(county.replied(kind=kind), "online", MARCH[17], by=HOUSING_CLERK, on=MARCH[17], rules=RULES)
    assert [clock.limit for clock in change.case.clocks if clock.is_running] == ["rating"]
    assert [notice.texts for notice in owed(change.case, change.events[0])] == [(text, "S11")]


def test_service_meets_the_report_that_an_assignment_asked_for() -> None:
    case = county.served(case=county.replied(case=county.accepted(case=county.assigned())))
    assert case.clock("report_back").ending == "met"  # type: ignore[union-attr]


@pytest.mark.parametrize("served_on", [MARCH[15], MARCH[21]])
def test_service_lies_between_the_opinion_and_today(served_on: date) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        handling.serve(
            county.replied(), "mail", served_on, "签收单", "other", by=HOUSING_CLERK, on=MARCH[20], rules=RULES
        )
    assert refused.value.fields[0].pointer == "/served_on"


@pytest.mark.parametrize("method", ["mail", "window", "person"])
def test_service_on_paper_needs_its_proof(method: str) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        handling.serve(county.replied(), method, MARCH[17], cause="other", by=HOUSING_CLERK, on=MARCH[17], rules=RULES)
    assert refused.value.fields[0].pointer == "/proof"


@pytest.mark.feature(98)
def test_why_a_grievance_arose_is_coded_with_its_service() -> None:
    with pytest.raises(FieldsInvalid) as refused:
        handling.serve(county.replied(), "online", MARCH[17], by=HOUSING_CLERK, on=MARCH[17], rules=RULES)
    assert [each.pointer for each in refused.value.fields] == ["/cause"]
    assert county.served().facts["cause"] == "conduct"
    asked = county.replied(kind="suggestion")
    told = handling.serve(asked, "online", MARCH[17], by=HOUSING_CLERK, on=MARCH[17], rules=RULES).events[0]
    assert "cause" not in told.facts()


@pytest.mark.feature(41)
@pytest.mark.parametrize("missing", ["heard", "investigated"])
def test_nothing_is_served_that_did_not_pass_the_gate_of_procedure(missing: str) -> None:
    case = county.replied()
    case = replace(case, facts={name: held for name, held in case.facts.items() if name != missing})
    with pytest.raises(RuleBroken, match="程序关没有通过") as refused:
        handling.serve(case, "online", MARCH[17], cause="other", by=HOUSING_CLERK, on=MARCH[17], rules=RULES)
    assert refused.value.law == "第二十三条、第三十一条第六项"


@pytest.mark.feature(41)
def test_a_late_service_is_recorded_with_the_gate_of_time() -> None:
    """Accepted on Wednesday the 4th of March, the sixtieth day is Sunday the 3rd of May."""
    case, late = county.replied(), date(2026, 5, 7)
    told = handling.serve(case, "online", late, cause="other", by=HOUSING_CLERK, on=late, rules=RULES).events[0]
    assert told.facts()["failed"] == ["time"]


def test_the_bureau_and_the_unit_are_rated_apart() -> None:
    change = handling.rate(county.served(), "satisfied", "not_satisfied", False, by=CITIZEN, on=MARCH[20], rules=RULES)
    assert change.events[0].facts() == {
        "office": "satisfied",
        "unit": "not_satisfied",
        "solved": False,
        "recorded_by_staff": False,
    }
    assert [notice.recipient for notice in owed(change.case, change.events[0])] == ["org:housing"]


def test_a_rating_that_the_window_writes_down_says_so() -> None:
    change = handling.rate(
        county.served(), "satisfied", "satisfied", True, "", "评价表17号", by=WINDOW_CLERK, on=MARCH[20], rules=RULES
    )
    assert change.events[0].facts()["recorded_by_staff"] is True
    assert change.events[0].text == {"proof": "评价表17号"}
    assert change.case.facts["rated_by_staff"] is True


@pytest.mark.feature(72)
def test_a_rating_that_staff_write_down_needs_its_paper_or_its_recording() -> None:
    with pytest.raises(FieldsInvalid) as refused:
        handling.rate(county.served(), "satisfied", "satisfied", True, by=WINDOW_CLERK, on=MARCH[20], rules=RULES)
    assert [each.pointer for each in refused.value.fields] == ["/proof"]


@pytest.mark.feature(72)
def test_the_window_of_the_rated_unit_writes_no_rating_down() -> None:
    """第二十一条: whoever is rated has no hand in it."""
    own = Actor(WINDOW, "housing", "housing-window")
    with pytest.raises(NotYourStep, match="被评价单位以外") as refused:
        handling.rate(
            county.served(), "satisfied", "satisfied", True, "", "评价表17号", by=own, on=MARCH[20], rules=RULES
        )
    assert refused.value.law == "第二十一条"


def test_nobody_of_the_rated_unit_writes_a_rating_down() -> None:
    with pytest.raises(NotYourStep):
        rate(county.served(), by=HOUSING_CLERK)


def test_a_petition_is_rated_once() -> None:
    with pytest.raises(RightLapsed, match="已经评价过"):
        rate(rate(county.served()))


def test_the_last_day_of_the_window_is_early_enough_for_a_rating() -> None:
    assert rate(county.served(), on=date(2026, 4, 16)).facts["rated_unit"] == "not_satisfied"


def test_a_rating_after_the_window_is_too_late() -> None:
    with pytest.raises(RightLapsed, match="2026-04-16届满"):
        rate(county.served(), on=date(2026, 4, 17))


def test_nothing_is_rated_before_it_was_served() -> None:
    with pytest.raises(Exception, match="当前阶段不能“评价”"):
        rate(county.replied())


def test_a_petition_without_any_right_left_is_concluded_by_itself() -> None:
    satisfied = handling.rate(
        county.served(kind="consultation"), "satisfied", "basically", True, by=CITIZEN, on=MARCH[20], rules=RULES
    )
    assert satisfied.case.stage == CONCLUDED
    assert rate(county.served(kind="consultation")).stage == SERVED  # the bureau still has to visit


def test_a_rated_petition_stays_open_while_its_review_can_be_asked_for() -> None:
    rated = rate(county.served())
    assert rated.stage == SERVED
    assert [clock.limit for clock in rated.clocks if clock.is_running] == ["ask_review", "revisit"]
