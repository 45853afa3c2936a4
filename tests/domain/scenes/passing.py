"""What passes by itself, or over everybody."""

from chalicelib.domain import force_majeure
from chalicelib.domain.reaching_upward import GAPS, POSTS
from tests.domain import county
from tests.domain.county import BUREAU_CLERK, MARCH
from tests.domain.scenes.base import SECRET, Held, Scene, StagesSaid, scene

ACTIONS_SAID: dict[str, str] = {"record_force_majeure": "登记不可抗力认定"}
STAGES_SAID: StagesSaid = {}
READ_OTHERWISE: set[str] = {"record_force_majeure"}
HELD: Held = {
    "whom": set(POSTS),
    "gap": set(GAPS),
    "place": {"housing"},
    "instead": {"bureau"},
    "calendar": {"cn-2026.1"},
    "rights": {"ask_review", "ask_rereview", "rating"},
}


def scenes() -> dict[str, Scene]:
    """A scene for each step of this part."""
    return {
        "record_force_majeure": scene(
            force_majeure.record_force_majeure, county.served(), MARCH[18], MARCH[20], SECRET, SECRET, SECRET, SECRET,
            by=BUREAU_CLERK, on=MARCH[23],
        ),
    }  # fmt: skip
