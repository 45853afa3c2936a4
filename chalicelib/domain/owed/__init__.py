"""Who is owed a notice because of an event: one row per kind of event. What is said stands in `notices/wording/`.

The invariant, proved by a test: an event that owes nobody says why.
"""

from collections.abc import Mapping

from chalicelib.domain.case import PETITIONER, REPORT, Case
from chalicelib.domain.events.base import Event
from chalicelib.domain.owed import (
    classification,
    endings,
    hearing,
    inspection,
    joint,
    matters,
    opinion,
    own,
    passing,
    promises,
    recusal,
    review,
    routing,
    simple,
    supervision,
    urgent,
)
from chalicelib.domain.owed.base import SITE, SMS, Notice, Rule, Silent
from chalicelib.domain.owed.petitioner import PETITIONER as BY_PETITIONER
from chalicelib.domain.owed.recipients import everybody
from chalicelib.domain.owed.road import ROAD

OWED: Mapping[type[Event], Rule | Silent] = {
    **ROAD,
    **BY_PETITIONER,
    **classification.OWED,
    **endings.OWED,
    **routing.OWED,
    **simple.OWED,
    **opinion.OWED,
    **promises.OWED,
    **joint.OWED,
    **hearing.OWED,
    **review.OWED,
    **supervision.OWED,
    **recusal.OWED,
    **matters.OWED,
    **urgent.OWED,
    **own.OWED,
    **passing.OWED,
    **inspection.OWED,
}


def owed(case: Case, event: Event) -> tuple[Notice, ...]:
    """The notices this event owes in the case it leaves behind. Exempt: 姓名（名称）、住址不清 (第二十三条第二款).

    A report of misconduct owes nobody any, whatever happens to it (`owed/report.py`).
    """
    if case.procedure == REPORT:
        return ()
    rule = OWED[type(event)]
    if isinstance(rule, Silent):
        return ()
    return tuple(
        each
        for notice in rule(case, event)
        if notice.recipient != PETITIONER or case.facts.get("notifiable")
        for each in everybody(case, notice)
    )


__all__ = ["OWED", "SITE", "SMS", "Notice", "Rule", "Silent", "owed"]
