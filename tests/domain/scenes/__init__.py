"""Every step of every part taken once, and what it is called: one module for each part of the procedure.

A part has `scenes()` by action, `ACTIONS_SAID` and `STAGES_SAID` (the words that were agreed), `READ_OTHERWISE`
(actions after which the petitioner reads another sentence than that of the stage), and `HELD` (what open fields hold).
"""

from infra.slices import merged, parts
from tests.domain.scenes import inspection
from tests.domain.scenes.base import SECRET, Held, Scene

PARTS = parts(__name__)

ACTIONS_SAID = merged(part.ACTIONS_SAID for part in PARTS)
STAGES_SAID = merged(part.STAGES_SAID for part in PARTS)
READ_OTHERWISE = set().union(*(part.READ_OTHERWISE for part in PARTS))
HELD: Held = {}
for _part in (*PARTS, inspection):
    for _field, _codes in _part.HELD.items():
        HELD[_field] = HELD.get(_field, set()) | _codes


def petition_scenes() -> dict[str, Scene]:
    """A scene for each step of a petition."""
    return merged(part.scenes() for part in PARTS)


__all__ = ["ACTIONS_SAID", "HELD", "READ_OTHERWISE", "SECRET", "STAGES_SAID", "Scene", "petition_scenes"]
