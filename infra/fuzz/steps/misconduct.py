"""Reports of misconduct, in the second application: steps of the body that a report came to."""

from typing import Any

from infra.fuzz.steps.base import BUREAU, Bodies, Paths

A_REPORT: dict[str, Any] = {"title": "违规收费", "text": "窗口收费不给收据。", "accused": ["justice"], "people": []}

GOOD_STEPS: Bodies = {
    "transfer_report": {"to": "discipline", "authority": "county"},
    "name_accused": {"offices": ["tax"], "people": ["窗口负责人马某"], "note": "来信补充"},
    "tell_organisation_department": {"note": "涉及单位主要负责人", "major": True},
    "close_report": {"outcome": "verify"},
}
TAKEN_BY: dict[str, str] = dict.fromkeys(GOOD_STEPS, BUREAU)
CLERK_FOR: dict[str, str] = {}
PATH: Paths = {}
