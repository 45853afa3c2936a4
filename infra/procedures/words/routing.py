"""Which organ a matter goes to, and back."""

from infra.procedures.words.base import RECEIVING, Variants, When

CHAPTER = RECEIVING
STEPS: dict[str, str] = {}
WHEN: When = {}
SPELLED: dict[str, str] = {}
VARIANTS: Variants = {}
