"""Who is competent (第二十二条至第二十四条): disputes, successors, matters from above, and who can be told at all.

What must be true and what is recorded stands in `disputes.py`, `handed_down.py` and `reaching.py`.
"""

from collections.abc import Mapping

from chalicelib.domain.case import (
    BUREAU,
    DECIDING,
    INTAKE,
    JOINT_MEETING,
    LEADER,
    PETITIONER,
    UNIT_HEAD,
    Case,
)
from chalicelib.domain.duties import DutyKind
from chalicelib.domain.events.routing import (
    CompletionReported,
    ContactCompleted,
    DisputeSubmitted,
    PersonTold,
    PetitionSucceeded,
    UnitDesignated,
    UnitsConsulted,
)
from chalicelib.domain.procedure import STAY, Automatic, Starts, Step
from chalicelib.domain.stages import (
    AFTERWARDS,
    ASSIGNED,
    DISPUTED,
    ENDS,
    FORWARDED,
    OBJECTED,
    REGISTERED,
    UNDER_WAY,
)
from chalicelib.domain.tables.road import (
    HANDLERS,
    STAFF,
    agency,
    office,
    owes_decision,
    owes_direct_notice,
    owes_notice,
)

SENT_BACK_TWICE = 2
"""第二十四条 names no number: after this many returns the units plainly dispute it, and somebody above decides."""

ENDED = tuple(stage for stage in ENDS if stage not in AFTERWARDS)


def decider(case: Case) -> str:
    """The organ that decides which unit takes the matter."""
    return str(case.facts["decider"])


def is_disputed(case: Case) -> bool:
    """The units were asked and did not agree."""
    return bool(case.facts.get("consulted")) and not case.facts.get("agreed")


def was_sent_back(case: Case) -> bool:
    """A unit has already handed it back."""
    return bool(case.facts.get("bounces"))


def owes_a_report_above(case: Case) -> bool:
    """It came from above, and the result was not reported there yet."""
    return bool(case.facts.get("from_above")) and not case.facts.get("reported_above")


def cannot_be_told(case: Case) -> bool:
    """Name or address are not clear (第二十三条第二款)."""
    return not case.facts["notifiable"]


def owes_unit_notice_now(case: Case) -> bool:
    """The unit has it, has not told yet what it does with it, and now there is somebody to be told."""
    return owes_notice(case) and case.stage in (FORWARDED, ASSIGNED, OBJECTED) and case.running("inform") is None


def owes_direct_notice_now(case: Case) -> bool:
    """Made directly to the unit that still has it, which has not told yet, and now there is somebody to be told."""
    return owes_direct_notice(case) and case.stage == REGISTERED and case.running("inform_direct") is None


STEPS: tuple[Step, ...] = (
    Step(
        action="consult_units", label="协商", law="第二十四条第一款",
        frm=(REGISTERED,), to=STAY, by=HANDLERS, desk=INTAKE, emits=UnitsConsulted, offered=was_sent_back,
    ),
    Step(
        action="submit_dispute", label="提请裁定", law="第二十四条第一款",
        frm=(REGISTERED,), to=DISPUTED, by=HANDLERS, desk=INTAKE, emits=DisputeSubmitted,
        starts=(Starts("decide_dispute", decider),), offered=is_disputed,
    ),
    Step(
        action="designate", label="指定办理", law="第二十四条第一款",
        frm=(DISPUTED,), to=FORWARDED, by=(JOINT_MEETING, LEADER, UNIT_HEAD), desk=DECIDING, emits=UnitDesignated,
        meets=(
            "route", "inform_direct", "decide_acceptance_direct", "relay_county", "simple_relay", "decide_dispute",
        ),
        starts=(Starts("inform", agency, owes_notice), Starts("decide_acceptance", agency, owes_decision)),
    ),
    Step(
        action="succeed", label="承继办理", law="第二十四条第二款",
        frm=(*UNDER_WAY, *AFTERWARDS), to=STAY, by=(BUREAU,), emits=PetitionSucceeded,
    ),
    Step(
        action="report_completion", label="办结报告", law="第二十二条第一款第三项",
        frm=(*AFTERWARDS, *ENDED), to=STAY, by=HANDLERS, desk=INTAKE, emits=CompletionReported,
        meets=("report_above",), offered=owes_a_report_above,
    ),
    Step(
        action="complete_contact", label="补全联系方式", law="第二十三条第二款",
        frm=UNDER_WAY, to=STAY, by=(PETITIONER, *STAFF), emits=ContactCompleted,
        starts=(
            Starts("inform", agency, owes_unit_notice_now), Starts("inform_direct", office, owes_direct_notice_now),
        ),
        offered=cannot_be_told,
    ),
    Step(
        action="record_notice", label="登记告知结果", law="第二十三条",
        frm=(*UNDER_WAY, *AFTERWARDS, *ENDED), to=STAY, by=STAFF, emits=PersonTold,
    ),
)  # fmt: skip
AUTOMATIC: tuple[Automatic, ...] = ()
DUTIES: Mapping[str, DutyKind] = {}
