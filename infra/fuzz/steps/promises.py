"""What a unit promised to have done by a date."""

from infra.fuzz.steps.base import Bodies, Paths

GOOD_STEPS: Bodies = {}
TAKEN_BY: dict[str, str] = {}
CLERK_FOR: dict[str, str] = {}
PATH: Paths = {}
