"""Hearings, mediation and settlement."""

from datetime import timedelta

from chalicelib import clock
from infra.fuzz.steps.base import NEXT_MONTH, PETITIONER, Bodies, Paths

LATER = (clock.today() + timedelta(days=40)).isoformat()
ACCEPTED = ("forward", "accept")
GOOD_STEPS: Bodies = {
    "request_hearing": {"reasons": "收了多少钱，双方说法不一。"},
    "announce_hearing": {
        "day": NEXT_MONTH,
        "at": "09:00",
        "place": "bureau",
        "chair": "water-head",
        "chair_name": "县水利局 刘主任",
        "participants": "信访人、住建局、物业公司、两名居民代表",
    },
    "postpone_hearing": {"day": LATER, "at": "14:30", "place": "bureau", "reason": "物业经理出差。"},
    "hold_hearing": {"present": "各方到场", "record": "依次陈述、质询、辩论、评议、合议。", "conclusion": "应当退还。"},
    "decline_hearing": {"reason": "事实清楚，双方没有争议。"},
    "mediate": {"agreed": False, "record": "局长主持，双方对金额没有谈拢。"},
    "settle": {
        "settlement": "mediation",
        "agreement": "物业公司15日内退还600元。",
        "petitioner_agrees": True,
        "other_side_agrees": True,
        "lawful": True,
    },
}
TAKEN_BY: dict[str, str] = {"request_hearing": PETITIONER}
CLERK_FOR: dict[str, str] = {}
PATH: Paths = {
    "request_hearing": ACCEPTED,
    "announce_hearing": ACCEPTED,
    "postpone_hearing": (*ACCEPTED, "announce_hearing"),
    "hold_hearing": (*ACCEPTED, "announce_hearing"),
    "decline_hearing": (*ACCEPTED, "request_hearing"),
    "mediate": ACCEPTED,
    "settle": ACCEPTED,
}
UNREACHED = ("hold_hearing",)
"""A hearing is announced seven days before."""
