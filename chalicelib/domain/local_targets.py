"""What a place promises beyond the law, for one case: computed when it is read, never a clock and never a lateness."""

from collections.abc import Iterator
from datetime import date

from chalicelib.domain.case import Case, Clock
from chalicelib.domain.procedure import Rules
from chalicelib.domain.tables.joint import JOINT
from chalicelib.domain.values import value
from chalicelib.domain.workdays import derive

OPEN, KEPT, MISSED = "open", "kept", "missed"


@value
class LocalTarget:
    """One promise: its day, and when it was answered."""

    name: str
    due: date
    answered_on: date | None

    def state(self, today: date) -> str:
        """The day itself is in time."""
        if self.answered_on is not None:
            return KEPT if self.answered_on <= self.due else MISSED
        return OPEN if today <= self.due else MISSED


def local_targets(case: Case, rules: Rules) -> tuple[LocalTarget, ...]:
    """The promises that apply to this case, of those that this tenant makes."""
    return tuple(target for target in _applying(case, rules) if target.name in rules.limits)


def _applying(case: Case, rules: Rules) -> Iterator[LocalTarget]:
    handle = case.clock("handle")
    is_simple = bool(case.facts.get("simple") or case.facts.get("answered_directly"))
    if handle is not None and not is_simple and handle.ending != "moot":
        yield _target("general_target", handle.start, handle.ended_on, rules)
        school = "school_complex" if _is_complex(case, handle) else "school_general"
        yield _target(school, case.received_on, handle.ended_on, rules)
    if is_simple:
        replied_on = case.facts.get("replied_on")
        answered_on = date.fromisoformat(replied_on) if replied_on else None
        yield _target("same_day_target", case.received_on, answered_on, rules)


def _is_complex(case: Case, handle: Clock) -> bool:
    """Several departments answer, or the time for the opinion was prolonged."""
    return bool(handle.extended_by) or any(duty.kind == JOINT for duty in case.duties)


def _target(name: str, start: date, answered_on: date | None, rules: Rules) -> LocalTarget:
    limit = rules.limits.get(name)
    due = derive(limit, start, calendar=rules.calendar).due if limit else start
    return LocalTarget(name, due, answered_on)
