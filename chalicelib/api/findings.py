"""What the reconciler found and mended, and the daily figure of notices: for who supervises and keeps the system."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING, Any

from chalice.app import Blueprint

from chalicelib import policy
from chalicelib.api import acting
from chalicelib.api.http import endpoint, query, query_int, session
from chalicelib.api.problems import Malformed
from chalicelib.domain.case import SYSTEM_ADMIN
from chalicelib.store import offices
from chalicelib.store.tenant import cases

if TYPE_CHECKING:  # seldom asked for: no cold start waits for it
    from chalicelib.store.findings import Finding

findings = Blueprint(__name__)
DAYS = 31
ENDED = {"": "待处理", "repaired": "已自动修复", "gone": "已恢复正常"}


@findings.route("/findings", methods=["GET"])
@endpoint("findings")
def list_findings() -> Any:
    """What disagrees between the rows of cases, by kind; `done=true` for what was mended, newest first.

    Nobody oversees a report of misconduct (第三十条第三款): of those, who keeps the system reads alone.
    """
    from chalicelib.store import findings as found_rows

    name = found_rows.MENDED if query("done") == "true" else found_rows.OPEN
    limit = query_int("limit", 50, most=100)
    shown, after = found_rows.page(name, limit=limit, after=_after(query("cursor")), sealed=_keeps_system())
    return {
        "items": [_view(each) for each in shown],
        "next_cursor": urlsafe_b64encode(after.encode()).decode() if after else None,
    }


@findings.route("/completeness", methods=["GET"])
@endpoint("completeness")
def completeness() -> Any:
    """Notices that events owe, day by day: ended, still within their time, or exceptions. Counted every night."""
    from chalicelib.store import findings as found_rows

    figures = list(found_rows.figures(limit=DAYS))
    return {
        "newest": _figure(*figures[0]) if figures else None,
        "counted": [{"day": day, **figure["total"]} for day, figure in figures],
    }


def _figure(day: str, figure: dict[str, Any]) -> dict[str, Any]:
    return {"day": day, "counted_at": figure["counted_at"], "days": figure["days"], "total": figure["total"]}


def _view(finding: "Finding") -> dict[str, Any]:
    """The key of a row may name an office that a supervisor may not know of: it is for who keeps the system."""
    from chalicelib.store.fault import KINDS

    keeps_system = _keeps_system()
    return {
        "kind": finding.kind,
        "label": KINDS[finding.kind],
        "case_number": finding.case if keeps_system or _may_know(finding) else None,
        "row": f"{finding.pk}|{finding.sk}" if keeps_system else None,
        "found_at": finding.found_at,
        "ended": finding.ended or "open",
        "ended_label": ENDED[finding.ended],
    }


def _keeps_system() -> bool:
    return session().role == SYSTEM_ADMIN


def _may_know(finding: "Finding") -> bool:
    if not finding.case:
        return False
    try:
        return policy.may_see(acting.actor(), cases().load(finding.case).case, offices.tree())
    except Exception:  # it stands here because its rows cannot be read: whom it concerns, nobody can tell
        return False


def _after(cursor: str) -> str:
    """Where to go on: after a row that was shown to the caller. A forged one shows him nothing else than he may see."""
    try:
        after = urlsafe_b64decode(cursor.encode()).decode("ascii")
    except ValueError:
        raise Malformed("参数cursor不正确") from None
    if not after.isprintable() or urlsafe_b64encode(after.encode()).decode() != cursor:
        raise Malformed("参数cursor不正确")
    return after
