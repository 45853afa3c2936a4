"""The main road."""

from infra.fuzz.steps.base import BUREAU, HEAD, NEXT_MONTH, PETITIONER, UNIT, Bodies, Paths
from infra.fuzz.steps.opinion import TO_SIGN

GOOD_STEPS: Bodies = {
    "forward": {"to": "housing"},
    "assign": {"to": "housing", "due": NEXT_MONTH},
    "object": {"reason": "该小区由开发商自管，不属于我局职责范围。"},
    "uphold_objection": {"note": "同意退回"},
    "reject_objection": {"reason": "物业管理属你局职责。"},
    "accept": {"track": "petition_procedure", "undertaker": "李工"},
    "extend": {"days": 30, "reason": "需要委托鉴定。"},
    "reply": {
        "facts": "经现场查看，并向物业公司和两户业主了解，物业自6月起收费。",
        "answers": [
            {
                "claim": 1,
                "finding": "support",
                "answer": "已责令物业公司30日内退还多收的停车费，由我局物业科负责督促。",
                "basis": "《物业管理条例》第五十二条",
            }
        ],
    },
    "serve": {"method": "window", "proof": "本人签收", "cause": "conduct"},
    "rate": {"office": "satisfied", "unit": "basically", "solved": True, "proof": "评价表 17 号"},
}
TAKEN_BY: dict[str, str] = {
    "forward": BUREAU,
    "assign": BUREAU,
    "uphold_objection": BUREAU,
    "reject_objection": BUREAU,
    "extend": HEAD,
    "rate": PETITIONER,
}
CLERK_FOR: dict[str, str] = {"rate": BUREAU}
PATH: Paths = {
    "forward": (),
    "assign": (),
    "uphold_objection": ("forward", "object"),
    "reject_objection": ("forward", "object"),
    "extend": ("forward", "accept"),
    "reply": (
        ("file", {"kind": "suggestion"}, PETITIONER),
        "forward",
        ("accept", {"track": "suggestion", "undertaker": "李工"}, UNIT),
    ),
    "serve": (*TO_SIGN, "sign"),
    "rate": (*TO_SIGN, "sign", "serve"),
}
