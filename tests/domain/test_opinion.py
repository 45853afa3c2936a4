"""From hearing the petitioner to the signed opinion (第三十一条第六项、第三十二条)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.domain import gates, opinion
from chalicelib.domain.case import Actor, Case
from chalicelib.domain.errors import (
    FieldsInvalid,
    NotYourStep,
    OpinionIncomplete,
    QualityGate,
    RuleBroken,
    WrongStage,
)
from chalicelib.domain.intake import Answer, Commitment, Opinion
from chalicelib.domain.owed import owed
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import next_steps
from chalicelib.domain.stages import ACCEPTED, REPLIED
from tests.domain import county
from tests.domain.county import (
    A_LEADER,
    BUREAU_CLERK,
    CITIZEN,
    HOUSING_CLERK,
    HOUSING_HEAD,
    HOUSING_READER,
    MARCH,
    RULES,
    WATER_CLERK,
    WATER_HEAD,
)

TICKED = tuple(gates.CHECKS)
EMPTY = Opinion(
    "3月10日到小区查看收费台账，并走访了三户业主。",
    (
        Answer(1, "explain", "您反映的情况我局高度重视，正在研究，请耐心等待。"),
        Answer(2, "explain", "收费标准已经在小区公告栏公示。"),
    ),
)


def offered(case: Case, by: Actor) -> list[str]:
    mine = {"confirm_claims", "hear_petitioner", "investigate", "mark_historical", "draft_reply"}
    mine |= {"second_read", "return_draft", "sign", "reply"}
    return [step.action for step in next_steps(PETITION, case, by) if step.action in mine]


def draft(case: Case, said: Opinion | None = None, *, by: Actor = HOUSING_CLERK, **more: Any) -> Any:
    return opinion.draft_reply(case, said or county.opinion(), by=by, on=MARCH[12], rules=RULES, **more)


def sign(case: Case, *, by: Actor = HOUSING_HEAD, ticked: tuple[str, ...] = TICKED, note: str = "", **more: Any) -> Any:
    said = more.pop("said", county.opinion())
    return opinion.sign(case, said.text(), ticked, note, by=by, on=more.pop("on", MARCH[16]), rules=RULES)


def hear(case: Case, held_on: date, *, on: date = MARCH[20], by: Actor = HOUSING_CLERK) -> Case:
    return opinion.hear_petitioner(case, "call", held_on, "说明了经过", by=by, on=on, rules=RULES).case


def investigate(case: Case, held_on: date, *, on: date = MARCH[20]) -> Case:
    return opinion.investigate(case, "visit", held_on, "到现场", by=HOUSING_CLERK, on=on, rules=RULES).case


@pytest.mark.feature(55)
def test_the_claims_are_confirmed_and_the_opinion_answers_these() -> None:
    change = opinion.confirm_claims(
        county.accepted(), ("退费", "公示", "道歉"), by=HOUSING_CLERK, on=MARCH[6], rules=RULES
    )
    assert change.events[0].facts() == {"org": "housing", "claims": 3}
    assert change.events[0].text == {"claims": ["退费", "公示", "道歉"]}
    assert change.case.facts["claims_in"] == 1
    ready = county.investigated(case=county.heard(case=change.case))
    with pytest.raises(OpinionIncomplete) as refused:
        draft(ready)
    assert [each.message for each in refused.value.fields] == ["第3项诉求没有答复"]


@pytest.mark.parametrize("claims", [(), tuple("一二三四五六七八九十百")])
def test_one_to_ten_claims_are_confirmed(claims: tuple[str, ...]) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        opinion.confirm_claims(county.accepted(), claims, by=HOUSING_CLERK, on=MARCH[6], rules=RULES)
    assert refused.value.fields[0].pointer == "/claims"


def test_claims_do_not_change_under_a_draft() -> None:
    with pytest.raises(RuleBroken, match="退改以后"):
        opinion.confirm_claims(county.drafted(), ("退费",), by=HOUSING_CLERK, on=MARCH[13], rules=RULES)


@pytest.mark.feature(46)
def test_the_work_outside_the_system_is_kept_entry_by_entry() -> None:
    change = opinion.investigate(
        county.heard(),
        "meeting",
        MARCH[10],
        "核对了三年的台账",
        "张三、物业经理",
        "物业办公室",
        by=HOUSING_CLERK,
        on=MARCH[11],
        rules=RULES,
    )
    assert change.events[0].facts() == {"org": "housing", "how": "meeting", "held_on": "2026-03-10"}
    assert change.events[0].text == {"note": "核对了三年的台账", "present": "张三、物业经理", "place": "物业办公室"}
    assert change.case.facts["investigated"] == "2026-03-10"
    later = investigate(change.case, MARCH[9])
    assert later.facts["investigated"] == "2026-03-10"


@pytest.mark.parametrize("held_on", [MARCH[3], MARCH[21]])
def test_the_work_lies_between_acceptance_and_today(held_on: date) -> None:
    """Accepted on Wednesday the 4th; written down on Friday the 20th."""
    for step in (hear, investigate):
        with pytest.raises(FieldsInvalid, match="1处") as refused:
            step(county.accepted(), held_on)
        assert refused.value.fields[0].pointer == "/held_on"
    assert hear(county.accepted(), MARCH[4]).facts["heard"] == "2026-03-04"
    assert hear(county.accepted(), MARCH[20]).facts["heard"] == "2026-03-20"


@pytest.mark.parametrize(
    ("case", "words"), [(county.accepted(), "听取信访人陈述"), (county.heard(), "还没有调查核实")], ids=["", "heard"]
)
def test_nobody_drafts_before_he_has_heard_and_looked(case: Case, words: str) -> None:
    with pytest.raises(RuleBroken, match=words) as refused:
        draft(case)
    assert refused.value.law == "第三十一条第六项"


@pytest.mark.feature(51, 52)
def test_an_old_matter_is_investigated_anew_and_led() -> None:
    change = opinion.mark_historical(
        county.drafted(), "2019年已反映过，当时没有到现场", by=HOUSING_CLERK, on=MARCH[16], rules=RULES
    )
    marked = change.case
    assert "draft" not in marked.facts
    with pytest.raises(RuleBroken, match="重新调查核实"):
        draft(marked)
    before = investigate(marked, MARCH[13])
    with pytest.raises(RuleBroken, match="重新调查核实"):
        draft(before)
    anew = investigate(before, MARCH[16])
    with pytest.raises(RuleBroken, match="领导包案"):
        draft(anew)
    led, _duty = anew.with_new_duty("leader_led", "county")
    assert draft(led).case.facts["draft"]["by"] == "housing-clerk"


def test_a_matter_is_marked_once() -> None:
    marked = opinion.mark_historical(county.accepted(), "老问题", by=HOUSING_CLERK, on=MARCH[6], rules=RULES).case
    with pytest.raises(RuleBroken, match="已经标记") as refused:
        opinion.mark_historical(marked, "老问题", by=HOUSING_CLERK, on=MARCH[6], rules=RULES)
    assert refused.value.law == "第二十八条第一款"
    assert "mark_historical" not in offered(marked, HOUSING_CLERK)


@pytest.mark.feature(57)
def test_a_draft_is_read_by_somebody_else_and_signed_by_the_head() -> None:
    drafted = draft(county.investigated())
    assert drafted.case.stage == ACCEPTED
    assert drafted.events[0].facts() == {
        "org": "housing",
        "findings": ["support", "explain"],
        "flags": [],
        "failed": [],
        "commitments": 0,
    }
    read = opinion.second_read(drafted.case, "数字已核对", by=HOUSING_READER, on=MARCH[13], rules=RULES)
    assert read.events[0].facts() == {"org": "housing", "draft": 1, "overridden": False}
    signed = sign(read.case)
    assert signed.case.stage == REPLIED
    assert signed.events[0].facts() == {
        "org": "housing",
        "findings": ["support", "explain"],
        "drafted_by": "housing-clerk",
        "read_by": "housing-reader",
        "signed_by": "housing-head",
        "flags": [],
        "failed": [],
        "overridden": False,
    }
    assert signed.events[0].text == county.opinion().text()
    assert "draft" not in signed.case.facts
    assert signed.case.facts["opinion"] == 1
    assert signed.case.facts["signed"] == ["housing-clerk", "housing-reader", "housing-head"]


def test_each_hand_is_offered_its_own_step() -> None:
    prepared, drafted, read = county.investigated(), county.drafted(), county.read()
    work = ["hear_petitioner", "investigate", "mark_historical"]
    assert offered(county.accepted(), HOUSING_CLERK) == ["confirm_claims", *work]
    assert offered(prepared, HOUSING_CLERK) == ["confirm_claims", *work, "draft_reply"]
    assert offered(drafted, HOUSING_CLERK) == [*work, "draft_reply"]
    assert offered(drafted, HOUSING_READER) == [*work, "draft_reply", "second_read", "return_draft"]
    assert offered(read, HOUSING_READER) == [*work, "draft_reply", "return_draft"]
    assert offered(read, HOUSING_HEAD) == [*work, "draft_reply", "return_draft", "sign"]
    assert offered(county.accepted(kind="suggestion"), HOUSING_CLERK) == [
        *("reply", "confirm_claims", "hear_petitioner", "investigate")
    ]
    for stranger in (CITIZEN, WATER_CLERK, WATER_HEAD, BUREAU_CLERK, A_LEADER):
        assert offered(read, stranger) == []


def test_nobody_reads_or_returns_his_own_draft() -> None:
    for step, args in ((opinion.second_read, ()), (opinion.return_draft, ("改",))):
        with pytest.raises(NotYourStep, match="拟稿人以外") as refused:
            step(county.drafted(), *args, by=HOUSING_CLERK, on=MARCH[13], rules=RULES)
        assert refused.value.law == "第三十二条"


def test_a_head_may_take_his_own_draft_back() -> None:
    own = draft(county.investigated(), by=HOUSING_HEAD).case
    back = opinion.return_draft(own, "再改改", by=HOUSING_HEAD, on=MARCH[13], rules=RULES)
    assert "draft" not in back.case.facts


def test_a_draft_is_not_signed_before_it_was_read() -> None:
    with pytest.raises(RuleBroken, match="还没有由第二个人核过"):
        sign(county.drafted())
    with pytest.raises(RuleBroken, match="还没有拟稿"):
        sign(county.investigated())


def test_a_new_draft_has_to_be_read_anew() -> None:
    again = draft(county.read()).case
    with pytest.raises(RuleBroken, match="还没有由第二个人核过"):
        sign(again)


@pytest.mark.parametrize("by", [HOUSING_CLERK, HOUSING_READER, BUREAU_CLERK, WATER_HEAD])
def test_nobody_but_the_head_of_the_unit_signs(by: Actor) -> None:
    with pytest.raises(NotYourStep):
        sign(county.read(), by=by)


def test_a_draft_is_read_once() -> None:
    with pytest.raises(RuleBroken, match="已经核过"):
        opinion.second_read(county.read(), by=HOUSING_HEAD, on=MARCH[13], rules=RULES)


def test_a_draft_goes_back_with_a_reason_and_is_counted() -> None:
    back = opinion.return_draft(county.read(), "第一项没有写明日期", by=HOUSING_HEAD, on=MARCH[13], rules=RULES)
    assert back.events[0].facts() == {"org": "housing", "draft": 1}
    assert back.events[0].text == {"reason": "第一项没有写明日期"}
    assert [(each.recipient, each.texts) for each in owed(back.case, back.events[0])] == [("org:housing", ("M10",))]
    assert back.case.facts["draft_returns"] == 1
    with pytest.raises(RuleBroken, match="还没有拟稿"):
        opinion.second_read(back.case, by=HOUSING_READER, on=MARCH[13], rules=RULES)


@pytest.mark.feature(53, 54)
def test_what_the_quality_gate_finds_is_kept_with_the_draft_and_let_through_only_with_a_reason() -> None:
    flagged = draft(county.investigated(), EMPTY)
    assert flagged.events[0].facts()["flags"] == ["empty_phrase"]
    assert flagged.events[0].facts()["failed"] == ["quality", "no_brush_off"]
    with pytest.raises(QualityGate, match="套话空话") as refused:
        opinion.second_read(flagged.case, by=HOUSING_READER, on=MARCH[13], rules=RULES)
    assert refused.value.fields[0].pointer == "/override_reason"
    read = opinion.second_read(
        flagged.case, override_reason="省里方案未定", by=HOUSING_READER, on=MARCH[13], rules=RULES
    )
    assert read.events[0].facts()["overridden"] is True
    assert read.events[0].text == {"override_reason": "省里方案未定"}
    with pytest.raises(FieldsInvalid) as unsaid:
        sign(read.case, said=EMPTY)
    assert unsaid.value.fields[0].pointer == "/note"
    given = sign(read.case, said=EMPTY, note="方案定后补充答复").events[0]
    assert (given.facts()["overridden"], given.facts()["flags"]) == (True, ["empty_phrase"])
    assert given.text["note"] == "方案定后补充答复"


@pytest.mark.feature(51)
def test_a_draft_copied_from_an_earlier_reply_is_marked() -> None:
    said = county.opinion()
    flagged = draft(county.investigated(), said, earlier=[said.answers[0].answer])
    assert flagged.events[0].facts()["flags"] == ["copied"]


@pytest.mark.feature(42)
def test_the_head_goes_through_all_four_checks() -> None:
    with pytest.raises(FieldsInvalid) as refused:
        sign(county.read(), ticked=("no_delay", "no_careless"))
    assert refused.value.fields[0].pointer == "/checks"
    assert "不敷衍、不失信" in refused.value.fields[0].message


@pytest.mark.feature(41, 56)
def test_a_late_signature_is_given_with_a_reason_and_recorded() -> None:
    """The sixtieth day after Wednesday the 4th of March is Sunday the 3rd of May."""
    late = date(2026, 5, 7)
    with pytest.raises(FieldsInvalid, match="1处"):
        sign(county.read(), on=late)
    assert sign(county.read(), on=late, note="等待鉴定结论").events[0].facts()["failed"] == ["time", "no_delay"]


@pytest.mark.feature(34)
def test_a_promise_names_what_by_when_and_by_whom() -> None:
    promise = Commitment(1, "退还多收的停车费", MARCH[31], "物业科王科长")
    said = replace(county.opinion(), commitments=(promise,))
    assert draft(county.investigated(), said).events[0].facts()["commitments"] == 1
    assert Opinion.of(said.text()) == said
    signed = sign(county.read(), said=said)
    assert signed.events[0].text["commitments"] == [
        {"claim": 1, "what": "退还多收的停车费", "due": "2026-03-31", "responsible": "物业科王科长"}
    ]


@pytest.mark.parametrize(
    ("promise", "error", "pointer"),
    [
        (Commitment(1, "退费", MARCH[11], "王科长"), FieldsInvalid, "/commitments/0/due"),
        (Commitment(1, "退费", date(2028, 1, 1), "王科长"), FieldsInvalid, "/commitments/0/due"),
        (Commitment(7, "退费", MARCH[31], "王科长"), OpinionIncomplete, "/commitments/0/claim"),
    ],
)
def test_a_promise_is_about_a_claim_and_a_day_to_come(promise: Commitment, error: type[Any], pointer: str) -> None:
    with pytest.raises(error) as refused:
        draft(county.investigated(), replace(county.opinion(), commitments=(promise,)))
    assert refused.value.fields[0].pointer == pointer


def test_a_suggestion_is_not_drafted() -> None:
    with pytest.raises(RuleBroken, match="不必拟稿"):
        draft(county.accepted(kind="suggestion"))


@pytest.mark.parametrize("case", [county.registered(), county.forwarded(), county.replied(), county.served()])
def test_nothing_of_it_is_done_outside_the_handling(case: Case) -> None:
    with pytest.raises((WrongStage, NotYourStep)):
        draft(case)
    with pytest.raises((WrongStage, NotYourStep)):
        hear(case, MARCH[20])


def test_another_office_neither_hears_nor_drafts() -> None:
    with pytest.raises(NotYourStep, match="不由您的单位办理"):
        hear(county.accepted(), MARCH[6], by=WATER_CLERK)
    with pytest.raises(NotYourStep, match="不由您的单位办理"):
        draft(county.investigated(), by=WATER_CLERK)
