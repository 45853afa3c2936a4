"""The words of the slice `urgent` in the description of the interface."""

from typing import Any, Literal

from chalicelib.api.steps import urgent
from chalicelib.domain.signals import SIGNALS

MODELS: dict[str, str] = {}
"""Models inside a body, and what the slice adds to a view."""

FIELDS: dict[str, str] = {
    "signals": "写下的内容里需要人工核查的信号",
    "addressee": "向谁报告、通报",
    "addressees": "已经向谁报告、通报",
    "result": "核查结果",
    "told_on": "哪天通报",
    "taken_on": "哪天采取",
    "person": "对方接收人",
    "told_at": "几点几分",
    "how": "方式",
    "situation": "情况",
    "measures": "已经采取的措施",
    "measure": "采取的措施",
    "outcome": "处置结果",
}
"""Fields of its events and views; those of its bodies are said in the model."""

FIELDS_OF: dict[str, str] = {"UrgencyMarked/level": "紧急程度", "UrgencyReported/level": "紧急程度"}
"""Model/field, where it means something else than it does elsewhere."""

LISTS: dict[str, Any] = {
    "UrgencyMarked/level": urgent.Level,
    "UrgencyReported/level": urgent.Level,
    "addressee": urgent.Addressee,
    "addressees": list[urgent.Addressee],
    "SignalChecked/result": urgent.Result,
    "signals": list[Literal[tuple(SIGNALS)]],  # type: ignore[valid-type]
}
"""Facts of its events whose values are a closed list: name, or Event/name."""

SAID: tuple[str, ...] = ("person", "told_at", "how", "situation", "measures", "measure", "outcome")
"""Keys of the text of its events."""
