"""What a unit promised to have done by a date, return visits, and relief."""

from typing import Any

from infra.fuzz.steps.base import BUREAU, HEAD, NEXT_MONTH, PETITIONER, UNIT, Bodies, Paths
from infra.fuzz.steps.opinion import GOOD_STEPS as OPINION
from infra.fuzz.steps.opinion import PREPARED

_DRAFT = OPINION["draft_reply"]
assert isinstance(_DRAFT, dict)
PROMISING: dict[str, Any] = _DRAFT | {
    "commitments": [{"claim": 1, "what": "退还多收的停车费", "due": NEXT_MONTH, "responsible": "物业科"}]
}
VISITED: dict[str, Any] = {
    "reached": True,
    "spoken_with": "信访人本人",
    "informed": True,
    "satisfied": "not_satisfied",
    "carried_out": "no",
    "solved": False,
    "remark": "信访人说停车费还没有退。",
}
GOOD_STEPS: Bodies = {
    "prove_commitment": {"text": "停车费已经退到各户，附退款清单。"},
    "confirm_commitment": {"kept": True, "text": "已经收到退款。"},
    "revisit": VISITED,
    "reopen": {"reason": "回访得知停车费没有退。"},
    "offer_relief": {"relief": "social", "told": "可以向民政部门申请临时救助。", "helped": "帮助填写申请表。"},
    "record_relief": {"result": "granted", "text": "民政部门已发放临时救助金。"},
}
TAKEN_BY: dict[str, str] = {
    "prove_commitment": UNIT,
    "confirm_commitment": PETITIONER,
    "revisit": BUREAU,
    "reopen": BUREAU,
    "offer_relief": UNIT,
    "record_relief": UNIT,
}
CLERK_FOR: dict[str, str] = {"confirm_commitment": BUREAU}
SERVED = (*PREPARED, ("draft_reply", PROMISING, UNIT), "second_read", ("sign", OPINION["sign"], HEAD), "serve")
PATH: Paths = {
    "prove_commitment": SERVED,
    "confirm_commitment": (*SERVED, "revisit"),
    "revisit": SERVED,
    "reopen": (*SERVED, "revisit"),
    "offer_relief": ("forward", "accept"),
    "record_relief": ("forward", "accept", "offer_relief"),
}
