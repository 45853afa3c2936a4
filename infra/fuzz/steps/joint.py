"""Several organs at one matter."""

from chalicelib import clock
from infra.fuzz.steps.base import NEXT_MONTH, Bodies, Paths

SUPPORTING = "transport-clerk"
ASKED = ("forward", "accept", "ask_departments")

GOOD_STEPS: Bodies = {
    "ask_departments": {"departments": ["transport"], "question": "门前道路由谁管理？", "due": NEXT_MONTH},
    "answer_jointly": {"opinion": "小区门前道路由我局管理，已列入改造。", "claims": ["1"]},
    "decline_support": {"reason": "小区内部道路由物业管理，不属于我局职责。"},
    "release_department": {"department": "transport", "reason": "情况已经清楚。"},
    "coordinate": {
        "held_on": clock.today().isoformat(),
        "attended": ["housing", "transport"],
        "minutes": "由住建局牵头，交通局配合，本月底前完成。",
    },
}
TAKEN_BY: dict[str, str] = {"answer_jointly": SUPPORTING, "decline_support": SUPPORTING}
CLERK_FOR: dict[str, str] = {}
PATH: Paths = {
    "ask_departments": ("forward", "accept"),
    "answer_jointly": ASKED,
    "decline_support": ASKED,
    "release_department": ASKED,
    "coordinate": ("forward", "accept"),
}
