"""Supervision (第三十八条至第四十条): orders, leaders' instructions, recommendations.

What must be true for a step stands in `supervision.py`, `complaints.py`, `leaders.py` and `recommendations.py`.
Everything here goes on whatever becomes of the matter: an order is not done because the petitioner gave up.
"""

from collections.abc import Callable, Mapping

from chalicelib.domain import oversight
from chalicelib.domain.case import (
    ANSWERING,
    BUREAU,
    CLERK,
    INSTRUCTED,
    JOINT_MEETING,
    LEADER,
    OPEN,
    PETITIONER,
    SUPERVISED,
    SUPERVISOR,
    UNIT_HEAD,
    Actor,
    Case,
    Duty,
)
from chalicelib.domain.duties import DutyKind
from chalicelib.domain.events.supervision import (
    ChargeClosed,
    ComplaintAnswered,
    InstructionReported,
    LeaderTookCharge,
    MeasureImposed,
    OrderAnswered,
    OrderVerified,
    PetitionComplained,
    PetitionInstructed,
    PetitionPressed,
    PetitionSupervised,
    RecommendationAnswered,
    RecommendationMade,
)
from chalicelib.domain.procedure import STAY, Automatic, Starts, Step
from chalicelib.domain.stages import STAGES, UNDER_WAY

EVERYWHERE = tuple(STAGES)
OVERSEERS = (BUREAU, SUPERVISOR, LEADER, JOINT_MEETING)
HANDLERS = (CLERK, UNIT_HEAD, BUREAU)


def is_given_back(kind: str) -> Callable[[Case], bool]:
    """An order without a running date: it was just given back and gets a new one."""

    def given_back(case: Case) -> bool:
        return any(case.running(kind, duty.id) is None for duty in case.duties_of(kind, OPEN))

    given_back.__doc__ = "反馈未通过核实的"
    return given_back


has_order_back, has_measure_back = is_given_back(oversight.ORDER), is_given_back(oversight.MEASURE)


def has_measure_to_date(case: Case) -> bool:
    """挂牌督办 and 限期整改 are answered by a date; an interview or a bulletin is done at once."""
    return has_measure_back(case)


def owes(*kinds: str, state: str = OPEN) -> Callable[[Case, Actor], bool]:
    """The actor's office owes a duty of these kinds, in this state."""

    def owing(case: Case, actor: Actor) -> bool:
        return any(duty.org == actor.org for kind in kinds for duty in case.duties_of(kind, state))

    return owing


def may_verify(case: Case, actor: Actor) -> bool:
    """An answer waits, and it is not the actor's own office that gave it; the joint meeting's are for itself."""
    answered = [duty for duty in case.duties_of(oversight.ORDER, oversight.ANSWERED) if duty.org != actor.org]
    return bool(answered) or (
        actor.role == JOINT_MEETING and bool(case.duties_of(oversight.MEASURE, oversight.ANSWERED))
    )


def is_led(case: Case) -> bool:
    """A leader is in charge of it."""
    return bool(case.duties_of(oversight.LEADER_LED, oversight.IN_CHARGE))


def is_led_by_none(case: Case) -> bool:
    """No leader is in charge of it yet."""
    return not is_led(case)


def may_close_charge(case: Case, actor: Actor) -> bool:
    """The leader in charge; the bureau records what came of it."""
    led = case.duties_of(oversight.LEADER_LED, oversight.IN_CHARGE)
    return bool(led) and (actor.role == BUREAU or led[0].facts["leader"] == actor.user)


def only_the_addressee(duty: Duty) -> tuple[str, ...]:
    """不得透露: the petitioner and who it went to (第十八条第四款、第四十六条)."""
    return (duty.org,)


def both_ends_of_accountability(duty: Duty) -> tuple[str, ...]:
    """A proposal to hold somebody to account is between who makes it and who may act on it."""
    return (duty.org, str(duty.facts["by"])) if duty.facts["kind"] == oversight.ACCOUNTABILITY else ()


STEPS: tuple[Step, ...] = (
    Step(
        action="press", label="上级催办", law="第四十条第一款",
        frm=UNDER_WAY, to=STAY, by=OVERSEERS, emits=PetitionPressed,
    ),
    Step(
        action="supervise", label="督办", law="第四十条第一款",
        frm=EVERYWHERE, to=STAY, by=OVERSEERS, emits=PetitionSupervised, starts=(Starts("order"),),
    ),
    Step(
        action="answer_order", label="反馈督办", law="第四十条第一款",
        frm=EVERYWHERE, to=STAY, by=HANDLERS, desk=SUPERVISED, emits=OrderAnswered, meets=("order", "measure"),
        offered_to=owes(oversight.ORDER, oversight.MEASURE),
    ),
    Step(
        action="verify_order", label="核实督办", law="第四十条第一款",
        frm=EVERYWHERE, to=STAY, by=OVERSEERS, emits=OrderVerified,
        starts=(Starts("order", when=has_order_back), Starts("measure", when=has_measure_back)),
        offered_to=may_verify,
    ),
    Step(
        action="impose", label="联席会议措施", law="第三十九条第三款",
        frm=EVERYWHERE, to=STAY, by=(JOINT_MEETING,), emits=MeasureImposed,
        starts=(Starts("measure", when=has_measure_to_date),),
    ),
    Step(
        action="recommend", label="提出建议", law="第四十条",
        frm=EVERYWHERE, to=STAY, by=(BUREAU,), emits=RecommendationMade, starts=(Starts("advice_feedback"),),
    ),
    Step(
        action="feed_back", label="反馈采纳情况", law="第四十条第四款",
        frm=EVERYWHERE, to=STAY, by=(*HANDLERS, LEADER, SUPERVISOR), desk=ANSWERING,
        emits=RecommendationAnswered, meets=("advice_feedback",), offered_to=owes(oversight.RECOMMENDATION),
    ),
    Step(
        action="instruct", label="批示", law="第十八条第二款",
        frm=EVERYWHERE, to=STAY, by=(LEADER,), emits=PetitionInstructed, starts=(Starts("instruction"),),
    ),
    Step(
        action="report_instruction", label="报告落实", law="第十八条第二款",
        frm=EVERYWHERE, to=STAY, by=(*HANDLERS, JOINT_MEETING), desk=INSTRUCTED, emits=InstructionReported,
        meets=("instruction",), offered_to=owes(oversight.INSTRUCTION),
    ),
    Step(
        action="take_charge", label="领导包案", law="第十八条第二款",
        frm=EVERYWHERE, to=STAY, by=(LEADER, BUREAU), emits=LeaderTookCharge, offered=is_led_by_none,
    ),
    Step(
        action="close_charge", label="包案化解", law="第十八条第二款",
        frm=EVERYWHERE, to=STAY, by=(LEADER, BUREAU), emits=ChargeClosed, offered=is_led, offered_to=may_close_charge,
    ),
    Step(
        action="complain", label="投诉办理情况", law="第四十四条至第四十六条",
        frm=EVERYWHERE, to=STAY, by=(PETITIONER,), emits=PetitionComplained, starts=(Starts("complaint"),),
    ),
    Step(
        action="answer_complaint", label="答复投诉", law="第四十四条至第四十六条",
        frm=EVERYWHERE, to=STAY, by=(BUREAU, SUPERVISOR, LEADER), desk=ANSWERING, emits=ComplaintAnswered,
        meets=("complaint",), offered_to=owes(oversight.COMPLAINT),
    ),
)  # fmt: skip
AUTOMATIC: tuple[Automatic, ...] = ()
DUTIES: Mapping[str, DutyKind] = {
    oversight.ORDER: DutyKind("督办", oversight.ORDER_STATES),
    oversight.MEASURE: DutyKind("联席会议措施", {**oversight.ORDER_STATES, oversight.DONE: "已落实"}, shown=False),
    oversight.RECOMMENDATION: DutyKind(
        "建议", {OPEN: "待反馈", **oversight.ADOPTED}, shown=False, kept_to=both_ends_of_accountability
    ),
    oversight.INSTRUCTION: DutyKind("批示", {OPEN: "待报告落实", oversight.DONE: "已报告落实"}),
    oversight.LEADER_LED: DutyKind("领导包案", {oversight.IN_CHARGE: "包案中", oversight.SETTLED: "已化解"}),
    oversight.COMPLAINT: DutyKind(
        "投诉办理情况", {OPEN: "待答复", oversight.ANSWERED: "已答复"}, kept_to=only_the_addressee
    ),
}
