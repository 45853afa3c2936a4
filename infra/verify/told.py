"""What the events of a run told, and what a proof may say beside the count: start, owner, days, calendar, pauses.

| a pause | comes from | and is told |
|---|---|---|
| of a hearing in a re-review (第三十六条) | `petition.hearing_announced` | when it ends: until then no date moves |
| of days lost to a disaster, of a right | `petition.force_majeure` | by it, or by the start that comes later |
| of days without an object (第二十三条第三款) | `petition.objection_upheld` | by it |
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from .days import DAY

RECOUNTED = "petition.date_recounted"
HEARING, HEARD_BEFORE = "petition.hearing_announced", "rereview_decide"
LOST_DAYS = "petition.force_majeure"

Told = list[tuple[dict[str, Any], dict[str, Any]]]
"""Events, and the dates they told."""


def day_of(event: dict[str, Any]) -> str:
    """Events are stamped in UTC; the law counts days of China, eight hours ahead."""
    at = event["at"]
    day = date.fromisoformat(at[:10])
    return (day + DAY if int(at[11:13]) >= 16 else day).isoformat()


def is_of(proof: dict[str, Any], said: dict[str, Any]) -> bool:
    """Is this said of the clock of this proof?"""
    return said["limit"] == proof["limit"] and (said.get("about") or "") == proof["about"]


def end_of_run(proof: dict[str, Any], export: dict[str, Any]) -> int:
    """The number of the event that began the next run of the same clock, or one past the last event."""
    later = (each["start"]["seq"] for each in export["deadline_proofs"] if is_of(proof, each))
    return min((seq for seq in later if seq > proof["start"]["seq"]), default=export["count"] + 1)


def in_run(proof: dict[str, Any], export: dict[str, Any], events: list[Any]) -> Iterator[dict[str, Any]]:
    """The events of this run that can be read."""
    yield from filter(None, events[proof["start"]["seq"] - 1 : end_of_run(proof, export) - 1])


def told_in_run(proof: dict[str, Any], export: dict[str, Any], events: list[Any]) -> Told:
    """What was told of it, first to last."""
    run = in_run(proof, export, events)
    return [(event, said) for event in run for said in event["clocks"] if is_of(proof, said)]


def unlike_told(proof: dict[str, Any], export: dict[str, Any], events: list[Any]) -> Iterator[str]:
    """What a proof says otherwise than the events of its run."""
    told, start = told_in_run(proof, export, events), proof["start"]["seq"]
    # Of an event whose words were kept back the hash is checked; the dates are counted from what the proof says.
    if events[start - 1] is not None and (not told or told[0][0]["seq"] != start):
        yield "开始的事件没有定这个期限"
        return
    if told:
        last = told[-1][1]
        same = {"start_on": last["start"], "days": _number(last, export)}  # nothing moves these within a run
        yield from (
            f"{name} 应为{wanted}，写的是{proof[name]}" for name, wanted in same.items() if proof[name] != wanted
        )
    if told and all(events[told[-1][0]["seq"] : end_of_run(proof, export) - 1]):  # nothing was kept back since
        last = told[-1][1]
        tells = (last["due"], last["owner"], last.get("extended_by") or 0, last["calendar"])
        if tells != (proof["due"], proof["owner"], proof["extended_by"], proof["calendar"]):
            yield "与最后一次告知的日期不同"
        pauses = [*(last.get("pauses") or []), *_not_told_yet(proof, told, export, events)]
        if pauses != proof["pauses"]:
            yield f"停止计时应为{pauses}，写的是{proof['pauses']}"
    else:
        yield from _without_reason(proof, told, export, events)
    # Whoever may read a proof may read that its date was counted anew: nothing else sets a day that is kept.
    anew = [said.get("not_before") for event, said in told if event["type"] == RECOUNTED]
    if proof["not_before"] != (anew[-1] if anew else None):
        yield f"不提前的日期{proof['not_before']}没有事件告知过"


def _number(said: dict[str, Any], export: dict[str, Any]) -> Any:
    return said["days"] if said.get("days") is not None else export["limits"][said["limit"]]["number"]


def _not_told_yet(
    proof: dict[str, Any], told: Told, export: dict[str, Any], events: list[Any]
) -> Iterator[list[str | None]]:
    """The one pause that no date tells while it lasts: the first hearing that was announced since, if it still ran.

    A run that another one followed is proved as it was told last, so it has none.
    """
    event, said = told[-1]
    is_stopped = any(ends is None for _, ends in said.get("pauses") or [])
    if proof["limit"] != HEARD_BEFORE or is_stopped or end_of_run(proof, export) <= export["count"]:
        return
    for each in events[event["seq"] : _last_day_event(proof, export)]:
        if each["type"] == HEARING:
            yield [day_of(each), None]
            return


def _last_day_event(proof: dict[str, Any], export: dict[str, Any]) -> int:
    by = proof["end"]["event"] if proof["end"] else None
    return int(by["seq"]) - 1 if by else int(export["count"])


def _without_reason(proof: dict[str, Any], told: Told, export: dict[str, Any], events: list[Any]) -> Iterator[str]:
    """Where something was kept back: each pause needs an event that can be read, for those who may read a proof may
    read every event that makes one; and none that was told is left out.
    """
    known = [pause for _, said in told for pause in said.get("pauses") or []]
    if proof["owner"] == "petitioner":
        lost = (each["data"] for each in filter(None, events) if each["type"] == LOST_DAYS)
        known += [[each["begins"], _day_after(each["ends"])] for each in lost]
    if proof["limit"] == HEARD_BEFORE:
        known += [[day_of(each), None] for each in in_run(proof, export, events) if each["type"] == HEARING]
    yield from (f"停止计时{pause}没有事件说明" for pause in proof["pauses"] if pause not in known)
    last = told[-1][1].get("pauses") or [] if told else []
    yield from (f"停止计时{pause}已经告知，没有写" for pause in last if pause[1] and pause not in proof["pauses"])


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + DAY).isoformat()
