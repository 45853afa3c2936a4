"""Steps, stages and lists are called by the words that were agreed for the whole product, and by no others."""

from collections.abc import Iterator

import pytest

from chalicelib.domain import events, intake, limits
from chalicelib.domain.case import LAW
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Step
from chalicelib.domain.stages import STAGES

ACTIONS_SAID = {
    "register": "登记",
    "forward": "转送",
    "assign": "交办",
    "object": "提出异议",
    "uphold_objection": "同意退回",
    "reject_objection": "不同意退回",
    "accept": "受理",
    "decline": "不予受理",
    "divert": "导入法定途径",
    "extend": "延长办理期限",
    "reply": "作出处理意见",
    "serve": "送达",
    "rate": "评价",
    "supplement": "补充材料",
    "urge": "催办",
    "withdraw": "撤回登记",
}
STAGES_SAID = {
    "registered": ("已登记，待分办", "已登记，正在确定由谁办"),
    "forwarded": ("已转送，待告知", "已转到"),
    "assigned": ("已交办，待告知", "已交"),
    "objected": ("异议待核", "正在核实由哪个单位办"),
    "accepted": ("办理中", "正在办理"),
    "declined": ("不予受理", "不能受理，原因见告知书"),
    "diverted": ("已导入法定途径", "应由"),
    "replied": ("意见已出，待送达", "意见已作出，正在送给您"),
    "served": ("已办结", "已办结，请查收并评价"),
    "concluded": ("已结案", "程序已结束"),
    "withdrawn": ("已撤回", "您已撤回"),
    "disputed": ("争议待裁定", "正在协调由哪个单位办"),
    "transferred": ("已转有关机关", "已转有关机关依法处理"),
    "settled": ("已调解（和解）办结", "已达成协议"),
    "under_review": ("复查中", "正在复查"),
    "reviewed": ("已复查", "复查意见已出"),
    "redo": ("重新办理中", "正在重新办理"),
    "under_rereview": ("复核中", "正在复核"),
    "rereviewed": ("已复核", "复核意见已出"),
    "not_taken_again": ("不再受理", "不再受理，原因见告知书"),
}
"""Stage -> what staff read, and what the petitioner's sentence holds."""
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
    assert step.emits.label == step.label


def test_a_stage_is_called_what_was_agreed() -> None:
    assert {stage: staff for stage, (staff, _) in STAGES_SAID.items()} == STAGES


@pytest.mark.parametrize("step", [step for step in PETITION.steps if step.to in STAGES], ids=lambda step: step.action)
def test_the_petitioner_reads_the_sentence_of_the_stage_that_a_step_leads_to(step: Step) -> None:
    if step.action != "uphold_objection":  # back where it was, and the sentence says so
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
