"""The words of the slice `passing` in the description of the interface."""

from typing import Any, Literal

from chalicelib.domain.reaching_upward import GAPS, POSTS

MODELS: dict[str, str] = {}
"""Models inside a body, and what the slice adds to a view."""

FIELDS: dict[str, str] = {
    "expected_at": "应当在什么时候发现",
    "detected_at": "实际在什么时候发现",
    "noticed_late": "发现得晚的，写明应于何时发现、实际于何时发现",
    "due_before": "重新计算以前的到期日",
    "whom": "要告知的是哪个岗位",
    "gap": "为什么没有告知到",
    "instead": "改告了哪个单位",
    "instead_name": "改告了哪个单位的名称",
    "begins": "从哪天起",
    "ends": "到哪天止",
    "excused_days": "超期的天数里有几天属于不可抗力",
}
"""Fields of its events and views; those of its bodies are said in the model."""

FIELDS_OF: dict[str, str] = {"PostFoundEmpty/place": "哪个单位"}
"""Model/field, where it means something else than it does elsewhere."""

LISTS: dict[str, Any] = {"whom": Literal[POSTS], "gap": Literal[tuple(GAPS)]}
"""Facts of its events whose values are a closed list: name, or Event/name."""

SAID: tuple[str, ...] = ("document", "body", "reason", "place")
"""Keys of the text of its events."""
