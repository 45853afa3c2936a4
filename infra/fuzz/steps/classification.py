"""What kind of matter it is, and repeated ones."""

from infra.fuzz.steps.base import Bodies, Paths

GOOD_STEPS: Bodies = {}
TAKEN_BY: dict[str, str] = {}
CLERK_FOR: dict[str, str] = {}
PATH: Paths = {}
