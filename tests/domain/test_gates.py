"""三关四查: every gate and check passes and fails for its own reason."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain import gates, quality
from chalicelib.domain.case import Case
from chalicelib.domain.intake import Answer, Commitment, Opinion
from tests.domain import county
from tests.domain.county import MARCH, opinion

ALL = ["time", "procedure", "quality", "no_delay", "no_brush_off", "no_broken_word", "no_careless"]
FACTS = "3月10日到现场查看，并向两户业主和物业公司了解情况。"


def failed(case: Case | None = None, said: Opinion | None = None, flags: tuple[str, ...] = (), on: date = MARCH[16]):
    return list(gates.failed(case or county.investigated(), said or opinion(), flags, on))


@pytest.mark.feature(41, 42)
def test_a_good_opinion_in_time_passes_everything() -> None:
    shown = gates.shown(county.investigated(), opinion(), MARCH[16])
    assert [each["code"] for each in shown] == ALL
    assert all(each["passed"] for each in shown)
    assert [each["label"] for each in shown] == [
        *("时限关", "程序关", "质量关"),
        *("不拖延", "不敷衍", "不失信", "不草办"),
    ]
    assert all(each["law"].startswith("第") and each["words"] for each in shown)


@pytest.mark.parametrize(
    ("on", "codes"),
    [
        (date(2026, 4, 30), []),  # Thursday, three days before the sixtieth
        (date(2026, 5, 1), ["no_delay"]),  # Friday
        (date(2026, 5, 3), ["no_delay"]),  # Sunday, the sixtieth day after Wednesday the 4th of March
    ],
)
@pytest.mark.feature(56)
def test_what_is_put_off_until_the_last_days_is_a_delay(on: date, codes: list[str]) -> None:
    assert failed(on=on) == codes


def test_after_the_last_day_the_gate_of_time_is_closed() -> None:
    case = county.investigated()
    late = date(2026, 5, 7)
    assert failed(on=late) == ["time", "no_delay"]
    words = {each["code"]: each["words"] for each in gates.shown(case, opinion(), late)}
    assert "超期" in words["time"]


def test_who_informed_late_has_delayed() -> None:
    """Received on Wednesday the 4th, to be informed of by Thursday the 19th."""
    late = county.accepted(on=MARCH[27], case=county.forwarded(on=MARCH[4]))
    ready = county.investigated(on=MARCH[27], case=county.heard(on=MARCH[27], case=late))
    assert failed(ready, on=MARCH[28]) == ["no_delay"]


@pytest.mark.feature(56)
def test_a_draft_returned_twice_has_delayed() -> None:
    assert failed(county.investigated().with_facts(draft_returns=1)) == []
    assert failed(county.investigated().with_facts(draft_returns=2)) == ["no_delay"]


def test_without_hearing_and_investigation_the_gate_of_procedure_is_closed() -> None:
    assert failed(county.accepted()) == ["procedure", "no_careless"]
    assert failed(county.heard()) == ["procedure", "no_careless"]
    assert failed(county.accepted(kind="suggestion")) == []


@pytest.mark.feature(51, 52)
def test_an_old_matter_needs_a_new_investigation_and_a_leader() -> None:
    marked = county.investigated().with_facts(historical="2026-03-12")
    assert gates.unprepared(marked) == "历史遗留问题须重新调查核实"
    anew = marked.with_facts(investigated="2026-03-12")
    assert gates.unprepared(anew) == "历史遗留问题须有领导包案"
    assert gates.unprepared(anew.with_facts(leader_led=True)) == ""
    led, _duty = anew.with_new_duty("leader_led", "county")
    assert gates.unprepared(led) == ""


def test_while_the_petitioner_waits_to_be_informed_the_gate_of_procedure_is_closed() -> None:
    assert gates.uninformed(county.forwarded()) == "还没有书面告知信访人接收情况和办理途径"
    assert gates.uninformed(county.accepted()) == ""


@pytest.mark.parametrize("flag", quality.FLAGS)
def test_every_finding_closes_the_gate_of_quality(flag: str) -> None:
    assert "quality" in failed(flags=(flag,))
    assert ("no_brush_off" in failed(flags=(flag,))) == (flag != quality.TOO_SHORT)


def test_a_basis_that_names_no_document_brushes_off() -> None:
    said = opinion()
    vague = replace(said, answers=(replace(said.answers[0], basis="有关文件"), said.answers[1]))
    assert failed(said=vague) == ["no_brush_off"]


def test_support_without_a_day_is_a_word_that_cannot_be_kept() -> None:
    answer = Answer(1, "support", "已责成物业公司退还多收的停车费。", "《物业管理条例》第五十二条")
    assert failed(said=Opinion(FACTS, (answer,))) == ["no_broken_word"]
    promise = Commitment(1, "退还停车费", MARCH[31], "物业科")
    assert failed(said=Opinion(FACTS, (answer,), (promise,))) == []


def test_a_report_that_is_overdue_is_a_broken_word() -> None:
    case = county.accepted(case=county.assigned(due=MARCH[12]))
    ready = county.investigated(case=county.heard(case=case))
    assert "no_broken_word" in failed(ready, on=MARCH[16])


def test_facts_of_a_few_words_are_careless() -> None:
    assert failed(said=replace(opinion(), facts="经查属实。")) == ["no_careless"]
