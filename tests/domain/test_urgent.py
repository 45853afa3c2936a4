"""What may have social effect is looked at at once, told to whom the law names, and followed (第二十五条)."""

from typing import Any

import pytest

from chalicelib.domain import own_steps, receiving, signals, urgent
from chalicelib.domain.case import Case
from chalicelib.domain.errors import DomainError, FieldsInvalid, NotYourStep, RuleBroken
from chalicelib.domain.owed import owed
from chalicelib.notices.window import AT_ANY_HOUR
from tests.domain import county
from tests.domain.county import BUREAU_CLERK, CITIZEN, HOUSING_CLERK, MARCH, RULES, TREE, filing, noon
from tests.domain.scenes.urgent import marked, reported, signalled, told

BY: dict[str, Any] = {"by": BUREAU_CLERK, "on": MARCH[5], "rules": RULES}


def registered(text: str) -> Any:
    return receiving.register(
        county.NUMBER, filing(text=text), county.CONTACT, TREE.offices["bureau"],
        by=CITIZEN, at=noon(MARCH[2]), rules=RULES,
    )  # fmt: skip


@pytest.mark.feature(95, 89)
@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("再不给钱我就不想活了", ("self_harm",)),
        ("不解决我就跳\n楼，和他们同归于尽", ("self_harm", "violence")),
        ("明天我们村几百人去堵路", ("crowd",)),
        ("楼道漏电，孩子差点触电", ("hazard",)),
        ("路灯坏了三个月没人修", ()),
        ("请依法处理，谢谢", ()),
    ],
)
def test_words_of_danger_raise_their_signal(text: str, raised: tuple[str, ...]) -> None:
    assert signals.found(text) == raised


@pytest.mark.feature(95)
def test_a_signal_calls_a_person_at_any_hour_and_decides_nothing() -> None:
    change = registered("我不想活了")
    clock = change.case.running("check_signal")
    assert clock is not None
    assert clock.due == MARCH[2], "the same day"
    notices = [(n.recipient, n.texts) for n in owed(change.case, change.events[0]) if n.recipient != "petitioner"]
    assert notices == [("org:bureau", ("S27",)), ("head:bureau", ("S27",))]
    assert "S27" in AT_ANY_HOUR
    assert not change.case.facts.get("urgent")


def test_without_a_signal_nobody_is_called() -> None:
    change = registered("路灯坏了")
    assert change.case.running("check_signal") is None
    assert [n.recipient for n in owed(change.case, change.events[0])] == ["petitioner"]


def test_a_later_word_raises_it_too_and_a_second_one_does_not_give_more_time() -> None:
    case = signalled()
    first = case.running("check_signal")
    again = own_steps.supplement(case, "我真的不想活了", by=CITIZEN, on=MARCH[6], rules=RULES).case
    assert first is not None
    assert again.running("check_signal") == first


@pytest.mark.feature(95)
def test_the_check_ends_the_signal_or_marks_the_matter() -> None:
    calm = urgent.check_signal(signalled(), "none", "已通话，是气话", **BY).case
    assert calm.running("check_signal") is None
    assert not calm.facts.get("urgent")
    change = urgent.check_signal(signalled(), "major", "已到现场", **BY)
    assert [event.wire for event in change.events] == ["petition.signal_checked", "petition.urgency_marked"]
    assert change.case.facts["urgent"] == "major"


def test_without_a_signal_there_is_nothing_to_check() -> None:
    with pytest.raises(RuleBroken, match="没有待核查"):
        urgent.check_signal(county.accepted(), "none", "无", **BY)


def test_the_check_belongs_to_whoever_received_the_matter() -> None:
    with pytest.raises(NotYourStep):
        urgent.check_signal(signalled(), "none", "无", by=HOUSING_CLERK, on=MARCH[5], rules=RULES)


@pytest.mark.feature(67)
def test_whoever_has_the_matter_may_mark_it_and_both_offices_and_heads_are_called() -> None:
    change = urgent.mark_urgent(county.accepted(), "urgent", "聚集", by=HOUSING_CLERK, on=MARCH[5], rules=RULES)
    told_now = {notice.recipient for notice in owed(change.case, change.events[0])}
    assert told_now == {"org:housing", "head:housing", "org:bureau", "head:bureau"}
    clock = change.case.running("urgent_report")
    assert clock is not None
    assert (clock.owner, clock.due) == ("bureau", MARCH[5])


@pytest.mark.feature(67)
@pytest.mark.parametrize(
    ("level", "done", "missing"),
    [
        ("urgent", (), "本级党委、政府、本级信访工作联席会议办公室"),
        ("urgent", ("government",), "联席会议办公室"),
        ("major", ("government", "joint_office"), "上一级信访部门、国家信访局"),
    ],
)
def test_a_report_needs_everybody_told_whom_the_law_names(level: str, done: tuple[str, ...], missing: str) -> None:
    with pytest.raises(RuleBroken, match=missing) as refused:
        urgent.report_urgent(told(marked(level), *done), "情况", "措施", **BY)
    assert refused.value.law == "第二十五条"


def test_the_report_meets_its_date() -> None:
    clock = reported().clock("urgent_report")
    assert clock is not None
    assert clock.ending == "met"


def test_it_is_not_over_before_it_was_reported() -> None:
    with pytest.raises(RuleBroken, match="先报告"):
        urgent.end_urgency(marked(), "已离开", **BY)
    over = urgent.end_urgency(reported(), "已离开", **BY).case
    assert not over.facts["urgent"]


def test_marked_once_it_can_only_be_marked_higher() -> None:
    assert urgent.mark_urgent(marked(), "major", "人数增加", **BY).case.facts["urgent"] == "major"
    for standing, level in (("urgent", "urgent"), ("major", "urgent"), ("major", "major")):
        with pytest.raises(RuleBroken, match="已经标为"):
            urgent.mark_urgent(marked(standing), level, "x", **BY)


@pytest.mark.parametrize("day", [1, 6])
def test_nobody_was_told_before_the_matter_came_or_tomorrow(day: int) -> None:
    with pytest.raises(FieldsInvalid):
        urgent.tell_urgent(marked(), "government", "王", MARCH[day], "09:30", "电话", **BY)
    with pytest.raises(FieldsInvalid):
        urgent.take_measure(marked(), "到场", MARCH[day], **BY)


@pytest.mark.parametrize(
    "step",
    [
        lambda case: urgent.tell_urgent(case, "government", "王", MARCH[5], "09:30", "电话", **BY),
        lambda case: urgent.report_urgent(case, "情况", "措施", **BY),
        lambda case: urgent.take_measure(case, "到场", MARCH[5], **BY),
        lambda case: urgent.end_urgency(case, "已离开", **BY),
    ],
)
def test_what_is_not_urgent_has_nothing_to_report(step: Any) -> None:
    case: Case = county.accepted()
    with pytest.raises(DomainError, match="没有标为紧急"):
        step(case)
