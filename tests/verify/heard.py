"""A case told day by day up to a re-review, and hearings there that stop its clock (第三十六条), as it is exported.

The re-review was asked for on Friday, May 8th 2026: it is to be decided by Sunday, June 7th.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from chalicelib.domain import gates, handling, hearing, intake, own_steps, receiving, reviewing
from chalicelib.domain import opinion as chain
from chalicelib.domain.case import Actor, Case, Change
from chalicelib.domain.reviewing import Service
from infra.traces.exports import exported_for, recorded
from tests.domain import county, upper
from tests.domain.county import BUREAU_CLERK, CITIZEN, HOUSING_CLERK, HOUSING_HEAD, HOUSING_READER, MARCH, RULES, TREE
from tests.domain.upper import APRIL, MAY

Step = tuple[date, Callable[[Case, dict[str, Any]], Change]]
"""A day, and what is done on it: `by` is who (unless the step says so), and `how` the day and the rules."""
BUREAU: dict[str, Any] = {"by": BUREAU_CLERK}
UNIT: dict[str, Any] = {"by": HOUSING_CLERK}
OPINION = county.opinion(intake.EXPLAIN, intake.EXPLAIN)

ROAD: tuple[Step, ...] = (
    (MARCH[3], lambda case, how: receiving.forward(case, "housing", tree=TREE, **BUREAU, **how)),
    (MARCH[4], lambda case, how: receiving.accept(case, _track(case), "housing-clerk", **UNIT, **how)),
    (MARCH[9], lambda case, how: chain.hear_petitioner(case, "call", how["on"], "说明了收费的经过", **UNIT, **how)),
    (MARCH[10], lambda case, how: chain.investigate(case, "visit", how["on"], "查看了收费台账", **UNIT, **how)),
    (MARCH[12], lambda case, how: chain.draft_reply(case, OPINION, claims=county.CLAIMS, **UNIT, **how)),
    (MARCH[13], lambda case, how: chain.second_read(case, by=HOUSING_READER, **how)),
    (MARCH[16], lambda case, how: chain.sign(case, OPINION.text(), CHECKS, "已核对", by=HOUSING_HEAD, **how)),
    (MARCH[17], lambda case, how: handling.serve(case, "online", how["on"], cause="conduct", **UNIT, **how)),
    (APRIL[1], lambda case, how: upper.ask(case, on=how["on"])),
    (APRIL[20], lambda case, how: reviewing.decide_review(case, upper.decision(), **BUREAU, **how)),
    (APRIL[21], lambda case, how: reviewing.serve_review(case, Service("online", how["on"]), **BUREAU, **how)),
    (MAY[8], lambda case, how: upper.ask_again(case, on=how["on"])),
)
CHECKS = tuple(gates.CHECKS)


def announced(on: date, day: date) -> Step:
    """A hearing is announced: the clock stands still from this day on."""
    said = upper.announcement(day)
    return on, lambda case, how: hearing.announce_hearing(case, said, tree=TREE, **BUREAU, **how)


def held(on: date) -> Step:
    """It goes on from the day after."""
    return on, lambda case, how: hearing.hold_hearing(case, on, "各方到场", "笔录", "应当退还", **BUREAU, **how)


def declined(on: date) -> Step:
    """It is not held after all."""
    return on, lambda case, how: hearing.decline_hearing(case, "双方已经和解", **BUREAU, **how)


def withdrawn(on: date) -> Step:
    """The matter ends while the clock stands still."""
    return on, lambda case, how: own_steps.withdraw(case, by=CITIZEN, **how)


def heard(by: Actor, until: date, *steps: Step) -> bytes:
    """The export for somebody, on this day, of a case in which these steps followed upon the request."""
    office, contact, filing = TREE.offices["bureau"], county.CONTACT, county.filing()
    change = receiving.register(
        county.NUMBER, filing, contact, office, by=CITIZEN, at=county.noon(MARCH[2]), rules=RULES
    )
    changes, version = [(MARCH[2], change)], len(change.happened)
    for on, step in (*ROAD, *steps):
        change = step(replace(change.case, version=version), {"on": on, "rules": RULES})
        changes.append((on, change))
        version += len(change.happened)
    file, at = recorded(changes, until)
    return exported_for(by, file, at, RULES)


def _track(case: Case) -> str:
    return intake.TRACK_OF_KIND[case.facts["kind"]]
