"""Visits by appointment, supervision and instructions."""

from infra.procedures.words.base import SUPERVISING, Variants, When

CHAPTER = SUPERVISING
STEPS: dict[str, str] = {}
WHEN: When = {}
SPELLED: dict[str, str] = {}
VARIANTS: Variants = {}
