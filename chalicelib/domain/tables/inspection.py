"""督查检查: its own table. What must be true for a step and what it records stands in `inspection.py`."""

from chalicelib.domain.case import (
    ANSWERING,
    BUREAU,
    CLERK,
    JOINT_MEETING,
    LEAD,
    SUPERVISOR,
    UNIT_HEAD,
    Case,
)
from chalicelib.domain.case import INSPECTION as NAME
from chalicelib.domain.events.inspection import (
    InspectionAnswered,
    InspectionClosed,
    InspectionOpened,
    InspectionPassed,
    InspectionRechecked,
    InspectionSigned,
    ReceptionRecorded,
    SampleScored,
    VotesRecorded,
)
from chalicelib.domain.procedure import NEW, STAY, Automatic, Procedure, Starts, Step

OPEN, ANSWERED, CLOSED = "insp_open", "insp_answered", "insp_closed"
STAGES = {OPEN: "待反馈", ANSWERED: "已反馈，待复查", CLOSED: "已办结"}
UNDER_WAY = "进行中"
OPENERS = (BUREAU, SUPERVISOR, JOINT_MEETING)
ANSWERERS = (CLERK, UNIT_HEAD, BUREAU)
"""Posts of the unit; a bureau may be looked at itself."""

APPRAISAL, RECEPTION = "appraisal", "reception"


def unit(case: Case) -> str:
    """The unit it is about."""
    return str(case.facts["org"])


def asks_answer(case: Case) -> bool:
    """Some item is still to be put right."""
    return bool(case.facts.get("open"))


def asks_nothing(case: Case) -> bool:
    """No unit has to answer."""
    return not case.facts["items"]


def is_put_right(case: Case) -> bool:
    """There was something to be put right, and it is."""
    return bool(case.facts["items"]) and not case.facts["open"]


def is_unsigned(case: Case) -> bool:
    """The unit has not said that it has it."""
    return bool(case.facts.get("org")) and "signed_on" not in case.facts


def has_sample(case: Case) -> bool:
    """Cases were drawn for it."""
    return bool(case.facts.get("sampled"))


def is_to_be_voted(case: Case) -> bool:
    """It is an appraisal whose result is not recorded yet."""
    return case.facts["kind"] == APPRAISAL and "voted" not in case.facts


def is_reception(case: Case) -> bool:
    """A leader receives visitors."""
    return bool(case.facts["kind"] == RECEPTION)


def stage_label(case: Case) -> str:
    """Where it stands, in words: of a unit that has nothing to answer, no answer is awaited."""
    return UNDER_WAY if case.stage == OPEN and asks_nothing(case) else STAGES[case.stage]


STEPS: tuple[Step, ...] = (
    Step(
        action="open_inspection", label="立项", law="第三十八条第二款",
        frm=(NEW,), to=OPEN, by=OPENERS, emits=InspectionOpened,
        starts=(Starts("rectify", unit, asks_answer),),
    ),
    Step(
        action="sign_for", label="签收", law="第三十八条第二款",
        frm=(OPEN,), to=STAY, by=ANSWERERS, desk=ANSWERING, emits=InspectionSigned, offered=is_unsigned,
    ),
    Step(
        action="answer_inspection", label="反馈整改", law="第四十条第一款",
        frm=(OPEN,), to=ANSWERED, by=ANSWERERS, desk=ANSWERING, emits=InspectionAnswered,
        meets=("rectify",), offered=asks_answer,
    ),
    Step(
        action="recheck", label="复查", law="第四十条第一款",
        frm=(ANSWERED,), to=OPEN, by=OPENERS, desk=LEAD, emits=InspectionRechecked,
        starts=(Starts("rectify", unit, asks_answer),),
    ),
    Step(
        action="score_sample", label="评分", law="第三十八条第二款",
        frm=(OPEN, ANSWERED), to=STAY, by=OPENERS, desk=LEAD, emits=SampleScored, offered=has_sample,
    ),
    Step(
        action="record_votes", label="民主评议结果", law="第三十九条第一款",
        frm=(OPEN,), to=STAY, by=OPENERS, desk=LEAD, emits=VotesRecorded, offered=is_to_be_voted,
    ),
    Step(
        action="record_reception", label="接访记录", law="第十八条第二款",
        frm=(OPEN,), to=STAY, by=OPENERS, desk=LEAD, emits=ReceptionRecorded, offered=is_reception,
    ),
    Step(
        action="close_inspection", label="办结", law="第三十八条第二款",
        frm=(OPEN,), to=CLOSED, by=OPENERS, desk=LEAD, emits=InspectionClosed, offered=asks_nothing,
    ),
)  # fmt: skip
AUTOMATIC: tuple[Automatic, ...] = (Automatic((OPEN,), CLOSED, is_put_right, InspectionPassed),)

INSPECTION = Procedure(
    name=NAME, label="督查检查", steps=STEPS, automatic=AUTOMATIC, stages=tuple(STAGES), ends=(CLOSED,)
)
