"""What a unit promised to have done by a date."""

from infra.procedures.words.base import HANDLING, Variants, When

CHAPTER = HANDLING
STEPS: dict[str, str] = {}
WHEN: When = {}
SPELLED: dict[str, str] = {}
VARIANTS: Variants = {}
