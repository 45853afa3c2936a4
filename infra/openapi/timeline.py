"""The view of a case, whose timeline holds one model per event, made from the events themselves."""

from dataclasses import fields
from datetime import date
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import UNSET, Meta, Struct, UnsetType, defstruct

from chalicelib.domain import events
from chalicelib.domain.events.base import ByTime
from infra.openapi import words
from infra.openapi.answers import Closed, Count, Hash, Instant, Number, Positive
from infra.openapi.lists import Booked, FromAbove, LeadingOpinion, WatchFinding
from infra.openapi.parts import (
    CaseHead,
    CheckShown,
    DraftShown,
    FiledFirst,
    NextStep,
    NoticeProof,
    Rated,
    WrittenOpinion,
)

NAMED = ("to", "org", "owner", "organ", "place", "instead")
"""Offices that a view also calls by name."""
NOT_SHOWN = ("text", "clocks", "claims")


Merged = Annotated[str, Meta(pattern="^([0-9]{12})?$")]


class DateSet(Closed):
    limit: str
    due: date
    derivation: str


Said = defstruct("Said", [(name, str | UnsetType, UNSET) for name in words.SAID], forbid_unknown_fields=True)


def entry(event: type[events.Event]) -> type[Struct]:
    """One line of the timeline: what all have, and the facts of this kind of event."""
    common: list[Any] = [
        ("seq", Positive),
        ("label", Literal[(event.label, event.shown)]),
        ("at", Instant),
        ("on", date),
        ("by", str),
        ("clocks", list[DateSet]),
    ]
    optional: list[Any] = [("text", Said | UnsetType, UNSET), ("hash", Hash | UnsetType, UNSET)]
    hints = get_type_hints(event)
    for each in fields(event):
        if each.name in NOT_SHOWN:
            continue
        kind = _kind(event, each.name, hints[each.name])
        if each.name in event.inner or type(None) in getattr(hints[each.name], "__args__", ()):
            optional.append((each.name, kind | UnsetType, UNSET))
        else:
            common.append((each.name, kind))
        if each.name in NAMED:
            optional.append((f"{each.name}_name", str | UnsetType, UNSET))
    if issubclass(event, ByTime):
        optional.append(("noticed_late", str | UnsetType, UNSET))
    return defstruct(
        event.__name__, [*common, *optional], tag_field="event", tag=event.wire, forbid_unknown_fields=True
    )


def _kind(event: type[events.Event], name: str, own: Any) -> Any:
    """The closed list a slice names for this fact (of this event first), else the event's own type without None."""
    listed = words.LISTS.get(f"{event.__name__}/{name}", words.LISTS.get(name))
    if listed is not None:
        return listed
    if own is int:
        return int if name == "days_left" else Count
    if get_origin(own) in (Union, UnionType):
        return next(each for each in get_args(own) if each is not type(None))
    return own


ENTRIES = tuple(entry(event) for event in events.ALL)


class Case(CaseHead, forbid_unknown_fields=True, kw_only=True):
    timeline: list[Union[ENTRIES]]  # type: ignore[valid-type]  # noqa: UP007
    may_take_away: bool
    opinion: WrittenOpinion | None
    rating: Rated | None
    solved: bool | None
    solved_label: str
    citizen_date: date
    next_steps: list[NextStep]
    draft: DraftShown | UnsetType | None = UNSET
    checks: list[CheckShown] | UnsetType = UNSET
    notices: list[NoticeProof] | UnsetType = UNSET
    helper: str | UnsetType = UNSET
    external_number: str | UnsetType = UNSET
    repeat: bool | UnsetType = UNSET
    charged_to: str | UnsetType = UNSET
    charged_to_name: str | UnsetType = UNSET
    merged_with: Merged | UnsetType = UNSET
    merged: list[Number] | UnsetType = UNSET
    merged_opinion: LeadingOpinion | UnsetType | None = UNSET
    filed: FiledFirst | UnsetType = UNSET
    findings: list[WatchFinding] | UnsetType = UNSET
    above: FromAbove | UnsetType | None = UNSET
    booked_days: list[Booked] | UnsetType = UNSET
    category_official: str | UnsetType = UNSET
