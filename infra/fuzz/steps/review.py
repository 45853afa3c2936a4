"""Review and re-review."""

from infra.fuzz.steps import road
from infra.fuzz.steps.base import BUREAU, PETITIONER, Bodies, Paths

ASKED = {"request": "请撤销原意见。", "reasons": "停车费没有退，意见说已经退了。"}
WRITTEN = {"facts": "调取了收费台账，查明物业没有退款。", "findings": ["应当退还。"], "basis": "《物业管理条例》"}
SERVED = road.PATH["rate"]
REVIEWED = (*SERVED, "request_review", "decide_review")
REREVIEW = (*REVIEWED, "serve_review", "request_rereview")
GOOD_STEPS: Bodies = {
    "request_review": ASKED,
    "request_late_review": ASKED | {"late_reason": "住院治疗。"},
    "decide_late_request": {"admitted": True, "reason": "确因住院耽误。"},
    "send_file": {"document": "青信函〔2026〕12号"},
    "decide_review": WRITTEN | {"outcome": "change"},
    "serve_review": {"method": "window", "proof": "本人签收"},
    "request_rereview": ASKED,
    "request_late_rereview": ASKED | {"late_reason": "住院治疗。"},
    "decide_rereview": WRITTEN | {"outcome": "uphold", "document": "临政复核〔2026〕3号"},
    "serve_rereview": {"method": "window", "proof": "本人签收"},
}
TAKEN_BY: dict[str, str] = {action: PETITIONER if action.startswith("request") else BUREAU for action in GOOD_STEPS}
CLERK_FOR: dict[str, str] = {action: BUREAU for action in GOOD_STEPS if action.startswith("request")}
PATH: Paths = {
    "request_review": SERVED,
    "request_late_review": SERVED,
    "decide_late_request": SERVED,
    "decide_review": (*SERVED, "request_review"),
    "serve_review": REVIEWED,
    "request_rereview": (*REVIEWED, "serve_review"),
    "request_late_rereview": (*REVIEWED, "serve_review"),
    "send_file": REREVIEW,
    "decide_rereview": REREVIEW,
    "serve_rereview": (*REREVIEW, "decide_rereview"),
}
UNREACHED = ("decide_late_request",)
"""A request is late only after thirty days."""
