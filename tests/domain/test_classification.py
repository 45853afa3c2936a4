"""Guided classification: every path of answers ends in exactly one proposal, with its article, and decides nothing."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import intake
from chalicelib.domain.classification import (
    FIRST,
    OUTCOMES,
    QUESTIONS,
    Outcome,
    Proposal,
    Question,
    classify,
)
from chalicelib.domain.endings import ENDING_OF
from chalicelib.domain.errors import FieldsInvalid
from chalicelib.domain.petition import PETITION

QUESTION = {question.id: question for question in QUESTIONS}


def paths(at: str = FIRST, given_: dict[str, str] | None = None) -> Iterator[tuple[dict[str, str], str]]:
    """Every way through the questions, and the outcome that the table names at its end."""
    answers = given_ or {}
    if at not in QUESTION:
        yield answers, at
        return
    for option in QUESTION[at].options:
        yield from paths(option.to, {**answers, at: option.answer})


PATHS = list(paths())


@pytest.mark.feature(14)
@pytest.mark.parametrize(("answers", "outcome"), PATHS, ids=[" ".join(answers.values()) for answers, _ in PATHS])
def test_every_path_of_answers_ends_in_exactly_one_proposal(answers: dict[str, str], outcome: str) -> None:
    found = classify(answers)
    assert isinstance(found, Proposal)
    assert found.outcome.id == outcome
    assert {reason.question: reason.answer for reason in found.why} == answers


def test_every_proposal_and_every_question_is_reached() -> None:
    assert {outcome for _, outcome in PATHS} == {each.id for each in OUTCOMES}
    assert set().union(*(answers for answers, _ in PATHS)) == set(QUESTION)


@given(st.data())
def test_a_path_cut_short_asks_its_next_question(data: st.DataObject) -> None:
    answers, _ = data.draw(st.sampled_from(PATHS))
    asked = list(answers)
    cut = data.draw(st.integers(0, len(asked) - 1))
    found = classify({question: answers[question] for question in asked[:cut]})
    assert isinstance(found, Question)
    assert found.id == asked[cut]


@given(st.dictionaries(st.sampled_from(sorted(QUESTION)), st.sampled_from(["yes", "no", "labour", "solve", "x"])))
def test_any_answers_are_asked_on_answered_or_refused_by_name(answers: dict[str, str]) -> None:
    try:
        found = classify(answers)
    except FieldsInvalid as refused:
        named = {field.pointer.removeprefix("/answers/") for field in refused.fields}
    else:
        assert isinstance(found, Question | Proposal)
        named = set()
    assert named <= set(answers)


def test_an_answer_that_was_not_offered_is_refused() -> None:
    with pytest.raises(FieldsInvalid) as refused:
        classify({"purpose": "praise"})
    assert [(each.pointer, each.code) for each in refused.value.fields] == [("/answers/purpose", "not_a_choice")]


def test_an_answer_to_a_question_that_was_not_asked_is_refused() -> None:
    with pytest.raises(FieldsInvalid) as refused:
        classify({"purpose": "suggest", "court": "no"})
    assert [(each.pointer, each.code) for each in refused.value.fields] == [("/answers/court", "not_asked")]


def led(**answers: str) -> Outcome:
    found = classify(answers)
    assert isinstance(found, Proposal)
    return found.outcome


NOT_COURT = {"purpose": "solve", "court": "no"}
NOT_PARTY = {**NOT_COURT, "arbitration": "no", "party": "no"}
TO_DUTY = {**NOT_PARTY, "administrative": "no", "duty": "yes"}


@pytest.mark.parametrize(
    ("answers", "law", "ground", "track", "limits"),
    [
        ({"purpose": "solve", "court": "open", "raised_by": "to_unit"}, "第三十一条第一项", "litigation", "", ()),
        ({**NOT_COURT, "arbitration": "labour"}, "第三十一条第二项", "arbitration", "", ("1年",)),
        ({**NOT_COURT, "arbitration": "no", "party": "yes"}, "第三十一条第三项", "party_appeal", "", ()),
        (
            {**NOT_PARTY, "administrative": "decision"},
            "第三十一条第四项",
            "administrative_procedure",
            "",
            ("60日", "6个月", "15日"),
        ),
        ({**TO_DUTY, "whose_duty": "others"}, "第三十一条第五项", "perform_duty", "perform_duty", ("两个月",)),
        ({**TO_DUTY, "whose_duty": "ours"}, "第三十一条第五项", "", "perform_duty", ("两个月",)),
        (
            {**NOT_PARTY, "administrative": "no", "duty": "no"},
            "第三十一条第六项",
            "",
            "petition_procedure",
            (),
        ),
    ],
)
def test_a_grievance_goes_one_of_six_routes_and_is_warned_of_the_limits_there(
    answers: dict[str, str], law: str, ground: str, track: str, limits: tuple[str, ...]
) -> None:
    found = led(**answers)
    assert (found.kind, found.law, found.ground, found.track) == (intake.GRIEVANCE, law, ground, track)
    assert len(found.limits) == len(limits)
    assert all(wanted in limit.number for limit, wanted in zip(found.limits, limits, strict=True))


def test_letters_about_lawsuits_are_passed_on_and_visitors_are_guided() -> None:
    """第二十二条第二款."""
    letter = led(purpose="solve", court="open", raised_by="to_bureau")
    visit = led(purpose="solve", court="open", raised_by="in_person")
    assert (ENDING_OF[letter.ground], ENDING_OF[visit.ground]) == ("transfer", "decline")


def test_a_report_of_an_official_leaves_this_channel_and_one_of_a_shop_asks_for_a_duty() -> None:
    official = led(purpose="report", reported="official")
    shop = led(purpose="report", reported="other", whose_duty="ours")
    assert (official.kind, official.step) == (intake.REPORT_OF_MISCONDUCT, "")
    assert (shop.kind, shop.track) == (intake.GRIEVANCE, intake.PERFORM_DUTY)


def test_a_request_for_information_is_told_its_channel_and_the_twenty_working_days() -> None:
    found = led(purpose="information")
    assert [(limit.number, limit.law) for limit in found.limits] == [
        ("自收到申请之日起20个工作日", "《政府信息公开条例》第三十三条")
    ]


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: outcome.id)
def test_a_proposal_names_a_step_a_ground_and_a_track_that_exist(outcome: Outcome) -> None:
    assert re.match("第.+条", outcome.law)
    assert outcome.body
    if outcome.step:
        assert PETITION.step(outcome.step)
    if outcome.step == "accept":
        assert outcome.track in intake.TRACKS_OF_KIND[outcome.kind]
    if outcome.step == "propose_ending":
        assert outcome.ground in ENDING_OF


@pytest.mark.parametrize(("answers", "outcome"), PATHS, ids=[" ".join(answers.values()) for answers, _ in PATHS])
def test_the_draft_of_the_notice_names_article_body_and_every_limit_and_leaves_nothing_unfilled(
    answers: dict[str, str], outcome: str
) -> None:
    found = classify(answers)
    assert isinstance(found, Proposal)
    draft = found.notice_draft
    assert "{" not in draft
    if found.outcome.kind == intake.REPORT_OF_MISCONDUCT:
        assert "检举控告渠道" in draft
        return
    assert f"《信访工作条例》{found.outcome.law}" in draft
    assert all(limit.number in draft and limit.law in draft for limit in found.outcome.limits)
    if found.outcome.step == "propose_ending":
        assert found.outcome.body in draft


def test_the_sixty_days_are_promised_on_the_petition_procedure_alone() -> None:
    promised = {outcome.id for outcome in OUTCOMES if "60日内出具" in classify(to(outcome.id)).notice_draft}  # type: ignore[union-attr]
    assert promised == {"petition_procedure"}


def to(outcome: str) -> dict[str, str]:
    return next(answers for answers, reached in PATHS if reached == outcome)
