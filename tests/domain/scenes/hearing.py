"""Hearings."""

from tests.domain.scenes.base import Held, Scene, StagesSaid

ACTIONS_SAID: dict[str, str] = {}
STAGES_SAID: StagesSaid = {
    "settled": ("已调解（和解）办结", "已达成协议"),
}
READ_OTHERWISE: set[str] = set()
HELD: Held = {}


def scenes() -> dict[str, Scene]:
    """A scene for each step of this part."""
    return {}
