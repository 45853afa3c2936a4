"""A step's body as the fields of a form: what a page needs to ask for it, read from the model and nowhere else.

The invariant, proved by a test: every field has its label and every option its own.
"""

import typing
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

INPUTS = (
    "line",
    "text",
    "choice",
    "choices",
    "number",
    "date",
    "bool",
    "office",
    "offices",
    "duty",
    "list",
    "file",
    "person",
    "answers",
)
"""What a field may be asked with. `answers` has fields of its own: its page draws it by hand."""


def form(body: type[Struct]) -> list[dict[str, Any]]:
    """The fields of a body in the order in which they are asked. Raises TypeError for a type no page can ask for."""
    return [_field(each) for each in msgspec.structs.fields(body)]


def _field(field: Any) -> dict[str, Any]:
    kind, metas = _bare(field.type)
    found = {
        "name": field.encode_name,
        "label": "",
        "input": _input(kind, metas, field.name),
        "required": field.required,
    }
    for meta in metas:
        told = {
            "label": meta.title,
            "hint": meta.description if meta.title else None,
            "max": meta.max_length if meta.max_length is not None else meta.le,
            "min": meta.min_length if meta.min_length is not None else meta.ge,
        }
        found |= {name: value for name, value in told.items() if value is not None}
    if found["input"] == "duty":
        found["kinds"] = _extra(metas)["kinds"]
    if found["input"] == "person" and "posts" in _extra(metas):
        found["posts"] = _extra(metas)["posts"]
    if found["input"] in ("choice", "choices"):
        found["options"] = _options(kind, metas)
    return found


def _input(kind: Any, metas: list[Meta], name: str) -> str:
    extra = _extra(metas)
    if typing.get_origin(kind) is list:
        each, own = _bare(typing.get_args(kind)[0])
        if isinstance(each, type) and issubclass(each, Struct):
            return "answers"
        return {"choice": "choices", "office": "offices", "line": "list", "text": "list"}[_input(each, own, name)]
    if typing.get_origin(kind) is Literal:
        return "choice"
    if kind is str:
        return str(extra.get("input") or ("text" if extra.get("cleaned_as") == "text" else "line"))
    known = {bool: "bool", int: "number", date: "date"}
    if kind not in known:
        raise TypeError(f"{name}: no form asks for {kind}")
    return known[kind]


def _options(kind: Any, metas: list[Meta]) -> list[dict[str, str]]:
    """The choices in the order of the model, each by its name in the domain's table."""
    if typing.get_origin(kind) is list:
        kind, own = _bare(typing.get_args(kind)[0])
        metas = [*own, *metas]
    labels = _extra(metas).get("labels", {})
    return [{"value": each, "label": labels.get(each, "")} for each in typing.get_args(kind)]


def _extra(metas: list[Meta]) -> dict[str, Any]:
    return {name: value for meta in metas for name, value in (meta.extra or {}).items()}


def _bare(kind: Any) -> tuple[Any, list[Meta]]:
    """The type without `| None`, and all that is said about it, the innermost first."""
    if typing.get_origin(kind) is Annotated:
        bare, inner = _bare(typing.get_args(kind)[0])
        return bare, [*inner, *(each for each in kind.__metadata__ if isinstance(each, Meta))]
    rest = [each for each in typing.get_args(kind) if each is not type(None)]
    if typing.get_origin(kind) is not Literal and len(rest) < len(typing.get_args(kind)):
        return _bare(rest[0])
    return kind, []
