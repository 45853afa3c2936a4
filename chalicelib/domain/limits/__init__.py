"""Every time limit of a petition: how long, counted how, by whose article, and what follows.

Invariant: a number of days that the law sets is written here once and no profile can change it;
what the law leaves open is a service target and says so.
"""

from collections.abc import Mapping
from types import MappingProxyType

from chalicelib.domain.limits import beside, inspection, local, rights
from chalicelib.domain.limits.base import Party, TimeLimit, Unit
from chalicelib.domain.limits.road import (
    ASK_REVIEW,
    CONSULTATION_TARGET,
    DECIDE_OBJECTION,
    HANDLE,
    INFORM,
    INFORM_DIRECT,
    LIMITS,
    OBJECT,
    RATING,
    REPORT_BACK,
    ROUTE,
    SUGGESTION_TARGET,
)
from chalicelib.domain.values import replace

PETITION: Mapping[str, TimeLimit] = MappingProxyType(
    {limit.name: limit for limit in (*LIMITS, *rights.LIMITS, *beside.LIMITS)}
)

INSPECTION: Mapping[str, TimeLimit] = MappingProxyType({limit.name: limit for limit in inspection.LIMITS})
"""Those of the tasks of supervision, which are no petitions."""
KNOWN: Mapping[str, TimeLimit] = MappingProxyType({**PETITION, **INSPECTION})
"""Every limit that a case of any open procedure may run under."""

TARGETS: Mapping[str, TimeLimit] = MappingProxyType({limit.name: limit for limit in local.TARGETS})
"""Shown beside the limits, and no clock of a case: nobody is reminded of them or late by them."""


def configured(targets: Mapping[str, int]) -> Mapping[str, TimeLimit]:
    """The limits of one profile: it may set the days of its own service targets, never those of the law.

    Raises ValueError for an unknown name, a statutory limit, or a number that is not a positive whole one.
    """
    chosen = {limit.name: limit for limit in local.CHOSEN}
    limits = {**KNOWN, **TARGETS, **chosen}
    for name, number in targets.items():
        limit = limits.get(name)
        if limit is None:
            raise ValueError(f"unknown time limit {name!r}, expected one of {', '.join(sorted(limits))}")
        if limit.kind != "service":
            raise ValueError(f"{name!r} is set by law ({limit.law}), a profile cannot change it")
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            raise ValueError(f"{name!r} needs a positive whole number of days, found {number!r}")
        limits[name] = replace(limit, days=number) if limit.unit == "days" else replace(limit, working_days=number)
    not_made = {local.GENERAL_TARGET.name} if chosen.keys() & targets.keys() else set()
    not_made |= chosen.keys() - targets.keys()
    return MappingProxyType({name: limit for name, limit in limits.items() if name not in not_made})


__all__ = [
    "ASK_REVIEW",
    "CONSULTATION_TARGET",
    "DECIDE_OBJECTION",
    "HANDLE",
    "INFORM",
    "INFORM_DIRECT",
    "INSPECTION",
    "KNOWN",
    "OBJECT",
    "PETITION",
    "RATING",
    "REPORT_BACK",
    "ROUTE",
    "SUGGESTION_TARGET",
    "TARGETS",
    "Party",
    "TimeLimit",
    "Unit",
    "configured",
]
