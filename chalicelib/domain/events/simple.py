"""Direct answers and the simple procedure (简易办理)."""

from datetime import date

from chalicelib.domain.events.base import EVERYTHING, STAFF, Event
from chalicelib.domain.values import happening


@happening
class SimpleProposed(Event):
    """Whoever forwards a matter says that it is simple enough; the unit decides."""

    seen = STAFF
    wire, label, shown = "petition.simple_proposed", "建议简易办理", "建议快办"
    org: str
    ground: str


@happening
class PetitionAcceptedSimply(Event):
    """第二十三条, 简易办理: no paper unless it is asked for."""

    wire, label, shown = "petition.accepted_simply", "简易受理", "已受理，正在办理（快办）"
    org: str
    track: str
    ground: str
    wants_paper: bool = False


@happening
class ConvertedToOrdinary(Event):
    """Not simple after all; the period of the law has run since the acceptance, and ends on `due`."""

    seen = EVERYTHING
    wire, label, shown = "petition.converted", "转为普通办理", "情况较复杂，转为正常办理，原定的办结日期不变"
    org: str
    due: date


@happening
class AdviceAsked(Event):
    """The bureau asks who knows, and answers itself (第十四条). What is asked is sealed."""

    seen = STAFF
    wire, label, shown = "petition.advice_asked", "征询", "正在向有关单位了解情况"
    to: str
    about: str


@happening
class AdviceGiven(Event):
    """What the unit knows of it."""

    seen = STAFF
    wire, label, shown = "petition.advice_given", "回复征询", "有关单位已说明情况"
    org: str
    about: str


@happening
class SuggestionDecided(Event):
    """第二十九条: adopted, adopted in part or not, with the reason; rewarded where it is due."""

    seen = EVERYTHING
    wire, label, shown = "petition.suggestion_decided", "采纳情况", "您的建议已研究，是否采纳和理由如下"
    org: str
    outcome: str
    rewarded: bool = False


EVENTS: tuple[type[Event], ...] = (
    SimpleProposed,
    PetitionAcceptedSimply,
    ConvertedToOrdinary,
    AdviceAsked,
    AdviceGiven,
    SuggestionDecided,
)
