"""Whose every day was since a matter was received, here or above, and by when its petitioner should have heard.

The invariant: the shares of all levels are together the days the law gives for forwarding (第二十二条), and the days
of all who had the matter are together the days since it was received.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from chalicelib.domain import limits
from chalicelib.domain.case import PETITIONER, Case
from chalicelib.domain.events.routing import PetitionSucceeded
from chalicelib.domain.intake import CITY, NATIONAL, PROVINCE
from chalicelib.domain.limits.beside import RELAY_COUNTY
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import STAY
from chalicelib.domain.stages import AFTERWARDS, ASSIGNED, DISPUTED, ENDS, FORWARDED, OBJECTED, REGISTERED

COUNTY = "county"
SHARES: Mapping[str, int] = {NATIONAL: 5, PROVINCE: 3, CITY: 3, COUNTY: RELAY_COUNTY.days or 0}
"""How many of the days for forwarding each level has, highest first. No text of the law: see the limit's note."""

Passed = tuple[date, str, Mapping[str, Any]]
"""An event as it was recorded: its day, its wire name, its open facts."""

_GIVEN, _SENDERS, _ENDED = (FORWARDED, ASSIGNED, DISPUTED), (REGISTERED, OBJECTED), (*AFTERWARDS, *ENDS)
_LEADS_TO = {
    **{move.emits.wire: move.to for move in PETITION.automatic},
    **{step.emits.wire: step.to for step in PETITION.steps},
}


def first_receipt(case: Case) -> date:
    """The day on which the first organ had it: above, or here."""
    return min((case.received_on, *_above(case).values()))


def citizen_date(case: Case) -> date:
    """By when the petitioner should have heard in writing how it is handled. No hand-over moves it.

    第二十二条: 15日 to forward; 第二十三条: 15日 to inform. A service figure: each organ answers for its own days.
    """
    own = ("inform_direct",) if case.facts["direct"] and not case.facts.get("from_above") else ("route", "inform")
    return first_receipt(case) + timedelta(days=sum(limits.PETITION[name].days or 0 for name in own))


def booked_days(case: Case, passed: Iterable[Passed], *, until: date) -> dict[str, int]:
    """Who had the matter for how many days, in the order in which they first had it.

    As everywhere, the day of a hand-over belongs to who hands over. While an objection is looked at, the days are
    the sender's: the unit's own limit goes on, but it is not the one who has to act. An answered matter is with the
    petitioner.
    """
    found: dict[str, int] = {}
    turns = [*_holders(case, passed)]
    for (holder, since), (_, ends) in zip(turns, [*turns[1:], ("", until)], strict=True):
        days = (min(ends, until) - min(since, until)).days
        found[holder] = found.get(holder, 0) + days
    return {holder: days for holder, days in found.items() if days}


def _holders(case: Case, passed: Iterable[Passed]) -> Iterator[tuple[str, date]]:
    """Everybody who had it, and since when."""
    yield from sorted(_above(case).items(), key=lambda held: held[1])
    office = holder = ""
    for on, wire, data in passed:
        if not office:
            office = holder = str(data["office"])
            yield holder, case.received_on
            continue
        if wire == PetitionSucceeded.wire and data["org"] == office:
            office = str(data["to"])
        now = _holder(wire, data, office, holder)
        if now != holder:
            holder = now
            yield holder, on


def _holder(wire: str, data: Mapping[str, Any], office: str, holder: str) -> str:
    """Who has to act after an event."""
    stage = _LEADS_TO.get(wire, "")
    if stage in _GIVEN or (wire == PetitionSucceeded.wire and data["org"] == holder):
        return str(data["to"])
    if stage in _SENDERS:
        return office
    if stage in _ENDED:
        return PETITIONER
    moved = bool(stage) and stage != STAY
    return str(data.get("org", holder)) if moved else holder


def _above(case: Case) -> dict[str, date]:
    return {level: date.fromisoformat(at) for level, at in case.facts.get("above_received", {}).items()}
