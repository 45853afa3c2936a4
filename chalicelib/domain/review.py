"""Asking for a review or a re-review (第三十五条、第三十六条): of whom, whether in time, what a late one comes to.

The invariant: the day a request was posted or handed in decides, whenever and wherever it was recorded, and no
request ends unanswered: in time it is a review, late it is a duty of whoever would have reviewed.
"""

import re
from datetime import date
from typing import Any

from chalicelib.domain import recusal
from chalicelib.domain.case import OPEN, PETITIONER, Actor, Case, Change, Clock
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotYourStep, RightLapsed, RuleBroken, TrackMismatch
from chalicelib.domain.events.review import (
    LateRequestDecided,
    RereviewRequested,
    RereviewRequestedLate,
    ReviewRequested,
    ReviewRequestedLate,
)
from chalicelib.domain.intake import Opinion
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take, with_clock
from chalicelib.domain.tables.review import CAPACITY, LATE, ORDERS, REREVIEW, REVIEW, decides_late_request
from chalicelib.domain.tables.road import agency, has_right_to_review
from chalicelib.domain.values import replace, value

LAW = {REVIEW: "第三十五条", REREVIEW: "第三十六条第一款"}
ASKED: dict[str, tuple[Any, Any]] = {
    REVIEW: (ReviewRequested, ReviewRequestedLate),
    REREVIEW: (RereviewRequested, RereviewRequestedLate),
}
ALIKE, SHINGLE = 0.9, 4
"""From which share of common four-character pieces two texts say the same."""


@value
class Request:
    """What is asked, when it was posted or handed in (that day counts), and when it was received."""

    request: str
    reasons: str
    dispatched_on: date | None = None
    received_on: date | None = None
    proof: str = ""
    late_reason: str = ""


@value
class Place:
    """In whose name it is reviewed, which office does the work, and whether that organ stands outside the system."""

    organ: str
    office: str
    external: bool


def review_organ(org: str, tree: OfficeTree, steps: int = 1) -> str | None:
    """The organ so many steps above one that decided (第三十五条、第三十六条: 上一级机关、单位). None: there is none.

    A vertical body has its superior and nobody else; a government has the government above it, a petition bureau
    counts as its government; anybody else has whom it stands under: an ordinary department its government, a
    body of a department that department. An organ that no longer works is passed over.
    """
    above: str | None = org
    for _ in range(steps):
        above = _above(above, tree) if above else None
    return above


def _above(org: str, tree: OfficeTree) -> str | None:
    office = tree.offices[org]
    if office.superior is None and office.kind in ("bureau", "joint_meeting") and office.parent is not None:
        office = tree.offices[office.parent]
    above = tree.get(office.superior or office.parent or "")
    if above is None:
        return None
    return above.id if above.active else _above(above.id, tree)


def place_of(case: Case, order: str, tree: OfficeTree) -> Place:
    """Whose review this is. Raises RuleBroken when nobody stands above.

    A government reviews through its petition bureau (复查复核机构), unless that is accused; what an organ outside
    does, the bureau of the agency records.
    """
    decided = agency(case) if order == REVIEW else str(case.facts[REVIEW]["organ"])
    organ = review_organ(decided, tree)
    if organ is None:
        raise RuleBroken(f"作出意见的机关、单位没有上一级机关、单位可以{ORDERS[order]}", law=LAW[order])
    if tree.offices[organ].kind == "external":
        bureau = tree.bureau_of(agency(case))
        return Place(organ, bureau.id if bureau else case.office, external=True)
    bureau = tree.bureau_of(organ)
    is_its_own = bureau is not None and bureau.parent == organ
    if bureau is not None and is_its_own and recusal.permits(case.accused, tree.path(bureau.id)):
        return Place(organ, bureau.id, external=False)
    return Place(organ, organ, external=False)


def request_review(case: Case, asked: Request, *, tree: OfficeTree, by: Actor, on: date, rules: Rules) -> Change:
    """Take a request for review (第三十五条): in time it is a review; late and with a reason, a duty to look at it."""
    return _request(case, REVIEW, asked, tree=tree, by=by, on=on, rules=rules)


def request_rereview(case: Case, asked: Request, *, tree: OfficeTree, by: Actor, on: date, rules: Rules) -> Change:
    """Take a request for re-review (第三十六条第一款), one step above the organ that reviewed."""
    return _request(case, REREVIEW, asked, tree=tree, by=by, on=on, rules=rules)


def _request(case: Case, order: str, asked: Request, *, tree: OfficeTree, by: Actor, on: date, rules: Rules) -> Change:
    check(PETITION.step(f"request_{order}"), case, by)
    clock = _right(case, order)
    sent, received = _dates(asked, clock, by=by, on=on)
    place = place_of(case, order, tree)
    facts = {
        "organ": place.organ,
        "office": place.office,
        "received": received.isoformat(),
        **({"external": True} if place.external else {}),
    }
    seen = case.with_desk_beside(place.office, CAPACITY[order])
    if not place.external:
        seen = seen.with_desk_beside(place.organ, CAPACITY[order])
    told: dict[str, Any] = {
        "organ": place.organ,
        "office": place.office,
        "dispatched_on": sent,
        "received_on": received,
        "recorded_by_staff": by.role != PETITIONER,
        "text": {name: said for name, said in _said(asked).items() if said},
    }
    granted = (place.office,) if place.external else tuple(dict.fromkeys((place.organ, place.office)))
    in_time, late = ASKED[order]
    if sent <= clock.due:
        kept = with_clock(seen, clock, replace(clock, ended_on=None, ending="")).with_facts(**{order: facts})
        change = take(PETITION, kept, f"request_{order}", in_time(**told), by=by, on=sent, since=received, rules=rules)
        return Change(change.case, change.happened, granted)
    _may_be_late(case, order, asked, clock)
    owed, duty = seen.with_new_duty(LATE, place.office, order=order, sent=sent.isoformat(), **facts)
    event = late(**told, due=clock.due)
    change = take(
        PETITION, owed, f"request_late_{order}", event, by=by, on=on, since=received, rules=rules, about=duty.id
    )
    return Change(change.case, change.happened, granted)


def _right(case: Case, order: str) -> Clock:
    """The clock of the right, run out or not. Raises RuleBroken, TrackMismatch when there is no such right here."""
    said = ORDERS[order]
    if case.facts.get("final"):
        raise RuleBroken("已有复核意见，以同一事实和理由提出的，不再受理", law="第三十六条第三款")
    if case.facts.get("settled"):
        raise RuleBroken(f"经调解、和解达成协议的事项没有处理意见可以{said}", law="第三十三条、第三十五条")
    if not has_right_to_review(case):
        raise TrackMismatch(f"只有按信访程序作出的处理意见可以{said}", law=LAW[order])
    clock = case.clock(f"ask_{order}")
    if clock is None:
        raise RuleBroken(f"还没有可以{said}的书面意见", law=LAW[order])
    if clock.ending == "met":
        raise RuleBroken(f"已经申请过{said}", law=LAW[order])
    return clock


def _dates(asked: Request, clock: Clock, *, by: Actor, on: date) -> tuple[date, date]:
    """When it was posted and when received. A petitioner online asks today; what came otherwise, staff record."""
    if by.role == PETITIONER:
        if asked.dispatched_on not in (None, on):
            said = "网上申请以今天为准；已经寄出或者递交的，由收到的单位登记"
            raise FieldsInvalid([FieldError("/dispatched_on", said, "out_of_range")])
        return on, on
    sent = asked.dispatched_on or on
    received = asked.received_on or on
    wrong = []
    if not clock.start <= sent <= on:
        said = f"寄出或者递交的日期应在{clock.start.isoformat()}（收到书面答复）至今天之间"
        wrong.append(FieldError("/dispatched_on", said, "out_of_range"))
    elif not sent <= received <= on:
        said = "收到日期应在寄出或者递交之日至今天之间"
        wrong.append(FieldError("/received_on", said, "out_of_range"))
    if sent != on and not asked.proof:
        wrong.append(FieldError("/proof", "不是今天寄出或者递交的，请写明凭据（邮戳、收件登记等）", "missing"))
    if wrong:
        raise FieldsInvalid(wrong)
    return sent, received


def _may_be_late(case: Case, order: str, asked: Request, clock: Clock) -> None:
    if case.duties_of(LATE, OPEN):
        raise RuleBroken("已有一件超过期限的申请正在审核", law=LAW[order])
    if not asked.late_reason:
        raise RightLapsed(
            f"请求{ORDERS[order]}的期限已于{clock.due.isoformat()}届满；因正当理由耽误的，请说明理由，由{ORDERS[order]}机关审核",
            law=LAW[order],
            fields=[FieldError("/late_reason", "请写明超过期限的理由", "missing")],
        )


def _said(asked: Request) -> dict[str, str]:
    return {
        "request": asked.request,
        "reasons": asked.reasons,
        "proof": asked.proof,
        "late_reason": asked.late_reason,
    }


def decide_late_request(case: Case, admitted: bool, reason: str, *, by: Actor, on: date, rules: Rules) -> Change:
    """Say whether the reason excuses the delay (第三十五条、第三十六条第一款): admitted it counts from its receipt."""
    check(PETITION.step("decide_late_request"), case, by)
    duty = next(iter(case.duties_of(LATE, OPEN)), None)
    if duty is None:
        raise RuleBroken("没有等待审核的超过期限的申请", law="第三十五条、第三十六条第一款")
    if not decides_late_request(case, by):
        raise NotYourStep("“审核超过期限的申请”由复查（复核）机关办理", law="第三十五条、第三十六条第一款")
    order = str(duty.facts["order"])
    decided = case.with_duty(duty, "admitted" if admitted else "refused")
    if admitted:
        facts = {name: held for name, held in duty.facts.items() if name not in ("order", "sent")}
        decided = decided.with_facts(**{order: facts})
        asks = decided.running(f"ask_{order}")
        if asks is not None:
            decided = with_clock(decided, asks, asks.end(on, "met"))
    event = LateRequestDecided(
        organ=str(duty.facts["organ"]), order=order, admitted=admitted, text={"reason": reason} if reason else {}
    )
    received = date.fromisoformat(duty.facts["received"])
    return take(
        PETITION, decided, "decide_late_request", event, by=by, on=on, since=received, rules=rules, about=duty.id
    )


def not_the_same_again(old: Opinion, new: Opinion) -> None:
    """A revoked opinion does not come back with the same facts, reasons and result (第三十五条). Raises RuleBroken.

    不得以同一事实和理由作出与原意见相同或者基本相同的处理意见: so the provincial rules on review.
    """
    results = [sorted((each.claim, each.finding) for each in opinion.answers) for opinion in (old, new)]
    if results[0] == results[1] and _alike(_reasons(old), _reasons(new)):
        raise RuleBroken(
            "原意见已被撤销，不得以同一事实和理由作出与原意见相同或者基本相同的意见",
            law="第三十五条",
            fields=[FieldError("/facts", "请写明重新调查核实的事实和理由")],
        )


def _reasons(opinion: Opinion) -> str:
    return "".join((opinion.facts, *(each.answer + each.basis for each in opinion.answers)))


def _alike(one: str, other: str) -> bool:
    pieces = []
    for said in (one, other):
        bare = re.sub(r"\W", "", said)
        pieces.append({bare[at : at + SHINGLE] for at in range(max(1, len(bare) - SHINGLE + 1))})
    return len(pieces[0] & pieces[1]) >= ALIKE * len(pieces[0] | pieces[1])
