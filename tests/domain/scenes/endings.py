"""Endings other than an opinion."""

from tests.domain.scenes.base import Held, Scene, StagesSaid

ACTIONS_SAID: dict[str, str] = {}
STAGES_SAID: StagesSaid = {
    "transferred": ("已转有关机关", "已转有关机关依法处理"),
    "not_taken_again": ("不再受理", "不再受理，原因见告知书"),
}
READ_OTHERWISE: set[str] = set()
HELD: Held = {}


def scenes() -> dict[str, Scene]:
    """A scene for each step of this part."""
    return {}
