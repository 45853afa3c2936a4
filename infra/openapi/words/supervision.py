"""The words of the slice `supervision` in the description of the interface."""

from typing import Any

from chalicelib.api.steps.supervision import Adopted, Advice, Against, ComplaintKind, Measure, OrderKind, Result

MODELS: dict[str, str] = {
    "WatchFinding": "发现的一个问题",
    "Watched": "有问题的一件事项",
    "WatchList": "本地区有问题的事项：哪件、什么问题、由谁负责",
}
"""Models inside a body, and what the slice adds to a view."""

FIELDS: dict[str, str] = {
    "demand": "督办要求",
    "leader": "包案的领导",
    "problem": "督办时填写的问题",
}
"""Fields of its events and views; those of its bodies are said in the model."""

FIELDS_OF: dict[str, str] = {
    "OrderVerified/accepted": "是否认可反馈",
    "OrderVerified/due": "重新反馈的日期",
    "PetitionSupervised/due": "书面反馈的日期",
    "PetitionSupervised/kind": "督办方式",
    "PetitionComplained/kind": "投诉什么",
    "PetitionComplained/to": "由哪个单位答复",
    "PetitionComplained/to_name": "由哪个单位答复（名称）",
    "RecommendationAnswered/adopted": "是否采纳",
    "RecommendationMade/advice": "建议的种类",
    "PetitionComplained/against": "投诉谁",
    "MeasureImposed/measure": "采取的措施",
    "ComplaintAnswered/result": "核实结果",
    "WatchFinding/code": "问题的代码",
    "Watched/findings": "发现的问题",
    "Case/findings": "发现的问题，只给负有督促职责的人",
    "WatchFinding/org": "由谁负责",
    "WatchFinding/org_name": "由谁负责（名称）",
    "WatchFinding/detail": "具体情况",
}
"""Model/field, where it means something else than it does elsewhere."""

LISTS: dict[str, Any] = {
    "PetitionSupervised/kind": OrderKind,
    "PetitionComplained/kind": ComplaintKind,
    "PetitionComplained/against": Against,
    "ComplaintAnswered/result": Result,
    "MeasureImposed/measure": Measure,
    "RecommendationMade/advice": Advice,
    "RecommendationAnswered/adopted": Adopted,
}
"""Facts of its events whose values are a closed list: name, or Event/name."""

SAID: tuple[str, ...] = ("problem", "demand", "text", "note", "leader")
"""Keys of the text of its events."""
