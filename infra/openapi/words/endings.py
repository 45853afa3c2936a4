"""The words of the slice `endings` in the description of the interface."""

from typing import Any

from chalicelib.api.steps.endings import AnyGround, Ending, Ground, Route, Transfer

MODELS: dict[str, str] = {}
"""Models inside a body, and what the slice adds to a view."""

FIELDS: dict[str, str] = {
    "ending": "拟定的结论",
    "endings": "处理意见以外的结论",
    "earlier": "以前已有复核意见的信访编号",
}
"""Fields of its events and views; those of its bodies are said in the model."""

FIELDS_OF: dict[str, str] = {}
"""Model/field, where it means something else than it does elsewhere."""

LISTS: dict[str, Any] = {
    "ending": Ending,
    "ground": AnyGround,
    "PetitionDeclined/ground": Ground,
    "PetitionTransferred/ground": Transfer,
    "route": Route,
}
"""Facts of its events whose values are a closed list: name, or Event/name."""

SAID: tuple[str, ...] = ("explanation", "where_to", "body", "limit_note", "earlier")
"""Keys of the text of its events."""
