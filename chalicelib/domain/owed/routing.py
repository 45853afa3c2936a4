"""Who is told. Who is competent (第二十二条至第二十四条): disputes, successors, matters from above."""

from collections.abc import Mapping

from chalicelib.domain.case import PETITIONER, Case
from chalicelib.domain.events import Event
from chalicelib.domain.events.routing import (
    CompletionReported,
    ContactCompleted,
    DisputeSubmitted,
    PersonTold,
    PetitionSucceeded,
    UnitDesignated,
    UnitsConsulted,
)
from chalicelib.domain.owed.base import SITE, SMS, Notice, Rule, Silent


def _submitted(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, DisputeSubmitted)
    return (Notice(f"org:{event.to}", SITE, ("M51",)),)


def _designated(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, UnitDesignated)
    told = "S15e" if case.facts["notifiable"] else "S15f"
    return (Notice(PETITIONER, SMS, ("S21",)), Notice(f"org:{event.to}", SMS, (told,)))


def _succeeded(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, PetitionSucceeded)
    return (Notice(PETITIONER, SMS, ("S21b",)), Notice(f"org:{event.to}", SITE, ("M52",)))


OWED: Mapping[type[Event], Rule | Silent] = {
    UnitsConsulted: Silent("协商只在有关单位之间，信访人在确定责任单位时收到告知"),
    DisputeSubmitted: _submitted,
    UnitDesignated: _designated,
    PetitionSucceeded: _succeeded,
    CompletionReported: Silent("报告的对象是上级，信访人已在答复时收到告知"),
    ContactCompleted: lambda case, event: (Notice(PETITIONER, SMS, ("S02c",)),),
    PersonTold: Silent("已由工作人员当面、打电话或者寄信告知，这里只记下结果"),
}
