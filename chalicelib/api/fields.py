"""Bodies into typed models, field by field, so that everything that has to be mended is told at once.

The invariant: what leaves here is clean (composed text, ASCII digits, no control characters), and a
refusal names its field by JSON pointer in Chinese without repeating what was typed.
"""

import functools
import re
import types
import typing
import unicodedata
from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct

from chalicelib import clock
from chalicelib.domain.errors import FieldError, FieldsInvalid
from chalicelib.domain.identity import clean_text, identity_number, normalise_phone
from chalicelib.domain.numbers import normalise
from chalicelib.domain.values import value

Model = TypeVar("Model", bound=Struct)
_NO_LIMIT = 1_000_000


def text(limit: int, *, least: int = 1) -> Meta:
    """Words of at most `limit` characters, line breaks allowed: `Annotated[str, text(10_000)]`."""
    return Meta(min_length=least, max_length=limit, extra={"cleaned_as": "text"})


def line(limit: int, *, least: int = 1) -> Meta:
    """Words on one line: titles, names, places."""
    return Meta(min_length=least, max_length=limit, extra={"cleaned_as": "line"})


def said(label: str, hint: str = "") -> Meta:
    """What people read at a field: `Annotated[str, text(2_000), said("理由", "会告诉信访人")]`."""
    return Meta(title=label, description=hint or None)


def choice(table: Mapping[str, str | tuple[str, str]]) -> Meta:
    """The domain's own names of a closed list: `Annotated[Ground, choice(intake.GROUNDS), said("理由")]`."""
    return Meta(extra={"labels": {name: row if isinstance(row, str) else row[0] for name, row in table.items()}})


def of_duty(*kinds: str) -> Meta:
    """Which duty beside the road is meant, of these kinds: `Annotated[str, of_duty("order"), said("哪一项督办")]`."""
    return Meta(pattern="^[a-z_]+[.][0-9]{1,3}$", extra={"input": "duty", "kinds": list(kinds)})


def of_post(*roles: str) -> Meta:
    """Only somebody of these posts is asked for: `Annotated[UserId, of_post(LEADER), said("包案领导")]`."""
    return Meta(extra={"posts": list(roles)})


def digits(pattern: str) -> Meta:
    """A number people type: full-width digits, blanks and hyphens are taken for what they mean."""
    return Meta(pattern=pattern, extra={"cleaned_as": "digits"})


Phone = Annotated[str, Meta(extra={"cleaned_as": "phone"}, description="mainland mobile, or landline with area code")]
IdentityNumber = Annotated[str, Meta(extra={"cleaned_as": "identity"}, description="18 characters, GB 11643")]
CaseNumber = Annotated[str, digits("^[0-9]{12}$")]
QueryCode = Annotated[str, digits("^[0-9]{16}$")]
OneTimeCode = Annotated[str, digits("^[0-9]{6}$")]
Id = Annotated[str, Meta(min_length=1, max_length=64, pattern="^[A-Za-z0-9_.:-]+$")]
UserId = Annotated[str, Meta(min_length=1, max_length=64, pattern="^[A-Za-z0-9_.:-]+$", extra={"input": "person"})]
OfficeId = Annotated[str, Meta(min_length=1, max_length=64, pattern="^[A-Za-z0-9_.:-]+$", extra={"input": "office"})]

CLEANED_AS: dict[str, Callable[[str, int], str]] = {
    "text": clean_text,
    "line": lambda value, limit: clean_text(" ".join(clean_text(value, _NO_LIMIT).split()), limit),
    "digits": lambda value, limit: normalise(value),
    "phone": lambda value, limit: normalise_phone(value),
    "identity": lambda value, limit: identity_number(value, today=clock.today()),
}

_NAMES = {
    "str": "文字",
    "int": "整数",
    "float": "数字",
    "bool": "true或false",
    "array": "列表",
    "object": "对象",
    "null": "空值",
    "date": "日期，写成2026-11-23这样",
    "datetime": "时间，写成2026-11-23T09:00:00+08:00这样",
}
_SAID: tuple[tuple[str, str, Callable[[re.Match[str]], str]], ...] = (
    (r"Expected `(?:str|array|object)` of length >= 1$", "empty", lambda m: "不能为空"),
    (r"Expected `str` of length >= (\d+)", "too_short", lambda m: f"至少填写{m[1]}个字"),
    (r"Expected `str` of length <= (\d+)", "too_long", lambda m: f"不能超过{m[1]}字"),
    (r"Expected `\w+` of length >= (\d+)", "too_short", lambda m: f"至少填写{m[1]}项"),
    (r"Expected `\w+` of length <= (\d+)", "too_long", lambda m: f"不能超过{m[1]}项"),
    (r"Expected `(?:int|float)` >= ([-\d.]+)", "too_small", lambda m: f"不能小于{m[1]}"),
    (r"Expected `(?:int|float)` <= ([-\d.]+)", "too_large", lambda m: f"不能大于{m[1]}"),
    (r"Expected `str` matching regex", "format", lambda m: "格式不正确"),
    (r"Invalid enum value", "not_a_choice", lambda m: "不在可选的范围内"),
    (r"Invalid RFC3339|Invalid ISO8601", "format", lambda m: "日期或时间的格式不正确，应写成2026-11-23这样"),
    (r"Expected `([\w |]+)`, got", "wrong_type", lambda m: f"类型不对，应为{_kinds(m[1])}"),
)
"""What msgspec says -> our code and words. Its own sentences are English and may quote the value."""


def read(model: type[Model], value: dict[str, Any]) -> Model:
    """The body as its model. Raises FieldsInvalid with every field that has to be mended."""
    wrong: list[FieldError] = []
    made = _struct(model, value, "", wrong)
    if wrong:
        raise FieldsInvalid(wrong)
    return typing.cast(Model, made)


@value
class _Field:
    """One field of a model, looked at once per process."""

    name: str
    shown: str
    type: Any
    required: bool
    default: Callable[[], Any]


@functools.cache
def _fields(model: type[Struct]) -> tuple[_Field, ...]:
    found = []
    for field in msgspec.structs.fields(model):
        if field.default_factory is not msgspec.NODEFAULT:
            default = field.default_factory
        else:
            default = functools.partial(lambda value: value, field.default)
        found.append(_Field(field.name, field.encode_name, field.type, field.required, default))
    return tuple(found)


def _struct(model: type[Struct], value: Any, at: str, wrong: list[FieldError]) -> Any:
    if not isinstance(value, dict):
        return _refuse(wrong, at, "类型不对，应为对象", "wrong_type")
    known = {field.shown for field in _fields(model)}
    for name in value:
        if name not in known:
            _refuse(wrong, f"{at}/{_pointer(name)}", "没有这个字段", "unknown_field")
    before, made = len(wrong), {}
    for field in _fields(model):
        place = f"{at}/{field.shown}"
        if field.shown not in value or (not field.required and _is_blank(value[field.shown], field.type)):
            if field.required:
                _refuse(wrong, place, "必须填写", "missing")
            else:
                made[field.name] = field.default()
            continue
        made[field.name] = _value(field.type, value[field.shown], place, wrong)
    if len(wrong) > before:
        return None
    try:
        return model(**made)
    except ValueError as error:  # a model's own __post_init__, in Chinese
        return _refuse(wrong, at, str(error), "invalid")


def _value(kind: Any, value: Any, at: str, wrong: list[FieldError]) -> Any:
    bare, meta = _unwrapped(kind)
    if value is None and _is_optional(kind):
        return None
    if isinstance(bare, type) and issubclass(bare, Struct):
        return _struct(bare, value, at, wrong)
    if typing.get_origin(bare) in (list, tuple) and isinstance(value, list):
        return _items(bare, meta, value, at, wrong)
    if isinstance(value, str):
        try:
            value = _cleaned(value, meta)
        except ValueError as error:
            return _refuse(wrong, at, str(error), "invalid")
    return _converted(kind, value, at, wrong)


def _items(bare: Any, meta: Meta | None, value: list[Any], at: str, wrong: list[FieldError]) -> Any:
    sized = Annotated[list[Any], Meta(min_length=meta.min_length, max_length=meta.max_length)] if meta else list[Any]
    if _converted(sized, value, at, wrong) is None:
        return None
    each = typing.get_args(bare)[0]
    made = [_value(each, item, f"{at}/{index}", wrong) for index, item in enumerate(value)]
    return tuple(made) if typing.get_origin(bare) is tuple else made


def _cleaned(value: str, meta: Meta | None) -> str:
    how = (meta.extra or {}).get("cleaned_as") if meta else None
    if how:
        return CLEANED_AS[how](value, (meta.max_length if meta else None) or _NO_LIMIT)
    if any(unicodedata.category(each) in ("Cc", "Cs") and each not in "\r\n\t" for each in value):
        raise ValueError("含有无法识别的控制字符，请删除后重试")
    return value


def _converted(kind: Any, value: Any, at: str, wrong: list[FieldError]) -> Any:
    try:
        return msgspec.convert(value, kind, strict=True)
    except msgspec.ValidationError as error:
        said = str(error).partition(" - at ")[0]
        for pattern, code, words in _SAID:
            if match := re.match(pattern, said):
                choices = _choices(kind) if code == "not_a_choice" else ""
                return _refuse(wrong, at, choices or words(match), code)
        return _refuse(wrong, at, "格式不正确", "format")


def _refuse(wrong: list[FieldError], at: str, message: str, code: str) -> None:
    wrong.append(FieldError(at, message, code))


def _unwrapped(kind: Any) -> tuple[Any, Meta | None]:
    """The type without `| None` and without its Meta; and the Meta that limits it, not the one that names it."""
    meta = None
    while True:
        if typing.get_origin(kind) is Annotated:
            limits = (each for each in kind.__metadata__ if isinstance(each, Meta) and not _names(each))
            meta = next(limits, meta)
            kind = typing.get_args(kind)[0]
        elif _is_optional(kind):
            rest = [each for each in typing.get_args(kind) if each is not type(None)]
            if len(rest) != 1:
                return kind, meta
            kind = rest[0]
        else:
            return kind, meta


def _names(meta: Meta) -> bool:
    """It says what people read, and limits nothing."""
    return meta.title is not None or "labels" in (meta.extra or {})


def _is_optional(kind: Any) -> bool:
    if typing.get_origin(kind) is Annotated:
        return _is_optional(typing.get_args(kind)[0])
    return typing.get_origin(kind) in (typing.Union, types.UnionType) and type(None) in typing.get_args(kind)


def _is_blank(value: Any, kind: Any) -> bool:
    """An empty box of a form is a field that was not filled in."""
    return isinstance(value, str) and not value.strip() and _unwrapped(kind)[0] is not bool


def _choices(kind: Any) -> str:
    bare = _unwrapped(kind)[0]
    values = typing.get_args(bare) if typing.get_origin(bare) is typing.Literal else ()
    return f"应为以下之一：{'、'.join(map(str, values))}" if values else ""


def _kinds(names: str) -> str:
    return "或".join(_NAMES.get(name, name) for name in names.split(" | ") if name != "null")


def _pointer(name: str) -> str:
    """An unknown name as part of a JSON pointer: escaped, short, and printable whatever was sent."""
    printable = "".join(each if each.isprintable() else "?" for each in name[:40])
    return printable.replace("~", "~0").replace("/", "~1")
