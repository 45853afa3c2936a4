"""From hearing the petitioner to the signed opinion (第三十一条第六项、第三十二条).

What must be true for a step and what it records stands in `domain/opinion.py`.
"""

from collections.abc import Mapping

from chalicelib.domain import gates
from chalicelib.domain.case import LEAD, UNIT_HEAD, Actor, Case
from chalicelib.domain.duties import DutyKind
from chalicelib.domain.events import OpinionGiven
from chalicelib.domain.events.opinion import (
    ClaimsConfirmed,
    DraftReturned,
    MarkedHistorical,
    MatterInvestigated,
    OpinionDrafted,
    OpinionRead,
    PetitionerHeard,
)
from chalicelib.domain.procedure import STAY, Automatic, Step
from chalicelib.domain.stages import HANDLING, REPLIED
from chalicelib.domain.tables.road import HANDLERS, is_on_procedure


def has_no_draft(case: Case) -> bool:
    """Nothing was drafted yet, or it was returned."""
    return not case.facts.get("draft")


def can_be_marked_historical(case: Case) -> bool:
    """On the petition procedure, and not marked yet."""
    return is_on_procedure(case) and not case.facts.get("historical")


def can_be_drafted(case: Case) -> bool:
    """On the petition procedure, with the petitioner heard and the matter investigated (第三十一条第六项)."""
    return is_on_procedure(case) and not gates.unprepared(case)


def waits_for_reader(case: Case) -> bool:
    """A draft lies there that nobody else has read."""
    draft = case.facts.get("draft")
    return bool(draft and not draft.get("read_by"))


def waits_for_signature(case: Case) -> bool:
    """A draft lies there that a second person has read."""
    draft = case.facts.get("draft")
    return bool(draft and draft.get("read_by"))


def has_draft(case: Case) -> bool:
    """A draft lies there."""
    return bool(case.facts.get("draft"))


def is_not_drafter(case: Case, by: Actor) -> bool:
    """Nobody reads his own draft."""
    return bool(case.facts.get("draft", {}).get("by") != by.user)


def may_return(case: Case, by: Actor) -> bool:
    """The reader, or the head whoever wrote it."""
    return by.role == UNIT_HEAD or is_not_drafter(case, by)


STEPS: tuple[Step, ...] = (
    Step(
        action="confirm_claims", label="确认诉求", law="第三十二条",
        frm=HANDLING, to=STAY, by=HANDLERS, desk=LEAD, emits=ClaimsConfirmed, offered=has_no_draft,
    ),
    Step(
        action="hear_petitioner", label="听取陈述", law="第三十一条第六项",
        frm=HANDLING, to=STAY, by=HANDLERS, desk=LEAD, emits=PetitionerHeard,
    ),
    Step(
        action="investigate", label="调查核实", law="第三十一条第六项",
        frm=HANDLING, to=STAY, by=HANDLERS, desk=LEAD, emits=MatterInvestigated,
    ),
    Step(
        action="mark_historical", label="标记历史遗留", law="第十八条第二款、第二十八条第一款",
        frm=HANDLING, to=STAY, by=HANDLERS, desk=LEAD, emits=MarkedHistorical, offered=can_be_marked_historical,
    ),
    Step(
        action="draft_reply", label="拟稿", law="第三十一条第六项、第三十二条",
        frm=HANDLING, to=STAY, by=HANDLERS, desk=LEAD, emits=OpinionDrafted, offered=can_be_drafted,
    ),
    Step(
        action="second_read", label="核稿", law="第二十八条第一款、第三十二条",
        frm=HANDLING, to=STAY, by=HANDLERS, desk=LEAD, emits=OpinionRead,
        offered=waits_for_reader, offered_to=is_not_drafter,
    ),
    Step(
        action="return_draft", label="退改", law="第二十八条第一款、第三十二条",
        frm=HANDLING, to=STAY, by=HANDLERS, desk=LEAD, emits=DraftReturned,
        offered=has_draft, offered_to=may_return,
    ),
    Step(
        action="sign", label="签发", law="第三十二条",
        frm=HANDLING, to=REPLIED, by=(UNIT_HEAD,), desk=LEAD, emits=OpinionGiven, offered=waits_for_signature,
    ),
)  # fmt: skip
AUTOMATIC: tuple[Automatic, ...] = ()
DUTIES: Mapping[str, DutyKind] = {}
