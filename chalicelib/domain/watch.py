"""What those who supervise have to find by themselves (第四十条): a table of signs, each with the problem it speaks of.

Pure and without memory: a case, a day and what its events say in; findings out. A finding accuses nobody: it says
what can be seen, where, and under which name an order may be given for it.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date

from chalicelib.domain import oversight
from chalicelib.domain.aftercare import BROKEN, COMMITMENT, was_said_not_to_be_solved
from chalicelib.domain.case import PETITIONER, Case, Clock
from chalicelib.domain.events import (
    ClockOverdue,
    ClockReminded,
    HandlingExtended,
    MaterialSupplemented,
    ObjectionPeriodClosed,
    PetitionUrged,
)
from chalicelib.domain.events.passing import ClockStillOverdue, DateRecounted, ForceMajeureRecorded, PostFoundEmpty
from chalicelib.domain.events.supervision import PetitionComplained, PetitionPressed, PetitionSupervised
from chalicelib.domain.procedure import Rules, derivation
from chalicelib.domain.reaching_upward import FOUND, GAPS
from chalicelib.domain.stages import UNDER_WAY
from chalicelib.domain.tables.road import agency
from chalicelib.domain.values import replace, value
from chalicelib.domain.workdays import days_left

STALLED_DAYS = 15
"""No article names it (service): half the time in which a unit has to tell what it does is long enough to look."""
BOUNCES = 2
LAST_DAYS = 3
"""An extension asked for only now was seldom needed before."""
NOTICES, ROUTES, REPORTS = ("inform", "inform_direct"), ("route",), ("report_back",)
POSTS_SAID = {"org": "经办人员", "head": "负责人", "leader": "分管领导", "supervisor": "督查人员"}
ANSWERS = tuple(kind for kind in (oversight.ORDER, oversight.MEASURE, "advice_feedback", oversight.INSTRUCTION))
NO_ACTIVITY = frozenset(
    event.wire
    for event in (
        ClockOverdue,
        ClockReminded,
        ClockStillOverdue,
        DateRecounted,
        ForceMajeureRecorded,
        MaterialSupplemented,
        ObjectionPeriodClosed,
        PetitionComplained,
        PetitionPressed,
        PetitionSupervised,
        PetitionUrged,
        PostFoundEmpty,
    )
)
"""What happens to a case without anybody handling it."""


@value
class Finding:
    """One thing that can be seen: name and article, the problem an order names for it, whose it is, and how much."""

    code: str
    label: str
    law: str
    problem: str
    org: str
    detail: str


@value
class Seen:
    """What is looked at. `steps` is the last day of each kind of event; without it what needs it is not looked for."""

    case: Case
    today: date
    rules: Rules
    steps: Mapping[str, str]
    hidden: Collection[str]

    def late(self) -> Iterator[Clock]:
        """The running clocks of organs that are past their date, those of duties one may not read left out.

        What runs out by itself is a right that was not used, and nobody's lateness.
        """
        for clock in self.case.clocks:
            if self.rules.limits[clock.limit].then is not None:
                continue
            is_shown = clock.owner != PETITIONER and clock.about not in self.hidden
            if is_shown and clock.is_running and clock.is_overdue(self.today):
                yield clock


@value
class Sign:
    """One row: what it is called, and how it is found: whose it is, and how much."""

    code: str
    label: str
    law: str
    problem: str
    find: Callable[[Seen], Iterator[tuple[str, str]]]


def findings(
    case: Case,
    *,
    today: date,
    rules: Rules,
    steps: Mapping[str, str] | None = None,
    hidden: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Everything that can be seen of this case today, in the order of the table."""
    seen = Seen(case, today, rules, steps or {}, hidden)
    return tuple(
        Finding(sign.code, sign.label, sign.law, sign.problem, org, detail)
        for sign in SIGNS
        for org, detail in sign.find(seen)
    )


def last_activity(steps: Mapping[str, str]) -> date | None:
    """The last day on which somebody did something about it."""
    days = [date.fromisoformat(day) for wire, day in steps.items() if wire not in NO_ACTIVITY]
    return max(days, default=None)


def _late(*names: str) -> Callable[[Seen], Iterator[tuple[str, str]]]:
    def find(seen: Seen) -> Iterator[tuple[str, str]]:
        for clock in seen.late():
            if clock.limit in names:
                yield clock.owner, _how_late(seen, clock)

    return find


def _late_otherwise(seen: Seen) -> Iterator[tuple[str, str]]:
    """Every other clock of an organ: one that nobody thought of here is still late."""
    named = (*NOTICES, *ROUTES, *REPORTS, *ANSWERS, COMMITMENT)
    for clock in seen.late():
        if clock.limit not in named:
            yield clock.owner, _how_late(seen, clock)


def _how_late(seen: Seen, clock: Clock) -> str:
    return f"{seen.rules.limits[clock.limit].label}已超期{clock.days_late(seen.today)}天"


def _shirking(seen: Seen) -> Iterator[tuple[str, str]]:
    bounces = int(seen.case.facts.get("bounces", 0))
    if bounces >= BOUNCES:
        yield agency(seen.case), f"已被退回{bounces}次"


def _stalled(seen: Seen) -> Iterator[tuple[str, str]]:
    last = last_activity(seen.steps)
    if last is not None and seen.case.stage in UNDER_WAY and (seen.today - last).days >= STALLED_DAYS:
        yield agency(seen.case), f"自{last.isoformat()}起{(seen.today - last).days}天没有进展"


def _extended_late(seen: Seen) -> Iterator[tuple[str, str]]:
    """The date before the extension is counted anew by the function that set it."""
    day = seen.steps.get(HandlingExtended.wire)
    clock = seen.case.clock("handle")
    if day is None or clock is None or not clock.extended_by:
        return
    first = derivation(replace(clock, extended_by=0), seen.rules).due
    left = days_left(first, date.fromisoformat(day))
    if left < LAST_DAYS:
        yield clock.owner, f"到期前{left}天才延长办理期限"


def _not_carried_out(seen: Seen) -> Iterator[tuple[str, str]]:
    """What the petitioner says was not done; and what is past its day, whatever anybody says."""
    for duty in seen.case.duties_of(COMMITMENT, BROKEN):
        yield duty.org, "支持信访请求的意见没有落实"
    for clock in seen.late():
        duty_of = seen.case.duty(clock.about)
        if clock.limit == COMMITMENT and duty_of and duty_of.state != BROKEN:
            yield clock.owner, _how_late(seen, clock)


def _visit_failed(seen: Seen) -> Iterator[tuple[str, str]]:
    if was_said_not_to_be_solved(seen.case):
        yield agency(seen.case), "回访时信访人反映没有解决"


def _posts_empty(seen: Seen) -> Iterator[tuple[str, str]]:
    """Whoever was to hear of the lateness was not there: it went one level up, and somebody has to fill the post."""
    for whom, place, why in seen.case.facts.get(FOUND, ()):
        yield place, f"{POSTS_SAID[whom]}{GAPS[why]}，超期告知改送上一级"


def _said_nothing(seen: Seen) -> Iterator[tuple[str, str]]:
    draft = seen.case.facts.get("draft")
    flags: Sequence[str] = [
        *(draft.get("flags", ()) if isinstance(draft, dict) else ()),
        *seen.case.facts.get("flags", ()),
    ]
    if flags:
        yield agency(seen.case), f"答复有{len(flags)}处空话、过短或者照抄"


SIGNS: tuple[Sign, ...] = (
    Sign("not_forwarded", "未按期转送、交办", "第二十二条、第四十三条", "not_registered", _late(*ROUTES)),
    Sign("no_notice", "未按期书面告知", "第二十三条、第四十四条第三项", "no_notice", _late(*NOTICES)),
    Sign("overdue", "超期未办", "第四十五条第一项", "overdue", _late_otherwise),
    Sign("not_reported", "交办到期未反馈", "第二十二条第一款第三项", "no_feedback", _late(*REPORTS)),
    Sign("not_answered", "督办、批示、建议到期未反馈", "第四十条", "no_feedback", _late(*ANSWERS)),
    Sign("shirking", "多次退回", "第二十八条第一款、第四十条第一款", "shirking", _shirking),
    Sign("stalled", "长时间没有进展", "第四十条第一款", "delay", _stalled),
    Sign("extended_late", "临到期才延期", "第三十四条、第四十条第一款", "delay", _extended_late),
    Sign("not_carried_out", "处理意见没有落实", "第四十条第一款", "refused_execution", _not_carried_out),
    Sign("visit_failed", "回访不认可", "第四十条第一款", "refused_execution", _visit_failed),
    Sign("post_empty", "岗位无人", "第四十条第一款", "delay", _posts_empty),
    Sign("said_nothing", "答复敷衍", "第四十条第一款", "perfunctory", _said_nothing),
)
