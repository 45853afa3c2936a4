"""Which organ a matter goes to, and back."""

from infra.fuzz.steps.base import BUREAU, JOINT, LEADER, UNIT, Bodies, Move, Paths

_BACK: tuple[Move, ...] = ("forward", "object", "uphold_objection")
_CONSULTED: Move = (
    "consult_units",
    {"units": ["housing", "market"], "result": "两家都认为不属于本单位职责。"},
    BUREAU,
)

GOOD_STEPS: Bodies = {
    "consult_units": {"units": ["housing", "market"], "result": "两家都认为不属于本单位职责。"},
    "submit_dispute": {"reason": "停车收费由谁监管，两家意见不一致。"},
    "designate": {"to": "housing", "reason": "物业服务由住建部门主管。"},
    "succeed": {"to": "market", "reason": "按机构改革方案承接。"},
    "report_completion": {"report": "反映的停车收费问题已经查清，多收的已经退还。"},
    "complete_contact": {"name": "郑桂芳", "address": "青山县青溪镇上溪村三组"},
    "record_notice": {"how": "phone", "note": "已打通电话。"},
}
TAKEN_BY: dict[str, str] = {
    "consult_units": BUREAU,
    "submit_dispute": BUREAU,
    "designate": LEADER,
    "succeed": BUREAU,
    "report_completion": BUREAU,
    "complete_contact": BUREAU,
    "record_notice": BUREAU,
}
CLERK_FOR: dict[str, str] = {"complete_contact": BUREAU, "designate": LEADER, "ledger": JOINT, "proposal": BUREAU}
A_LETTER = {
    "channel": "letter",
    "received_on": "2024-03-01",
    "kind": "grievance",
    "title": "村口路灯不亮",
    "text": "来信反映村口路灯坏了三个月没有人修。",
    "petitioner": {},
}
FROM_ABOVE = A_LETTER | {
    "petitioner": {"name": "郑桂芳", "address": "青溪镇"},
    "from_above": "city",
    "city_received_on": "2024-02-28",
    "external_number": "SX20240228001",
}
UNREACHED = ("succeed", "record_notice")
"""A unit has to be abolished while it has the matter, or a message to fail."""
PATH: Paths = {
    "consult_units": _BACK,
    "submit_dispute": (*_BACK, _CONSULTED),
    "designate": (*_BACK, _CONSULTED, "submit_dispute"),
    "succeed": ("forward",),
    "report_completion": (
        ("register", FROM_ABOVE, BUREAU),
        "forward",
        ("propose_ending", {"ground": "pending_elsewhere", "explanation": "市住建局正在办理同一事项。"}, UNIT),
        "decline",
    ),
    "complete_contact": (("register", A_LETTER, BUREAU),),
    "record_notice": (),
}
