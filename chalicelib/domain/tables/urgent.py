"""Urgent and major matters (第二十五条). What must be true stands in `urgent.py`."""

from collections.abc import Mapping

from chalicelib.domain.case import BUREAU, CLERK, INTAKE, LEADER, UNIT_HEAD, WINDOW, Case
from chalicelib.domain.duties import DutyKind
from chalicelib.domain.events.urgent import (
    MeasureTaken,
    SignalChecked,
    UrgencyEnded,
    UrgencyMarked,
    UrgencyReported,
    UrgencyTold,
)
from chalicelib.domain.procedure import STAY, Automatic, Starts, Step
from chalicelib.domain.stages import AFTERWARDS, UNDER_WAY

STAFF = (WINDOW, CLERK, UNIT_HEAD, BUREAU)
ANY_TIME = (*UNDER_WAY, *AFTERWARDS)


def _office(case: Case) -> str:
    return case.office


def is_to_be_checked(case: Case) -> bool:
    """A signal waits for a person."""
    return case.running("check_signal") is not None


def is_urgent(case: Case) -> bool:
    """Marked, and not over."""
    return bool(case.facts.get("urgent"))


def is_not_major(case: Case) -> bool:
    """It can be marked, or marked higher."""
    return case.facts.get("urgent") != "major"


STEPS: tuple[Step, ...] = (
    Step(
        action="check_signal", label="人工核查", law="第二十五条",
        frm=ANY_TIME, to=STAY, by=STAFF, desk=INTAKE, emits=SignalChecked,
        meets=("check_signal",), offered=is_to_be_checked,
    ),
    Step(
        action="mark_urgent", label="标为重大紧急", law="第二十五条",
        frm=ANY_TIME, to=STAY, by=(*STAFF, LEADER), emits=UrgencyMarked,
        starts=(Starts("urgent_report", _office),), offered=is_not_major,
    ),
    Step(
        action="tell_urgent", label="紧急通报", law="第二十五条",
        frm=ANY_TIME, to=STAY, by=STAFF, desk=INTAKE, emits=UrgencyTold, offered=is_urgent,
    ),
    Step(
        action="report_urgent", label="重大紧急报告", law="第二十五条",
        frm=ANY_TIME, to=STAY, by=STAFF, desk=INTAKE, emits=UrgencyReported,
        meets=("urgent_report",), offered=is_urgent,
    ),
    Step(
        action="take_measure", label="采取措施", law="第二十五条",
        frm=ANY_TIME, to=STAY, by=STAFF, emits=MeasureTaken, offered=is_urgent,
    ),
    Step(
        action="end_urgency", label="解除紧急", law="第二十五条",
        frm=ANY_TIME, to=STAY, by=STAFF, desk=INTAKE, emits=UrgencyEnded, offered=is_urgent,
    ),
)  # fmt: skip
AUTOMATIC: tuple[Automatic, ...] = ()
DUTIES: Mapping[str, DutyKind] = {}
