"""Endings with a second reader: declined, led elsewhere, not taken again (第十九条、第三十一条、第三十六条).

One person proposes, another one of the same desk confirms. What must be true stands in `domain/endings.py`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.domain.case import LEAD, Actor, Case
from chalicelib.domain.duties import DutyKind
from chalicelib.domain.events import PetitionDeclined, PetitionDiverted
from chalicelib.domain.events.endings import (
    EndingProposed,
    EndingReturned,
    PetitionNotTakenAgain,
    PetitionTransferred,
)
from chalicelib.domain.procedure import STAY, Automatic, Step
from chalicelib.domain.stages import (
    ACCEPTED,
    ASSIGNED,
    DECLINED,
    DIVERTED,
    FORWARDED,
    NOT_TAKEN_AGAIN,
    REGISTERED,
    TRANSFERRED,
)
from chalicelib.domain.tables.petitioner import ORGANS_LIMITS
from chalicelib.domain.tables.road import HANDLERS, agency

DECLINE, DIVERT, TRANSFER, NOT_TAKE_AGAIN = "decline", "divert", "transfer", "not_take_again"

BEFORE_ACCEPTANCE = (REGISTERED, FORWARDED, ASSIGNED)
ANSWERED = (
    "inform", "inform_direct", "decide_acceptance", "decide_acceptance_direct", "route", "relay_county", "report_back",
    "simple_accept",
)  # fmt: skip
"""What the ending, and the written notice of it, meets (第二十二条、第二十三条)."""


def proposal(case: Case) -> Mapping[str, Any] | None:
    """The ending that somebody of this desk proposed at this stage; one made elsewhere or earlier is void."""
    found: Mapping[str, Any] | None = case.facts.get("proposal")
    return found if found and (found["stage"], found["org"]) == (case.stage, agency(case)) else None


def has_proposal(case: Case) -> bool:
    """An ending is proposed and waits for its second reader."""
    return proposal(case) is not None


def is_proposed(ending: str) -> Callable[[Case], bool]:
    """This very ending is proposed."""
    return lambda case: (proposal(case) or {}).get("ending") == ending


def is_second_reader(case: Case, by: Actor) -> bool:
    """Nobody confirms what he proposed himself."""
    return (proposal(case) or {}).get("by") != by.user


STEPS: tuple[Step, ...] = (
    Step(
        action="propose_ending", label="拟定结论", law="第十九条、第二十二条、第二十三条、第三十一条、第三十六条",
        frm=(*BEFORE_ACCEPTANCE, ACCEPTED), to=STAY, by=HANDLERS, desk=LEAD, emits=EndingProposed,
    ),
    Step(
        action="return_proposal", label="退回重拟", law="第二十八条第一款",
        frm=(*BEFORE_ACCEPTANCE, ACCEPTED), to=STAY, by=HANDLERS, desk=LEAD, emits=EndingReturned,
        offered=has_proposal, offered_to=is_second_reader,
    ),
    Step(
        action=DECLINE, label="不予受理", law="第十九条、第二十条、第二十三条",
        frm=BEFORE_ACCEPTANCE, to=DECLINED, by=HANDLERS, desk=LEAD, emits=PetitionDeclined,
        meets=ANSWERED, drops=ORGANS_LIMITS, offered=is_proposed(DECLINE), offered_to=is_second_reader,
    ),
    Step(
        action=DIVERT, label="导入法定途径", law="第三十一条第一至五项",
        frm=(*BEFORE_ACCEPTANCE, ACCEPTED), to=DIVERTED, by=HANDLERS, desk=LEAD, emits=PetitionDiverted,
        meets=ANSWERED, drops=ORGANS_LIMITS, offered=is_proposed(DIVERT), offered_to=is_second_reader,
    ),
    Step(
        action=TRANSFER, label="转有关机关", law="第二十二条第二款",
        frm=(REGISTERED,), to=TRANSFERRED, by=HANDLERS, desk=LEAD, emits=PetitionTransferred,
        meets=ANSWERED, drops=ORGANS_LIMITS, offered=is_proposed(TRANSFER), offered_to=is_second_reader,
    ),
    Step(
        action=NOT_TAKE_AGAIN, label="不再受理", law="第三十六条第三款",
        frm=BEFORE_ACCEPTANCE, to=NOT_TAKEN_AGAIN, by=HANDLERS, desk=LEAD, emits=PetitionNotTakenAgain,
        meets=ANSWERED, drops=ORGANS_LIMITS, offered=is_proposed(NOT_TAKE_AGAIN), offered_to=is_second_reader,
    ),
)  # fmt: skip
AUTOMATIC: tuple[Automatic, ...] = ()
DUTIES: Mapping[str, DutyKind] = {}
