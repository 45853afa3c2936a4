"""A petition on its way up: asked for review, reviewed, asked for re-review; what the rules of 第三十五条 are tried on.

The opinion was served on Tuesday, March 17th 2026: a review can be asked for until Thursday, April 16th.
"""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from chalicelib.clock import CHINA
from chalicelib.domain import hearing, review, reviewing
from chalicelib.domain.case import BUREAU, CLERK, Actor, Case, Change
from chalicelib.domain.hearing import Announcement
from chalicelib.domain.review import Request
from chalicelib.domain.reviewing import Decision, Service
from chalicelib.domain.tables.review import CHANGE, REVOKE, UPHOLD
from tests.domain import county
from tests.domain.county import BUREAU_CLERK, CITIZEN, MARCH, RULES, TREE

APRIL = {day: date(2026, 4, day) for day in range(1, 31)}
MAY = {day: date(2026, 5, day) for day in range(1, 32)}
OTHER_CLERK = Actor(BUREAU, "bureau", "bureau2")
CITY_CLERK = Actor(CLERK, "city", "city1")
ASKED = Request("请撤销原意见", "停车费没有退，意见说已经退了。")
LAST_DAY = APRIL[16]


def ask(case: Case, asked: Request = ASKED, *, by: Actor = CITIZEN, on: date = APRIL[1], **changes: Any) -> Change:
    """Ask for a review, on Wednesday, April 1st."""
    return review.request_review(case, replace(asked, **changes), tree=TREE, by=by, on=on, rules=RULES)


def ask_again(case: Case, asked: Request = ASKED, *, by: Actor = CITIZEN, on: date = MAY[8], **changes: Any) -> Change:
    """Ask for a re-review, on Friday, May 8th."""
    return review.request_rereview(case, replace(asked, **changes), tree=TREE, by=by, on=on, rules=RULES)


def decision(outcome: str = UPHOLD, **changes: Any) -> Decision:
    """A decision that answers both claims."""
    said: dict[str, Any] = {
        "outcome": outcome,
        "findings": () if outcome == REVOKE else ("应当退还", "已经公示"),
        "facts": "复查中调取了收费台账，与原意见所述一致。",
        "basis": "《物业管理条例》第五十二条",
        "redo_days": 30 if outcome == REVOKE else None,
    }
    return Decision(**said | changes)


def under_review(case: Case | None = None, *, on: date = APRIL[1]) -> Case:
    """Asked for on Wednesday, April 1st; the bureau of the county does the work of the county government."""
    return ask(case or county.served(), on=on).case


def reviewed(outcome: str = UPHOLD, *, case: Case | None = None, on: date = APRIL[20]) -> Case:
    """Decided on Monday, April 20th."""
    return reviewing.decide_review(case or under_review(), decision(outcome), by=BUREAU_CLERK, on=on, rules=RULES).case


def review_served(outcome: str = UPHOLD, *, on: date = APRIL[21]) -> Case:
    """Served on Tuesday, April 21st: a re-review can be asked for until Thursday, May 21st."""
    return reviewing.serve_review(reviewed(outcome), Service("online", on), by=BUREAU_CLERK, on=on, rules=RULES).case


def under_rereview(*, on: date = MAY[8]) -> Case:
    """Asked for on Friday, May 8th; the city decides, the bureau records."""
    return ask_again(review_served(), on=on).case


def rereviewed(outcome: str = CHANGE, *, case: Case | None = None, on: date = MAY[29]) -> Case:
    """Decided on Friday, May 29th, by a paper of the city."""
    said = decision(outcome, document="江南市人民政府复核意见书〔2026〕3号")
    return reviewing.decide_rereview(case or under_rereview(), said, by=BUREAU_CLERK, on=on, rules=RULES).case


def asked_late(*, on: date = APRIL[20], by: Actor = CITIZEN) -> Case:
    """Asked for on Monday, April 20th, four days late, with a reason."""
    return ask(county.served(), on=on, by=by, late_reason="住院治疗，4月18日出院").case


def announcement(day: date = MARCH[20], **changes: Any) -> Announcement:
    """A public hearing at nine in the water office, in the chair somebody from nowhere near."""
    said: dict[str, Any] = {
        "at_time": datetime.combine(day, time(9), CHINA),
        "place": "water",
        "chair": "water-head",
        "chair_name": "县水利局 刘主任",
        "participants": "信访人、住建局、物业公司、两名居民代表",
    }
    return Announcement(**said | changes)


def hearing_asked(case: Case | None = None, *, on: date = MARCH[10]) -> Case:
    """Asked for on Tuesday, March 10th, while the unit handles the matter."""
    return hearing.request_hearing(case or county.accepted(), "争议很大", by=CITIZEN, on=on, rules=RULES).case


def hearing_announced(
    case: Case | None = None, *, by: Actor = county.HOUSING_CLERK, on: date = MARCH[12], day: date = MARCH[20]
) -> Case:
    """Announced on Thursday, March 12th, for Friday the 20th."""
    return hearing.announce_hearing(
        case or hearing_asked(), announcement(day), tree=TREE, by=by, on=on, rules=RULES
    ).case
