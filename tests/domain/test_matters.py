"""Same person, same matter: linked, merged, split, cut out. Nothing moves a clock, and both sides say the same."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain import intake, matters
from chalicelib.domain.case import CLERK, WINDOW, Actor, Case
from chalicelib.domain.errors import DomainError, FieldsInvalid, NotYourStep, RuleBroken, WrongStage
from tests.domain import county
from tests.domain.county import (
    BUREAU_CLERK,
    CONTACT,
    CROWD,
    HOUSING_CLERK,
    MARCH,
    NUMBER,
    RULES,
    TREE,
    WATER_CLERK,
    WINDOW_CLERK,
    noon,
)

ANOTHER, THIRD = "269876543219", "260000000017"
FILED: dict[str, Any] = {
    "title": "小区停车乱收费",
    "text": "物业每月多收停车费五十元；另外建议建一个立体车库。",
    "claims": ["退还多收的停车费", "公示停车收费标准", "建议建立体车库"],
}


def another(case: Case, number: str = ANOTHER, day: int = 1) -> Case:
    """The same under another number, received on Sunday the 1st."""
    return replace(case, id=number, received_on=MARCH[day])


def link(case: Case, other: Case, relation: str = "same_matter", by: Actor = HOUSING_CLERK) -> tuple[Case, Case]:
    one, two = matters.link(case, other, relation, by=by, on=MARCH[5], rules=RULES)
    return one.case, two.case


def merge(case: Case, leading: Case, by: Actor = HOUSING_CLERK) -> tuple[Case, Case]:
    one, two = matters.merge(case, leading, by=by, on=MARCH[5], rules=RULES)
    return one.case, two.case


def split(case: Case, claims: list[int], kind: str = "suggestion", **changes: Any) -> tuple[Case, Case]:
    named: dict[str, Any] = {
        "filed": FILED,
        "contact": CONTACT,
        "tree": TREE,
        "by": HOUSING_CLERK,
        "at": noon(MARCH[5]),
    }
    new, kept = matters.split(case, ANOTHER, claims, kind, "建议建立体车库", rules=RULES, **named | changes)
    return new.case, kept.case


def three_claims() -> Case:
    return county.accepted(claims=tuple(FILED["claims"]), text=FILED["text"])


def refusal(error: type[DomainError], *args: Any, **named: Any) -> DomainError:
    function, *rest = args
    with pytest.raises(error) as refused:
        function(*rest, **named)
    return refused.value


@pytest.mark.parametrize("relation", matters.RELATIONS)
def test_both_sides_of_a_link_hold_relation_number_and_day(relation: str) -> None:
    one, two = link(county.forwarded(), another(county.accepted()), relation)
    assert one.facts["links"] == [[relation, ANOTHER, "2026-03-05"]]
    assert two.facts["links"] == [[relation, NUMBER, "2026-03-05"]]


@pytest.mark.parametrize("relation", ["same_matter", "visit_after_online"])
def test_the_later_one_is_the_repetition_and_is_charged_to_who_handled_the_first(relation: str) -> None:
    later, first = county.forwarded(to="water"), another(county.accepted())
    for one, two in (link(later, first, relation, WATER_CLERK), reversed(link(first, later, relation))):
        assert (one.facts["repeat"], one.facts["repeat_of"], one.facts["charged_to"]) == (True, ANOTHER, "housing")
        assert "repeat" not in two.facts


def test_a_repetition_of_a_repetition_is_charged_to_the_first_too() -> None:
    second, _ = link(another(county.forwarded(to="water"), THIRD, 2), another(county.accepted()), by=WATER_CLERK)
    third, _ = link(replace(county.forwarded(), received_on=MARCH[3]), second)
    assert third.facts["charged_to"] == "housing"


def test_received_on_the_same_day_the_hour_of_registration_decides() -> None:
    first = county.forwarded()
    later = replace(county.forwarded(to="water"), id=ANOTHER, registered_at=noon(MARCH[3]))
    one, two = link(first, later)
    assert "repeat" not in one.facts
    assert two.facts["repeat_of"] == NUMBER


@pytest.mark.parametrize("relation", ["new_facts", "same_person", "related"])
def test_new_facts_and_other_matters_are_no_repetition(relation: str) -> None:
    """有新的事实和理由的 can be brought anew: 第三十六条第三款 speaks of 同一事实和理由."""
    one, two = link(county.forwarded(), another(county.accepted()), relation)
    assert not {"repeat", "charged_to"} & (set(one.facts) | set(two.facts))


def test_the_last_word_on_two_matters_counts_and_takes_the_repetition_back() -> None:
    one, two = link(county.forwarded(), another(county.accepted()))
    one, two = link(one, two, "new_facts")
    assert one.facts["links"] == [["new_facts", ANOTHER, "2026-03-05"]]
    assert not {"repeat", "repeat_of", "charged_to"} & set(one.facts)


def test_a_link_moves_neither_stage_nor_clock() -> None:
    before = county.forwarded()
    after, _ = link(before, another(county.served()))
    assert (after.stage, after.clocks, after.desks) == (before.stage, before.clocks, before.desks)


def test_a_matter_that_has_ended_can_be_linked() -> None:
    assert link(county.forwarded(), another(county.served()))[0].facts["repeat"] is True


def test_a_link_while_an_objection_is_pending_does_not_lose_where_the_case_came_from() -> None:
    from chalicelib.domain import receiving

    linked, _ = link(county.objected(), another(county.accepted()))
    back = receiving.reject_objection(linked, "仍属你局", by=BUREAU_CLERK, on=MARCH[6], rules=RULES).case
    assert back.stage == "forwarded"


@pytest.mark.parametrize(("by", "may"), [
    (HOUSING_CLERK, True), (BUREAU_CLERK, True), (WINDOW_CLERK, True), (WATER_CLERK, False),
    (Actor(WINDOW, "water", "w1"), False), (Actor(CLERK, "property", "p1"), False),
])  # fmt: skip
def test_only_who_registered_or_handles_it_links(by: Actor, may: bool) -> None:
    if may:
        assert link(county.forwarded(), another(county.accepted()), by=by)[0].facts["links"]
    else:
        error = refusal(NotYourStep, link, county.forwarded(), another(county.accepted()), by=by)
        assert error.law == "第十九条第三款"


def test_a_matter_is_not_linked_with_itself() -> None:
    error = refusal(FieldsInvalid, link, county.forwarded(), county.forwarded())
    assert error.fields[0].pointer == "/other"


def test_a_matter_has_so_many_links_and_no_more() -> None:
    case = county.forwarded()
    for number in range(matters.MOST_LINKS):
        case, _ = link(case, another(county.accepted(), f"2600000{number:05}"), "related")
    assert refusal(RuleBroken, link, case, another(county.accepted()), "related").law == "第十九条第三款"
    again, _ = link(case, another(county.accepted(), "260000000003"), "same_person")
    assert len(again.facts["links"]) == matters.MOST_LINKS


@pytest.mark.parametrize(("channel", "online", "relation"), [
    ("visit", "web", "visit_after_online"), ("visit", "wechat", "visit_after_online"),
    ("visit", "letter", "same_matter"), ("letter", "web", "same_matter"),
])  # fmt: skip
@pytest.mark.feature(8)
def test_a_visit_about_what_was_brought_online_is_registered_and_linked_at_once(
    channel: str, online: str, relation: str
) -> None:
    from chalicelib.domain import receiving

    earlier = another(county.accepted(channel=online))
    change = receiving.register(
        NUMBER, county.filing(channel=channel), CONTACT, TREE.offices["bureau"], by=WINDOW_CLERK, at=noon(MARCH[5]),
        rules=RULES,
    )  # fmt: skip
    new, its = matters.register_after(change, earlier, by=WINDOW_CLERK, on=MARCH[5], rules=RULES)
    assert new.case.stage == "registered"
    assert new.events[0].facts()["earlier"] == ANOTHER
    assert new.case.facts["links"] == [[relation, ANOTHER, "2026-03-05"]]
    assert (new.case.facts["repeat"], new.case.facts["charged_to"]) == (True, "housing")
    assert its.case.facts["links"] == [[relation, NUMBER, "2026-03-05"]]
    assert its.events[0].facts() == {"other": NUMBER, "relation": relation}
    assert new.granted == ("bureau",)


def test_merged_matters_keep_their_own_clocks_stages_and_rights() -> None:
    follower, leading = county.forwarded(), another(county.accepted())
    one, two = merge(follower, leading)
    assert (one.clocks, one.stage, two.clocks, two.stage) == (
        follower.clocks, follower.stage, leading.clocks, leading.stage,
    )  # fmt: skip
    assert one.facts["merged_with"] == ANOTHER
    assert two.facts["merged"] == [NUMBER]


@pytest.mark.feature(93)
def test_many_matters_may_follow_one() -> None:
    leading = another(county.accepted())
    for number in (NUMBER, THIRD):
        _, leading = merge(replace(county.accepted(), id=number), leading)
    assert leading.facts["merged"] == [NUMBER, THIRD]


def test_only_matters_of_one_agency_are_merged() -> None:
    error = refusal(RuleBroken, merge, county.forwarded(), another(county.forwarded(to="water")))
    assert (error.law, error.fields[0].pointer) == ("第二十八条", "/other")


def test_matters_of_different_kinds_go_different_ways_and_are_not_merged() -> None:
    refusal(RuleBroken, merge, county.forwarded(), another(county.forwarded(kind="suggestion")))


def test_who_has_his_opinion_does_not_follow_any_more_but_may_still_lead() -> None:
    refusal(RuleBroken, merge, county.replied(), another(county.accepted()))
    assert merge(county.accepted(), another(county.replied()))[1].facts["merged"] == [NUMBER]


def test_what_was_answered_is_not_merged_at_all() -> None:
    refusal(WrongStage, merge, county.served(), another(county.accepted()))
    refusal(WrongStage, merge, county.accepted(), another(county.served()))


def test_a_follower_does_not_lead_and_a_leader_does_not_follow() -> None:
    one, two = merge(county.forwarded(), another(county.accepted()))
    third = another(county.accepted(), THIRD)
    refusal(RuleBroken, merge, one, third)
    refusal(RuleBroken, merge, third, one)
    refusal(RuleBroken, merge, two, third)


def test_a_unit_merges_its_own_matters_and_nobody_elses() -> None:
    refusal(NotYourStep, merge, county.forwarded(), another(county.accepted()), by=WATER_CLERK)
    refusal(NotYourStep, merge, county.forwarded(), another(county.accepted()), by=BUREAU_CLERK)


def test_unmerging_takes_the_mark_away_and_nothing_else() -> None:
    follower, leading = county.forwarded(), another(county.accepted())
    one, two = merge(follower, leading)
    apart = matters.unmerge(one, two, by=HOUSING_CLERK, on=MARCH[6], rules=RULES)
    assert [each.case.facts.get("merged_with", "") for each in apart] == ["", ""]
    assert apart[1].case.facts["merged"] == []
    assert (apart[0].case.clocks, apart[0].case.stage) == (follower.clocks, follower.stage)
    assert merge(apart[0].case, apart[1].case)[0].facts["merged_with"] == ANOTHER


def test_matters_that_are_not_merged_are_not_unmerged() -> None:
    named = {"by": HOUSING_CLERK, "on": MARCH[6], "rules": RULES}
    refusal(RuleBroken, matters.unmerge, county.forwarded(), another(county.accepted()), **named)
    one, two = merge(county.forwarded(), another(county.accepted()))
    refusal(RuleBroken, matters.unmerge, one, another(two, THIRD), **named)
    refusal(NotYourStep, matters.unmerge, one, two, **named | {"by": BUREAU_CLERK})


def test_a_part_of_another_kind_gets_its_own_number_and_counts_from_the_receipt_of_the_whole() -> None:
    """Received on Monday the 2nd, split on Thursday the 5th: 15 days after the 2nd is Tuesday the 17th."""
    new, kept = split(three_claims(), [3])
    assert (new.id, new.stage, new.office, new.received_on) == (ANOTHER, "registered", "bureau", MARCH[2])
    route = new.running("route")
    assert route is not None
    assert route.due == MARCH[17]
    assert (new.facts["kind"], new.facts["claims"], kept.facts["claims"]) == ("suggestion", 1, 2)
    assert new.facts["links"] == [["split_from", NUMBER, "2026-03-05"]]
    assert kept.facts["links"] == [["split_into", ANOTHER, "2026-03-05"]]
    assert kept.stage == "accepted"
    assert kept.clocks == three_claims().clocks


def test_the_part_says_its_own_claims_and_the_rest_says_what_is_left() -> None:
    case = three_claims()
    new, kept = matters.split(
        case, ANOTHER, [3], "suggestion", "建议建立体车库", filed=FILED, contact=CROWD, tree=TREE, by=HOUSING_CLERK,
        at=noon(MARCH[5]), rules=RULES,
    )  # fmt: skip
    assert new.events[0].text["claims"] == ["建议建立体车库"]
    assert new.events[0].text["text"] == FILED["text"]
    assert kept.events[0].text["claims"] == FILED["claims"][:2]
    texts = {1: FILED, case.version + 1: kept.events[0].text}
    assert matters.current(texts, kept.case.facts)["claims"] == FILED["claims"][:2]
    assert new.case.facts["people"] == {"r": 2, "s": 3, "x": 1}
    assert new.granted == ("bureau",)
    assert kept.granted == ()


def test_who_was_accused_stays_accused_in_the_part() -> None:
    new, _ = split(replace(three_claims(), accused=("water",)), [3])
    assert new.accused == ("water",)


@pytest.mark.parametrize("claims", [[], [0], [4], [1, 2, 3], [3, 9]])
def test_a_part_is_some_of_the_claims_and_never_all(claims: list[int]) -> None:
    assert refusal(FieldsInvalid, split, three_claims(), claims).fields[0].pointer == "/claims"


@settings(deadline=None)  # a split reads half the program when it is the first
@given(st.lists(st.integers(1, 3), min_size=1, max_size=9).filter(lambda claims: len(set(claims)) < 3))
def test_no_claim_is_lost_and_none_is_doubled(claims: list[int]) -> None:
    new, kept = split(three_claims(), claims)
    assert new.facts["claims"] + kept.facts["claims"] == 3
    assert new.facts["claims"] == len(set(claims))


def test_a_matter_with_one_claim_is_not_split() -> None:
    refusal(RuleBroken, split, county.accepted(claims=()), [1], filed=FILED | {"claims": ["一"]})


def test_a_report_of_misconduct_is_registered_on_its_own_way() -> None:
    error = refusal(RuleBroken, split, three_claims(), [3], "report_of_misconduct")
    assert (error.law, error.fields[0].pointer) == ("第三十条", "/kind")
    assert "检举控告渠道" in error.detail


@pytest.mark.parametrize("stage", ["objected", "replied", "served"])
def test_what_stands_elsewhere_is_not_split(stage: str) -> None:
    refusal(WrongStage, split, getattr(county, stage)(), [1])


def test_only_who_handles_it_splits_and_cuts() -> None:
    refusal(NotYourStep, split, three_claims(), [3], by=WATER_CLERK)
    named = {"by": BUREAU_CLERK, "on": MARCH[5], "rules": RULES}
    refusal(NotYourStep, matters.cut_out, county.forwarded(), "标题", "内容", [], **named)


def test_after_a_cut_the_petition_says_what_is_left() -> None:
    case = replace(county.registered(), version=1)
    cut = matters.cut_out(case, "停车收费", "多收五十元。", ["退费"], by=BUREAU_CLERK, on=MARCH[3], rules=RULES)
    texts = {1: {**FILED, "place": "幸福家园"}, 2: cut.events[0].text}
    now = matters.current(texts, cut.case.facts)
    assert now == {"title": "停车收费", "text": "多收五十元。", "claims": ["退费"], "place": "幸福家园"}
    assert (cut.case.facts["claims"], cut.case.stage) == (1, "registered")


def test_a_cut_without_claims_leaves_the_title_as_the_one_claim() -> None:
    named = {"by": BUREAU_CLERK, "on": MARCH[3], "rules": RULES}
    assert matters.cut_out(county.registered(), "停车收费", "内容", [], **named).events[0].text["claims"] == [
        "停车收费"
    ]


def test_an_actor_who_is_recused_touches_neither_side() -> None:
    recused = county.accepted().with_facts(recused=[HOUSING_CLERK.user])
    refusal(NotYourStep, link, county.forwarded(), another(recused))
    refusal(NotYourStep, merge, county.forwarded(), another(recused))


def test_kinds_of_a_part_are_those_of_a_petition() -> None:
    assert intake.REPORT_OF_MISCONDUCT not in intake.KINDS
