"""Bulk notices: no steps of a case, but routes whose last word says who calls them. Whoever writes releases none."""

from infra.fuzz.steps.base import BUREAU, LEADER, Bodies, Paths

GOOD_STEPS: Bodies = {}
TAKEN_BY: dict[str, str] = {}
CLERK_FOR: dict[str, str] = {"release": LEADER, "stop": BUREAU}
PATH: Paths = {}
