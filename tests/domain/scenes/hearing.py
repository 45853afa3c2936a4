"""Hearings, mediation and settlement: every step taken once, and what its steps and stages are called."""

from datetime import datetime, time

from chalicelib.clock import CHINA
from chalicelib.domain import hearing, settling
from chalicelib.domain.settling import Agreement
from chalicelib.domain.tables.hearing import CLOSED_FOR, SETTLEMENTS
from tests.domain import county, upper
from tests.domain.county import CITIZEN, HOUSING_CLERK, MARCH, TREE
from tests.domain.scenes.base import SECRET, Held, Scene, StagesSaid, scene

ACTIONS_SAID: dict[str, str] = {
    "request_hearing": "申请听证",
    "announce_hearing": "听证通知",
    "postpone_hearing": "延期听证",
    "hold_hearing": "举行听证",
    "decline_hearing": "不举行听证",
    "mediate": "调解",
    "settle": "达成协议",
}
STAGES_SAID: StagesSaid = {"settled": ("已调解（和解）办结", "已达成协议")}
READ_OTHERWISE: set[str] = set()
HELD: Held = {
    "place": set(TREE.offices),
    "chair": {"water-head"},
    "closed_for": set(CLOSED_FOR),
    "settlement": set(SETTLEMENTS),
}


def scenes() -> dict[str, Scene]:
    """A scene for each step of this part."""
    said = upper.announcement(chair_name=SECRET, participants=SECRET, closed_for="privacy")
    later = datetime.combine(MARCH[30], time(9), CHINA)
    agreed = Agreement("mediation", SECRET, MARCH[20], petitioner_agrees=True, other_side_agrees=True, lawful=True)
    unit = {"by": HOUSING_CLERK}
    return {
        "request_hearing": scene(hearing.request_hearing, county.accepted(), SECRET, by=CITIZEN, on=MARCH[10]),
        "announce_hearing": scene(
            hearing.announce_hearing, upper.hearing_asked(), said, tree=TREE, **unit, on=MARCH[12]
        ),
        "postpone_hearing": scene(
            hearing.postpone_hearing, upper.hearing_announced(), later, "water", SECRET, tree=TREE, **unit, on=MARCH[16]
        ),
        "hold_hearing": scene(
            hearing.hold_hearing, upper.hearing_announced(), MARCH[20], SECRET, SECRET, SECRET, **unit, on=MARCH[20]
        ),
        "decline_hearing": scene(hearing.decline_hearing, upper.hearing_asked(), SECRET, **unit, on=MARCH[12]),
        "mediate": scene(settling.mediate, county.accepted(), MARCH[12], True, SECRET, **unit, on=MARCH[12]),
        "settle": scene(settling.settle, county.accepted(), agreed, **unit, on=MARCH[20]),
    }
