"""The words of the slice `hearing` in the description of the interface."""

from typing import Any

from chalicelib.api.steps.hearing import ClosedFor, Settlement

MODELS: dict[str, str] = {}
"""Models inside a body, and what the slice adds to a view."""

FIELDS: dict[str, str] = {
    "at_time": "听证的时间",
    "place_name": "听证的地点（单位名称）",
    "chair": "听证主持人",
    "public": "是否公开举行",
    "closed_for": "不公开举行的理由",
    "reached": "调解是否达成一致",
    "settlement": "协议书的种类",
    "signed_on": "签订日期",
    "participants": "听证参加人员",
    "present": "在场人员",
    "record": "听证笔录、调解经过",
    "conclusion": "听证结论",
    "agreement": "协议内容",
}
"""Fields of its events and views; those of its bodies are said in the model."""

FIELDS_OF: dict[str, str] = {
    "HearingAnnounced/place": "听证的地点（单位）",
    "HearingPostponed/place": "听证的地点（单位）",
    "HearingHeld/held_on": "听证举行的日期",
    "MediationHeld/held_on": "调解的日期",
}
"""Model/field, where it means something else than it does elsewhere."""

LISTS: dict[str, Any] = {"closed_for": ClosedFor, "settlement": Settlement}
"""Facts of its events whose values are a closed list: name, or Event/name."""

SAID: tuple[str, ...] = ("chair", "participants", "present", "record", "conclusion", "agreement")
"""Keys of the text of its events."""
