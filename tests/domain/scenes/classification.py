"""What kind of matter it is, and repeated ones."""

from chalicelib.domain import intake, tracks
from tests.domain import county
from tests.domain.county import HOUSING_CLERK, MARCH
from tests.domain.scenes.base import SECRET, Held, Scene, StagesSaid, scene

ACTIONS_SAID: dict[str, str] = {"reclassify": "更正类别"}
STAGES_SAID: StagesSaid = {}
READ_OTHERWISE: set[str] = set()
HELD: Held = {"kind_before": set(intake.KINDS), "track_before": set(intake.TRACKS)}


def scenes() -> dict[str, Scene]:
    """A scene for each step of this part."""
    return {
        "reclassify": scene(tracks.reclassify, county.accepted(), SECRET, "suggestion", by=HOUSING_CLERK, on=MARCH[20]),
    }
