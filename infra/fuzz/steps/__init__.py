"""How each step is taken as it should be: one module for each part of the procedure.

A part says, by action: `GOOD_STEPS` a body that is accepted; `TAKEN_BY` whose step it is, unless it is the unit's
clerk's; `CLERK_FOR` who takes it as staff, where a petitioner may too; and `PATH` how a petition comes to where it can
be taken, unless a forwarding is enough. An action is the last word of a route: one that is no step of a case may have a
body and a taker in the same way.
"""

from infra.fuzz.steps import announcing, inspection, misconduct
from infra.fuzz.steps.base import UNIT, Bodies, Body, Move, Paths
from infra.slices import merged, parts

PARTS = (*parts(__name__), announcing, inspection, misconduct)

GOOD_STEPS: Bodies = merged(part.GOOD_STEPS for part in PARTS)
TAKEN_BY: dict[str, str] = merged(part.TAKEN_BY for part in PARTS)
CLERK_FOR: dict[str, str] = merged(part.CLERK_FOR for part in PARTS)
PATH: Paths = merged(part.PATH for part in PARTS)
UNREACHED = frozenset(action for part in PARTS for action in getattr(part, "UNREACHED", ())) | {"sms", "inclusion"}
"""Actions that no interface alone brings a case to, or not within a day (a root comes at night): stories take them.
And the callback of an SMS gateway, whose signature nobody here can make.
"""
FORWARDED: tuple[Move, ...] = ("forward",)


def whose(action: str) -> str:
    """Who takes this step."""
    return TAKEN_BY.get(action, UNIT)


def path(action: str) -> tuple[Move, ...]:
    """The steps that bring a fresh petition to where this one can be taken."""
    return PATH.get(action, FORWARDED)


def move(step: Move) -> tuple[str, Body, str]:
    """A step on the way in full: action, body, and who takes it."""
    return (step, GOOD_STEPS[step], whose(step)) if isinstance(step, str) else step
