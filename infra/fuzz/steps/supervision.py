"""Supervision, complaints, recommendations and instructions."""

from infra.fuzz.steps.base import BUREAU, JOINT, LEADER, NEXT_MONTH, PETITIONER, UNIT, Bodies, Paths

GOOD_STEPS: Bodies = {
    "press": {},
    "supervise": {"kind": "letter", "problem": "delay", "demand": "请说明办理进展。", "due": NEXT_MONTH},
    "answer_order": {"text": "已约谈物业公司，限期退款。"},
    "verify_order": {"accepted": True, "note": "已向信访人核实。"},
    "impose": {"measure": "rectify", "text": "限期整改。", "due": NEXT_MONTH},
    "recommend": {"advice": "improve", "text": "建议公开物业收费标准。"},
    "feed_back": {"adopted": "adopted", "text": "已采纳并公开。"},
    "instruct": {"text": "请依法抓紧解决。", "due": NEXT_MONTH},
    "report_instruction": {"text": "已落实。"},
    "take_charge": {"note": "每周调度。"},
    "close_charge": {"text": "双方已达成一致。"},
    "complain": {"kind": "attitude", "against": "unit", "text": "窗口人员态度不好。"},
    "answer_complaint": {"result": "partly", "text": "已批评教育。"},
}
TAKEN_BY: dict[str, str] = {
    "press": BUREAU,
    "supervise": BUREAU,
    "answer_order": UNIT,
    "verify_order": BUREAU,
    "impose": JOINT,
    "recommend": BUREAU,
    "feed_back": UNIT,
    "instruct": LEADER,
    "report_instruction": UNIT,
    "take_charge": LEADER,
    "close_charge": LEADER,
    "complain": PETITIONER,
    "answer_complaint": BUREAU,
}
CLERK_FOR: dict[str, str] = {}
PATH: Paths = {
    "answer_order": ("forward", "supervise"),
    "verify_order": ("forward", "supervise", "answer_order"),
    "feed_back": ("forward", "recommend"),
    "report_instruction": ("forward", "instruct"),
    "close_charge": ("forward", "take_charge"),
    "answer_complaint": ("forward", "complain"),
}
