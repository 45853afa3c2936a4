"""The words of the slice `matters` in the description of the interface."""

from typing import Any

from chalicelib.api.steps.matters import PartKind, Relation
from infra.openapi.answers import Number

MODELS: dict[str, str] = {
    "Candidate": "可能是同一信访人或者同一事项的一件",
    "Candidates": "供人工核对的事项，最可能的在前，最多20件",
    "FiledFirst": "移出检举内容以前的原文，只给登记单位",
    "Found": "找到的事项，新的在前",
    "LeadingOpinion": "并案的主件的处理意见，供起草本件意见参考",
    "LinkShown": "关联的另一件：什么关系、哪天关联",
    "Reason": "为什么可能是同一件",
    "Search": "按什么查找，只填一项",
}
"""Models inside a body, and what the slice adds to a view."""

FIELDS: dict[str, str] = {
    "charged_to": "重复信访归哪个首办单位负责",
    "charged_to_name": "首办单位名称",
    "filed": "移出检举内容以前的原文，只给登记单位",
    "into": "分出的一件的编号",
    "leads": "是否为主件",
    "links": "关联的其他事项",
    "looked_at": "比对了多少件",
    "merged": "并入本件的各件",
    "merged_opinion": "主件的处理意见，供起草参考；还没有作出的为空",
    "merged_with": "并入哪一件，没有并案的为空",
    "other": "另一件的编号",
    "reason_label": "原因的名称",
    "relation": "两件的关系",
    "relation_label": "关系的名称",
    "repeat": "是否重复信访",
    "score": "标题和诉求的相近程度，0到100",
}
"""Fields of its events and views; those of its bodies are said in the model."""

FIELDS_OF: dict[str, str] = {
    "Candidate/reasons": "为什么可能是同一件",
    "Candidate/relation": "已经关联的关系，没有关联的为空",
    "LinkShown/on": "哪天关联的",
    "Reason/reason": "原因的代码",
    "Search/name": "完整的姓名",
    "Search/number": "编号",
}
"""Model/field, where it means something else than it does elsewhere."""

LISTS: dict[str, Any] = {
    "relation": Relation,
    "MatterSplit/kind": PartKind,
    "into": Number,
    "other": Number,
}
"""Facts of its events whose values are a closed list: name, or Event/name."""

SAID: tuple[str, ...] = ("note",)
"""Keys of the text of its events."""
