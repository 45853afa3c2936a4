"""The simple way of handling."""

from infra.procedures.words.base import HANDLING, Variants, When

CHAPTER = HANDLING
STEPS: dict[str, str] = {}
WHEN: When = {}
SPELLED: dict[str, str] = {}
VARIANTS: Variants = {}
