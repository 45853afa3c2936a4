"""What petitioners do of their own accord."""

from chalicelib.domain import own_steps
from tests.domain import county
from tests.domain.county import CITIZEN, MARCH
from tests.domain.scenes.base import SECRET, Held, Scene, StagesSaid, scene

ACTIONS_SAID: dict[str, str] = {
    "supplement": "补充材料",
    "urge": "催办",
    "withdraw": "撤回登记",
}
STAGES_SAID: StagesSaid = {
    "withdrawn": ("已撤回", "您已撤回"),
}
READ_OTHERWISE: set[str] = set()
HELD: Held = {}


def scenes() -> dict[str, Scene]:
    """A scene for each step of this part."""
    return {
        "supplement": scene(own_steps.supplement, county.accepted(), SECRET, by=CITIZEN, on=MARCH[20]),
        "urge": scene(own_steps.urge, county.accepted(), by=CITIZEN, on=MARCH[20]),
        "withdraw": scene(own_steps.withdraw, county.accepted(), SECRET, by=CITIZEN, on=MARCH[20]),
    }
