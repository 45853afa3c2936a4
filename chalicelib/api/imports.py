"""Lines of a bulk import into registrations: JSON lines, or CSV with a header. Every line stands for itself."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

from chalicelib.api import fields
from chalicelib.api.bodies import Registration
from chalicelib.domain.errors import FieldError, FieldsInvalid

PETITIONER_FIELDS = ("name", "phone", "address", "identity_number")
CLAIM_SEPARATOR = "；"
"""How several claims stand in one cell of a table."""
MOST_LINES = 200

Reader = Callable[[], Registration]


def registrations(form: str, content: str) -> Iterator[tuple[int, Reader]]:
    """Line number and a reader of each record; the reader raises FieldsInvalid. Blank lines are passed over.

    Raises FieldsInvalid when there is nothing to import, or more than one call may carry.
    """
    rows = list(_csv(content) if form == "csv" else _jsonl(content))
    if not rows:
        raise FieldsInvalid([FieldError("/content", "没有可以导入的内容", "empty")])
    if len(rows) > MOST_LINES:
        raise FieldsInvalid([FieldError("/content", f"一次最多导入{MOST_LINES}行，请分批导入", "too_many")])
    yield from rows


def _jsonl(content: str) -> Iterator[tuple[int, Reader]]:
    for number, text in enumerate(content.splitlines(), start=1):
        if text.strip():
            yield number, lambda text=text: fields.read(Registration, _object(text))  # type: ignore[misc]


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise FieldsInvalid([FieldError("", "这一行不是有效的JSON", "malformed")]) from None
    if not isinstance(found, dict):
        raise FieldsInvalid([FieldError("", "这一行应为一个JSON对象", "malformed")])
    return found


def _csv(content: str) -> Iterator[tuple[int, Reader]]:
    reader = csv.DictReader(io.StringIO(content.removeprefix("\ufeff"), newline=""))
    try:
        for row in reader:
            yield reader.line_num, lambda row=row: fields.read(Registration, _nested(row))  # type: ignore[misc]
    except csv.Error:
        raise FieldsInvalid(
            [FieldError("/content", "表格格式不正确，请另存为CSV（UTF-8）后重试", "malformed")]
        ) from None


def _nested(row: dict[str | None, Any]) -> dict[str, Any]:
    """A flat line as a body: the petitioner's columns go into their own object, empty cells are left out."""
    if None in row:
        raise FieldsInvalid([FieldError("", "这一行的列数比表头多", "malformed")])
    filled = {str(name).strip(): value for name, value in row.items() if value}
    found: dict[str, Any] = {name: value for name, value in filled.items() if name not in PETITIONER_FIELDS}
    found["petitioner"] = {name: value for name, value in filled.items() if name in PETITIONER_FIELDS}
    if "claims" in found:
        found["claims"] = [each for each in found["claims"].split(CLAIM_SEPARATOR) if each.strip()]
    return found
