"""Scores and votes within tasks of supervision."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import inspection
from chalicelib.domain.errors import (
    FieldsInvalid,
    RuleBroken,
)
from chalicelib.domain.owed import owed
from chalicelib.domain.tables.inspection import CLOSED
from tests.domain.county import (
    BUREAU_CLERK,
    MARCH,
    NUMBER,
)
from tests.domain.scenes.base import SECRET
from tests.domain.scenes.inspection import (
    RULES,
    a_sheet,
    nothing_to_answer,
    opened,
    pointers,
    sampled,
)

ON_12TH = {"by": BUREAU_CLERK, "on": MARCH[12], "rules": RULES}

ON_12TH = {"by": BUREAU_CLERK, "on": MARCH[12], "rules": RULES}


@pytest.mark.feature(65)
def test_a_sampled_case_is_scored_by_a_person_and_all_before_the_end() -> None:
    case, sheet = sampled(), a_sheet()
    with pytest.raises(RuleBroken, match="还有1件"):
        inspection.close_inspection(case, **ON_12TH)
    change = inspection.score_sample(case, NUMBER, sheet, "forwarded", 3, "转送记录有涂改", **ON_12TH)
    assert change.events[0].facts() == {"scored": NUMBER, "points": sheet.points - 7, "full": sheet.full}
    texts = {1: {"sheets": {NUMBER: sheet.text()}}, 2: change.events[0].text}
    assert inspection.sheets(texts)[NUMBER].points == sheet.points - 7
    assert inspection.close_inspection(change.case, **ON_12TH).case.stage == CLOSED


@pytest.mark.feature(65)
@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (("forwarded", None, "理由"), "/points"),
        (("forwarded", 11, "理由"), "/points"),
        (("forwarded", 3, ""), "/reason"),
        (("extended", 3, "理由"), "/line"),
        (("nothing", 3, "理由"), "/line"),
    ],
)
def test_a_correction_names_a_line_its_points_and_a_reason(said, wrong) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        inspection.score_sample(sampled(), NUMBER, a_sheet(), *said, **ON_12TH)
    assert pointers(refused.value) == {wrong}


def test_a_case_that_was_not_drawn_is_not_scored() -> None:
    for case in (sampled(), opened()):
        with pytest.raises(FieldsInvalid) as refused:
            inspection.score_sample(case, "261234567885", a_sheet(), **ON_12TH)
        assert pointers(refused.value) == {"/number"}


@pytest.mark.feature(70)
@given(votes=st.tuples(*[st.integers(0, 60)] * 3), participants=st.integers(1, 100))
def test_votes_never_exceed_those_who_took_part(votes: tuple[int, int, int], participants: int) -> None:
    case = opened(nothing_to_answer(inspection.APPRAISAL))
    if sum(votes) > participants:
        with pytest.raises(FieldsInvalid):
            inspection.record_votes(case, participants, *votes, **ON_12TH)
    else:
        voted = inspection.record_votes(case, participants, *votes, **ON_12TH).case
        assert voted.facts["voted"] == [participants, *votes]
        with pytest.raises(RuleBroken, match="不能改写"):
            inspection.record_votes(voted, participants, *votes, **ON_12TH)


@pytest.mark.feature(70, 99)
def test_votes_and_receptions_belong_to_their_kind_and_come_before_the_end() -> None:
    appraisal = opened(nothing_to_answer(inspection.APPRAISAL))
    reception = opened(nothing_to_answer(inspection.RECEPTION, org=None))
    with pytest.raises(RuleBroken, match="民主评议"):
        inspection.record_votes(reception, 3, 1, 1, 1, **ON_12TH)
    with pytest.raises(RuleBroken, match="领导接访"):
        inspection.record_reception(appraisal, "leader1", 3, **ON_12TH)
    for case in (appraisal, reception, opened()):
        with pytest.raises(RuleBroken):
            inspection.close_inspection(case, **ON_12TH)
    received = inspection.record_reception(reception, "leader1", 3, (NUMBER, NUMBER), SECRET, **ON_12TH)
    assert received.events[0].facts()["numbers"] == [NUMBER]
    closed = inspection.close_inspection(received.case, **ON_12TH)
    assert owed(closed.case, closed.events[0]) == ()
