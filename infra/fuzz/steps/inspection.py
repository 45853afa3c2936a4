"""Tasks of supervision. They begin with a route of their own, and so does the way to each step."""

from typing import Any

from infra.fuzz.steps.base import BUREAU, NEXT_MONTH, UNIT, Bodies, Paths

A_LIST: dict[str, Any] = {
    "kind": "problem_list",
    "title": "问题清单",
    "org": "housing",
    "items": ["没有按期告知"],
    "due": NEXT_MONTH,
}
OPENED = ("open", A_LIST, BUREAU)
GOOD_STEPS: Bodies = {
    "inspections": A_LIST,
    "sign_for": {},
    "answer_inspection": {"answers": ["已补发告知书"], "responsible": ["李工"]},
    "recheck": {"note": "已核实"},
    "record_votes": {"participants": 9, "satisfied": 6, "basically": 2, "not_satisfied": 1},
    "record_reception": {"leader": "leader1", "visitors": 3},
    "close_inspection": {},
}
TAKEN_BY: dict[str, str] = {
    "inspections": BUREAU,
    "sign_for": UNIT,
    "answer_inspection": UNIT,
    "recheck": BUREAU,
    "score_sample": BUREAU,
    "record_votes": BUREAU,
    "record_reception": BUREAU,
    "close_inspection": BUREAU,
}
CLERK_FOR: dict[str, str] = {}
PATH: Paths = {
    "sign_for": (OPENED,),
    "answer_inspection": (OPENED,),
    "recheck": (OPENED, "answer_inspection"),
    "record_votes": (("open", {"kind": "appraisal", "title": "民主评议", "org": "housing"}, BUREAU),),
    "record_reception": (("open", {"kind": "reception", "title": "领导接访日"}, BUREAU),),
    "close_inspection": (("open", {"kind": "self_check", "title": "自查", "org": "housing"}, BUREAU),),
}
UNREACHED = ("score_sample",)
"""It names a case that was drawn: a story takes it."""
