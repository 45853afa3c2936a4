"""How a step is taken in the tests: a case before it, the function of the step, and what it may leave in the open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from chalicelib.domain.case import Case, Change
from chalicelib.domain.elapsing import lapse
from chalicelib.domain.petition import PETITION
from tests.domain.county import RULES, noon

Function = Callable[..., Change]
SECRET = "不可外泄"
"""Put into every free text and every personal field of the scenes; it must never come out into the open."""
Held = dict[str, set[str]]
"""What an open field of text may hold: codes of closed lists, names of offices."""
StagesSaid = dict[str, tuple[str, str]]
"""Stage -> what staff read, and what the petitioner's sentence holds."""


@dataclass(frozen=True)
class Scene:
    """A step as it is really taken: the case before it, and the function of the step."""

    before: Case | None
    function: Function
    take: Callable[[Case | None], Change]


def scene(function: Function, before: Case | None, *args: Any, **named: Any) -> Scene:
    return Scene(before, function, lambda case: function(*((case,) if case else ()), *args, **named, rules=RULES))


def by_law(case: Case, limit: str) -> Scene:
    clock = case.running(limit)
    assert clock is not None
    return Scene(
        case, lapse, lambda _: lapse(PETITION, case, clock, at=noon(clock.due + timedelta(days=1)), rules=RULES)
    )
