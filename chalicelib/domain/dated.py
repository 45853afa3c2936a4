"""Which limits carry a case in each stage: one of them runs, or the case is in no list and nobody is ever late.

The invariant, proved by a test: every stage of every procedure stands here once. A stage without a date says why.
"""

from collections.abc import Callable, Mapping

from chalicelib.domain import stages
from chalicelib.domain.case import Case
from chalicelib.domain.tables import inspection, report
from chalicelib.domain.values import value


@value
class Carried:
    """One of the limits `by` runs whenever `when` holds; ANY stands for whichever."""

    by: tuple[str, ...]
    when: Callable[[Case], bool] | None = None


@value
class Dateless:
    """No date is owed here, and why."""

    why: str


ANY = ("*",)
ACCEPTED_BY = ("handle", "perform_duty", "suggestion_target", "consultation_target")
REDONE_BY = ("redo", "redo_target")
AFTER_AN_ANSWER = Carried(ANY)
"""With the last right or duty it ends by itself: one that stands here without any would stand here for ever."""
ENDED = Dateless("nothing more is owed by anybody; what still runs is a right or a promise")


def waits_for_transfer(case: Case) -> bool:
    """A bureau still has the report; whoever else has it handles it by no days of these Regulations (第三十条)."""
    return report.is_with_bureau(case) and case.agency is None


STAGES: Mapping[str, Carried | Dateless] = {
    stages.REGISTERED: Carried(("route", "inform_direct", "decide_acceptance_direct")),
    stages.FORWARDED: Carried(("inform", "decide_acceptance")),
    stages.ASSIGNED: Carried(("inform", "decide_acceptance")),
    stages.OBJECTED: Carried(("decide_objection",)),
    stages.DISPUTED: Carried(("decide_dispute",)),
    stages.ACCEPTED: Carried(ACCEPTED_BY),
    stages.REDO: Carried(REDONE_BY),
    stages.REPLIED: Carried((*ACCEPTED_BY, *REDONE_BY)),
    stages.UNDER_REVIEW: Carried(("review_decide",)),
    stages.UNDER_REREVIEW: Carried(("rereview_decide",)),
    stages.SERVED: AFTER_AN_ANSWER,
    stages.SETTLED: AFTER_AN_ANSWER,
    stages.REVIEWED: AFTER_AN_ANSWER,
    stages.REREVIEWED: AFTER_AN_ANSWER,
    **dict.fromkeys(stages.ENDS, ENDED),
    report.RECEIVED: Carried(("transfer_report",), waits_for_transfer),
    report.HANDED_OVER: Dateless("第三十条 gives the body competent no days"),
    report.CLOSED: ENDED,
    inspection.OPEN: Carried(("rectify",), inspection.asks_answer),
    inspection.ANSWERED: Dateless("whoever opened it looks at the answer when they come to it; no days are set"),
    inspection.CLOSED: ENDED,
}


def lacks_a_date(case: Case) -> bool:
    """Somebody still has to act, and no clock runs by which he would be late."""
    row = STAGES[case.stage]
    if isinstance(row, Dateless) or (row.when is not None and not row.when(case)):
        return False
    running = {clock.limit for clock in case.clocks if clock.is_running}
    return not (running if row.by == ANY else running & set(row.by))
