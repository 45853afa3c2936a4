"""Clocks and lights as they are shown. Lateness is computed when it is read; colour is never the only sign."""

from datetime import date
from typing import Any

from chalicelib.api.views.names import name_of
from chalicelib.domain.case import PETITIONER, Case, Clock
from chalicelib.domain.force_majeure import excused_days
from chalicelib.domain.local_targets import KEPT, MISSED, OPEN, local_targets
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.procedure import Rules, derivation
from chalicelib.domain.workdays import days_left
from chalicelib.store.lists import YELLOW_DAYS

TARGET_STATES = {OPEN: "承诺期内", KEPT: "✓ 已兑现承诺", MISSED: "未达到承诺，法定期限不变"}


def clocks(found: Case, tree: OfficeTree, rules: Rules, today: date, *, is_petitioner: bool) -> list[dict[str, Any]]:
    """The clocks of a case; a petitioner is not shown those between organs."""
    return [
        clock(each, tree, rules, today) | _excused(found, each, today)
        for each in found.clocks
        if not (is_petitioner and rules.limits[each.limit].for_staff)
    ]


def _excused(found: Case, each: Clock, today: date) -> dict[str, Any]:
    """Days that nobody could use, of all it had and of those it is late: a recorded excuse, which moves no date."""
    days, late_days = excused_days(found, each, today)
    return {"days_unusable": days, "excused_days": late_days} if days else {}


def targets(found: Case, rules: Rules, today: date) -> list[dict[str, Any]]:
    """What this place promises beyond the law: shown beside the limits, and never a lateness."""
    return [
        {
            "target": target.name,
            "label": rules.limits[target.name].label,
            "due": target.due.isoformat(),
            "state": target.state(today),
            "text": TARGET_STATES[target.state(today)],
            "note": rules.limits[target.name].note,
        }
        for target in local_targets(found, rules)
    ]


def clock(found: Clock, tree: OfficeTree, rules: Rules, today: date) -> dict[str, Any]:
    """One clock with its light and its derivation, computed by the function that set it."""
    rule = rules.limits[found.limit]
    owner = "信访人" if found.owner == PETITIONER else name_of(found.owner, tree)
    state = "running" if found.is_running else found.ending
    if state == "met" and found.is_overdue(today):
        state = "met_late"
    return {
        "limit": found.limit,
        "about": found.about,
        "label": rule.label,
        "law": rule.law,
        "kind": rule.kind,
        "owner": found.owner,
        "owner_name": owner,
        "start": found.start.isoformat(),
        "due": found.due.isoformat(),
        "legal_due": found.legal_due.isoformat(),
        "stat_due": found.stat_due.isoformat(),
        "provisional": found.provisional,
        "calendar": found.calendar,
        "extended_by": found.extended_by,
        "ended_on": found.ended_on.isoformat() if found.ended_on else None,
        "state": state,
        "light": light(found.due, today, ended_on=found.ended_on, ending=found.ending, is_stopped=found.is_stopped),
        "derivation": derivation(found, rules).text(),
    }


def light(
    due: date | None, today: date, *, ended_on: date | None = None, ending: str = "", is_stopped: bool = False
) -> dict[str, Any]:
    """Colour, shape and words (`terms.md` section 5): colour is never the only sign."""
    if ending == "met" and due is not None and ended_on is not None:
        late = ended_on > due
        return _light("grey", "✓", "超期完成" if late else "按期完成", None)
    if due is None or is_stopped or ending:
        return _light("grey", "○", "停止计时" if is_stopped else "无期限", None)
    left = days_left(due, today)
    if left < 0:
        return _light("red", "■", f"超期{-left}天", left)
    if left <= YELLOW_DAYS:
        return _light("yellow", "◆", f"临期 剩{left}天", left)
    return _light("green", "●", "正常", left)


def _light(level: str, shape: str, text: str, left: int | None) -> dict[str, Any]:
    return {"level": level, "shape": shape, "text": text, "days_left": left}
