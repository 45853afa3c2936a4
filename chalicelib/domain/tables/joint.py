"""Several departments, one reply (第二十四条). What must be true and what is recorded stands in `domain/joint.py`."""

from collections.abc import Mapping

from chalicelib.domain.case import BUREAU, CLERK, JOINT_MEETING, LEAD, OPEN, SUPPORTING, UNIT_HEAD, Actor, Case, Duty
from chalicelib.domain.duties import DutyKind
from chalicelib.domain.events.joint import (
    CoordinationHeld,
    DepartmentReleased,
    DepartmentsAsked,
    JointlyAnswered,
    SupportDeclined,
)
from chalicelib.domain.procedure import STAY, Automatic, Starts, Step
from chalicelib.domain.stages import ASSIGNED, DISPUTED, FORWARDED, HANDLING, OBJECTED, REGISTERED
from chalicelib.domain.tables.road import HANDLERS

JOINT = "joint"
ANSWERED, NOT_OURS, RELEASED = "answered", "declined", "released"
MOST = 25
"""Departments asked over the life of a case: more is no joint handling but a campaign, and belongs to a meeting."""


def open_duties(case: Case) -> tuple[Duty, ...]:
    """The departments that still have to answer."""
    return case.duties_of(JOINT, OPEN)


def open_duty_of(case: Case, org: str | None) -> Duty | None:
    """What this department still has to answer."""
    return next((duty for duty in open_duties(case) if duty.org == org), None)


def can_ask_more(case: Case) -> bool:
    """Not a simple matter, and fewer than the most were asked."""
    return not case.facts.get("simple") and len(case.duties_of(JOINT)) < MOST


def has_somebody_to_release(case: Case) -> bool:
    """Some department was asked and has not answered."""
    return bool(case.duties_of(JOINT, OPEN, NOT_OURS))


def owes_an_answer(case: Case, by: Actor) -> bool:
    """This person's department still has to answer."""
    return open_duty_of(case, by.org) is not None


def may_coordinate(case: Case, by: Actor) -> bool:
    """The lead, or who coordinates by office (第十三条、第十四条)."""
    desk = case.desk(by.org)
    return by.role in (BUREAU, JOINT_MEETING) or (desk is not None and LEAD in desk.capacities)


STEPS: tuple[Step, ...] = (
    Step(
        action="ask_departments", label="请协办单位", law="第二十四条",
        frm=HANDLING, to=STAY, by=HANDLERS, desk=LEAD, emits=DepartmentsAsked,
        starts=(Starts("joint_answer"),), offered=can_ask_more,
    ),
    Step(
        action="answer_jointly", label="反馈协办意见", law="第二十四条",
        frm=HANDLING, to=STAY, by=HANDLERS, desk=SUPPORTING, emits=JointlyAnswered,
        meets=("joint_answer",), offered_to=owes_an_answer,
    ),
    Step(
        action="decline_support", label="说明不属于职责", law="第二十四条",
        frm=HANDLING, to=STAY, by=HANDLERS, desk=SUPPORTING, emits=SupportDeclined,
        drops=("joint_answer",), offered_to=owes_an_answer,
    ),
    Step(
        action="release_department", label="解除协办", law="第二十四条",
        frm=HANDLING, to=STAY, by=HANDLERS, desk=LEAD, emits=DepartmentReleased,
        drops=("joint_answer",), offered=has_somebody_to_release,
    ),
    Step(
        action="coordinate", label="协调会议纪要", law="第二十四条",
        frm=(REGISTERED, FORWARDED, ASSIGNED, OBJECTED, DISPUTED, *HANDLING), to=STAY,
        by=(CLERK, UNIT_HEAD, BUREAU, JOINT_MEETING), emits=CoordinationHeld, offered_to=may_coordinate,
    ),
)  # fmt: skip
AUTOMATIC: tuple[Automatic, ...] = ()
DUTIES: Mapping[str, DutyKind] = {
    JOINT: DutyKind(
        "协办",
        {OPEN: "待反馈", ANSWERED: "已反馈", NOT_OURS: "说明不属于职责", RELEASED: "已解除"},
        shown=False,
    )
}
