"""Supervision, complaints, recommendations and instructions: every step taken once, and what it is called."""

from chalicelib.domain import complaints, leaders, oversight, recommendations, supervision
from chalicelib.domain.case import JOINT_MEETING, SUPERVISOR, Actor, Case
from tests.domain import county
from tests.domain.county import A_LEADER, BUREAU_CLERK, CITIZEN, HOUSING_CLERK, MARCH, RULES, TREE
from tests.domain.scenes.base import SECRET, Held, Scene, StagesSaid, scene

ACTIONS_SAID: dict[str, str] = {
    "press": "上级催办",
    "supervise": "督办",
    "answer_order": "反馈督办",
    "verify_order": "核实督办",
    "impose": "联席会议措施",
    "recommend": "提出建议",
    "feed_back": "反馈采纳情况",
    "instruct": "批示",
    "report_instruction": "报告落实",
    "take_charge": "领导包案",
    "close_charge": "包案化解",
    "complain": "投诉办理情况",
    "answer_complaint": "答复投诉",
}
STAGES_SAID: StagesSaid = {}
READ_OTHERWISE: set[str] = set()
KINDS = (
    oversight.ORDER,
    oversight.MEASURE,
    oversight.COMPLAINT,
    oversight.RECOMMENDATION,
    oversight.INSTRUCTION,
    oversight.LEADER_LED,
)
HELD: Held = {
    "about": {f"{kind}.{number}" for kind in KINDS for number in (1, 2)},
    "kind": {*oversight.ORDER_KINDS, *oversight.COMPLAINTS},
    "against": set(oversight.AGAINST),
    "result": set(oversight.RESULTS),
    "measure": set(oversight.MEASURES),
    "advice": set(oversight.RECOMMENDATIONS),
    "adopted": set(oversight.ADOPTED),
}
SUPERVISION = Actor(SUPERVISOR, "county", "supervisor1")
JOINT = Actor(JOINT_MEETING, "meeting", "joint1")


def supervised(
    case: Case | None = None, *, problem: str = "delay", by: Actor = BUREAU_CLERK, org: str | None = None
) -> Case:
    """The bureau ordered on Monday the 9th, to be answered by the 16th."""
    return supervision.supervise(
        case or county.accepted(), "letter", problem, SECRET, MARCH[16], org, tree=TREE, by=by, on=MARCH[9], rules=RULES
    ).case


def answered(case: Case | None = None) -> Case:
    """The unit answered on Thursday the 12th."""
    return supervision.answer_order(case or supervised(), SECRET, by=HOUSING_CLERK, on=MARCH[12], rules=RULES).case


def recommended(advice: str = oversight.IMPROVE, org: str | None = None, case: Case | None = None) -> Case:
    """The bureau recommended something on Monday the 9th."""
    return recommendations.recommend(
        case or county.accepted(), advice, SECRET, org, tree=TREE, by=BUREAU_CLERK, on=MARCH[9], rules=RULES
    ).case


def instructed(org: str | None = None) -> Case:
    """The leader wrote on Monday the 9th, to be told by the 16th."""
    return leaders.instruct(
        county.accepted(), SECRET, MARCH[16], org, tree=TREE, by=A_LEADER, on=MARCH[9], rules=RULES
    ).case


def led() -> Case:
    """The leader is in charge since Monday the 9th."""
    return leaders.take_charge(county.accepted(), tree=TREE, by=A_LEADER, on=MARCH[9], rules=RULES).case


def complained(kind: str = "attitude", against: str = oversight.UNIT, case: Case | None = None) -> Case:
    """The petitioner complained on Monday the 9th."""
    return complaints.complain(
        case or county.accepted(), kind, against, SECRET, tree=TREE, by=CITIZEN, on=MARCH[9], rules=RULES
    ).case


def scenes() -> dict[str, Scene]:
    """A scene for each step of this part."""
    by_bureau, tenth = {"by": BUREAU_CLERK, "on": MARCH[9]}, {"by": HOUSING_CLERK, "on": MARCH[10]}
    case = county.accepted()
    return {
        "press": scene(supervision.press, case, **by_bureau),
        "supervise": scene(supervision.supervise, case, "letter", "delay", SECRET, MARCH[16], tree=TREE, **by_bureau),
        "answer_order": scene(supervision.answer_order, supervised(), SECRET, **tenth),
        "verify_order": scene(
            supervision.verify_order, answered(), False, SECRET, MARCH[20], by=BUREAU_CLERK, on=MARCH[13]
        ),
        "impose": scene(supervision.impose, case, "rectify", SECRET, MARCH[20], tree=TREE, by=JOINT, on=MARCH[9]),
        "recommend": scene(recommendations.recommend, case, "improve", SECRET, tree=TREE, **by_bureau),
        "feed_back": scene(recommendations.feed_back, recommended(), "partly", SECRET, **tenth),
        "instruct": scene(leaders.instruct, case, SECRET, MARCH[16], tree=TREE, by=A_LEADER, on=MARCH[9]),
        "report_instruction": scene(leaders.report_instruction, instructed(), SECRET, **tenth),
        "take_charge": scene(leaders.take_charge, case, None, SECRET, tree=TREE, by=A_LEADER, on=MARCH[9]),
        "close_charge": scene(leaders.close_charge, led(), SECRET, by=A_LEADER, on=MARCH[10]),
        "complain": scene(complaints.complain, case, "delay", "unit", SECRET, tree=TREE, by=CITIZEN, on=MARCH[9]),
        "answer_complaint": scene(
            complaints.answer_complaint, complained(), "partly", SECRET, by=BUREAU_CLERK, on=MARCH[10]
        ),
    }
