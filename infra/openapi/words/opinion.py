"""The words of the slice `opinion` in the description of the interface."""

from typing import Any, Literal

from chalicelib.api.steps.opinion import Finding, Way
from chalicelib.domain import gates, quality

MODELS: dict[str, str] = {
    "Promised": "对一项诉求的承诺：办什么、何时、由谁（第三十二条第二款）",
    "CommitmentMade": "处理意见中的一项承诺",
    "DraftShown": "还没有签发的处理意见稿，只给工作人员",
    "Flag": "质量关的一处发现",
    "CheckShown": "一道关口或者一项核对的结果（时限关、程序关、质量关、不拖延、不敷衍、不失信、不草办）",
}
"""Models inside a body, and what the slice adds to a view."""

FIELDS: dict[str, str] = {
    "how": "方式",
    "held_on": "听取陈述、调查核实的日期",
    "present": "在场人员",
    "flags": "质量关的发现",
    "failed": "没有通过的关口和核对",
    "commitments": "承诺事项",
    "what": "承诺办什么",
    "responsible": "由谁负责",
    "draft": "处理意见稿，只给工作人员",
    "checks": "三关四查的结果，只给工作人员",
    "passed": "是否通过",
    "words": "说明",
    "overridden": "质量关没有通过，是否写明理由后放行",
    "override_reason": "仍然放行的理由",
    "drafted_by": "拟稿人的用户名",
    "read_by": "核稿人的用户名",
    "signed_by": "签发人的用户名",
    "cause": "信访问题的成因",
    "ways": "听取陈述、调查核实的方式",
    "causes": "信访问题的成因",
}
"""Fields of its events and views; those of its bodies are said in the model."""

FIELDS_OF: dict[str, str] = {
    "OpinionDrafted/commitments": "承诺了几项",
    "OpinionRead/draft": "第几个事件的稿子",
    "DraftReturned/draft": "第几个事件的稿子",
}
"""Model/field, where it means something else than it does elsewhere."""

LISTS: dict[str, Any] = {
    "how": Way,
    "OpinionDrafted/findings": list[Finding],
    "flags": list[Literal[tuple(quality.FLAGS)]],  # type: ignore[valid-type]
    "failed": list[Literal[tuple(gates.LABELS)]],  # type: ignore[valid-type]
}
"""Facts of its events whose values are a closed list: name, or Event/name."""

SAID: tuple[str, ...] = ("present", "place", "override_reason")
"""Keys of the text of its events."""
