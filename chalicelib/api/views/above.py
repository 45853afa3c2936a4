"""What came from above, and whose every day was."""

from datetime import date
from typing import Any

from chalicelib.api.views.names import name_of
from chalicelib.domain import booking
from chalicelib.domain.case import PETITIONER, Case
from chalicelib.domain.intake import LEVELS_ABOVE
from chalicelib.domain.offices import OfficeTree
from chalicelib.store.cases import CaseFile


def above(found: Case) -> dict[str, Any] | None:
    """From which level, since when it was there, by when the result is wanted, and whether it was reported."""
    if not found.facts.get("from_above"):
        return None
    level = found.facts["from_above"]
    return {
        "from_above": level,
        "from_above_label": LEVELS_ABOVE[level],
        "received": dict(found.facts["above_received"]),
        "above_due": found.facts.get("above_due"),
        "reported_on": found.facts.get("reported_above"),
    }


def booked(file: CaseFile, tree: OfficeTree, today: date) -> list[dict[str, Any]]:
    """Who had the matter for how many days since it was received first."""
    passed = [(each.at.date(), each.type, each.data) for each in file.events]
    days = booking.booked_days(file.case, passed, until=today)
    return [{"org": org, "org_name": _called(org, tree), "days": count} for org, count in days.items()]


def _called(org: str, tree: OfficeTree) -> str:
    if org == PETITIONER:
        return "信访人"
    return LEVELS_ABOVE.get(org) or name_of(org, tree)
