"""Matters that belong together, and parts that do not."""

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api import pairing
from chalicelib.api.bodies import Claims, Note, Story, Title
from chalicelib.api.fields import CaseNumber, choice, said
from chalicelib.api.steps.call import StepCall
from chalicelib.domain import intake, matters

Relation = Literal["same_matter", "new_facts", "same_person", "related", "visit_after_online"]
PartKind = Literal["grievance", "suggestion", "consultation", "report_of_misconduct"]
ClaimNumber = Literal["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
CLAIM_NUMBERS = {str(number): f"第{number}项诉求" for number in range(1, 11)}
PART_KINDS = {**intake.KINDS, intake.REPORT_OF_MISCONDUCT: "检举控告"}


class Linking(Struct, forbid_unknown_fields=True):
    """Which other matter, and what it is to this one."""

    other: Annotated[CaseNumber, said("另一件的编号")]
    relation: Annotated[Relation, choice(matters.RELATIONS), said("两件的关系", "请看过两件的内容再选")]
    note: Annotated[Note, said("说明（选填）")] = ""


class Merging(Struct, forbid_unknown_fields=True):
    """Into which other matter."""

    other: Annotated[CaseNumber, said("并入哪一件", "由同一单位一并办理；各件的期限、告知、评价和复查不变")]
    note: Annotated[Note, said("说明（选填）")] = ""


class Unmerging(Struct, forbid_unknown_fields=True):
    """A word for the file."""

    note: Annotated[Note, said("为什么不再一并办理（选填）")] = ""


class Splitting(Struct, forbid_unknown_fields=True):
    """Which claims are another kind of matter."""

    claims: Annotated[
        list[Annotated[ClaimNumber, choice(CLAIM_NUMBERS)]],
        Meta(min_length=1, max_length=9),
        said("分出哪几项诉求", "至少留下一项"),
    ]
    kind: Annotated[PartKind, choice(PART_KINDS), said("分出的部分属于")]
    title: Annotated[Title, said("分出的部分的标题")]
    text: Annotated[Story, said("分出的部分的事实和理由（选填）", "不填就用原来的内容")] = ""


class CuttingOut(Struct, forbid_unknown_fields=True):
    """What the petition says without the part that accuses somebody."""

    title: Annotated[Title, said("移出以后的标题")]
    text: Annotated[Story, said("移出以后的事实和理由", "除登记单位外，以后只能看到这里写的内容")]
    claims: Annotated[Claims, said("移出以后的诉求", "不填就以标题为一项诉求")] = []


CALLS: Mapping[str, StepCall] = {
    "link": StepCall(
        Linking,
        lambda step, asked, other: matters.link(
            step.case, other, asked.relation, asked.note, by=step.by, on=step.on, rules=step.rules
        ),
        taken=pairing.with_other,
    ),
    "merge": StepCall(
        Merging,
        lambda step, asked, other: matters.merge(
            step.case, other, asked.note, by=step.by, on=step.on, rules=step.rules
        ),
        taken=pairing.with_other,
    ),
    "unmerge": StepCall(
        Unmerging,
        lambda step, asked, other: matters.unmerge(
            step.case, other, asked.note, by=step.by, on=step.on, rules=step.rules
        ),
        taken=pairing.with_leading,
    ),
    "split": StepCall(
        Splitting,
        lambda step, asked, number, filed, contact, at: matters.split(
            step.case,
            number,
            [int(each) for each in asked.claims],
            asked.kind,
            asked.title,
            asked.text,
            filed=filed,
            contact=contact,
            tree=step.tree,
            by=step.by,
            at=at,
            rules=step.rules,
        ),
        taken=pairing.splitting,
    ),
    "cut_out": StepCall(
        CuttingOut,
        lambda step, asked: matters.cut_out(
            step.case, asked.title, asked.text, asked.claims, by=step.by, on=step.on, rules=step.rules
        ),
    ),
}
