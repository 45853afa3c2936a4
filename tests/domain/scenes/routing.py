"""Which organ a matter goes to, and back."""

from tests.domain.scenes.base import Held, Scene, StagesSaid

ACTIONS_SAID: dict[str, str] = {}
STAGES_SAID: StagesSaid = {
    "disputed": ("争议待裁定", "正在协调由哪个单位办"),
}
READ_OTHERWISE: set[str] = set()
HELD: Held = {}


def scenes() -> dict[str, Scene]:
    """A scene for each step of this part."""
    return {}
