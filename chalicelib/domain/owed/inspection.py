"""Who is told of a task of supervision: the one unit it is about, and who opened it. Nobody else (点对点通报)."""

from collections.abc import Mapping

from chalicelib.domain.case import Case
from chalicelib.domain.events.base import Event
from chalicelib.domain.events.inspection import (
    InspectionAnswered,
    InspectionClosed,
    InspectionOpened,
    InspectionPassed,
    InspectionRechecked,
    InspectionSigned,
    ReceptionRecorded,
    SampleScored,
    VotesRecorded,
)
from chalicelib.domain.owed.base import SITE, SMS, Notice, Rule, Silent


def _opened(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, InspectionOpened)
    if event.org is None:
        return ()
    return (Notice(f"org:{event.org}", SMS, ("S80",)) if event.due else Notice(f"org:{event.org}", SITE, ("M80",)),)


def _rechecked(case: Case, event: Event) -> tuple[Notice, ...]:
    """Only what is not put right is told here: that all is, the end tells."""
    assert isinstance(event, InspectionRechecked)
    return (Notice(f"org:{event.org}", SMS, ("S80",)),) if event.due else ()


def _to_opener(text: str) -> Rule:
    return lambda case, event: (Notice(f"org:{case.office}", SITE, (text,)),)


def _ended(case: Case, event: Event) -> tuple[Notice, ...]:
    org = case.facts.get("org")
    return (Notice(f"org:{org}", SITE, ("M83",)),) if org else ()


OWED: Mapping[type[Event], Rule | Silent] = {
    InspectionOpened: _opened,
    InspectionSigned: _to_opener("M81"),
    InspectionAnswered: _to_opener("M82"),
    InspectionRechecked: _rechecked,
    InspectionPassed: _ended,
    SampleScored: Silent("评分记在检查表上，被检查单位随时可以查看"),
    VotesRecorded: Silent("评议结果由立项单位登记，办结时告知被评议单位"),
    ReceptionRecorded: Silent("接访由立项单位登记，反映的事项各有自己的告知"),
    InspectionClosed: _ended,
}
