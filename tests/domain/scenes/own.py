"""The people of a petition."""

from chalicelib.domain import own
from tests.domain import county
from tests.domain.county import CITIZEN, CROWD, MARCH, STRANGER
from tests.domain.scenes.base import SECRET, Held, Scene, StagesSaid, scene

ACTIONS_SAID: dict[str, str] = {"revoke_proxy": "撤销代理", "join": "一起反映"}
STAGES_SAID: StagesSaid = {}
READ_OTHERWISE: set[str] = set()
HELD: Held = {}


def scenes() -> dict[str, Scene]:
    """A scene for each step of this part."""
    return {
        "revoke_proxy": scene(own.revoke_proxy, county.forwarded(contact=CROWD), SECRET, by=CITIZEN, on=MARCH[4]),
        "join": scene(own.join, county.forwarded(open_to_join=True), by=STRANGER, on=MARCH[4]),
    }
