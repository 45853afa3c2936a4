"""Chinese words for people who read the interface: every model and every field, once.

A step's body and its fields are described by the step's row and by what stands at the fields (`said`), an event
by its label. What is left is written here: what all share in `base.py`, what a slice adds in its own module.
A test fails when a model or a field has no words, and when words are left that describe nothing.
"""

import importlib
from typing import Any

from chalicelib.api.steps import SLICES

_OTHERS = ("base", "announcing", "findings", "leave", "proving", "sealed")
_PLACES = [importlib.import_module(f"{__name__}.{name}") for name in (*_OTHERS, *SLICES)]


def _merged(table: str) -> dict[str, Any]:
    """One table of all places. Raises ValueError where two places say different things of one name."""
    found: dict[str, Any] = {}
    for place in _PLACES:
        for name, words in getattr(place, table, {}).items():
            if found.setdefault(name, words) != words:
                raise ValueError(
                    f"{table}: two kinds of words for {name!r}; say yours in FIELDS_OF of {place.__name__}"
                )
    return found


MODELS: dict[str, str] = _merged("MODELS")
FIELDS: dict[str, str] = _merged("FIELDS")
FIELDS_OF: dict[str, str] = _merged("FIELDS_OF")
LISTS: dict[str, Any] = _merged("LISTS")
SAID: tuple[str, ...] = tuple(dict.fromkeys(name for place in _PLACES for name in place.SAID))
