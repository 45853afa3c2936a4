"""What is said to people: the texts of the files beside, filled with facts, and the proof that an SMS fits one segment.

The invariant: with every placeholder at its longest, signature included, no SMS is longer than 70 UTF-16 units.

One file for each part of the procedure. A text says by which article what is said to whom (`petitioner`, `staff`,
`anybody`): notice that something happened, never service of it. S = one SMS segment, M = in-site, any length.
No names, no content, no links and no 【】 in any text. `[labels.x]` says in words what an event's field `x` may hold.
"""

import re
import string
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from chalicelib import written
from chalicelib.domain.values import value

FOLDER = Path(__file__).parent
LABELS = "labels"
SEGMENT = 70
"""UTF-16 units of one SMS in UCS-2. A longer one is sent as several, and may arrive in pieces."""

LONGEST: Mapping[str, int] = MappingProxyType(
    {
        "code": 6,
        "no": 12,
        "q": 16,
        "unit": 8,
        "body": 8,
        "bureau": 4,
        "date": 6,
        "date2": 6,
        "how": 6,
        "proc": 6,
        "tel": 12,
        "days": 2,
        "kind": 2,
        "time": 11,
        "place": 9,
        "right": 7,
    }
)
"""Placeholder -> its longest value in an SMS. Facts keep to it: `facts.py` uses the short name of an office."""

ANY_BUREAU = "信访部门"
"""The Regulation's own word, where the short name of the tenant's bureau is too long for an SMS."""

FORBIDDEN = (
    *("上访", "刁民", "缠访", "工单", "派单", "流程引擎", "节点", "驳回", "抄送", "补正", "并联", "许可", "视为受理"),
    *("退回修改", "该用户", "非法参数", "已送达", "终结", "逾期", "案件", "平安", "局部", "催促", "反响", "比拟"),
    *("【", "】", "http", "www."),
)
"""Words of other laws, of office software, or untrue of a text message; and what only swindlers put into one."""


class WordingError(ValueError):
    """A text cannot be said as it stands: unknown, a fact is missing, or it would not fit."""


@value
class Wording:
    """One text: when it is sent, to whom, by which article, its facts, and the clocks one of which sets its date."""

    id: str
    when: str
    to: str
    needs: tuple[str, ...]
    text: str
    law: str = ""
    clock: tuple[str, ...] = ()

    @property
    def is_sms(self) -> bool:
        """S texts must fit one segment; M texts are shown in the system only."""
        return self.id.startswith("S")


@cache
def texts() -> Mapping[str, Wording]:
    """Every text by its id. Raises WordingError when one breaks a rule of its own, or stands in two files."""
    found: dict[str, Wording] = {}
    for rows in _files():
        for text_id, row in rows.items():
            if text_id == LABELS:
                continue
            if text_id in found:
                raise WordingError(f"{text_id} stands in two files")
            lists = {"needs": tuple(row["needs"]), "clock": tuple(row.get("clock", ()))}
            found[text_id] = Wording(id=text_id, **{**row, **lists})
            _check_rules(found[text_id])
    return MappingProxyType(found)


@cache
def labels() -> Mapping[str, Mapping[str, str]]:
    """What the codes in an event's field are called, by field and code. Raises WordingError when one has two names."""
    found: dict[str, dict[str, str]] = {}
    for rows in _files():
        for field, named in rows.get(LABELS, {}).items():
            twice = found.setdefault(field, {}).keys() & named.keys()
            if twice:
                raise WordingError(f"{field} {', '.join(sorted(twice))} stands in two files")
            found[field].update(named)
    return MappingProxyType(found)


def render(text_id: str, **facts: str) -> str:
    """The words of a text, without the signature, which the sender puts in front. Raises WordingError."""
    wording = _get(text_id)
    missing = [name for name in wording.needs if not facts.get(name)]
    if missing:
        raise WordingError(f"{text_id} needs {', '.join(missing)}")
    if wording.is_sms:
        too_long = [name for name in wording.needs if units(facts[name]) > LONGEST[name]]
        if too_long:
            raise WordingError(f"{text_id}: {', '.join(too_long)} longer than allowed, use the short form")
    return wording.text.format(**{name: facts[name] for name in wording.needs})


def bureau(short: str) -> str:
    """How a text calls the petition bureau: 县信访局 in a county, 校信访办 at a university."""
    return short if short and units(short) <= LONGEST["bureau"] else ANY_BUREAU


def signed(text: str, signature: str) -> str:
    """The text as it is received: `【青山县信访局】…`."""
    return f"【{signature.strip('【】')}】{text}"


def worst_case(text_id: str, signature: str) -> int:
    """UTF-16 units of an SMS with every placeholder at its longest, signature and its brackets included."""
    wording = _get(text_id)
    return units(signed(wording.text.format(**{name: "字" * LONGEST[name] for name in wording.needs}), signature))


def check(signature: str) -> None:
    """Refuse to start with a signature under which any SMS could need a second segment. Raises WordingError."""
    if not signature.strip("【】"):
        raise WordingError("the profile has no SMS signature: a petitioner could not tell who writes")
    long = {wording.id: worst_case(wording.id, signature) for wording in texts().values() if wording.is_sms}
    long = {text_id: length for text_id, length in long.items() if length > SEGMENT}
    if long:
        listed = ", ".join(f"{text_id} {length}" for text_id, length in long.items())
        raise WordingError(f"with signature {signature!r} these exceed {SEGMENT} units: {listed}")


def day(when: date) -> str:
    """12月8日: the year is never in doubt within the limits of a petition, and it would cost five characters."""
    return f"{when.month}月{when.day}日"


def units(text: str) -> int:
    """Length as a carrier counts it: a rare character such as 𠮷 is two units."""
    return len(text.encode("utf-16-le")) // 2


@cache
def _files() -> tuple[dict[str, Any], ...]:
    return tuple(map(written.read, written.inside(FOLDER)))


def _get(text_id: str) -> Wording:
    try:
        return texts()[text_id]
    except KeyError:
        raise WordingError(f"there is no text {text_id!r}") from None


def _check_rules(wording: Wording) -> None:
    used = tuple(dict.fromkeys(name for _, name, _, _ in string.Formatter().parse(wording.text) if name))
    if set(used) != set(wording.needs):
        raise WordingError(f"{wording.id} uses {used}, but says it needs {wording.needs}")
    if wording.is_sms and not set(used) <= set(LONGEST):
        raise WordingError(f"{wording.id}: no longest value is known for {set(used) - set(LONGEST)}")
    if wording.clock and "date" not in used:
        raise WordingError(f"{wording.id} names a clock, but tells no date")
    found = [word for word in FORBIDDEN if word in wording.text]
    if found or re.search(r"\w+\.(cn|com|net)\b", wording.text):
        raise WordingError(f"{wording.id} uses {found or 'a link'}")
