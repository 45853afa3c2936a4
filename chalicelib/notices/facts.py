"""The facts of a text, from the event that owes it: pure, and short enough for an SMS.

The invariant: no name of a person and no word of a petition becomes a fact. Offices, dates and numbers only.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from chalicelib.clock import CHINA
from chalicelib.domain import intake, limits
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.owed.recipients import is_person
from chalicelib.domain.values import value
from chalicelib.notices.wording import LONGEST, WordingError, bureau, day, labels, render, texts, units


@value
class Source:
    """What facts are drawn from: the event's open facts, the dates it set, and who answers the telephone."""

    case_id: str
    data: Mapping[str, Any]
    clocks: Sequence[Mapping[str, Any]]
    office: str
    offices: OfficeTree
    telephone: str
    query_code: str = ""
    reason: str = ""

    def due(self, *names: str) -> str:
        """The due date of the first of these clocks that the event set."""
        set_by_event = {clock["limit"]: clock["due"] for clock in self.clocks}
        found = next((set_by_event[name] for name in names if name in set_by_event), None)
        return day(date.fromisoformat(found)) if found else ""

    def short(self, org: str | None, otherwise: str) -> str:
        """An office's short name; a word for it when none is short enough."""
        office = self.offices.get(org or "")
        if office is None:
            return otherwise
        return next((name for name in (office.name, office.short) if _fits("unit", name)), otherwise)


HOW = {"online": "可凭查询码看", "mail": "已寄给您", "window": "当面给您了", "person": "当面给您了"}
"""How a document really reached the petitioner, by the method of its service."""

BODIES = {
    "litigation": "有关政法部门",
    "arbitration": "仲裁机构",
    "party_appeal": "有关党组织",
    "administrative_procedure": "有关行政机关",
    "perform_duty": "主管行政机关",
    "political_legal": "有关政法部门",
    # What somebody reported to a discipline organ is not told to whoever holds the telephone (第三十条第三款).
    "discipline": "有关机关",
}
"""The body of a diversion by its route: its full name is in the written notice, and seldom fits eight characters."""


def facts(text_id: str, source: Source) -> dict[str, str]:
    """Every fact this text needs; one that the event does not hold is empty, and `wording.render` names it."""
    needs = texts()[text_id].needs
    return {name: FACTS[name](text_id, source) if name in FACTS else _said(source, name) for name in needs}


def in_site(text_ids: Sequence[str], recipient: str, source: Source) -> str:
    """What stands in an organ's inbox: its own texts, or the task to tell the petitioner what could not be sent."""
    if is_person(recipient):
        return render("M30", **facts("M30", source))
    try:
        return "".join(render(text_id, **facts(text_id, source)) for text_id in text_ids)
    except WordingError:
        return render("M00", **facts("M00", source))


def _date(text_id: str, source: Source) -> str:
    """Of the clock that the text names; else of the event itself."""
    if texts()[text_id].clock:
        return source.due(*texts()[text_id].clock)
    return day(date.fromisoformat(source.data["due"])) if "due" in source.data else ""


def _unit(_text_id: str, source: Source) -> str:
    org = next((source.data[key] for key in ("to", "org", "owner") if source.data.get(key)), source.office)
    return source.short(org, "责任单位")


OF_THE_BUREAU = ("S18", "S18b", "S18c", "S80")
"""Texts to units that name the telephone of the petition bureau, not their own."""


def _telephone(text_id: str, source: Source) -> str:
    office = None if text_id in OF_THE_BUREAU else source.offices.get(source.office)
    return next((tel for tel in (office.phone if office else "", source.telephone) if _fits("tel", tel)), "")


def _bureau(_text_id: str, source: Source) -> str:
    found = source.offices.bureau_of(source.office) if source.offices.get(source.office) else None
    return bureau(found.short if found else "")


def _days(text_id: str, source: Source) -> str:
    days = source.data.get("days_left", source.data.get("days"))
    if days is None:
        return ""
    return str(min(days, 99) if texts()[text_id].is_sms else days)


def _limit(_text_id: str, source: Source) -> str:
    return limits.KNOWN[source.data["limit"]].label if source.data.get("limit") in limits.KNOWN else ""


def _rights(text_id: str, source: Source) -> str:
    """The petitioner's rights that end on the day which the text tells: 申请复查、评价."""
    named, day_told = labels()["right"], _date(text_id, source)
    moved = source.data.get("rights") or [
        clock["limit"] for clock in source.clocks if day(date.fromisoformat(clock["due"])) == day_told
    ]
    return "、".join(word for limit, word in named.items() if limit in moved)


def _solved(_text_id: str, source: Source) -> str:
    return {True: "已解决", False: "未解决"}.get(source.data.get("solved"), "未确认")  # type: ignore[arg-type]


def _said(source: Source, *fields: str) -> str:
    """What the first of these fields holds, in words. A code without a name is missed rather than shown."""
    field = next((field for field in fields if source.data.get(field) not in (None, "")), "")
    held = source.data.get(field, "")
    if not isinstance(held, str):
        return str(held)
    return labels().get(field, {}).get(held) or source.short(held, "" if held.isascii() else held)


def _time(_text_id: str, source: Source) -> str:
    """12月8日9:00, as the clock on the wall shows it."""
    if not source.data.get("at_time"):
        return ""
    when = datetime.fromisoformat(source.data["at_time"])
    local = when.astimezone(CHINA) if when.tzinfo else when
    return f"{day(local)}{local.hour}:{local.minute:02}"


def _body(_text_id: str, source: Source) -> str:
    return BODIES.get(source.data.get("route") or source.data.get("ground", ""), "有权处理的机关")


FACTS: Mapping[str, Callable[[str, Source], str]] = {
    "no": lambda _text, source: source.case_id,
    "times": lambda _text, source: str(source.data.get("times", "")),
    "q": lambda _text, source: source.query_code,
    "date": _date,
    "date2": lambda _text, source: source.due("object"),
    "unit": _unit,
    "body": _body,
    "bureau": _bureau,
    "tel": _telephone,
    "how": lambda _text, source: HOW.get(source.data.get("method", "online"), HOW["online"]),
    "proc": lambda _text, source: intake.TRACKS.get(source.data.get("track", ""), ""),
    "days": _days,
    "limit": _limit,
    "right": _rights,
    "office_rating": lambda _text, source: intake.RATINGS.get(source.data.get("office", ""), "未评价"),
    "unit_rating": lambda _text, source: intake.RATINGS.get(source.data.get("unit", ""), "未评价"),
    "solved": _solved,
    "reason": lambda _text, source: source.reason,
    "kind": lambda _text, source: _said(source, "kind", "order"),
    "time": _time,
}
"""Placeholder -> its fact. Any other placeholder is the event's own field of that name, in words."""


def _fits(name: str, value: str) -> bool:
    return bool(value) and units(value) <= LONGEST[name]
