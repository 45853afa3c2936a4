"""Recusal."""

from chalicelib.domain import recusing
from tests.domain import county
from tests.domain.county import CITIZEN, HOUSING_HEAD, MARCH, RULES, TREE
from tests.domain.scenes.base import SECRET, Held, Scene, StagesSaid, scene

ACTIONS_SAID: dict[str, str] = {"ask_recusal": "申请回避", "decide_recusal": "决定回避"}
STAGES_SAID: StagesSaid = {}
READ_OTHERWISE: set[str] = set()
HELD: Held = {
    "post": set(recusing.POSTS),
    "user": {"housing-clerk"},
    "users": {"housing-clerk"},
    "successor": {"housing-clerk2"},
}


def scenes() -> dict[str, Scene]:
    """A scene for each step of this part."""
    asked = recusing.ask_recusal(
        county.accepted(), "undertaker", SECRET, tree=TREE, by=CITIZEN, on=MARCH[5], rules=RULES
    ).case
    return {
        "ask_recusal": scene(
            recusing.ask_recusal, county.accepted(), "undertaker", SECRET, tree=TREE, by=CITIZEN, on=MARCH[5]
        ),
        "decide_recusal": scene(
            recusing.decide_recusal, asked, True, ("housing-clerk",), SECRET, "housing-clerk2",
            by=HOUSING_HEAD, on=MARCH[6],
        ),
    }  # fmt: skip
