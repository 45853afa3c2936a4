"""不可抗力: days that by a recorded decision nobody could use.

信访工作条例 knows no rule for it. A right of the petitioner is treated as 行政诉讼法第四十八条第一款 treats the time to
sue: days lost are not counted (行政复议法第二十条 goes on counting when the obstacle is gone, which comes to the same).
民法典第一百九十四条 stops a limitation only in its last six months and is no closer. Which of them an office follows is
unconfirmed, so a person decides and says by which paper.

The invariant: it moves the rights of the petitioner, those that run and those that begin while such days last, and
nothing else. An organ's date stays; that it had such days is shown beside its lateness and counted apart. No unit
excuses itself: the bureau or a leader records the decision.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from chalicelib.domain.case import EXCUSED, PETITIONER, Actor, Case, Change, Clock
from chalicelib.domain.errors import FieldError, FieldsInvalid, RuleBroken
from chalicelib.domain.events.base import ClockSet
from chalicelib.domain.events.passing import ForceMajeureRecorded
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, dated, take, told, with_clock, with_past_reminders
from chalicelib.domain.values import replace

MOST_DAYS = 366
DAY = timedelta(days=1)


def record_force_majeure(
    case: Case,
    begins: date,
    ends: date,
    document: str,
    decided_by: str,
    reason: str,
    area: str = "",
    *,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Record the decision: from when to when (both days included), who decided, by which paper, why, and where.

    The petitioner's rights (第三十五条、第三十六条) do not run on those days, also one that begins on them. One that
    ran out before the decision is asked for late, with this reason (`request_late_review`).
    """
    check(PETITION.step("record_force_majeure"), case, by)
    _in_order(case, begins, ends, on)
    if is_recorded(case, begins, ends):
        raise RuleBroken("这段时间的不可抗力已经登记过", law="第三十五条")
    moved, sets = _moved(_excused(case, begins, ends), on, rules)
    said = {"document": document, "body": decided_by, "reason": reason, **({"place": area} if area else {})}
    event = ForceMajeureRecorded(org=by.org or case.office, begins=begins, ends=ends, clocks=sets, text=said)
    return take(PETITION, moved, "record_force_majeure", event, by=by, on=on, rules=rules)


def is_recorded(case: Case, begins: date, ends: date) -> bool:
    """Does the case have these very days already?"""
    return [begins.isoformat(), ends.isoformat()] in case.facts.get(EXCUSED, ())


def rights_moved(case: Case, begins: date, ends: date, on: date, rules: Rules) -> int:
    """How many running rights of the petitioner these days would give another last day."""
    return len(_moved(_excused(case, begins, ends), on, rules)[1])


def excused_days(case: Case, clock: Clock, today: date) -> tuple[int, int]:
    """How many of an organ's days could not be used: of all since its clock began, and of those on which it is late."""
    if clock.owner == PETITIONER:
        return 0, 0
    spans, until = case.facts.get(EXCUSED, ()), clock.ended_on or today
    return days_excused(spans, clock.start, until), days_excused(spans, clock.due, until)


def days_excused(spans: Iterable[Sequence[str]], after: date, until: date) -> int:
    """How many days after `after`, up to `until`, lie in these spans (first and last day of each, as they are held)."""
    days = [(date.fromisoformat(begins), date.fromisoformat(ends)) for begins, ends in spans]
    counted = (after + DAY * n for n in range(1, (until - after).days + 1)) if days else ()
    return sum(any(begins <= day <= ends for begins, ends in days) for day in counted)


def _excused(case: Case, begins: date, ends: date) -> Case:
    """The case that knows of these days, beside those it knew."""
    return case.with_facts(**{EXCUSED: [*case.facts.get(EXCUSED, ()), [begins.isoformat(), ends.isoformat()]]})


def _moved(case: Case, on: date, rules: Rules) -> tuple[Case, tuple[ClockSet, ...]]:
    """The rights counted with every day lost that the case knows of: several decisions together may move one that
    none of them moves alone.
    """
    sets: list[ClockSet] = []
    for clock in case.clocks:
        if not clock.is_running or clock.owner != PETITIONER:
            continue
        longer = dated(replace(clock, pauses=case.pauses_of(clock)), rules)
        if longer.due > clock.due:  # never earlier, also where the calendar is another one since
            case = with_clock(case, clock, with_past_reminders(longer, on, rules))
            sets.append(told(longer, rules))
    return case, tuple(sets)


def wrong_days(begins: date, ends: date, on: date) -> list[FieldError]:
    """What is wrong with the days of a decision, whichever case it is about."""
    wrong = []
    if begins > on:
        wrong.append(FieldError("/begins", "开始日期不能晚于今天", "out_of_range"))
    if ends < begins:
        wrong.append(FieldError("/ends", "结束日期不能早于开始日期", "out_of_range"))
    elif (ends - begins).days >= MOST_DAYS:
        wrong.append(FieldError("/ends", f"一次认定不超过{MOST_DAYS}天", "out_of_range"))
    return wrong


def _in_order(case: Case, begins: date, ends: date, on: date) -> None:
    wrong = wrong_days(begins, ends, on)
    if not wrong and ends < case.received_on:
        wrong.append(
            FieldError("/ends", f"结束日期应在收到信访事项（{case.received_on.isoformat()}）之后", "out_of_range")
        )
    if wrong:
        raise FieldsInvalid(wrong)
