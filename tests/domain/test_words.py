"""Steps, stages and lists are called by the words that were agreed for the whole product, and by no others."""

from collections.abc import Iterator

import pytest

from chalicelib.domain import events, intake, limits
from chalicelib.domain.case import LAW
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Step
from chalicelib.domain.stages import STAGES
from tests.domain.scenes import ACTIONS_SAID, READ_OTHERWISE, STAGES_SAID

LISTS_SAID = {
    "建议意见": intake.KINDS["suggestion"],
    "申诉求决": intake.KINDS["grievance"],
    "咨询": intake.KINDS["consultation"],
    "信访程序": intake.TRACKS["petition_procedure"],
    "予以支持": intake.FINDINGS["support"][0],
    "解释说明": intake.FINDINGS["explain"][0],
    "不予支持": intake.FINDINGS["not_support"][0],
    "满意": intake.RATINGS["satisfied"],
    "基本满意": intake.RATINGS["basically"],
    "不满意": intake.RATINGS["not_satisfied"],
    "超期未评价": events.RatingLapsed.label,
}
NOT_SAID = (
    *("上访", "刁民", "缠访", "工单", "派单", "流程引擎", "节点", "驳回", "抄送", "补正", "并联", "视为受理", "该用户"),
    *("已送达", "终结", "逾期", "案件", "平安", "局部", "催促", "反响", "比拟"),
)
"""Words of other laws or of office software, and what is not true of a petition."""


@pytest.mark.parametrize("step", [step for step in PETITION.steps if step.by != (LAW,)], ids=lambda step: step.action)
def test_a_step_is_called_what_was_agreed(step: Step) -> None:
    assert step.label == ACTIONS_SAID[step.action]
    first = next(each for each in PETITION.steps if each.emits is step.emits)
    assert step.emits.label == first.label  # 签发 gives the opinion as 作出处理意见 does


def test_a_stage_is_called_what_was_agreed() -> None:
    assert {stage: staff for stage, (staff, _) in STAGES_SAID.items()} == STAGES


@pytest.mark.parametrize("step", [step for step in PETITION.steps if step.to in STAGES], ids=lambda step: step.action)
def test_the_petitioner_reads_the_sentence_of_the_stage_that_a_step_leads_to(step: Step) -> None:
    if step.action not in READ_OTHERWISE:
        assert STAGES_SAID[step.to][1] in step.emits.shown


@pytest.mark.parametrize(("said", "label"), LISTS_SAID.items())
def test_the_closed_lists_use_the_words_that_were_agreed(said: str, label: str) -> None:
    assert label == said


def everything_said() -> Iterator[str]:
    """Every Chinese word that the tables of the domain hold."""
    yield from STAGES.values()
    for event in events.ALL:
        yield from (event.label, event.shown)
    for limit in limits.PETITION.values():
        yield from (limit.label, limit.since, limit.note)
    for listed in (
        intake.KINDS,
        intake.KINDS_SHOWN,
        intake.TRACKS,
        intake.CHANNELS,
        intake.SERVICE_METHODS,
        intake.RATINGS,
    ):
        yield from listed.values()
    for grounds in (intake.GROUNDS, intake.ROUTES, intake.FINDINGS):
        yield from (said for said, _ in grounds.values())


@pytest.mark.parametrize("word", NOT_SAID)
def test_a_word_that_was_ruled_out_is_nowhere(word: str) -> None:
    assert [said for said in everything_said() if word in said] == []
