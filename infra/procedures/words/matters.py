"""Several petitions about one matter."""

from infra.procedures.words.base import RECEIVING, Variants, When

CHAPTER = RECEIVING
STEPS: dict[str, str] = {}
WHEN: When = {}
SPELLED: dict[str, str] = {}
VARIANTS: Variants = {}
