"""What cannot wait."""

from infra.fuzz.steps.base import BUREAU, PETITIONER, TODAY, Bodies, Paths

GOOD_STEPS: Bodies = {
    "check_signal": {"result": "none", "note": "已与信访人通话，是气话，情绪稳定。"},
    "mark_urgent": {"level": "urgent", "reason": "约30人在工地门口聚集讨薪。"},
    "tell_urgent": {
        "addressee": "government",
        "person": "值班室王主任",
        "told_on": TODAY,
        "told_at": "09:30",
        "how": "电话",
    },
    "report_urgent": {"situation": "今天上午九点，约30人在工地门口聚集。", "measures": "已到现场劝解，约定下午协商。"},
    "take_measure": {"measure": "派人到场维持秩序。", "taken_on": TODAY},
    "end_urgency": {"outcome": "人员已全部离开。"},
}
TAKEN_BY: dict[str, str] = {
    "check_signal": BUREAU,
    "mark_urgent": BUREAU,
    "tell_urgent": BUREAU,
    "report_urgent": BUREAU,
    "take_measure": BUREAU,
    "end_urgency": BUREAU,
}
CLERK_FOR: dict[str, str] = {}
_JOINT_OFFICE = ("tell_urgent", {**GOOD_STEPS["tell_urgent"], "addressee": "joint_office"}, BUREAU)  # type: ignore[dict-item]
_REPORTED = ("mark_urgent", "tell_urgent", _JOINT_OFFICE, "report_urgent")
PATH: Paths = {
    "check_signal": (("supplement", {"text": "再不解决我就从楼上跳下去，不想活了。"}, PETITIONER),),
    "mark_urgent": (),
    "tell_urgent": ("mark_urgent",),
    "report_urgent": ("mark_urgent", "tell_urgent", _JOINT_OFFICE),
    "take_measure": ("mark_urgent",),
    "end_urgency": _REPORTED,
}
