"""What kind of matter it is, and repeated ones."""

from infra.fuzz.steps.base import Bodies, Paths

GOOD_STEPS: Bodies = {
    "reclassify": {"kind": "consultation", "reason": "信访人说明只是询问停车收费政策。"},
    "guide": {"answers": {"purpose": "solve", "court": "no", "arbitration": "labour"}},
}
TAKEN_BY: dict[str, str] = {}
CLERK_FOR: dict[str, str] = {}
PATH: Paths = {}
