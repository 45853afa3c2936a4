"""What petitioners do of their own accord."""

from infra.fuzz.steps.base import PETITIONER, Bodies, Paths

GOOD_STEPS: Bodies = {
    "supplement": {"text": "附上物业的收费单。"},
    "urge": {},
    "withdraw": {"reason": "已经解决。"},
}
TAKEN_BY: dict[str, str] = {
    "supplement": PETITIONER,
    "urge": PETITIONER,
    "withdraw": PETITIONER,
}
CLERK_FOR: dict[str, str] = {}
PATH: Paths = {}
