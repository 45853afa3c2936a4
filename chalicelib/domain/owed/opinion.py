"""Who is told. From hearing the petitioner to the signed opinion (第三十一条第六项、第三十二条)."""

from collections.abc import Mapping

from chalicelib.domain.case import Case
from chalicelib.domain.events import Event
from chalicelib.domain.events.opinion import (
    ClaimsConfirmed,
    DraftReturned,
    MarkedHistorical,
    MatterInvestigated,
    OpinionDrafted,
    OpinionRead,
    PetitionerHeard,
)
from chalicelib.domain.owed.base import SITE, Notice, Rule, Silent


def _returned(case: Case, event: Event) -> tuple[Notice, ...]:
    assert isinstance(event, DraftReturned)
    return (Notice(f"org:{event.org}", SITE, ("M10",)),)


OWED: Mapping[type[Event], Rule | Silent] = {
    ClaimsConfirmed: Silent("诉求是与信访人当面或者电话核对的，办理经过里可以查看"),
    PetitionerHeard: Silent("陈述由信访人自己作出，不必再告知"),
    MatterInvestigated: Silent("调查核实的情况写入处理意见书，一并告知"),
    MarkedHistorical: Silent("本单位内部的认定，由领导包案后继续办理"),
    OpinionDrafted: Silent("稿子在本单位待办里，由拟稿人以外的人核稿"),
    OpinionRead: Silent("核过的稿子在本单位待办里，由负责人签发"),
    DraftReturned: _returned,
}
