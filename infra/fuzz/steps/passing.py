"""Days that nobody could use."""

from infra.fuzz.steps.base import BUREAU, LEADER, TODAY, Bodies, Paths

ADMIN = "admin1"
"""Whose the routes of the working-day calendar are, and those on what the system finds wrong with itself."""

GOOD_STEPS: Bodies = {
    "record_force_majeure": {
        "begins": TODAY,
        "ends": TODAY,
        "document": "青山县人民政府公告2026年第3号",
        "decided_by": "青山县人民政府",
        "reason": "暴雨引发山洪，全县道路和通信中断。",
        "area": "青溪镇、石桥镇",
    },
}
TAKEN_BY: dict[str, str] = {"record_force_majeure": BUREAU}
CLERK_FOR: dict[str, str] = {
    **dict.fromkeys(("calendar", "notices", "moves", "findings", "completeness"), ADMIN),
    "confirm": "security1",
    "approve": LEADER,
}
PATH: Paths = {"record_force_majeure": ()}
