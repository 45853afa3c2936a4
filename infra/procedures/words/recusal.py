"""Recusal, and reports of misconduct."""

from chalicelib.domain.events import BY_WIRE
from infra.procedures.words.base import HANDLING, Variants, When

CHAPTER = HANDLING
STEPS: dict[str, str] = {
    "ask_recusal": "信访人可以要求与事项或者信访人有直接利害关系的承办人、审核人员、复查（复核）人员、听证主持人"
    "或者单位负责人回避；工作人员应当主动报告本人回避。经办人员的回避由本单位负责人决定，负责人的回避由上一级决定。",
    "decide_recusal": "任何人不得决定自己的回避。同意的，写明由谁回避，该人不再办理本事项的任何一步；"
    "可以同时写明由谁接着承办。"
    "不同意的，应当说明理由。单位负责人回避的，催办、超期等通知改送上一级。",
}
WHEN: When = {}
SPELLED: dict[str, str] = {}
VARIANTS: Variants = {
    BY_WIRE["petition.recusal_decided"]: (
        ("同意回避的", {}, {"granted": True}),
        ("不同意回避、由他人申请的", {}, {"granted": False, "own": False}),
        ("不同意回避、本人报告的", {}, {"granted": False, "own": True}),
    ),
}
