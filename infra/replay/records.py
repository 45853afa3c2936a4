"""Records of a JSONL file, and what the replay makes of each: kind, person, unit.

The invariant: all of it follows from the record and the run's name alone, so that the same run does the same again.
"""

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.domain.identity import clean_text

TITLE_LIMIT, TEXT_LIMIT = 60, 10_000
KINDS = ("grievance", "suggestion", "consultation")
TRACKS = {"grievance": "petition_procedure", "suggestion": "suggestion", "consultation": "consultation"}
MARKS = (("consultation", ("咨询", "请问")), ("suggestion", ("建议",)))
FILED_BY_ONE_PERSON = 5
HANDLING_KINDS = ("department", "committee", "township")
DEFAULT_UNIT = "urban-management"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"
GIVEN = ("建国", "秀英", "志强", "桂兰", "晓东", "丽华", "永福", "春梅", "国平", "玉珍", "家和", "雨桐", "大山", "小满")


@dataclass(frozen=True)
class Record:
    """One message as it will be filed; `reply` is the office's own answer where the file has it."""

    key: str
    title: str
    text: str
    kind: str
    reply: str = ""

    @property
    def stored_title(self) -> str:
        """The title as the system has to give it back."""
        return clean_text(" ".join(clean_text(self.title, TEXT_LIMIT).split()), TEXT_LIMIT)

    @property
    def stored_text(self) -> str:
        """The text as the system has to give it back."""
        return clean_text(self.text, TEXT_LIMIT)


@dataclass(frozen=True)
class Person:
    """An invented petitioner."""

    name: str
    phone: str
    address: str


@dataclass(frozen=True)
class BadLine:
    """A line that cannot be filed, and why."""

    number: int
    why: str


def read(lines: Iterable[str], count: int | None = None) -> tuple[list[Record], list[BadLine]]:
    """The first `count` records of a JSONL file, and the lines among them that are none."""
    records: list[Record] = []
    bad: list[BadLine] = []
    taken: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if count is not None and len(records) >= count:
            break
        if not line.strip():
            continue
        try:
            record = _record(json.loads(line), number, taken)
        except (ValueError, RecursionError) as error:
            bad.append(BadLine(number, "not JSON" if isinstance(error, json.JSONDecodeError) else str(error)))
            continue
        taken.add(record.key)
        records.append(record)
    return records, bad


def _record(found: Any, number: int, taken: set[str]) -> Record:
    if not isinstance(found, dict):
        raise ValueError("not a JSON object")
    text = _words(found, "detail")[:TEXT_LIMIT].strip()
    if not text:
        raise ValueError("`detail` is empty")
    title = " ".join((_words(found, "title") or text).split())[:TITLE_LIMIT].strip()
    key = str(found.get("msg_id") or f"line-{number}")
    kind = found.get("kind")
    return Record(
        key=key if key not in taken else f"{key}/line-{number}",
        title=title,
        text=text,
        kind=kind if kind in KINDS else guess_kind(f"{title}{text}"),
        reply=_words(found, "reply")[:TEXT_LIMIT],
    )


def _words(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name) or ""
    if not isinstance(value, str):
        raise ValueError(f"`{name}` is not text")
    return value.strip()


def guess_kind(words: str) -> str:
    """咨询 and 请问 ask, 建议 suggests; whoever writes neither wants something solved."""
    return next((kind for kind, marks in MARKS if any(mark in words for mark in marks)), "grievance")


def people(records: Sequence[Record], run: str) -> dict[str, Person]:
    """Record -> who files it: one person for every five records, with a telephone nobody else of the run has."""
    found: dict[str, Person] = {}
    phones: set[str] = set()
    for start in range(0, len(records), FILED_BY_ONE_PERSON):
        group = records[start : start + FILED_BY_ONE_PERSON]
        person = _person(f"{run}|{group[0].key}", phones)
        phones.add(person.phone)
        found |= {record.key: person for record in group}
    return found


def _person(seed: str, taken: set[str]) -> Person:
    # 1990 is left out: the demo accounts have it.
    number, attempt = chance(seed), 0
    while (phone := f"199{number % (9 * 10**7) + 10**7}") in taken:
        attempt += 1
        number = chance(f"{seed}|{attempt}")
    name = SURNAMES[number % len(SURNAMES)] + GIVEN[number // 7 % len(GIVEN)]
    return Person(name, phone, f"青山县青溪镇向阳街{number % 300 + 1}号")


def key_of(run: str, record: Record, step: str) -> str:
    """The Idempotency-Key of one step: the same however often it is tried."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"replay/{run}/{record.key}/{step}"))


def chance(seed: str) -> int:
    """A number that looks random and is always the same."""
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8])


def route(record: Record, offices: Sequence[Mapping[str, Any]]) -> str:
    """The unit whose duties share most words with the message; a township that is named counts most."""
    able = [office for office in offices if office.get("kind") in HANDLING_KINDS]
    if not able:
        raise ValueError("the directory names no unit that a petition could be forwarded to")
    scores: dict[str, int] = {office["id"]: _fit(record, office) for office in able}
    best = max(scores, key=lambda unit: (scores[unit], unit))
    if scores[best]:
        return best
    return DEFAULT_UNIT if DEFAULT_UNIT in scores else best


def _fit(record: Record, office: Mapping[str, Any]) -> int:
    place = str(office.get("short") or "").removesuffix("政府")
    named = 10 if office["kind"] == "township" and place and place in record.title + record.text else 0
    words = {duty[at : at + 2] for duty in office.get("duties", ()) for at in range(len(duty) - 1)}
    return named + sum(2 * (word in record.title) + (word in record.text) for word in words)
