"""Who is told. Review and re-review (第三十五条、第三十六条)."""

from collections.abc import Mapping

from chalicelib.domain.case import PETITIONER, Case
from chalicelib.domain.events import Event
from chalicelib.domain.events.review import (
    FileSent,
    HandlingReopened,
    LateRequestDecided,
    RereviewDecided,
    RereviewOpened,
    RereviewRequested,
    RereviewRequestedLate,
    RereviewServed,
    ReviewDecided,
    ReviewOpened,
    ReviewPeriodClosed,
    ReviewRequested,
    ReviewRequestedLate,
    ReviewServed,
)
from chalicelib.domain.owed.base import SITE, SMS, Notice, Rule, Silent
from chalicelib.domain.tables.review import REVIEW, REVOKE, reviewer


def _agency(case: Case, text: str) -> Notice:
    return Notice(f"org:{case.agency or case.office}", SITE, (text,))


def _requested(case: Case, event: Event) -> tuple[Notice, ...]:
    """The petitioner, who has to review, and whose opinion is looked at."""
    assert isinstance(event, ReviewRequested | RereviewRequested)
    return (
        Notice(PETITIONER, SMS, ("S12",)),
        Notice(f"org:{event.office}", SITE, ("M12",)),
        _agency(case, "M12b"),
    )


def _requested_late(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, ReviewRequestedLate | RereviewRequestedLate)
    return (Notice(PETITIONER, SMS, ("S12d",)), Notice(f"org:{event.office}", SITE, ("M12d",)))


def _late_decided(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, LateRequestDecided)
    if not event.admitted:
        return (Notice(PETITIONER, SMS, ("S12e",)),)
    return (Notice(PETITIONER, SMS, ("S12",)), _agency(case, "M12b"))


def _served(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, ReviewServed)
    if event.outcome == REVOKE:
        return (Notice(PETITIONER, SMS, ("S12f",)), _agency(case, "M12f"))
    return (Notice(PETITIONER, SMS, ("S12b",)), _agency(case, "M12c"))


def _served_last(case: Case, event: Event) -> tuple[Notice, ...]:
    """The agency, and the office that reviewed: its opinion was looked at."""
    assert isinstance(event, RereviewServed)
    reviewed = reviewer(REVIEW)(case)
    return (Notice(PETITIONER, SMS, ("S12c",)), _agency(case, "M12c"), Notice(f"org:{reviewed}", SITE, ("M12c",)))


OWED: Mapping[type[Event], Rule | Silent] = {
    ReviewRequested: _requested,
    ReviewRequestedLate: _requested_late,
    LateRequestDecided: _late_decided,
    ReviewOpened: Silent("申请人在审核超过期限的申请时已收到S12"),
    FileSent: Silent("移送案卷是机关之间的事，复查、复核的期限不变"),
    ReviewDecided: Silent("复查意见作出后即送达，送达时告知"),
    ReviewServed: _served,
    HandlingReopened: Silent("送达撤销意见时已告知信访人和责任单位"),
    ReviewPeriodClosed: lambda case, event: (Notice(PETITIONER, SMS, ("S31b",)),),
    RereviewRequested: _requested,
    RereviewRequestedLate: _requested_late,
    RereviewOpened: Silent("申请人在审核超过期限的申请时已收到S12"),
    RereviewDecided: Silent("复核意见作出后即送达，送达时告知"),
    RereviewServed: _served_last,
}
