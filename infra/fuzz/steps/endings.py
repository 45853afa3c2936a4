"""Endings other than an opinion."""

from typing import Any

from infra.fuzz.steps import review
from infra.fuzz.steps.base import BUREAU, HEAD, UNIT, Bodies, Body, Move, Paths

DIVERSION = {
    "ground": "arbitration",
    "where_to": "青山县劳动人事争议仲裁委员会",
    "limit_note": "一年内申请",
    "explanation": "属于劳动争议，应当先申请仲裁。",
}
AT_THE_UNIT = {"ground": "pending_elsewhere", "explanation": "市住建局正在办理同一事项。"}
LAWSUIT = {
    "ground": "political_legal",
    "where_to": "中共青山县委政法委员会",
    "explanation": "涉法涉诉事项，转政法部门依法处理。",
}


def _same_again(county: Any) -> dict[str, Any]:
    """The same petitioner's earlier matter, led through all three instances."""
    earlier = county.led((*review.PATH["serve_rereview"], "serve_rereview"))
    return {"ground": "rereviewed", "earlier": earlier.number, "explanation": "已有复核意见，事实和理由相同。"}


def _proposed(body: Body, by: str) -> Move:
    return ("propose_ending", body, by)


GOOD_STEPS: Bodies = {
    "propose_ending": DIVERSION,
    "return_proposal": {"reason": "双方没有劳动关系，请重新研究。"},
    "decline": {"note": "同意"},
    "divert": {"note": "同意"},
    "transfer": {"note": "同意"},
    "not_take_again": {"note": "同意"},
}
TAKEN_BY: dict[str, str] = {
    "return_proposal": HEAD,
    "decline": HEAD,
    "divert": HEAD,
    "transfer": "bureau2",
    "not_take_again": HEAD,
}
CLERK_FOR: dict[str, str] = {}
PATH: Paths = {
    "return_proposal": ("forward", "propose_ending"),
    "decline": ("forward", _proposed(AT_THE_UNIT, UNIT)),
    "divert": ("forward", "propose_ending"),
    "transfer": (_proposed(LAWSUIT, BUREAU),),
    "not_take_again": ("forward", _proposed(_same_again, UNIT)),
}
