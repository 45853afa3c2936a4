"""Corrections and proxies, and what else petitioners do of their own accord."""

from infra.procedures.words.base import RIGHTS, Variants, When

CHAPTER = RIGHTS
STEPS: dict[str, str] = {}
WHEN: When = {}
SPELLED: dict[str, str] = {}
VARIANTS: Variants = {}
