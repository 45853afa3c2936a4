"""The engine. A procedure is a table of steps and of moves that follow by themselves; this file runs any of them.

Everything that affects stages and clocks happens here and is driven by the table; what must be true for one
step, and what it records, stands beside the table. No wall clock, no storage: time, calendar and actor come in.
"""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date, timedelta

from chalicelib.domain.case import BY_LAW, INTAKE, LEAD, PETITIONER, Actor, Case, Change, Clock, Happened
from chalicelib.domain.errors import ExtensionRefused, NotYourStep, WrongStage
from chalicelib.domain.events import ClockSet, Event
from chalicelib.domain.limits import TimeLimit
from chalicelib.domain.values import replace, value
from chalicelib.domain.workdays import Calendar, Derivation, derive, reminders

NEW = ""
STAY = "="
"""`to` of a step that leaves the case where it stands."""
BACK = "<"
"""`to` of a step that returns the case to the stage it came from."""

Predicate = Callable[[Case], bool]


@value
class Starts:
    """A limit that a step starts, who owes it (None: whoever owes the duty), and for which cases (None: all)."""

    limit: str
    owed_by: Callable[[Case], str] | None = None
    when: Predicate | None = None


@value
class Step:
    """One row of a procedure: who may do what from where, and which clocks it meets and starts."""

    action: str
    label: str
    law: str
    frm: tuple[str, ...]
    to: str
    by: tuple[str, ...]
    emits: type[Event]
    desk: str | None = None
    meets: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    starts: tuple[Starts, ...] = ()
    resumes: tuple[str, ...] = ()
    offered: Predicate | None = None
    """When the page offers it; asked for at another time, its function says why not."""
    offered_to: Callable[[Case, Actor], bool] | None = None
    """To whom the page offers it, where the post alone does not decide."""
    button: str = ""
    """What a petitioner's button says, where staff call the step otherwise."""


@value
class Automatic:
    """A move that follows by itself as soon as its condition holds."""

    frm: tuple[str, ...]
    to: str
    when: Predicate
    emits: type[Event]


@value
class Procedure:
    """A named table. `ends` are the stages in which nothing more is owed by anybody."""

    name: str
    label: str
    steps: tuple[Step, ...]
    automatic: tuple[Automatic, ...]
    stages: tuple[str, ...]
    ends: tuple[str, ...]

    def step(self, action: str) -> Step:
        """The row of an action. Raises WrongStage when the procedure has none."""
        for step in self.steps:
            if step.action == action:
                return step
        raise WrongStage(f"{self.label}没有“{action}”这一步")


@value
class Rules:
    """What dates are computed with: the working-day calendar in force and the tenant's limits.

    `earlier` are the calendars that were in force before, by version: a date that was told is explained by the one
    it was counted with.
    """

    calendar: Calendar
    limits: Mapping[str, TimeLimit]
    earlier: Mapping[str, Calendar] = field(default_factory=dict)

    def calendar_of(self, clock: Clock) -> Calendar:
        """The calendar that a clock names; the one in force, where that one is not known here."""
        return self.earlier.get(clock.calendar, self.calendar) if clock.calendar else self.calendar


def take(
    procedure: Procedure,
    case: Case,
    action: str,
    event: Event,
    *,
    by: Actor,
    on: date,
    rules: Rules,
    since: date | None = None,
    days: Mapping[str, int] | None = None,
    about: str = "",
    each_of: tuple[str, ...] = (),
) -> Change:
    """Take one step: check stage and post, stop and start clocks, move, and let follow what follows by itself.

    `on` is the day of the step, `since` the day its clocks count from if that is another one (a receipt before
    the registration, a service before its record). `days` are the numbers that the case names itself,
    by limit, or by duty where each has another one.
    `about` is the duty whose clocks this step stops and starts; without it a step stops those of all duties.
    `each_of` are the duties of a step that begins several at once: each gets its clock.
    Raises WrongStage, NotYourStep.
    """
    step = procedure.step(action)
    check(step, case, by)
    ended = tuple(_ended(clock, step, on, about) for clock in case.clocks)
    moved = _entered(replace(case, clocks=ended), _target(step, case))
    if step.desk in (INTAKE, LEAD) and by.role != BY_LAW.role:
        moved = moved.with_facts(touched_on=on.isoformat())
    moved = _resumed(moved, step, on, rules)
    running = {(clock.limit, clock.about) for clock in case.clocks if clock.is_running}
    sets: list[ClockSet] = [
        told(clock, rules)
        for clock in moved.clocks
        if clock.is_running and clock.limit in step.resumes and (clock.limit, clock.about) not in running
    ]
    numbers = days or {}
    for start in step.starts:
        if start.when is None or start.when(moved):
            for duty in each_of if rules.limits[start.limit].each and each_of else (about,):
                number = numbers.get(duty, numbers.get(start.limit))
                moved, date_set = _start(moved, start, since or on, number, rules, duty)
                sets.append(date_set)
    happened = Happened(replace(event, clocks=(*event.clocks, *sets)), by)
    return follow(procedure, Change(moved, (happened,)))


def check(step: Step, case: Case, by: Actor) -> None:
    """Raise unless this actor may take this step now. `None` of it decides who may see the case: `policy` does."""
    if case.stage not in step.frm:
        raise WrongStage(f"事项当前阶段不能“{step.label}”", law=step.law)
    if by.role not in step.by:
        raise NotYourStep(f"“{step.label}”不由您的岗位办理", law=step.law)
    if by.user and by.user in case.facts.get("recused", ()):
        raise NotYourStep("您已经回避，这件事项由其他人员办理", law="第二十八条")
    if step.desk is not None and by.role not in (PETITIONER, BY_LAW.role):
        desk = case.desk(by.org)
        if desk is None or step.desk not in desk.capacities:
            raise NotYourStep(f"“{step.label}”不由您的单位办理", law=step.law)


def follow(procedure: Procedure, change: Change) -> Change:
    """Let everything happen that follows by itself from where the change leaves the case."""
    for move in procedure.automatic:
        case = change.case
        if case.stage in move.frm and move.when(case):
            moved = _entered(case, move.to)
            return follow(procedure, change.then(Change(moved, (Happened(move.emits(), BY_LAW),))))
    return change


def _rows(procedure: Procedure, stage: str, role: str) -> tuple[Step, ...]:
    """The rows of a post in a stage, found once: most rows are neither, and a refusal costs its words."""
    key = (procedure.name, stage, role)
    if key not in _ROWS:
        _ROWS[key] = tuple(step for step in procedure.steps if stage in step.frm and role in step.by)
    return _ROWS[key]


_ROWS: dict[tuple[str, str, str], tuple[Step, ...]] = {}


def next_steps(procedure: Procedure, case: Case, by: Actor) -> tuple[Step, ...]:
    """The steps this actor may take now, in the order of the table: what the page shows as buttons."""
    found = []
    for step in _rows(procedure, case.stage, by.role):
        try:
            check(step, case, by)
        except (WrongStage, NotYourStep):
            continue
        if (step.offered is None or step.offered(case)) and (step.offered_to is None or step.offered_to(case, by)):
            found.append(step)
    return tuple(found)


def extend(case: Case, limit: str, days: int, *, on: date, rules: Rules) -> tuple[Case, ClockSet]:
    """Lengthen a running clock: once, in time, and by no more than the law allows. Raises ExtensionRefused."""
    rule, clock = rules.limits[limit], case.running(limit)
    if clock is None:
        raise ExtensionRefused(f"{rule.label}没有在计时，不能延长", law=rule.law)
    if clock.extended_by:
        raise ExtensionRefused(f"{rule.label}已经延长过{clock.extended_by}日，只能延长一次", law=rule.law)
    if not 1 <= days <= rule.extendable_by:
        raise ExtensionRefused(f"延长期限应为1至{rule.extendable_by}日，填写的是{days}日", law=rule.law)
    if clock.is_overdue(on):
        raise ExtensionRefused(f"{rule.label}已于{clock.due.isoformat()}届满，超期后不能再延长", law=rule.law)
    longer = with_past_reminders(dated(replace(clock, extended_by=days), rules), on, rules)
    return with_clock(case, clock, longer), told(longer, rules)


def pause(case: Case, limit: str, *, on: date) -> Case:
    """Stop counting from this day on (听证所需时间, 第三十六条). A limit that is paused already stays so.

    No date moves before it goes on, and none is told: it is not counted anew here, lest another calendar move it.
    """
    clock = case.running(limit)
    if clock is None or clock.is_stopped:
        return case
    return with_clock(case, clock, replace(clock, pauses=(*clock.pauses, (on, None))))


def resume(case: Case, limit: str, *, on: date, rules: Rules) -> Case:
    """Go on counting from this day: the days between are not counted, the due date is computed anew."""
    clock = case.running(limit)
    if clock is None or not clock.is_stopped:
        return case
    closed = (*clock.pauses[:-1], (clock.pauses[-1][0], on))
    told = on if clock.line_on else None  # nobody was to be told meanwhile that it is late
    return with_clock(case, clock, dated(replace(clock, pauses=closed, line_on=told), rules))


def derivation(clock: Clock, rules: Rules) -> Derivation:
    """How the due date of a clock comes about, computed by the function that set it, with the calendar it names."""
    return _derive(clock, rules, rules.calendar_of(clock))


def _entered(case: Case, stage: str) -> Case:
    """The case in a stage. One that stays where it stands keeps where it came from: it may have to go back there."""
    return case if stage == case.stage else replace(case, stage=stage).with_facts(came_from=case.stage)


def inherit(case: Case, old: str, new: str, *, rules: Rules) -> tuple[Case, tuple[ClockSet, ...]]:
    """What one office owes by running clocks another one owes from now on: the dates stay (第二十四条第二款)."""
    clocks = tuple(replace(each, owner=new) if each.is_running and each.owner == old else each for each in case.clocks)
    moved = (each for each, before in zip(clocks, case.clocks, strict=True) if each is not before)
    return replace(case, clocks=clocks), tuple(told(each, rules) for each in moved)


def _target(step: Step, case: Case) -> str:
    if step.to == STAY:
        return case.stage
    return str(case.facts["came_from"]) if step.to == BACK else step.to


def _ended(clock: Clock, step: Step, on: date, about: str) -> Clock:
    if not clock.is_running or (about and clock.about not in ("", about)):
        return clock
    if clock.limit in step.meets:
        return clock.end(on, "met")
    return clock.end(on, "moot") if clock.limit in step.drops else clock


def _resumed(case: Case, step: Step, on: date, rules: Rules) -> Case:
    """A clock that was met runs again; the days it had no object are not counted: nobody is late on days he did not
    have. One that lost its object does not come back.

    It is reminded of as one that begins, also when the day of a reminder is gone: nobody is written to when it goes on.
    """
    for limit in step.resumes:
        clock = case.clock(limit)
        if clock is not None and clock.ended_on is not None and clock.ending == "met":
            pauses = (*clock.pauses, (clock.ended_on + timedelta(days=1), on + timedelta(days=1)))
            again = replace(clock, ended_on=None, ending="", pauses=pauses, reminded=0, told_overdue=0, line_on=None)
            case = with_clock(case, clock, dated(again, rules))
    return case


def _start(case: Case, start: Starts, since: date, days: int | None, rules: Rules, about: str) -> tuple[Case, ClockSet]:
    mine = about if rules.limits[start.limit].each else ""
    duty = case.duty(about)
    owner = start.owed_by(case) if start.owed_by else (duty.org if duty else case.office)
    lost = case.days_lost(since) if owner == PETITIONER else ()
    clock = dated(Clock(start.limit, owner, since, since, since, since, days=days, pauses=lost, about=mine), rules)
    # An earlier run is in the events.
    others = tuple(each for each in case.clocks if (each.limit, each.about) != (start.limit, mine))
    return replace(case, clocks=(*others, clock)), told(clock, rules)


def dated(clock: Clock, rules: Rules) -> Clock:
    """The clock with its dates counted by these rules, and by the calendar in force."""
    found = _derive(clock, rules, rules.calendar)
    return replace(
        clock,
        due=found.due,
        legal_due=found.legal_due,
        stat_due=found.stat_due,
        provisional=found.provisional,
        calendar=found.calendar_version,
    )


def with_past_reminders(clock: Clock, on: date, rules: Rules) -> Clock:
    """A date set on this day: what was to be said of it on the days before is said by setting it."""
    days = reminders(rules.limits[clock.limit], clock.due, rules.calendar)
    return replace(clock, reminded=sum(day < on for day in days))


def _derive(clock: Clock, rules: Rules, calendar: Calendar) -> Derivation:
    return derive(
        rules.limits[clock.limit],
        clock.start,
        calendar=calendar,
        days=clock.days,
        extended_by=clock.extended_by,
        pauses=clock.pauses,
        not_before=clock.not_before,
    )


def told(clock: Clock, rules: Rules) -> ClockSet:
    """How an event tells the date of a clock: what it is, and how it comes about."""
    found = derivation(clock, rules)
    return ClockSet(
        limit=clock.limit,
        owner=clock.owner,
        start=clock.start,
        due=clock.due,
        legal_due=clock.legal_due,
        stat_due=clock.stat_due,
        provisional=clock.provisional,
        calendar=clock.calendar,
        derivation=found.text(),
        about=clock.about or None,
        days=clock.days,
        extended_by=clock.extended_by or None,
        pauses=clock.pauses or None,
        not_before=clock.not_before,
    )


def with_clock(case: Case, old: Clock, new: Clock) -> Case:
    """The case with one clock in another state."""
    return replace(case, clocks=tuple(new if clock is old else clock for clock in case.clocks))
