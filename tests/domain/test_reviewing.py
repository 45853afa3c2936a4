"""第三十五条、第三十六条: deciding, serving, revoking and the last word.

Reviewed on Monday, April 20th 2026, served on Tuesday the 21st; re-reviewed on Friday, May 29th.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.domain import elapsing, handling, own_steps, receiving, reviewing
from chalicelib.domain.case import LEADER, SUPERVISOR, UNIT_HEAD, Actor, Case
from chalicelib.domain.errors import FieldsInvalid, NotYourStep, OpinionIncomplete, RuleBroken, WrongStage
from chalicelib.domain.intake import Answer, Opinion
from chalicelib.domain.owed import owed
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import next_steps
from chalicelib.domain.review import not_the_same_again
from chalicelib.domain.reviewing import Service
from chalicelib.domain.stages import CONCLUDED, REDO, REREVIEWED, REVIEWED, UNDER_REVIEW
from chalicelib.domain.tables.review import CHANGE, REVOKE, UPHOLD
from tests.domain import county, upper
from tests.domain.county import A_LEADER, BUREAU_CLERK, CITIZEN, HOUSING_CLERK, MARCH, RULES, WATER_CLERK, WINDOW_CLERK
from tests.domain.upper import APRIL, MAY, OTHER_CLERK

SIGNED = ("housing-clerk", "housing-head", "bureau1")
LETTER = "江南市人民政府复核意见书〔2026〕3号"


def decide(case: Case, outcome: str = UPHOLD, *, by: Actor = BUREAU_CLERK, on: date = APRIL[20], **said: Any) -> Case:
    return reviewing.decide_review(case, upper.decision(outcome, **said), by=by, on=on, rules=RULES).case


def decide_again(case: Case, outcome: str = CHANGE, *, by: Actor = BUREAU_CLERK, **said: Any) -> Case:
    decision = upper.decision(outcome, **{"document": LETTER} | said)
    return reviewing.decide_rereview(case, decision, by=by, on=MAY[29], rules=RULES).case


def lapsed(case: Case, on: date) -> Case:
    change = elapsing.elapse(PETITION, case, at=county.noon(on), rules=RULES)
    assert change is not None
    return change.case


@pytest.mark.parametrize("by", [BUREAU_CLERK, A_LEADER, Actor(SUPERVISOR, "county", "supervisor1")])
def test_the_bureau_or_the_government_itself_decides(by: Actor) -> None:
    case = decide(upper.under_review(), by=by)
    assert case.stage == REVIEWED
    assert case.facts["review"]["outcome"] == UPHOLD
    assert case.running("review_decide") is not None


@pytest.mark.parametrize(
    "by", [CITIZEN, WINDOW_CLERK, HOUSING_CLERK, WATER_CLERK, Actor(UNIT_HEAD, "housing", "housing-head")]
)
def test_nobody_else_decides_and_the_unit_never_about_itself(by: Actor) -> None:
    with pytest.raises(NotYourStep):
        decide(upper.under_review(), by=by)


def test_whoever_had_a_hand_in_the_opinion_stays_away() -> None:
    """第二十八条第三款: the page does not offer it, and the rule refuses it."""
    case = upper.under_review().with_facts(signed=list(SIGNED))
    assert "decide_review" not in [step.action for step in next_steps(PETITION, case, BUREAU_CLERK)]
    with pytest.raises(NotYourStep, match="应当回避") as refused:
        decide(case)
    assert refused.value.law == "第二十八条第三款"
    assert decide(case, by=OTHER_CLERK).stage == REVIEWED


def test_whoever_reviewed_does_not_re_review() -> None:
    inside = upper.under_rereview()
    facts = {name: held for name, held in inside.facts["rereview"].items() if name != "external"}
    with pytest.raises(NotYourStep, match="应当回避"):
        decide_again(inside.with_facts(rereview=facts))
    assert decide_again(inside).stage == REREVIEWED  # the city decides, the bureau only writes it down


@pytest.mark.parametrize(
    ("outcome", "said", "pointers"),
    [
        (UPHOLD, {"findings": ("只答一项",)}, ["/findings"]),
        (CHANGE, {"basis": ""}, ["/basis"]),
        (REVOKE, {"findings": ("只答一项",)}, ["/findings"]),
    ],
)
def test_a_review_opinion_answers_every_claim(outcome: str, said: dict[str, Any], pointers: list[str]) -> None:
    with pytest.raises(OpinionIncomplete) as refused:
        decide(upper.under_review(), outcome, **said)
    assert [field.pointer for field in refused.value.fields] == pointers


@pytest.mark.parametrize(
    ("outcome", "said", "pointer"),
    [
        (REVOKE, {"redo_days": None}, "/redo_days"),
        (UPHOLD, {"redo_days": 30}, "/redo_days"),
        (UPHOLD, {"decided_on": MARCH[31]}, "/decided_on"),
        (UPHOLD, {"decided_on": APRIL[21]}, "/decided_on"),
    ],
)
def test_days_and_dates_of_a_review_opinion_make_sense(outcome: str, said: dict[str, Any], pointer: str) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        decide(upper.under_review(), outcome, **said)
    assert [field.pointer for field in refused.value.fields] == [pointer]


def test_the_act_of_an_organ_outside_names_its_paper() -> None:
    with pytest.raises(FieldsInvalid) as refused:
        decide_again(upper.under_rereview(), document="")
    assert [field.pointer for field in refused.value.fields] == ["/document"]


def test_the_file_goes_only_to_an_organ_outside_and_from_who_keeps_it() -> None:
    sent = reviewing.send_file(upper.under_rereview(), "移送函1号", by=BUREAU_CLERK, on=MAY[9], rules=RULES)
    assert sent.events[0].facts() == {"organ": "city", "order": "rereview"}
    with pytest.raises(RuleBroken, match="不必移送"):
        reviewing.send_file(upper.under_review(), "移送函1号", by=BUREAU_CLERK, on=APRIL[2], rules=RULES)
    stranger = replace(BUREAU_CLERK, org="other-bureau")
    with pytest.raises(NotYourStep):
        reviewing.send_file(upper.under_rereview(), "移送函1号", by=stranger, on=MAY[9], rules=RULES)


@pytest.mark.parametrize("outcome", [UPHOLD, CHANGE])
def test_service_of_a_review_opens_the_next_right(outcome: str) -> None:
    change = reviewing.serve_review(
        upper.reviewed(outcome),
        Service("mail", APRIL[23], "挂号信，4月23日签收"),
        by=BUREAU_CLERK,
        on=APRIL[27],
        rules=RULES,
    )
    case = change.case
    assert case.stage == REVIEWED
    assert case.clock("review_decide").ended_on == APRIL[23]  # type: ignore[union-attr]
    assert case.running("ask_rereview").due == date(2026, 5, 25)  # type: ignore[union-attr]  # the 23rd is a Saturday
    assert [notice.texts for notice in owed(case, change.events[0])] == [("S12b",), ("M12c",)]


@pytest.mark.parametrize("served_on", [APRIL[19], APRIL[28]])
def test_service_lies_between_the_decision_and_today(served_on: date) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        reviewing.serve_review(
            upper.reviewed(), Service("mail", served_on, "签收单"), by=BUREAU_CLERK, on=APRIL[27], rules=RULES
        )
    assert [field.pointer for field in refused.value.fields] == ["/served_on"]


def test_service_on_paper_needs_its_proof_and_happens_once() -> None:
    with pytest.raises(FieldsInvalid) as refused:
        reviewing.serve_review(upper.reviewed(), Service("mail", APRIL[21]), by=BUREAU_CLERK, on=APRIL[21], rules=RULES)
    assert [field.pointer for field in refused.value.fields] == ["/proof"]
    with pytest.raises(RuleBroken, match="已经送给"):
        reviewing.serve_review(
            upper.review_served(), Service("online", APRIL[22]), by=BUREAU_CLERK, on=APRIL[22], rules=RULES
        )


def test_a_review_that_was_decided_and_not_served_is_still_owed() -> None:
    late = lapsed(upper.reviewed(), MAY[2])
    assert late.stage == REVIEWED
    assert late.running("review_decide").is_overdue(MAY[2])  # type: ignore[union-attr]


def test_a_right_to_re_review_that_is_not_used_ends_the_matter() -> None:
    change = elapsing.elapse(PETITION, upper.review_served(), at=county.noon(MAY[22]), rules=RULES)
    assert change is not None
    assert change.case.stage == CONCLUDED
    assert [notice.texts for event in change.events for notice in owed(change.case, event)] == [("S31b",)]


@pytest.mark.feature(30)
def test_a_revoked_opinion_is_worked_on_anew_within_the_days_that_were_named() -> None:
    decided = upper.reviewed(REVOKE).with_facts(opinion=9)
    change = reviewing.serve_review(decided, Service("online", APRIL[21]), by=BUREAU_CLERK, on=APRIL[21], rules=RULES)
    case = change.case
    assert case.stage == REDO
    assert [event.wire for event in change.events] == ["petition.review_served", "petition.redo"]
    redo = case.running("redo")
    assert redo is not None
    assert (redo.owner, redo.due) == ("housing", MAY[21])
    assert case.running("ask_rereview") is None
    assert case.facts["revoked"] == 9
    assert [notice.texts for notice in owed(case, change.events[0])] == [("S12f",), ("M12f",)]


def test_the_window_for_rating_a_revoked_opinion_closes_with_it() -> None:
    early = upper.reviewed(REVOKE, case=upper.under_review(on=APRIL[1]), on=APRIL[7])
    served = reviewing.serve_review(early, Service("online", APRIL[8]), by=BUREAU_CLERK, on=APRIL[8], rules=RULES).case
    rating = served.clock("rating")
    assert rating is not None
    assert (rating.ending, rating.ended_on) == ("moot", APRIL[8])


def test_a_new_opinion_is_served_and_can_be_reviewed_anew() -> None:
    redone = upper.review_served(REVOKE)
    met = handling.serve(
        replace(redone, stage="replied").with_facts(replied_on="2026-05-06"),
        "online",
        MAY[7],
        cause="execution",
        by=HOUSING_CLERK,
        on=MAY[7],
        rules=RULES,
    ).case
    assert met.clock("redo").ending == "met"  # type: ignore[union-attr]
    assert met.running("ask_review").due == date(2026, 6, 8)  # type: ignore[union-attr]  # June 6th is a Saturday
    assert upper.ask(met, on=MAY[11]).case.stage == UNDER_REVIEW


def test_days_of_handling_anew_that_pass_make_the_unit_late() -> None:
    change = elapsing.elapse(PETITION, upper.review_served(REVOKE), at=county.noon(MAY[22]), rules=RULES)
    assert change is not None
    assert [(event.wire, event.facts().get("owner")) for event in change.events] == [("petition.overdue", "housing")]


def test_the_last_opinion_is_never_a_revocation() -> None:
    with pytest.raises(FieldsInvalid) as refused:
        decide_again(upper.under_rereview(), REVOKE, findings=())
    assert [field.pointer for field in refused.value.fields] == ["/outcome"]


def test_the_last_opinion_ends_the_matter_for_good() -> None:
    change = reviewing.serve_rereview(
        upper.rereviewed(), Service("online", MAY[29]), by=BUREAU_CLERK, on=MAY[29], rules=RULES
    )
    case = change.case
    assert case.facts["final"] is True
    assert change.events[0].facts()["closing"] == "final"
    assert [(notice.recipient, notice.texts) for notice in owed(case, change.events[0])] == [
        ("petitioner", ("S12c",)),
        ("org:housing", ("M12c",)),
        ("org:bureau", ("M12c",)),
    ]
    ended = case if case.stage == CONCLUDED else lapsed(case, MAY[30])
    assert ended.stage == CONCLUDED
    for ask in (upper.ask, upper.ask_again):
        with pytest.raises(RuleBroken, match="不再受理") as refused:
            ask(ended, on=date(2026, 6, 1), late_reason="不服")
        assert refused.value.law == "第三十六条第三款"


def test_an_open_window_for_rating_keeps_the_matter_until_it_closes() -> None:
    """Everything within the thirty days for rating: what is left is the window, then nothing."""
    asked = upper.ask(county.served(), on=MARCH[18]).case
    review = decide(asked, on=MARCH[19])
    served = reviewing.serve_review(review, Service("online", MARCH[19]), by=BUREAU_CLERK, on=MARCH[19], rules=RULES)
    again = upper.ask_again(served.case, on=MARCH[20]).case
    last = reviewing.decide_rereview(again, upper.decision(document=LETTER), by=BUREAU_CLERK, on=MARCH[24], rules=RULES)
    case = reviewing.serve_rereview(last.case, Service("online", MARCH[24]), by=BUREAU_CLERK, on=MARCH[24], rules=RULES)
    assert case.case.stage == REREVIEWED
    assert lapsed(case.case, APRIL[17]).stage == CONCLUDED


def test_only_a_heard_opinion_may_be_published() -> None:
    with pytest.raises(RuleBroken, match="经过听证") as refused:
        reviewing.serve_rereview(
            upper.rereviewed(), Service("online", MAY[29]), True, by=BUREAU_CLERK, on=MAY[29], rules=RULES
        )
    assert refused.value.law == "第三十六条第二款"


def test_a_matter_under_review_can_be_withdrawn_and_owes_nothing() -> None:
    case = own_steps.withdraw(upper.under_review(), by=CITIZEN, on=APRIL[2], rules=RULES).case
    assert case.clock("review_decide").ending == "moot"  # type: ignore[union-attr]
    assert lapsed(case, APRIL[17]).clock("rating").ending == "lapsed"  # type: ignore[union-attr]


def test_a_reviewed_matter_is_not_handed_on() -> None:
    with pytest.raises(WrongStage):
        receiving.forward(upper.under_review(), "water", tree=county.TREE, by=BUREAU_CLERK, on=APRIL[2], rules=RULES)
    with pytest.raises(NotYourStep):
        decide(upper.under_review(), by=Actor(LEADER, "city", "leader9"))


OLD = Opinion("经核查，物业公司按公示标准收费。", (Answer(1, "not_support", "收费符合公示标准", "《物业管理条例》"),))


@pytest.mark.parametrize(
    "new",
    [
        OLD,
        replace(OLD, facts="经核查物业公司，按公示标准收费！"),
    ],
)
def test_a_revoked_opinion_does_not_come_back_the_same(new: Opinion) -> None:
    with pytest.raises(RuleBroken, match="不得以同一事实和理由"):
        not_the_same_again(OLD, new)


@pytest.mark.parametrize(
    "new",
    [
        replace(OLD, facts="重新调取了2025年全年收费台账，走访十二户业主，公示标准自7月起执行，此前没有公示。"),
        replace(OLD, answers=(Answer(1, "support", "收费符合公示标准", "《物业管理条例》"),)),
    ],
)
def test_other_facts_or_another_result_are_a_new_opinion(new: Opinion) -> None:
    not_the_same_again(OLD, new)
