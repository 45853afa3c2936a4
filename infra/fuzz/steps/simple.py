"""The simple way of handling, and answers at the first desk."""

from infra.fuzz.steps.base import BUREAU, PETITIONER, Bodies, Paths

GOOD_STEPS: Bodies = {
    "consult": {"to": "transport", "question": "该路段何时维修？"},
    "advise": {"advice": "该路段已列入4月的维修计划。"},
    "answer_directly": {
        "answers": [{"claim": 1, "finding": "explain", "answer": "已当场联系物业，今天下午清理占道的车辆。"}]
    },
    "propose_simple": {"ground": "clear"},
    "accept_simply": {"ground": "clear", "undertaker": "李工"},
    "convert_to_ordinary": {"reason": "需要现场测量，短期内不能答复。"},
    "decide_suggestion": {"outcome": "partly", "reason": "路灯已列入明年计划。", "reward": "颁发荣誉证书"},
}
TAKEN_BY: dict[str, str] = {
    "consult": BUREAU,
    "advise": "transport-clerk",
    "answer_directly": BUREAU,
    "propose_simple": BUREAU,
}
CLERK_FOR: dict[str, str] = {}
PATH: Paths = {
    "consult": (),
    "advise": ("consult",),
    "answer_directly": (),
    "propose_simple": (),
    "convert_to_ordinary": ("forward", "accept_simply"),
    "decide_suggestion": (
        ("file", {"kind": "suggestion", "title": "建议增设路灯"}, PETITIONER),
        "forward",
        ("accept", {"track": "suggestion", "undertaker": "李工"}, "housing-clerk"),
    ),
}
