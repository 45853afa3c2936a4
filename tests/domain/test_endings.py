"""Endings without an opinion: a closed list of grounds, a named body, and a second reader (第十九条至第三十六条)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import endings, intake, receiving
from chalicelib.domain.case import BUREAU, CLERK, Actor, Case, Change
from chalicelib.domain.errors import FieldsInvalid, NotYourStep, RuleBroken, TrackMismatch, WrongStage
from chalicelib.domain.owed import owed
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import next_steps
from chalicelib.domain.stages import DECLINED, DIVERTED, NOT_TAKEN_AGAIN, TRANSFERRED
from chalicelib.domain.tables.endings import proposal
from tests.domain import county
from tests.domain.county import (
    BUREAU_CLERK,
    HOUSING_CLERK,
    HOUSING_HEAD,
    MARCH,
    RULES,
    TREE,
    WATER_CLERK,
)
from tests.domain.proposals import SAID, proposed, texts

OTHER_AT_BUREAU = Actor(BUREAU, "bureau", "bureau2")
OTHER_CLERK = Actor(CLERK, "housing", "housing-clerk2")
CONFIRM = {
    "decline": endings.decline,
    "divert": endings.divert,
    "transfer": endings.transfer,
    "not_take_again": endings.not_take_again,
}


def direct() -> Case:
    """Brought to the unit itself on Monday the 2nd."""
    return county.registered(office="housing", by=HOUSING_CLERK)


def confirmed(case: Case, by: Actor = HOUSING_HEAD, on: date = MARCH[5], note: str = "") -> Change:
    return CONFIRM[case.facts["proposal"]["ending"]](case, texts(case), note, by=by, on=on, rules=RULES)


def offered(case: Case, by: Actor) -> set[str]:
    return {step.action for step in next_steps(PETITION, case, by)} & {"return_proposal", *CONFIRM}


def told(change: Change) -> dict[str, tuple[str, ...]]:
    return {notice.recipient: notice.texts for notice in owed(change.case, change.events[0])}


@pytest.mark.parametrize(
    ("ground", "case", "by", "ending", "stage", "text"),
    [
        ("not_our_competence", direct(), HOUSING_CLERK, "decline", DECLINED, "S05a"),
        ("pending_elsewhere", county.forwarded(), HOUSING_CLERK, "decline", DECLINED, "S05a"),
        ("litigation_matter", county.registered(channel="visit"), OTHER_AT_BUREAU, "decline", DECLINED, "S05a"),
        ("litigation", county.forwarded(), HOUSING_CLERK, "divert", DIVERTED, "S05b"),
        ("arbitration", county.assigned(), HOUSING_CLERK, "divert", DIVERTED, "S05b"),
        ("party_appeal", county.accepted(), HOUSING_CLERK, "divert", DIVERTED, "S05b"),
        ("administrative_procedure", county.forwarded(), HOUSING_CLERK, "divert", DIVERTED, "S05b"),
        ("perform_duty", county.registered(), OTHER_AT_BUREAU, "divert", DIVERTED, "S05b"),
        ("political_legal", county.registered(channel="letter"), OTHER_AT_BUREAU, "transfer", TRANSFERRED, "S05d"),
        ("discipline", county.registered(), OTHER_AT_BUREAU, "transfer", TRANSFERRED, "S05d"),
        ("rereviewed", county.forwarded(), HOUSING_CLERK, "not_take_again", NOT_TAKEN_AGAIN, "S05c"),
    ],
)
def test_a_proposal_ends_nothing_until_another_person_confirms_it(
    ground: str, case: Case, by: Actor, ending: str, stage: str, text: str
) -> None:
    waiting = proposed(ground, case=case, by=by, earlier=county.NUMBER, earlier_final=True)
    second = BUREAU_CLERK if by.org == "bureau" else HOUSING_HEAD
    assert waiting.stage == case.stage
    assert [clock.due for clock in waiting.clocks if clock.is_running] == [c.due for c in case.clocks if c.is_running]
    assert offered(waiting, by) == set()
    assert offered(waiting, second) == {"return_proposal", ending}
    change = confirmed(waiting, by=second)
    assert change.case.stage == stage
    assert not [clock for clock in change.case.clocks if clock.is_running]
    assert told(change)["petitioner"] == (text,)
    assert proposal(change.case) is None


def test_every_ground_stands_in_one_list_and_has_its_article() -> None:
    listed = [ground for grounds in endings.GROUNDS_OF.values() for ground in grounds]
    assert len(listed) == len(set(listed)) == len(endings.GROUNDS)
    assert all(law.startswith("第") for grounds in endings.GROUNDS_OF.values() for _, law in grounds.values())


def test_the_notice_repeats_the_proposal_word_for_word_and_keeps_the_note_apart() -> None:
    event = confirmed(proposed(), note="同意导入").events[0]
    assert event.text == {
        "body": SAID["where_to"],
        "explanation": SAID["explanation"],
        "limit_note": SAID["limit_note"],
        "note": "同意导入",
    }
    assert event.facts() == {"org": "housing", "route": "arbitration"}


def test_what_was_owed_is_met_by_the_notice_and_what_ran_beside_it_has_lost_its_object() -> None:
    waiting = proposed("pending_elsewhere", case=county.assigned())
    ended = {clock.limit: clock.ending for clock in confirmed(waiting).case.clocks}
    assert ended == {"route": "met", "inform": "met", "report_back": "met", "object": "moot"}


def test_a_matter_found_to_belong_elsewhere_while_it_is_handled_ends_its_sixty_days_without_having_met_them() -> None:
    change = confirmed(proposed(case=county.accepted(), on=MARCH[20]), on=MARCH[21])
    handle = change.case.clock("handle")
    assert handle is not None
    assert (handle.ending, handle.ended_on) == ("moot", MARCH[21])


def test_nobody_confirms_or_returns_what_he_proposed_himself() -> None:
    waiting = proposed(by=HOUSING_HEAD)
    with pytest.raises(NotYourStep, match="应当由另一名工作人员复核") as refused:
        confirmed(waiting, by=HOUSING_HEAD)
    assert refused.value.law == "第二十八条第一款"
    with pytest.raises(NotYourStep, match="另一名工作人员"):
        endings.return_proposal(waiting, "重新研究", by=HOUSING_HEAD, on=MARCH[5], rules=RULES)
    assert confirmed(waiting, by=HOUSING_CLERK).case.stage == DIVERTED


@pytest.mark.parametrize("ending", CONFIRM)
def test_without_a_proposal_nothing_ends(ending: str) -> None:
    case = county.registered()
    with pytest.raises(RuleBroken, match="请先拟定结论") as refused:
        CONFIRM[ending](case, {}, by=BUREAU_CLERK, on=MARCH[4], rules=RULES)
    assert refused.value.law == PETITION.step(ending).law


def test_one_ending_is_not_confirmed_as_another_one() -> None:
    waiting = proposed("arbitration")
    with pytest.raises(RuleBroken, match="还没有人拟定“不予受理”"):
        endings.decline(waiting, texts(waiting), by=HOUSING_HEAD, on=MARCH[5], rules=RULES)


def test_a_clerk_of_another_unit_neither_proposes_nor_confirms() -> None:
    with pytest.raises(NotYourStep, match="不由您的单位办理"):
        proposed(by=WATER_CLERK)
    with pytest.raises(NotYourStep, match="不由您的单位办理"):
        confirmed(proposed(), by=WATER_CLERK)


def test_a_proposal_is_given_back_with_a_reason_and_its_office_is_told() -> None:
    change = endings.return_proposal(proposed(), "双方没有劳动关系", by=HOUSING_HEAD, on=MARCH[5], rules=RULES)
    assert told(change) == {"org:housing": ("M19b",)}
    assert change.events[0].text == {"reason": "双方没有劳动关系"}
    assert offered(change.case, OTHER_CLERK) == set()
    with pytest.raises(RuleBroken, match="没有待复核的结论"):
        endings.return_proposal(change.case, "再退", by=HOUSING_HEAD, on=MARCH[5], rules=RULES)


def test_a_new_proposal_takes_the_place_of_the_one_before() -> None:
    second = proposed("pending_elsewhere", case=proposed("arbitration"), by=OTHER_CLERK)
    assert offered(second, HOUSING_CLERK) == {"return_proposal", "decline"}
    assert offered(second, OTHER_CLERK) == set()


def test_a_proposal_dies_when_the_matter_goes_another_way() -> None:
    waiting = proposed("political_legal", case=county.registered(), by=OTHER_AT_BUREAU)
    handed = receiving.forward(waiting, "housing", tree=TREE, by=BUREAU_CLERK, on=MARCH[4], rules=RULES).case
    back = county.returned(case=county.objected(case=handed))
    assert proposal(back) is None
    at_the_unit = proposed(case=county.forwarded())
    again = receiving.accept(at_the_unit, "petition_procedure", "李工", by=HOUSING_CLERK, on=MARCH[4], rules=RULES).case
    assert proposal(again) is None
    with pytest.raises(RuleBroken, match="请先拟定结论"):
        endings.divert(again, {1: SAID}, by=HOUSING_HEAD, on=MARCH[5], rules=RULES)


@pytest.mark.parametrize("ground", sorted(endings.ENDING_OF))
def test_whoever_ends_a_matter_says_where_to_go_unless_it_is_taken_care_of(ground: str) -> None:
    case = county.registered(channel="visit")
    said = {"explanation": "说明理由"}
    if ground in endings.NAMES_NO_BODY:
        case = proposed(ground, case=case, by=BUREAU_CLERK, said=said, earlier_final=True)
        assert proposal(case) is not None
        return
    with pytest.raises(FieldsInvalid) as refused:
        proposed(ground, case=case, by=BUREAU_CLERK, said=said)
    assert refused.value.fields[0].pointer == "/where_to"


def test_what_was_forwarded_is_objected_to_and_not_declined_for_want_of_competence() -> None:
    """不属于本机关、单位或者本系统职权范围的……自收到之日起5个工作日内提出异议. -- 第二十三条第三款"""
    for case in (county.forwarded(), county.assigned()):
        with pytest.raises(RuleBroken, match="提出异议") as refused:
            proposed("not_our_competence", case=case)
        assert refused.value.law == "第二十三条第三款"


@pytest.mark.parametrize("channel", sorted(set(intake.CHANNELS) - {"visit", "video"}))
def test_only_a_visitor_is_guided_to_the_courts_a_letter_is_passed_on(channel: str) -> None:
    """对收到的涉法涉诉信件，应当转送；对走访反映涉诉问题的信访人，应当释法明理，引导. -- 第二十二条第二款"""
    with pytest.raises(RuleBroken, match="转送同级政法部门") as refused:
        proposed("litigation_matter", case=county.registered(channel=channel), by=BUREAU_CLERK)
    assert "第二十二条第二款" in refused.value.law


def test_only_a_bureau_passes_on_to_the_bodies_of_law() -> None:
    with pytest.raises(RuleBroken, match="由信访部门转送"):
        proposed("political_legal", case=direct())
    with pytest.raises(WrongStage, match="转有关机关"):
        proposed("political_legal", case=county.forwarded())


@pytest.mark.parametrize("kind", ["suggestion", "consultation"])
def test_only_a_grievance_is_led_into_another_procedure(kind: str) -> None:
    with pytest.raises(TrackMismatch, match="只有申诉求决") as refused:
        proposed(case=county.forwarded(kind=kind))
    assert refused.value.law == "第三十一条"


def test_what_was_accepted_is_not_declined_any_more() -> None:
    with pytest.raises(WrongStage, match="不予受理"):
        proposed("pending_elsewhere", case=county.accepted())


def test_without_a_rereview_opinion_a_matter_is_taken_again() -> None:
    """信访人对复核意见不服，仍然以同一事实和理由提出投诉请求的……不再受理. -- 第三十六条第三款"""
    with pytest.raises(RuleBroken, match="只有已经作出复核意见") as refused:
        proposed("rereviewed", earlier=county.NUMBER)
    assert (refused.value.law, refused.value.fields[0].pointer) == ("第三十六条第三款", "/earlier")


def test_what_is_found_untrue_before_the_confirmation_is_not_confirmed() -> None:
    """The kind was corrected meanwhile: a suggestion has no other procedure to go to."""
    waiting = proposed()
    corrected = waiting.with_facts(kind="suggestion")
    with pytest.raises(TrackMismatch):
        confirmed(corrected)


@given(
    st.sampled_from(sorted(endings.ENDING_OF)),
    st.sampled_from(sorted(intake.CHANNELS)),
    st.sampled_from(sorted(intake.KINDS)),
    st.booleans(),
)
def test_whatever_is_proposed_is_either_refused_by_an_article_or_can_be_confirmed(
    ground: str, channel: str, kind: str, final: bool
) -> None:
    case = county.registered(channel=channel, kind=kind)
    try:
        waiting = proposed(ground, case=case, by=BUREAU_CLERK, earlier_final=final)
    except RuleBroken as refused:
        article = refused.law
    else:
        change = confirmed(waiting, by=OTHER_AT_BUREAU)
        assert change.case.stage == PETITION.step(endings.ENDING_OF[ground]).to
        article = endings.GROUNDS_OF[endings.ENDING_OF[ground]][ground][1]
    assert article.startswith("第")
