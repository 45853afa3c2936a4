"""The main road."""

from infra.fuzz.steps.base import BUREAU, HEAD, NEXT_MONTH, PETITIONER, Bodies, Paths

GOOD_STEPS: Bodies = {
    "forward": {"to": "housing"},
    "assign": {"to": "housing", "due": NEXT_MONTH},
    "object": {"reason": "该小区由开发商自管，不属于我局职责范围。"},
    "uphold_objection": {"note": "同意退回"},
    "reject_objection": {"reason": "物业管理属你局职责。"},
    "accept": {"track": "petition_procedure", "undertaker": "李工"},
    "extend": {"days": 30, "reason": "需要委托鉴定。"},
    "reply": {
        "facts": "经现场查看，物业自6月起收费。",
        "answers": [{"claim": 1, "finding": "support", "answer": "责令退还。", "basis": "《物业管理条例》"}],
    },
    "serve": {"method": "window", "proof": "本人签收"},
    "rate": {"office": "satisfied", "unit": "basically", "solved": True},
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
    "reply": ("forward", "accept"),
    "serve": ("forward", "accept", "reply"),
    "rate": ("forward", "accept", "reply", "serve"),
}
