"""Opinions, and the material asked for before one is given."""

from infra.procedures.words.base import HANDLING, Variants, When

CHAPTER = HANDLING
STEPS: dict[str, str] = {}
WHEN: When = {}
SPELLED: dict[str, str] = {}
VARIANTS: Variants = {}
