"""Matters handed down from above: what is said of them when they are registered, and the report that goes back up."""

from datetime import date, timedelta
from typing import Any

from chalicelib.domain.case import Actor, Case, Change
from chalicelib.domain.errors import FieldError, FieldsInvalid, RuleBroken
from chalicelib.domain.events.routing import CompletionReported
from chalicelib.domain.intake import LEVELS_ABOVE, Filing
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take

LONGEST = timedelta(days=366)
"""The Regulation names no number; a date further off is a slip of the keyboard."""


def look_through(filing: Filing) -> None:
    """What is said of the levels above fits together: each had it before the next one. Raises FieldsInvalid."""
    if not filing.from_above:
        if filing.above_received or filing.above_due:
            raise FieldsInvalid([FieldError("/from_above", "请选择由哪一级转交下来", "missing")])
        return
    wrong = [*_dates(filing)]
    if not filing.external_number:
        wrong.append(FieldError("/external_number", "上级转交的，请填写上级系统编号", "missing"))
    due = filing.above_due
    if due is not None and not filing.received_on < due <= filing.received_on + LONGEST:
        wrong.append(FieldError("/above_due", "上级要求反馈的日期应在收到日期以后、一年以内", "out_of_range"))
    if wrong:
        raise FieldsInvalid(wrong)


def _dates(filing: Filing) -> list[FieldError]:
    levels = tuple(LEVELS_ABOVE)
    concerned = levels[levels.index(filing.from_above) :]
    wrong, before = [], date.min
    if filing.from_above not in filing.above_received:
        wrong.append(FieldError(f"/{filing.from_above}_received_on", "请填写这一级收到的日期", "missing"))
    for level in levels:
        at = filing.above_received.get(level)
        if at is None:
            continue
        if level not in concerned:
            wrong.append(FieldError(f"/{level}_received_on", "这件事没有经过这一级", "not_concerned"))
        elif not before <= at <= filing.received_on:
            said = "收到日期应逐级向后，不晚于本单位收到的日期"
            wrong.append(FieldError(f"/{level}_received_on", said, "out_of_range"))
        before = at
    return wrong


def facts(filing: Filing) -> dict[str, Any]:
    """What a case keeps of it: codes and dates."""
    if not filing.from_above:
        return {}
    received = {level: at.isoformat() for level, at in filing.above_received.items()}
    due = {"above_due": filing.above_due.isoformat()} if filing.above_due else {}
    return {"from_above": filing.from_above, "above_received": received, **due}


def days(filing: Filing) -> dict[str, int]:
    """The number of days of the limit that the level above set by naming a date."""
    return {"report_above": (filing.above_due - filing.received_on).days} if filing.above_due else {}


def report_completion(case: Case, report: str, *, by: Actor, on: date, rules: Rules) -> Change:
    """Report the result to the level it came from, 提交办结报告 (第二十二条第一款第三项)."""
    check(PETITION.step("report_completion"), case, by)
    if not case.facts.get("from_above"):
        raise RuleBroken("这件事不是上级转交的，不用向上级提交办结报告", law="第二十二条第一款第三项")
    if reported := case.facts.get("reported_above"):
        raise RuleBroken(f"办结报告已于{reported}提交", law="第二十二条第一款第三项")
    event = CompletionReported(org=case.office, from_above=case.facts["from_above"], text={"report": report})
    told = case.with_facts(reported_above=on.isoformat())
    return take(PETITION, told, "report_completion", event, by=by, on=on, rules=rules)
