"""The words of the slice `promises` in the description of the interface."""

from typing import Any

from chalicelib.api.steps.promises import CarriedOut, Relief, ReliefResult, Satisfaction

MODELS: dict[str, str] = {}
"""Models inside a body, and what the slice adds to a view."""

FIELDS: dict[str, str] = {
    "done_on": "哪天办好的",
    "kept": "承诺的事是否办好",
    "visited": "是否回访时得知",
    "broken": "这件事项没有落实的承诺累计几项",
    "informed": "是否收到书面答复",
    "satisfied": "对办理是否满意",
    "carried_out": "答复的事是否落实",
    "missed": "几天没有联系上",
    "spoken_with": "与谁通话、见面",
    "relief": "哪一种救助",
    "told": "告知了什么",
    "helped": "怎样帮助申请",
}
"""Fields of its events and views; those of its bodies are said in the model."""

FIELDS_OF: dict[str, str] = {
    "PetitionRevisited/reached": "是否联系上信访人",
    "CommitmentProved/due": "承诺的日期",
    "ReliefRecorded/result": "救助结果",
    "Case/solved": "问题是否解决：信访人评价或者回访时说的；还没有人说的为空",
    "Case/solved_label": "问题是否解决的说法；办结不等于解决",
}
"""Model/field, where it means something else than it does elsewhere."""

LISTS: dict[str, Any] = {
    "satisfied": Satisfaction,
    "carried_out": CarriedOut,
    "relief": Relief,
    "ReliefRecorded/result": ReliefResult,
}
"""Facts of its events whose values are a closed list: name, or Event/name."""

SAID: tuple[str, ...] = ("text", "note", "reason", "spoken_with", "told", "helped")
"""Keys of the text of its events."""
