"""Several petitions about one matter."""

from tests.domain.scenes.base import Held, Scene, StagesSaid

ACTIONS_SAID: dict[str, str] = {}
STAGES_SAID: StagesSaid = {}
READ_OTHERWISE: set[str] = set()
HELD: Held = {}


def scenes() -> dict[str, Scene]:
    """A scene for each step of this part."""
    return {}
