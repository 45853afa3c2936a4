"""Endings other than an opinion."""

from chalicelib.domain import intake
from chalicelib.domain.events.endings import PetitionTransferred
from infra.procedures.words.base import RECEIVING, Variants, When

CHAPTER = RECEIVING
_CONFIRMED = "拟定结论以后，由拟定人以外的工作人员复核办理；没有其他人员的，由单位负责人复核。告知书照录拟定的理由。"
STEPS: dict[str, str] = {
    "propose_ending": (
        "不作出处理意见而结束的，先由经办人员拟定结论：只能选择本文列明的理由，写明说明，"
        "并写明由哪个机关、单位办理（已经受理或者正在办理的、已有复核意见的除外）。"
        "重新拟定的，以后一次为准；事项转走或者进入其他阶段的，原来拟定的不再有效。"
    ),
    "return_proposal": "复核人员不同意的，说明理由，退回重新研究；自己拟定的结论不能自己退回。",
    "decline": (
        "转送、交办来的事项不属于本单位职权范围的，应当提出异议，不得以此不予受理；"
        "涉及诉讼权利救济的，只对走访提出的按这一条引导。" + _CONFIRMED
    ),
    "divert": (
        "只有申诉求决类事项可以导入法定途径；办理中发现的，也可以导入。"
        "应当写明由哪个机关办理、为什么由它办理；该途径有期限要求的，一并写明。" + _CONFIRMED
    ),
    "transfer": "只由信访部门转送：涉法涉诉的转同级政法部门，属于纪检监察机关受理的按照管理权限转送。" + _CONFIRMED,
    "not_take_again": (
        "以前的事项已经送达复核意见，信访人仍以同一事实和理由提出的，才能不再受理；有新的事实和理由，照常登记办理。"
        + _CONFIRMED
    ),
}
WHEN: When = {}
SPELLED: dict[str, str] = {"ending": "结论"}
VARIANTS: Variants = {
    PetitionTransferred: tuple((words, {}, {"ground": ground}) for ground, (words, _law) in intake.TRANSFERS.items()),
}
