"""Hearings: asked for or of the organ's own accord, announced in good time, held or not (第三十一条、第三十六条).

The time a hearing takes is not counted in a re-review, and only there: from the day it is announced to the day it is
held the 30 days stand still.
"""

from datetime import date, datetime, timedelta

from chalicelib.domain.case import OPEN, Actor, Case, Change, Duty
from chalicelib.domain.elapsing import CHINA
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotYourStep, RuleBroken
from chalicelib.domain.events import ClockSet
from chalicelib.domain.events.hearing import (
    HearingAnnounced,
    HearingDeclined,
    HearingHeld,
    HearingPostponed,
    HearingRequested,
)
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, pause, resume, take, told
from chalicelib.domain.tables.hearing import (
    HEARING,
    can_be_heard,
    hearing_office,
    holds_hearings,
    is_pending,
    may_be_announced,
    order_of,
    owes_hearing,
)
from chalicelib.domain.tables.review import REREVIEW
from chalicelib.domain.values import value

LAW = "第三十一条第六项、第三十六条第二款"
NOTICE = timedelta(days=7)
"""Local rules on hearings (found in provincial measures, not in the Regulation): the parties know seven days before."""
LONGEST = timedelta(days=183)
"""A hearing further off is a slip of the keyboard."""


@value
class Announcement:
    """听证通知书: when, where, who is in the chair, who takes part, and why it is not public, if it is not."""

    at_time: datetime
    place: str
    chair: str
    chair_name: str
    participants: str
    closed_for: str | None = None


def request_hearing(case: Case, reasons: str, *, by: Actor, on: date, rules: Rules) -> Change:
    """Ask for a hearing (第三十一条第六项、第三十六条第二款); the organ may hold one, and answers in any case."""
    check(PETITION.step("request_hearing"), case, by)
    if not can_be_heard(case):
        raise RuleBroken("只有按信访程序办理的事项可以听证，且已申请或者已通知的听证尚未结束的不能再申请", law=LAW)
    office = hearing_office(case)
    asked, duty = case.with_new_duty(HEARING, office, order=order_of(case))
    event = HearingRequested(org=office, text={"reasons": reasons})
    return take(PETITION, asked, "request_hearing", event, by=by, on=on, rules=rules, about=duty.id)


def decline_hearing(case: Case, reason: str, *, by: Actor, on: date, rules: Rules) -> Change:
    """Not hold a hearing that was asked for or announced, and say why (第三十一条第六项: 可以举行听证)."""
    duty = _pending(case, "decline_hearing", by)
    went_on, dates = _counted_again(case.with_duty(duty, "declined"), on, rules)
    event = HearingDeclined(org=duty.org, text={"reason": reason}, clocks=dates)
    return take(PETITION, went_on, "decline_hearing", event, by=by, on=on, rules=rules, about=duty.id)


def announce_hearing(case: Case, said: Announcement, *, tree: OfficeTree, by: Actor, on: date, rules: Rules) -> Change:
    """Tell time, place and chair at least seven days before (第三十一条第六项、第三十六条; the days are local)."""
    check(PETITION.step("announce_hearing"), case, by)
    if not may_be_announced(case):
        raise RuleBroken("只有按信访程序办理的事项可以听证，且一次只通知一场听证", law=LAW)
    if not holds_hearings(case, by):
        raise NotYourStep("“听证通知”由正在办理、复查或者复核的机关、单位发出", law=LAW)
    wrong = [*_wrong_time(said.at_time, on), *_wrong_place(said.place, tree)]
    if said.chair in _not_in_the_chair(case):
        said_why = "听证主持人不能是本事项的调查人员、拟稿人员或者应当回避的人员"
        wrong.append(FieldError("/chair", said_why, "not_a_choice"))
    if wrong:
        raise FieldsInvalid(wrong)
    facts = {"order": order_of(case), "day": _day(said.at_time).isoformat(), "place": said.place, "chair": said.chair}
    duty = next(iter(case.duties_of(HEARING, OPEN)), None)
    if duty is None:
        case, duty = case.with_new_duty(HEARING, hearing_office(case), **facts)
    announced = case.with_duty(duty, "announced", **facts)
    if order_of(case) == REREVIEW:
        announced = pause(announced, "rereview_decide", on=on)
    event = HearingAnnounced(
        org=duty.org,
        at_time=said.at_time,
        place=said.place,
        chair=said.chair,
        public=said.closed_for is None,
        closed_for=said.closed_for,
        text={"chair": said.chair_name, "participants": said.participants},
    )
    days = {"hearing": (_day(said.at_time) - on).days}
    return take(PETITION, announced, "announce_hearing", event, by=by, on=on, rules=rules, days=days, about=duty.id)


def postpone_hearing(
    case: Case, at_time: datetime, place: str, reason: str, *, tree: OfficeTree, by: Actor, on: date, rules: Rules
) -> Change:
    """Hold it on another day, with a reason and in good time (第三十一条第六项、第三十六条第二款)."""
    duty = _announced(case, "postpone_hearing", by)
    wrong = [*_wrong_time(at_time, on), *_wrong_place(place, tree)]
    if not wrong and _day(at_time) <= date.fromisoformat(duty.facts["day"]):
        wrong.append(FieldError("/day", "延期以后的日期应在原定日期之后", "out_of_range"))
    if wrong:
        raise FieldsInvalid(wrong)
    later = case.with_duty(duty, "announced", day=_day(at_time).isoformat(), place=place)
    event = HearingPostponed(org=duty.org, at_time=at_time, place=place, text={"reason": reason})
    days = {"hearing": (_day(at_time) - on).days}
    return take(PETITION, later, "postpone_hearing", event, by=by, on=on, rules=rules, days=days, about=duty.id)


def hold_hearing(
    case: Case, held_on: date, present: str, record: str, conclusion: str, *, by: Actor, on: date, rules: Rules
) -> Change:
    """Record a hearing: 陈述、质询、辩论、评议、合议 and its conclusion (第三十一条第六项、第三十六条)."""
    duty = _announced(case, "hold_hearing", by)
    told_day = date.fromisoformat(duty.facts["day"])
    if not told_day <= held_on <= on:
        wrong = f"举行听证的日期应在通知的日期（{told_day.isoformat()}）至今天之间"
        raise FieldsInvalid([FieldError("/held_on", wrong, "out_of_range")])
    went_on, dates = _counted_again(case.with_duty(duty, "held", day=held_on.isoformat()), held_on, rules)
    text = {"present": present, "record": record, "conclusion": conclusion}
    event = HearingHeld(org=duty.org, held_on=held_on, text=text, clocks=dates)
    return take(PETITION, went_on, "hold_hearing", event, by=by, on=held_on, rules=rules, about=duty.id)


def _pending(case: Case, action: str, by: Actor) -> Duty:
    check(PETITION.step(action), case, by)
    if not is_pending(case):
        raise RuleBroken("没有申请或者通知过的听证", law=LAW)
    if not owes_hearing(case, by):
        raise NotYourStep(f"“{PETITION.step(action).label}”由举行听证的机关、单位办理", law=LAW)
    return case.duties_of(HEARING, OPEN, "announced")[-1]


def _announced(case: Case, action: str, by: Actor) -> Duty:
    duty = _pending(case, action, by)
    if duty.state != "announced":
        raise RuleBroken("听证还没有通知，请先发听证通知", law=LAW)
    return duty


def _counted_again(case: Case, last: date, rules: Rules) -> tuple[Case, tuple[ClockSet, ...]]:
    """The days of a re-review are counted again from the day after the last one of the hearing."""
    before = case.running("rereview_decide")
    if before is None or not before.is_stopped:
        return case, ()
    went_on = resume(case, "rereview_decide", on=last + timedelta(days=1), rules=rules)
    clock = went_on.running("rereview_decide")
    return went_on, (told(clock, rules),) if clock else ()


def _wrong_time(at_time: datetime, on: date) -> list[FieldError]:
    first, last = on + NOTICE, on + LONGEST
    if first <= _day(at_time) <= last:
        return []
    said = f"听证应当提前{NOTICE.days}日通知，日期应在{first.isoformat()}至{last.isoformat()}之间"
    return [FieldError("/day", said, "out_of_range")]


def _wrong_place(place: str, tree: OfficeTree) -> list[FieldError]:
    office = tree.get(place)
    if office is not None and office.active:
        return []
    return [FieldError("/place", "没有这个单位，请从单位名录中选择听证的地点", "not_a_choice")]


def _not_in_the_chair(case: Case) -> set[str]:
    """Investigators and whoever wrote the opinion do not preside, nor who stays away (第二十八条)."""
    found: set[str] = set()
    for name in ("investigators", "recused", "signed"):
        found |= set(case.facts.get(name, ()))
    draft = case.facts.get("draft")
    if isinstance(draft, dict):
        found |= {held for held in draft.values() if isinstance(held, str)}
    return found | {str(case.facts[name]) for name in ("undertaker", "drafted_by") if case.facts.get(name)}


def _day(at_time: datetime) -> date:
    return (at_time.astimezone(CHINA) if at_time.tzinfo else at_time).date()
