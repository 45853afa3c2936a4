"""The year's figures, from what stands in the table and from nothing that was counted on the way.

The rates are those of 信访 statistics: 信访部门及时受理率, 责任单位及时受理率, 按期答复率, 参评率, 满意率.
A rate without cases is empty, neither nothing nor all.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from chalicelib.domain.case import PETITIONER, Case, Clock
from chalicelib.domain.stages import UNDER_WAY
from chalicelib.store.chain import Recorded
from infra.traces.world import RULES, TREE

FORWARDED_IN, ACCEPTED_IN = timedelta(days=15), timedelta(days=30)
"""信访部门: registration + 15 days; 责任单位: registration + 30 days."""
HANDED_ON = ("petition.forwarded", "petition.assigned", "petition.replied", "petition.withdrawn")
ANSWERING = ("handle", "redo", "perform_duty", "suggestion_target", "consultation_target")
GOOD = ("satisfied", "basically")


@dataclass(frozen=True)
class Late:
    """A date that was missed: whose, which, when it was, when it was met, and by how many days."""

    case_id: str
    unit: str
    limit: str
    due: date
    ended_on: date
    days: int


@dataclass(frozen=True)
class Row:
    """One petition in the year's figures."""

    case_id: str
    online: bool
    unit: str
    stage: str
    forwarded: bool | None
    """By the bureau in its days; None where nothing had to be forwarded."""
    accepted: bool | None
    """Accepted in its days; None where it never came to that."""
    answered: bool | None
    """Answered in its days; None where no answer was due."""
    rated: str
    rating_lapsed: bool
    reviewed: bool
    supervised: int
    escalated: int
    clocks: tuple[Clock, ...]
    """What organs had to do by a date."""
    late: tuple[Late, ...]


def row(case: Case, events: Sequence[Recorded], today: date) -> Row:
    """What one case says."""
    first = {event.type: event.at.date() for event in reversed(events)}
    kinds = Counter(event.type for event in events)
    registered = case.registered_at.date()
    handed = min((first[kind] for kind in HANDED_ON if kind in first), default=None)
    accepted = first.get("petition.accepted")
    return Row(
        case_id=case.id,
        online=case.facts["channel"] == "web",
        unit=case.agency or case.office,
        stage=case.stage,
        forwarded=None if case.facts["direct"] else handed is not None and handed <= registered + FORWARDED_IN,
        accepted=accepted <= registered + ACCEPTED_IN if accepted else None,
        answered=_answered(case, today),
        rated=str(case.facts.get("rated_unit") or ""),
        rating_lapsed=any(clock.limit == "rating" and clock.ending == "lapsed" for clock in case.clocks),
        reviewed="petition.review_requested" in kinds,
        supervised=kinds["petition.supervised"],
        escalated=sum(event.type == "petition.overdue" and event.data["rung"] >= 2 for event in events),
        clocks=_duties(case),
        late=tuple(_late(case, today)),
    )


def _answered(case: Case, today: date) -> bool | None:
    clocks = [clock for clock in case.clocks if clock.limit in ANSWERING and clock.ending != "moot"]
    return not any(clock.is_overdue(today) for clock in clocks) if clocks else None


def _duties(case: Case) -> tuple[Clock, ...]:
    """Without rights, which nobody is late with, and without what lost its object."""
    return tuple(
        clock
        for clock in case.clocks
        if clock.owner != PETITIONER and clock.ending != "moot" and RULES.limits[clock.limit].then is None
    )


def _late(case: Case, today: date) -> Iterator[Late]:
    for clock in _duties(case):
        if clock.is_overdue(today):
            ended = clock.ended_on or today
            yield Late(case.id, clock.owner, clock.limit, clock.due, ended, clock.days_late(today))


@dataclass
class Sums:
    """One unit, or all."""

    received: int = 0
    online: int = 0
    forwarded: Counter[bool] = field(default_factory=Counter)
    accepted: Counter[bool] = field(default_factory=Counter)
    answered: Counter[bool] = field(default_factory=Counter)
    ratings: Counter[str] = field(default_factory=Counter)
    rating_lapsed: int = 0
    reviewed: int = 0
    supervised: int = 0
    escalated: int = 0
    late: int = 0
    late_days: int = 0
    open: int = 0

    def add(self, each: Row) -> None:
        """One petition more."""
        self.received += 1
        self.online += each.online
        for counter, held in (
            (self.forwarded, each.forwarded),
            (self.accepted, each.accepted),
            (self.answered, each.answered),
        ):
            if held is not None:
                counter[held] += 1
        self.ratings[each.rated] += bool(each.rated)
        self.rating_lapsed += each.rating_lapsed
        self.reviewed += each.reviewed
        self.supervised += each.supervised
        self.escalated += each.escalated
        self.open += each.stage in UNDER_WAY

    def owes(self, late: Late) -> None:
        """A date that this unit missed, in whoever's case."""
        self.late += 1
        self.late_days += late.days


def sums(rows: Iterable[Row]) -> tuple[dict[str, Sums], Sums]:
    """By unit, and all together. A case counts for the unit that has it, lateness for whoever owed the date."""
    of_unit: dict[str, Sums] = {}
    total = Sums()
    for each in rows:
        of_unit.setdefault(each.unit, Sums()).add(each)
        total.add(each)
        for late in each.late:
            of_unit.setdefault(late.unit, Sums()).owes(late)
            total.owes(late)
    return dict(sorted(of_unit.items(), key=lambda pair: -pair[1].received)), total


def rate(part: int, whole: int) -> str:
    """In per cent; empty without cases."""
    return f"{100 * part / whole:.1f}%" if whole else ""


HEADINGS = (
    "收到", "网上", "受理", "受理率", "答复", "按期", "答复率", "超期次", "超期天", "参评率", "满意率", "复查", "督办",
    "逐级上报", "在办",
)  # fmt: skip


def cells(each: Sums) -> tuple[str, ...]:
    """One line of the table."""
    rated = sum(each.ratings.values())
    return (
        str(each.received), str(each.online),
        str(sum(each.accepted.values())), rate(each.accepted[True], sum(each.accepted.values())),
        str(sum(each.answered.values())), str(each.answered[True]),
        rate(each.answered[True], sum(each.answered.values())),
        str(each.late), str(each.late_days), rate(rated, rated + each.rating_lapsed),
        rate(sum(each.ratings[good] for good in GOOD), rated),
        str(each.reviewed), str(each.supervised), str(each.escalated), str(each.open),
    )  # fmt: skip


def name_of(unit: str) -> str:
    """As people call it."""
    return TREE.offices[unit].short if unit in TREE.offices else unit
