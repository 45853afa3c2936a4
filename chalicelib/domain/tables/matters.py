"""Same person, same matter: linked, merged, split (第十九条). What must be true stands in `matters.py`.

None of it moves a case or touches a clock: each keeps its own number, dates, notices, rating and review.
"""

from collections.abc import Mapping

from chalicelib.domain.case import BUREAU, INTAKE, LEAD, Actor, Case
from chalicelib.domain.duties import DutyKind
from chalicelib.domain.events.matters import MattersLinked, MattersMerged, MatterSplit, MattersUnmerged, PartCutOut
from chalicelib.domain.procedure import STAY, Automatic, Step
from chalicelib.domain.stages import ACCEPTED, ASSIGNED, FORWARDED, REDO, REGISTERED, REPLIED, STAGES
from chalicelib.domain.tables.opinion import has_no_draft
from chalicelib.domain.tables.road import HANDLERS, STAFF

ANYWHERE = tuple(STAGES)
BEFORE_AN_OPINION = (REGISTERED, FORWARDED, ASSIGNED, ACCEPTED)


def is_at_a_desk(case: Case, by: Actor) -> bool:
    """Whoever registered it, whoever handles it, and the bureau, which sees what is brought elsewhere too."""
    desk = case.desk(by.org)
    return by.role == BUREAU or bool(desk and {INTAKE, LEAD} & set(desk.capacities))


def leads(case: Case, by: Actor) -> bool:
    """The office that handles it."""
    desk = case.desk(by.org)
    return desk is not None and LEAD in desk.capacities


def is_merged(case: Case) -> bool:
    """It follows another case."""
    return bool(case.facts.get("merged_with"))


def stands_alone(case: Case) -> bool:
    """It follows no other case and none follows it."""
    return not is_merged(case) and not case.facts.get("merged")


def has_several_claims(case: Case) -> bool:
    """Something is left when a part is taken out."""
    return int(case.facts["claims"]) > 1


def can_be_split(case: Case) -> bool:
    """Several claims, and no draft that answers them by their numbers."""
    return has_several_claims(case) and has_no_draft(case)


STEPS: tuple[Step, ...] = (
    Step(
        action="link", label="关联", law="第十九条第三款、第三十六条第三款",
        frm=ANYWHERE, to=STAY, by=STAFF, emits=MattersLinked, offered_to=is_at_a_desk,
    ),
    Step(
        action="merge", label="并案", law="第二十八条",
        frm=(*BEFORE_AN_OPINION, REDO, REPLIED), to=STAY, by=HANDLERS, desk=LEAD, emits=MattersMerged,
        offered=stands_alone,
    ),
    Step(
        action="unmerge", label="撤销并案", law="第二十八条",
        frm=ANYWHERE, to=STAY, by=HANDLERS, emits=MattersUnmerged, offered=is_merged, offered_to=leads,
    ),
    Step(
        action="split", label="分案", law="第二十九条至第三十一条",
        frm=BEFORE_AN_OPINION, to=STAY, by=HANDLERS, desk=LEAD, emits=MatterSplit, offered=can_be_split,
    ),
    Step(
        action="cut_out", label="移出检举内容", law="第三十条第三款",
        frm=BEFORE_AN_OPINION, to=STAY, by=HANDLERS, desk=LEAD, emits=PartCutOut, offered=has_no_draft,
    ),
)  # fmt: skip
AUTOMATIC: tuple[Automatic, ...] = ()
DUTIES: Mapping[str, DutyKind] = {}
