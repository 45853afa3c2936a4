"""Counts every date of an exported case again, and says for each deadline proof whether it agrees.

    python -m infra.verify.deadlines FILE… [--calendar FILE]

It shares no code with the office's program: its own table of the limits that the law sets (`limits.json`, from the
Regulation) and of what ends them (`ends.json`), its own day counting, the events in the file. 1 when anything differs.

What it reads of the file: the events (who said which date, and when), the calendars by the versions that the dates
name, the limits of service targets, which a place sets for itself. `--calendar` counts with other days off than the
file's own. A date that is later than the count gives (`not_before`) needs an earlier event that told it, and so does
every pause. What became of the warnings is held against the notices in the file, which no event proves.

Not counted again: the wording of a derivation (that it names the article, the number and the days is checked; words
that no event told are remarked upon as 提示, and change no exit code), names of events and offices, why a day is off,
articles and numbers of service targets, and what only events say that were kept back (their number is told).
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from .days import DAY, Days, counted
from .logs import Fault, check_export, leaf_hash
from .told import RECOUNTED, day_of, end_of_run, in_run, is_of, unlike_told
from .words import LAW, reworded, unlike_facts, unlike_notices, unlike_rule

ENDS: dict[str, dict[str, list[str]]] = json.loads(Path(__file__).with_name("ends.json").read_text("utf-8"))
TAKEN_ON = {
    "petition.served": "served_on", "petition.review_served": "served_on", "petition.rereview_served": "served_on",
    "petition.review_requested": "dispatched_on", "petition.rereview_requested": "dispatched_on",
    "petition.hearing_held": "held_on", "petition.settled": "signed_on",
}  # fmt: skip
"""What may be written down later than it was done counts from the day it was done, and from no other."""
COUNTED_BY = ("number", "unit", "of", "extendable_by", "for_staff")
WARNINGS = ("petition.reminded", "petition.overdue")
LATE = ("petition.overdue", "petition.still_overdue")


def check(export: dict[str, Any], calendars: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Each thing that was checked, and what is wrong with it."""
    events = [json.loads(entry["body"]) if "body" in entry else None for entry in export["events"]]
    for name, rule in export["limits"].items():
        if wrong := _unlike_the_law(name, rule):
            yield f"期限 {name}", wrong
    for event in filter(None, events):
        for said in event["clocks"]:
            what = f"第{event['seq']}号事件所定 {said['limit']}"
            yield what, _listed(lambda said=said: _recounted(said, said["start"], said, export, calendars))
            if event["type"] == RECOUNTED or said.get("not_before"):
                what = f"第{event['seq']}号事件重新计算 {said['limit']}"
                yield what, _listed(lambda said=said, event=event: _kept_promise(said, event, events))
        if event["type"] in (*WARNINGS, *LATE):
            yield f"第{event['seq']}号事件所称日期", _listed(lambda event=event: _by_time(event, events))
    for proof in export["deadline_proofs"]:
        what = f"证明 {proof['label']}（第{proof['run']}次）"
        yield what, _listed(lambda proof=proof: _proof(proof, export, events, calendars))
    yield "各期限都有证明", list(_unproved(export, events))


def _listed(found: Callable[[], Iterable[str]]) -> list[str]:
    """What is wrong; what cannot even be read is wrong too."""
    try:
        return list(found())
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError) as error:
        return [f"读不懂：{type(error).__name__} {error}"]


def _unlike_the_law(name: str, rule: dict[str, Any]) -> list[str]:
    """A limit that the law sets is not the place's to change."""
    law = LAW.get(name)
    if law is None:
        return [] if rule["kind"] == "service" else [f"{name} 自称法定期限，本程序不认识"]
    wanted = {field: law[field] for field in COUNTED_BY} | {"kind": "statutory", "law": law["article"]}
    return [f"{name}的{field}应为{want}，写的是{rule[field]}" for field, want in wanted.items() if rule[field] != want]


def _recounted(
    dates: dict[str, Any], start: str, how: dict[str, Any], export: dict[str, Any], calendars: dict[str, Any]
) -> list[str]:
    """Are these the dates that counting gives?"""
    rule, calendar = export["limits"].get(dates["limit"]), calendars.get(dates["calendar"])
    if rule is None or calendar is None:
        return [f"没有期限 {dates['limit']} 的规则，或者没有日历 {dates['calendar']}，不能重算"]
    number = how.get("days") if how.get("days") is not None else rule["number"]
    pauses = [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in how.get("pauses") or [] if b]
    begun, more = date.fromisoformat(start), how.get("extended_by") or 0
    legal, plain, not_counted, rolled = counted(rule, Days(calendar), begun, number + more, pauses)
    due = max(legal if rule["of"] == "petitioner" else plain, _kept(dates) or date.min)
    wanted = {"due": due.isoformat(), "legal_due": legal.isoformat(), "stat_due": plain.isoformat()}
    wrong = [f"{name} 应为{day}，写的是{dates[name]}" for name, day in wanted.items() if dates[name] != day]
    if rule["kind"] == "statutory" and rule["number"] not in (None, number):
        wrong.append(f"法定期限为{rule['number']}，写的是{number}")
    if more > rule["extendable_by"]:
        wrong.append(f"延长{more}，最多{rule['extendable_by']}")
    for name, listed in (("skipped", not_counted), ("rolled", rolled)):
        if name in dates and [each["day"] for each in dates[name]] != listed:
            wrong.append(f"{name} 与重算的不同")
    horizon = calendar["horizon"]
    if dates["provisional"] != (wanted["legal_due"] > horizon):
        wrong.append(f"放假安排公布到{horizon}，是否暂定写错了")
    return wrong


def _proof(
    proof: dict[str, Any], export: dict[str, Any], events: list[Any], calendars: dict[str, Any]
) -> Iterator[str]:
    """One proof against the rules, the events and the days."""
    yield from _recounted(proof, proof["start_on"], proof, export, calendars)
    yield from _is_event(proof["start"], export, events)
    yield from unlike_told(proof, export, events)
    yield from unlike_rule(proof, export)
    yield from unlike_facts(proof)
    yield from unlike_notices(proof, export)
    for warning in proof["warnings"]:
        yield from _is_event(warning, export, events)
    warned = [
        event["seq"]
        for event in in_run(proof, export, events)
        if event["type"] in WARNINGS and is_of(proof, event["data"])
    ]
    if warned != [each["seq"] for each in proof["warnings"]]:
        yield f"预警应为第{warned}号事件"
    yield from _ended(proof, export, events)


def _kept(dates: dict[str, Any]) -> date | None:
    return date.fromisoformat(dates["not_before"]) if dates.get("not_before") else None


def _is_told(day: str, told: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> bool:
    """Did one of these events tell this date, or set it as one that is kept (which was checked where it was set)?"""
    return any(day in (said["due"], said.get("not_before")) for _, said in told)


def _before(
    seq: int, limit: str, about: str | None, start: str | None, events: list[Any]
) -> tuple[list[tuple[dict[str, Any], dict[str, Any]]], bool, bool]:
    """What told this clock before, of the run that began on this day (of the last one, where none is named).

    And whether everything between that can be read: since it began, and since it was told last.
    """
    told = [
        (event, said)
        for event in filter(None, events[: seq - 1])
        for said in event["clocks"]
        if said["limit"] == limit and (said.get("about") or "") == (about or "")
    ]
    run = start or (told[-1][1]["start"] if told else None)
    told = [(event, said) for event, said in told if said["start"] == run]
    first, last = (told[0][0]["seq"], told[-1][0]["seq"]) if told else (0, 0)
    return told, all(events[first : seq - 1]), all(events[last : seq - 1])


def _kept_promise(said: dict[str, Any], event: dict[str, Any], events: list[Any]) -> Iterator[str]:
    """A date that was counted anew says what stood before, and takes back nothing that somebody relied on.

    A right of the petitioner does not end before a day he was told; an organ's date not before the day it hears of it.
    """
    told, is_whole, is_next = _before(event["seq"], said["limit"], said.get("about"), said["start"], events)
    today, kept, is_right = day_of(event), said.get("not_before"), said["owner"] == "petitioner"
    is_recount, data = event["type"] == RECOUNTED, event["data"]
    heard = is_recount and not is_right and kept == today
    if kept and not heard and not _is_told(kept, told) and is_whole:
        yield f"{kept}没有事件告知过，不能作为不提前的日期"
    if not is_recount:
        return
    same = {"due": said["due"], "calendar": said["calendar"], "provisional": said["provisional"]}
    if (data["limit"], data["owner"]) != (said["limit"], said["owner"]) or any(data[n] != same[n] for n in same):
        yield "重新计算的事件与所定日期不同"
    if is_next and (not told or data["due_before"] != told[-1][1]["due"]):
        yield f"以前告知的日期不是{data['due_before']}"
    least = data["due_before"] if is_right else min(data["due_before"], today)
    if said["due"] < least:
        yield f"重新计算为{said['due']}，不能早于{least}"
    if kept and kept != least:
        yield f"不提前的日期应为{least}，写的是{kept}"


def _by_time(event: dict[str, Any], events: list[Any]) -> Iterator[str]:
    """A reminder or a lateness is of the date that was told last, and lateness begins when the day is over.

    When it was noticed may be later than when it was to be (`expected_at`): that is told, and makes nothing wrong.
    """
    data = event["data"]
    told, _, is_next = _before(event["seq"], data["limit"], data.get("about"), None, events)
    if is_next and (not told or told[-1][1]["due"] != data["due"]):
        yield f"{data['due']}不是最后一次告知的日期"
    if event["type"] in LATE and day_of(event) <= data["due"]:
        yield f"{data['due']}还没有过"
    if data.get("detected_at") and data["detected_at"][:10] != day_of(event):
        yield "发现的时间与事件的时间不同"


def _is_event(named: dict[str, Any], export: dict[str, Any], events: list[Any]) -> Iterator[str]:
    """The event that is named stands in the chain, as it is named."""
    if not 1 <= named["seq"] <= len(events):
        yield f"没有第{named['seq']}号事件"
        return
    entry, event = export["events"][named["seq"] - 1], events[named["seq"] - 1]
    if named["hash"] != (entry["hash"] if event is None else leaf_hash(entry["body"].encode()).hex()):
        yield f"第{named['seq']}号事件的摘要不同"
    if event is not None and (event["type"] != named["event"] or day_of(event) != named["at"][:10]):
        yield f"第{named['seq']}号事件的名称或者日期不同"


def _ended(proof: dict[str, Any], export: dict[str, Any], events: list[Any]) -> Iterator[str]:
    """How it ended, what that makes of it, and by how many days."""
    end, due = proof["end"], date.fromisoformat(proof["due"])
    is_stopped = any(b is None for _, b in proof["pauses"])
    if end is None:
        on = date.fromisoformat(export["on"])
        wanted = ("stopped", None) if is_stopped else _judged("overdue", "running", due, on, proof["pauses"])
    else:
        on = date.fromisoformat(end["on"])
        if end["ending"] == "met":
            wanted = _judged("late", "in_time", due, on, proof["pauses"])
        else:
            wanted = (end["ending"], None)
        if end["event"] is not None:
            yield from _is_event(end["event"], export, events)
            yield from _may_end(end, proof, export, events)
        elif all(events[proof["start"]["seq"] - 1 :]):
            yield f"写明结束于{end['on']}，却没有结束它的事件"
    if wanted != (proof["verdict"], proof["margin"]):
        yield f"应为{wanted[0]}，{wanted[1]}日；写的是{proof['verdict']}，{proof['margin']}日"


def _judged(late: str, in_time: str, due: date, on: date, pauses: list[Any]) -> tuple[str, int]:
    """In time until the end of the due date; of the days after it, those that were stopped are nobody's lateness."""
    if on <= due:
        return in_time, (due - on).days
    stopped = [(date.fromisoformat(a), date.fromisoformat(b) if b else date.max) for a, b in pauses]
    days = (due + DAY * n for n in range(1, (on - due).days + 1))
    return late, -sum(not any(a <= day < b for a, b in stopped) for day in days)


def _may_end(end: dict[str, Any], proof: dict[str, Any], export: dict[str, Any], events: list[Any]) -> Iterator[str]:
    """The event is one that ends this limit, after it began and on the day that is said."""
    named, seq = end["event"], end["event"]["seq"]
    if seq <= proof["start"]["seq"]:
        yield "结束的事件不在开始之后"
    if end["ending"] == "replaced":
        if seq != end_of_run(proof, export):
            yield f"第{seq}号事件没有使这个期限重新起算"
    elif proof["limit"] in ENDS:
        if named["event"] not in ENDS[proof["limit"]].get(end["ending"], []):
            yield f"{named['event']} 不能这样结束这个期限"
    elif named["event"] not in export["endings"].get(proof["limit"], []):
        yield f"{named['event']} 不能结束这个期限"
    event = events[seq - 1] if seq <= len(events) else None
    if event is not None and end["on"] != _taken_on(event):
        yield f"结束于{end['on']}，事件发生在{_taken_on(event)}"


def _taken_on(event: dict[str, Any]) -> str:
    """The day that a step was taken on, which may be before the day it was recorded."""
    return event["data"].get(TAKEN_ON.get(event["type"], "")) or day_of(event)


def _unproved(export: dict[str, Any], events: list[Any]) -> Iterator[str]:
    """Dates that were told and have no proof. An export to a petitioner proves none that run between organs."""
    runs: dict[tuple[str, str], list[Any]] = {}
    for each in export["deadline_proofs"]:
        runs.setdefault((each["limit"], each["about"]), []).append(each)
    for (limit, _), found in runs.items():
        if all(events) and [each["run"] for each in found] != list(range(1, len(found) + 1)):
            yield f"{limit} 的各次起算不连续"
        if found[-1]["verdict"] == "replaced":
            yield f"{limit} 写明重新起算，却没有下一次"
    told: dict[tuple[str, str], int] = {}
    for event in filter(None, events):
        for said in event["clocks"]:
            told.setdefault((said["limit"], said.get("about") or ""), event["seq"])
    for (limit, about), first in sorted(told.items()):
        is_hidden = export["reader"] == "petitioner" and export["limits"][limit]["for_staff"]
        # What was kept back before may have begun it; since then nothing can take its proof away.
        if (limit, about) not in runs and not is_hidden and all(events[: first - 1]):
            yield f"{limit} {about} 没有证明"


def main() -> int:
    """Check every file; 1 when anything differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--calendar", type=Path, help="另用一份放假安排：{version, first, horizon, off, make_up}")
    asked = parser.parse_args()
    other = json.loads(asked.calendar.read_text("utf-8")) if asked.calendar else None
    differs = 0
    for path in asked.files:
        try:
            export = check_export(path.read_bytes())
        except Fault as fault:
            print(f"不通过  {path.name}  文件不完整：{fault}")
            differs += 1
            continue
        calendars = dict.fromkeys(export["calendars"], other) if other else export["calendars"]
        checked = list(check(export, calendars))
        for what, wrong in checked:
            for each in wrong:
                print(f"不一致  {path.name}  {what}：{each}")
        bad = sum(bool(wrong) for _, wrong in checked)
        differs += bad
        kept = sum("body" not in entry for entry in export["events"])
        unseen = f"，{kept}个事件未公开，其内容不能核对" if kept else ""
        print(f"{'不一致' if bad else '一致'}  {path.name}  重算{len(checked)}项，{bad}项不同{unseen}")
        if not bad:
            for each in reworded(export):
                print(f"提示  {path.name}  {each}")
    print("说明文字只核对依据、天数和日期，措辞以及事件、单位的名称没有重算。")
    return 1 if differs else 0


if __name__ == "__main__":
    sys.exit(main())
