"""The words of the slice `joint` in the description of the interface."""

from typing import Any

MODELS: dict[str, str] = {}
"""Models inside a body, and what the slice adds to a view."""

FIELDS: dict[str, str] = {
    "orgs": "请哪些单位协办，单位编号",
    "answered": "回答了第几项诉求",
    "left": "还有几个单位没有反馈",
    "attended": "参加的单位，单位编号",
}
"""Fields of its events and views; those of its bodies are said in the model."""

FIELDS_OF: dict[str, str] = {
    "Said/opinion": "协办意见",
    "Said/question": "请有关单位说明的问题",
    "Said/minutes": "会议纪要",
    "CoordinationHeld/held_on": "开会日期",
}
"""Model/field, where it means something else than it does elsewhere."""

LISTS: dict[str, Any] = {}
"""Facts of its events whose values are a closed list: name, or Event/name."""

SAID: tuple[str, ...] = ("question", "opinion", "reason", "minutes")
"""Keys of the text of its events."""
