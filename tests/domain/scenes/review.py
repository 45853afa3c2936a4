"""Review and second review."""

from tests.domain.scenes.base import Held, Scene, StagesSaid

ACTIONS_SAID: dict[str, str] = {}
STAGES_SAID: StagesSaid = {
    "under_review": ("复查中", "正在复查"),
    "reviewed": ("已复查", "复查意见已出"),
    "redo": ("重新办理中", "正在重新办理"),
    "under_rereview": ("复核中", "正在复核"),
    "rereviewed": ("已复核", "复核意见已出"),
}
READ_OTHERWISE: set[str] = set()
HELD: Held = {}


def scenes() -> dict[str, Scene]:
    """A scene for each step of this part."""
    return {}
