"""Recusal."""

from infra.fuzz.steps.base import HEAD, PETITIONER, Bodies, Paths

GOOD_STEPS: Bodies = {
    "ask_recusal": {"post": "undertaker", "reason": "经办人员与物业公司经理是亲戚。"},
    "decide_recusal": {"granted": True, "users": ["housing-clerk"]},
}
TAKEN_BY: dict[str, str] = {"ask_recusal": PETITIONER, "decide_recusal": HEAD}
CLERK_FOR: dict[str, str] = {}
PATH: Paths = {"decide_recusal": ("forward", "ask_recusal")}
