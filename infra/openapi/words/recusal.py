"""The words of the slice `recusal` in the description of the interface."""

from typing import Any, Literal

from chalicelib.domain.recusing import POSTS

MODELS: dict[str, str] = {}
"""Models inside a body, and what the slice adds to a view."""

FIELDS: dict[str, str] = {
    "granted": "是否同意",
    "own": "是否本人报告的回避",
    "post": "请谁回避",
    "successor": "接着承办的人",
    "users": "回避的人",
}
"""Fields of its events and views; those of its bodies are said in the model."""

FIELDS_OF: dict[str, str] = {}
"""Model/field, where it means something else than it does elsewhere."""

LISTS: dict[str, Any] = {"post": Literal[tuple(POSTS)]}
"""Facts of its events whose values are a closed list: name, or Event/name."""

SAID: tuple[str, ...] = ("reason",)
"""Keys of the text of its events."""
