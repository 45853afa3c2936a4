"""The main road: every step taken once, and what its steps and stages are called."""

from chalicelib.domain import gates, handling, intake, limits, quality, receiving
from chalicelib.domain.case import PETITIONER
from tests.domain import county
from tests.domain.county import BUREAU_CLERK, CITIZEN, HOUSING_CLERK, HOUSING_HEAD, MARCH, TREE, filing, noon
from tests.domain.scenes.base import SECRET, Held, Scene, StagesSaid, by_law, scene

ACTIONS_SAID: dict[str, str] = {
    "register": "登记",
    "forward": "转送",
    "assign": "交办",
    "object": "提出异议",
    "uphold_objection": "同意退回",
    "reject_objection": "不同意退回",
    "accept": "受理",
    "extend": "延长办理期限",
    "reply": "作出处理意见",
    "serve": "送达",
    "rate": "评价",
}
STAGES_SAID: StagesSaid = {
    "registered": ("已登记，待分办", "已登记，正在确定由谁办"),
    "forwarded": ("已转送，待告知", "已转到"),
    "assigned": ("已交办，待告知", "已交"),
    "objected": ("异议待核", "正在核实由哪个单位办"),
    "accepted": ("办理中", "正在办理"),
    "replied": ("意见已出，待送达", "意见已作出，正在送给您"),
    "served": ("已办结", "已办结，请查收并评价"),
    "concluded": ("已结案", "程序已结束"),
}
STAFF = {"bureau1", "housing-clerk", "housing-reader", "housing-head"}
READ_OTHERWISE = {"uphold_objection"}  # back where it was, and the sentence says so
HELD: Held = {
    "channel": set(intake.CHANNELS),
    "kind": set(intake.KINDS),
    "track": set(intake.TRACKS),
    "method": set(intake.SERVICE_METHODS),
    "findings": set(intake.FINDINGS),
    "flags": set(quality.FLAGS),
    "failed": set(gates.LABELS),
    "drafted_by": STAFF,
    "read_by": STAFF,
    "signed_by": STAFF,
    "cause": set(intake.CAUSES),
    "limit": {"", *limits.PETITION},
    "to": set(TREE.offices),
    "org": set(TREE.offices),
    "suggested": set(TREE.offices),
    "owner": {*TREE.offices, PETITIONER},
    "office": {*TREE.offices, *intake.RATINGS},
    "unit": set(intake.RATINGS),
}


def scenes() -> dict[str, Scene]:
    """A scene for each step of the main road."""
    told = filing(title=SECRET, text=SECRET, claims=(SECRET, SECRET), place=SECRET, helper=SECRET, external_number="9")
    who = intake.Contact(SECRET, SECRET, SECRET, SECRET)
    answers = tuple(intake.Answer(number, intake.SUPPORT, SECRET, SECRET) for number in (1, 2))
    fourth, fifth = {"by": HOUSING_CLERK, "on": MARCH[4]}, {"by": BUREAU_CLERK, "on": MARCH[5]}
    return {
        "register": scene(
            receiving.register, None, county.NUMBER, told, who, TREE.offices["bureau"], by=CITIZEN, at=noon(MARCH[2])
        ),
        "forward": scene(receiving.forward, county.registered(), "housing", SECRET, tree=TREE, **fifth),
        "assign": scene(receiving.assign, county.registered(), "housing", MARCH[30], SECRET, tree=TREE, **fifth),
        "object": scene(receiving.object_to, county.forwarded(), SECRET, "water", tree=TREE, **fourth),
        "uphold_objection": scene(receiving.uphold_objection, county.objected(), SECRET, **fifth),
        "reject_objection": scene(receiving.reject_objection, county.objected(), SECRET, **fifth),
        "accept": scene(receiving.accept, county.forwarded(), "petition_procedure", "housing-clerk", **fourth),
        "extend": scene(handling.extend, county.accepted(), 30, SECRET, by=HOUSING_HEAD, on=MARCH[20]),
        "reply": scene(
            handling.reply,
            county.accepted(kind="suggestion"),
            intake.Opinion(SECRET, answers),
            SECRET,
            by=HOUSING_HEAD,
            on=MARCH[20],
        ),
        "serve": scene(
            handling.serve, county.replied(), "mail", MARCH[20], SECRET, "facility", by=HOUSING_CLERK, on=MARCH[20]
        ),
        "rate": scene(handling.rate, county.served(), "satisfied", "basically", True, SECRET, by=CITIZEN, on=MARCH[20]),
        "close_objection": by_law(county.forwarded(), "object"),
        "close_rating": by_law(county.served(), "rating"),
        "conclude": by_law(county.served(), "ask_review"),
    }
