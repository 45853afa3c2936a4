"""One trace: a case from its registration on, in the hands of whoever comes along, until time is up.

After every step: the dates are counted again, nothing moved that no event moved, somebody has the next duty or the
matter has ended, and no right was lost other than by being used or by running out.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

import msgspec

from chalicelib.api.acting import Acting
from chalicelib.api.steps import every_call
from chalicelib.clock import CHINA
from chalicelib.domain import intake, procedures, receiving
from chalicelib.domain.case import LEAD, PETITIONER, Actor, Case, Change
from chalicelib.domain.dated import lacks_a_date
from chalicelib.domain.elapsing import elapse
from chalicelib.domain.errors import DomainError
from chalicelib.domain.intake import Contact, Filing
from chalicelib.domain.procedure import STAY, Step, next_steps
from chalicelib.domain.stages import SETTLED, UNDER_WAY, WITHDRAWN
from chalicelib.store.table import Busy
from infra.traces.oracle import Oracle, oracle
from infra.traces.world import PEOPLE, RULES, SCENE, TREE, accounts_of_the_profile, body

SEALS = ("attach", "attach_evidence")
"""They seal a file beside the case, and have no key here."""
CALLS = {action: call for action, call in every_call().items() if call.taken is None and action not in SEALS}
"""Steps of one case; what two cases do together is played in `tests/store/test_pairs.py`."""
STEPS, MOSTLY = 40, 0.85
SELDOM = ("withdraw", "decline", "divert", "transfer", "propose_ending", "settle", "reclassify", "succeed")
"""Steps that end a matter early or turn it round: mostly something else is tried."""
TOWARDS_AN_OPINION = (
    "hear_petitioner", "investigate", "draft_reply", "second_read", "send_file", "answer_jointly", "check_signal",
)  # fmt: skip
"""They leave the matter where it stands, but nothing goes on without them."""
RIGHTS = ("ask_review", "ask_rereview")
GIVEN_ANEW = (*UNDER_WAY, SETTLED, WITHDRAWN)
"""A matter that is handled anew gets a new opinion, and with it the right against it; an end by own will needs none."""
FIRST, SPAN = date(2025, 1, 6), 330
NUMBER = "260000000000"


@dataclass
class Trace:
    """What happened in one trace, and what was wrong with it."""

    seed: int
    wrong: list[str] = field(default_factory=list)
    taken: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    dates: int = 0
    stages: set[str] = field(default_factory=set)
    on: date = FIRST
    kept: list[tuple[date, Change]] | None = None
    """What was committed and when, for whoever asks for it."""


@accounts_of_the_profile()
def trace(seed: int, *, keep: bool = False) -> Trace:
    """Play one trace; the same seed plays the same one."""
    chance, found = random.Random(seed), Trace(seed, kept=[] if keep else None)
    on = found.on = FIRST + timedelta(days=chance.randrange(SPAN))
    case, texts, told = _registered(chance, on, found)
    for _ in range(chance.randint(5, STEPS)):
        on += timedelta(days=chance.choice((0, 0, 0, 0, 0, 1, 1, 2, 3, 8, 25)))
        found.on = on
        case = _let_time_pass(case, on, told, texts, found)
        before, case = case, _somebody_acts(case, on, told, texts, chance, found)
        found.stages.add(case.stage)
        if case is not before:
            found.wrong += _unfit(case, is_elsewhere=(case.stage, case.desks) != (before.stage, before.desks))
        if found.wrong:
            break
    return found


def _registered(chance: random.Random, on: date, found: Trace) -> tuple[Case, dict[int, Any], Oracle]:
    kind = chance.choice((intake.GRIEVANCE, intake.GRIEVANCE, intake.SUGGESTION, intake.CONSULTATION))
    filing = Filing(
        kind=kind,
        channel=chance.choice(("web", "letter", "visit")),
        received_on=on - timedelta(days=chance.choice((0, 0, 2))),
        title="路灯不亮",
        text="村口的路灯坏了三个月。",
        claims=("修好路灯", "说明原因")[: chance.choice((0, 1, 1, 1, 2))],
    )
    contact = Contact("周桂兰", "19900990001", "青溪镇") if chance.random() < 0.9 else Contact()
    office = TREE.offices[chance.choice(("bureau", "bureau", "housing"))]
    at = datetime.combine(on, time(9), CHINA)
    change = receiving.register(
        NUMBER, filing, contact, office, by=Actor(PETITIONER), at=at, rules=RULES, person="p", bureau="bureau"
    )
    told, texts = oracle(RULES.limits), {}
    return _applied(change.case, change, told, texts, found), texts, told


def _let_time_pass(case: Case, on: date, told: Oracle, texts: dict[int, Any], found: Trace) -> Case:
    procedure = procedures.of(case)
    while change := elapse(procedure, case, at=datetime.combine(on, time(9), CHINA), rules=RULES):
        case = _applied(case, change, told, texts, found)
    return case


def _somebody_acts(
    case: Case, on: date, told: Oracle, texts: dict[int, Any], chance: random.Random, found: Trace
) -> Case:
    action, by = _choice(case, chance)
    call = CALLS[action]
    try:
        asked = body(action, call.body, case, on, chance)
    except msgspec.ValidationError:
        return case
    try:
        change = call.decide(Acting(case, by, on, TREE, RULES, texts), asked)
    except (DomainError, Busy):  # Busy: it would look up another case, and there is no table here
        found.refused += 1
        return case
    except Exception as error:  # a fault of ours: no input may end so
        found.wrong.append(f"{action} by {by.role}: {type(error).__name__}: {error}")
        return case
    found.taken[action] += 1
    return _applied(case, change, told, texts, found)


def _choice(case: Case, chance: random.Random) -> tuple[str, Actor]:
    """Mostly something that is offered to somebody; now and then anything by anybody."""
    if chance.random() < MOSTLY:
        people = chance.sample(PEOPLE, len(PEOPLE))
        for by in people:
            offered = [step for step in next_steps(procedures.of(case), case, by) if step.action in CALLS]
            wanted = [step.action for step in offered if chance.random() < _liking(step)]
            if wanted:
                return chance.choice(wanted), by
    return chance.choice(tuple(CALLS)), chance.choice(PEOPLE)


def _liking(step: Step) -> float:
    """What moves the matter on is tried more often than what happens beside its road."""
    if step.action in SELDOM:
        return 0.1
    return 1.0 if _moves_on(step) else 0.12


def _moves_on(step: Step) -> bool:
    return step.to != STAY or step.action in TOWARDS_AN_OPINION


def _applied(before: Case, change: Change, told: Oracle, texts: dict[int, Any], found: Trace) -> Case:
    """The case as a commit would leave it; the oracle hears every event."""
    version = before.version
    for happened in change.happened:
        version += 1
        texts[version] = dict(happened.event.text)
        found.dates += len(happened.event.clocks)
        found.wrong += told.hear(happened.event)
    found.wrong += told.moved(before, change.case, change.events)
    if found.kept is not None:
        found.kept.append((found.on, change))
    return replace(change.case, version=version)


def _unfit(case: Case, *, is_elsewhere: bool) -> Iterator[str]:
    """What no case may be; who can go on is asked where stage or desks are others than before."""
    leading = [desk.org for desk in case.desks if LEAD in desk.capacities]
    if len(leading) != 1:
        yield f"{case.stage}: {len(leading)} offices lead"
    in_scene = all(desk.org in SCENE for desk in case.desks)
    if is_elsewhere and case.stage in UNDER_WAY and in_scene and not _somebody_can_go_on(case):
        yield f"{case.stage}: nobody can go on"
    if lacks_a_date(case):
        yield f"{case.stage}: nobody has a date"
    for limit in RIGHTS:
        clock = case.clock(limit)
        if clock is not None and clock.ending == "moot" and case.stage not in GIVEN_ANEW:
            yield f"{limit} was taken away"


def _somebody_can_go_on(case: Case) -> bool:
    procedure = procedures.of(case)
    leading = {desk.org for desk in case.desks if LEAD in desk.capacities}
    people = sorted(PEOPLE, key=lambda by: by.org not in leading)
    return any(
        by.role != PETITIONER and any(_moves_on(step) for step in next_steps(procedure, case, by)) for by in people
    )


__all__ = ["SCENE", "Trace", "trace"]
