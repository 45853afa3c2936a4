"""Review and re-review: every step taken once, and what its steps and stages are called."""

from chalicelib.domain import review, reviewing
from chalicelib.domain.review import Request
from chalicelib.domain.reviewing import Decision, Service
from chalicelib.domain.tables.review import ORDERS, OUTCOMES
from tests.domain import county, upper
from tests.domain.county import BUREAU_CLERK, CITIZEN, MARCH, TREE, WINDOW_CLERK
from tests.domain.scenes.base import SECRET, Held, Scene, StagesSaid, by_law, scene
from tests.domain.upper import APRIL, MAY

ACTIONS_SAID: dict[str, str] = {
    "request_review": "受理复查申请",
    "request_late_review": "登记超过期限的复查申请",
    "decide_late_request": "审核超过期限的申请",
    "send_file": "移送案卷",
    "decide_review": "作出复查意见",
    "serve_review": "送达复查意见",
    "request_rereview": "受理复核申请",
    "request_late_rereview": "登记超过期限的复核申请",
    "decide_rereview": "作出复核意见",
    "serve_rereview": "送达复核意见",
}
STAGES_SAID: StagesSaid = {
    "under_review": ("复查中", "正在复查"),
    "reviewed": ("已复查", "复查意见已出"),
    "redo": ("重新办理中", "正在重新办理"),
    "under_rereview": ("复核中", "正在复核"),
    "rereviewed": ("已复核", "复核意见已出"),
}
READ_OTHERWISE: set[str] = set()
HELD: Held = {
    "order": set(ORDERS),
    "outcome": set(OUTCOMES),
    "organ": set(TREE.offices),
    "closing": {"final", "settled"},
}


def scenes() -> dict[str, Scene]:
    """A scene for each step of this part."""
    posted = Request(SECRET, SECRET, MARCH[30], MARCH[31], SECRET)
    late = Request(SECRET, SECRET, late_reason=SECRET)
    said = Decision("change", (SECRET, SECRET), SECRET, SECRET, document=SECRET)
    asked = upper.ask(county.served()).case
    return {
        "request_review": scene(
            review.request_review, county.served(), posted, tree=TREE, by=WINDOW_CLERK, on=APRIL[1]
        ),
        "request_late_review": scene(review.request_review, county.served(), late, tree=TREE, by=CITIZEN, on=APRIL[20]),
        "decide_late_request": scene(
            review.decide_late_request, upper.asked_late(), False, SECRET, by=BUREAU_CLERK, on=APRIL[21]
        ),
        "send_file": scene(reviewing.send_file, upper.under_rereview(), SECRET, by=BUREAU_CLERK, on=MAY[9]),
        "decide_review": scene(reviewing.decide_review, asked, said, by=BUREAU_CLERK, on=APRIL[20]),
        "serve_review": scene(
            reviewing.serve_review, upper.reviewed(), Service("mail", APRIL[21], SECRET), by=BUREAU_CLERK, on=APRIL[21]
        ),
        "conclude_review": by_law(upper.review_served(), "ask_rereview"),
        "request_rereview": scene(
            review.request_rereview, upper.review_served(), Request(SECRET, SECRET), tree=TREE, by=CITIZEN, on=MAY[8]
        ),
        "request_late_rereview": scene(
            review.request_rereview, upper.review_served(), late, tree=TREE, by=CITIZEN, on=MAY[25]
        ),
        "decide_rereview": scene(reviewing.decide_rereview, upper.under_rereview(), said, by=BUREAU_CLERK, on=MAY[29]),
        "serve_rereview": scene(
            reviewing.serve_rereview,
            upper.rereviewed(),
            Service("mail", MAY[29], SECRET),
            by=BUREAU_CLERK,
            on=MAY[29],
        ),
    }
