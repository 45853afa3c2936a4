"""Corrections and proxies, and what else petitioners do of their own accord."""

from infra.fuzz.steps.base import Bodies, Paths

GOOD_STEPS: Bodies = {}
TAKEN_BY: dict[str, str] = {}
CLERK_FOR: dict[str, str] = {}
PATH: Paths = {}
