"""The words of the slice `road` in the description of the interface."""

from typing import Any

from chalicelib.api.steps.opinion import Finding
from chalicelib.api.steps.road import Cause, Method, Rating

MODELS: dict[str, str] = {"ClaimAnswer": "对一项诉求的答复（第三十二条）"}
"""Models inside a body, and what the slice adds to a view."""

FIELDS: dict[str, str] = {}
"""Fields of its events and views; those of its bodies are said in the model."""

FIELDS_OF: dict[str, str] = {}
"""Model/field, where it means something else than it does elsewhere."""

LISTS: dict[str, Any] = {
    "findings": list[Finding],
    "method": Method,
    "cause": Cause,
    "PetitionRated/office": Rating,
    "PetitionRated/unit": Rating,
    "solved": bool,
}
"""Facts of its events whose values are a closed list: name, or Event/name."""

SAID: tuple[str, ...] = (
    "note",
    "reason",
    "undertaker",
    "basis",
    "proof",
    "remark",
)
"""Keys of the text of its events."""
