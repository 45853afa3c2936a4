"""What cannot wait."""

from chalicelib.domain import own_steps, signals, urgent
from chalicelib.domain.case import Case
from tests.domain import county
from tests.domain.county import BUREAU_CLERK, CITIZEN, MARCH, RULES
from tests.domain.scenes.base import SECRET, Held, Scene, StagesSaid, scene

ACTIONS_SAID: dict[str, str] = {
    "check_signal": "人工核查",
    "mark_urgent": "标为重大紧急",
    "tell_urgent": "紧急通报",
    "report_urgent": "重大紧急报告",
    "take_measure": "采取措施",
    "end_urgency": "解除紧急",
}
STAGES_SAID: StagesSaid = {}
READ_OTHERWISE: set[str] = set()
HELD: Held = {
    "signals": set(signals.SIGNALS),
    "level": set(urgent.LEVELS),
    "result": set(urgent.RESULTS),
    "addressee": set(urgent.ADDRESSEES),
    "addressees": set(urgent.ADDRESSEES),
}
BY = {"by": BUREAU_CLERK, "on": MARCH[5], "rules": RULES}


def signalled() -> Case:
    """Somebody wrote what has to be looked at at once."""
    return own_steps.supplement(county.accepted(), "我不想活了", by=CITIZEN, on=MARCH[5], rules=RULES).case


def marked(level: str = "urgent") -> Case:
    """Marked, nobody told yet."""
    return urgent.mark_urgent(county.accepted(), level, "聚集", **BY).case


def told(case: Case, *addressees: str) -> Case:
    """Some of the checklist is done."""
    for each in addressees:
        case = urgent.tell_urgent(case, each, "王", MARCH[5], "09:30", "电话", **BY).case
    return case


def reported() -> Case:
    """Reported to whom the Regulation names."""
    return urgent.report_urgent(told(marked(), "government", "joint_office"), "情况", "措施", **BY).case


def scenes() -> dict[str, Scene]:
    """A scene for each step of this part."""
    fifth = {"by": BUREAU_CLERK, "on": MARCH[5]}
    return {
        "check_signal": scene(urgent.check_signal, signalled(), "none", SECRET, **fifth),
        "mark_urgent": scene(urgent.mark_urgent, county.accepted(), "major", SECRET, **fifth),
        "tell_urgent": scene(urgent.tell_urgent, marked(), "government", SECRET, MARCH[5], SECRET, SECRET, **fifth),
        "report_urgent": scene(
            urgent.report_urgent, told(marked(), "government", "joint_office"), SECRET, SECRET, **fifth
        ),
        "take_measure": scene(urgent.take_measure, marked(), SECRET, MARCH[5], **fifth),
        "end_urgency": scene(urgent.end_urgency, reported(), SECRET, **fifth),
    }
