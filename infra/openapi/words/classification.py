"""The words of the slice `classification` in the description of the interface."""

from typing import Any

MODELS: dict[str, str] = {}
"""Models inside a body, and what the slice adds to a view."""

FIELDS: dict[str, str] = {}
"""Fields of its events and views; those of its bodies are said in the model."""

FIELDS_OF: dict[str, str] = {}
"""Model/field, where it means something else than it does elsewhere."""

LISTS: dict[str, Any] = {}
"""Facts of its events whose values are a closed list: name, or Event/name."""

SAID: tuple[str, ...] = ()
"""Keys of the text of its events."""
