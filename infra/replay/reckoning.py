"""The sum at the end: what was acknowledged against what is there, what was owed against what was said.

The invariant: a notice is counted as sent only when the case's own proof and the record of the carrier agree;
what is owed follows both from the case's proofs and from the steps that were acknowledged, whichever names more.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chalicelib.notices.wording import texts

PETITIONER, STAFF = "petitioner", "staff"
SMS, SITE = "sms", "site"
SENT_STATES = {"sent", "delivered"}
GIVEN_UP_STATES = {"handed_to_person"}
TRACK_TEXTS = {
    "grievance": ("S04", "S10"),
    "suggestion": ("S04b", "S10b"),
    "consultation": ("S04b", "S08"),
}
"""Kind -> the text of its acceptance and of its service."""

EVENTS = {
    "file": "petition.registered",
    "forward": "petition.forwarded",
    "accept": "petition.accepted",
    "hear_petitioner": "petition.heard",
    "investigate": "petition.investigated",
    "draft_reply": "petition.drafted",
    "second_read": "petition.draft_read",
    "sign": "petition.replied",
    "reply": "petition.replied",
    "serve": "petition.served",
    "rate": "petition.rated",
}
"""Step -> the event by which a case shows that it was taken."""


@dataclass(frozen=True)
class Notice:
    """One text to one side of a case over one channel."""

    case: str
    text: str
    to: str
    channel: str = SMS


@dataclass
class CaseSum:
    """One acknowledged case: its steps, what it owes, and what its proofs say (`proved`: sent or delivered)."""

    number: str
    is_found: bool = False
    is_overridden: bool = False
    steps: frozenset[str] = frozenset()
    owed: Counter[Notice] = field(default_factory=Counter)
    proved: Counter[Notice] = field(default_factory=Counter)
    given_up: Counter[Notice] = field(default_factory=Counter)


@dataclass(frozen=True)
class Said:
    """The sum over all notices."""

    expected: int
    sent: int
    lost: int
    twice: int


def promised(number: str, kind: str, done: Iterable[str]) -> Counter[Notice]:
    """What the acknowledged steps of a case owe at the least."""
    accepted, served = TRACK_TEXTS[kind]
    owed = {
        "file": [("S02", PETITIONER, SMS), ("S02c", PETITIONER, SMS)],
        "forward": [("S06", PETITIONER, SMS), ("S15", STAFF, SMS)],
        "accept": [(accepted, PETITIONER, SMS)],
        "serve": [(served, PETITIONER, SMS), ("S11", PETITIONER, SMS)],
        "rate": [("M03", STAFF, SITE)],
    }
    return Counter(Notice(number, *each) for step in done for each in owed.get(step, ()))


def count_case(number: str, view: Mapping[str, Any], kind: str, done: Iterable[str]) -> CaseSum:
    """A case's sum from its view; the steps are those it shows and those that were acknowledged."""
    happened = {entry["event"] for entry in view["timeline"]}
    steps = frozenset(step for step, event in EVENTS.items() if event in happened)
    found = CaseSum(number, is_found=True, steps=steps)
    found.is_overridden = any(entry.get("overridden") for entry in view["timeline"])
    shown: Counter[Notice] = Counter()
    for row in view.get("notices") or ():
        to = PETITIONER if row["recipient"] == PETITIONER else STAFF
        for text in row["templates"]:
            notice = Notice(number, text, to, row["channel"])
            shown[notice] += 1
            found.proved[notice] += row["state"] in SENT_STATES
            found.given_up[notice] += row["state"] in GIVEN_UP_STATES
    found.owed = shown | promised(number, kind, steps.union(done))
    return found


def carried(messages: Iterable[Mapping[str, str]], phones: Mapping[str, str]) -> Counter[Notice]:
    """The notices in the carrier's record, of the cases in `phones` (case number -> its petitioner's telephone)."""
    found: Counter[Notice] = Counter()
    for message in messages:
        said = recognise(message["text"])
        if said is None or said[1] not in phones:
            continue
        is_petitioner = message["phone"].removeprefix("+86") == phones[said[1]]
        found[Notice(said[1], said[0], PETITIONER if is_petitioner else STAFF)] += 1
    return found


def recognise(message: str) -> tuple[str, str] | None:
    """Which text an SMS is, and the case it names; None for login codes and for what is not ours."""
    bare = re.sub(r"^【[^】]*】", "", message)
    for text_id, pattern in _patterns().items():
        if match := pattern.fullmatch(bare):
            return text_id, match["no"]
    return None


def _patterns() -> Mapping[str, re.Pattern[str]]:
    if not _PATTERNS:
        # The longest first: a text that goes on where another ends is not taken for the shorter one.
        for text_id, wording in sorted(texts().items(), key=lambda each: -len(each[1].text)):
            if wording.is_sms and "no" in wording.needs:
                shape = re.sub(r"\\\{(\w+)\\\}", _place, re.escape(wording.text))
                _PATTERNS[text_id] = re.compile(shape)
    return _PATTERNS


_PATTERNS: dict[str, re.Pattern[str]] = {}


def _place(match: re.Match[str]) -> str:
    return r"(?P<no>\d{12})" if match[1] == "no" else ".+?"


def compare(cases: Sequence[CaseSum], sent: Counter[Notice]) -> Said:
    """Owed against said. In-site messages have no carrier: their proof alone counts."""
    expected = kept = 0
    for case in cases:
        expected += case.owed.total()
        for notice, times in case.owed.items():
            kept += min(times, _there(case, notice, sent))
    owed = sum((case.owed for case in cases), Counter())
    twice = sum(max(0, times - owed[notice]) for notice, times in sent.items())
    return Said(expected, kept, expected - kept, twice)


def missing(case: CaseSum, sent: Counter[Notice]) -> list[str]:
    """What is owed in this case and was not sent, in words."""
    found = []
    for notice, times in case.owed.items():
        if _there(case, notice, sent) < times:
            carried_words = "" if notice.channel == SITE else f", carried {sent[notice]}"
            found.append(f"{notice.text} to {notice.to}: owed {times}, proved {case.proved[notice]}{carried_words}")
    return found


def is_carried(case: CaseSum, sent: Counter[Notice]) -> bool:
    """True when the carrier has every text message this case owes: what is missing is the proof."""
    return all(sent[notice] >= times for notice, times in case.owed.items() if notice.channel == SMS)


def still_waiting(case: CaseSum, sent: Counter[Notice]) -> bool:
    """True while time alone may still bring what the case owes."""
    return any(_there(case, notice, sent) + case.given_up[notice] < times for notice, times in case.owed.items())


def _there(case: CaseSum, notice: Notice, sent: Counter[Notice]) -> int:
    """How often a notice was given: both the proof and the carrier have to say so."""
    return case.proved[notice] if notice.channel == SITE else min(case.proved[notice], sent[notice])


def filed_twice(titles_filed: Iterable[str], titles_shown: Iterable[str]) -> int:
    """How many petitions a person has beyond the records filed in his name; other titles are not ours."""
    filed, shown = Counter(titles_filed), Counter(titles_shown)
    return sum(max(0, shown[title] - times) for title, times in filed.items())


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least `percent` of all do not exceed; 0 when there are none."""
    if not values:
        return 0.0
    ranked = sorted(values)
    return ranked[max(0, -int(-len(ranked) * percent // 100) - 1)]
