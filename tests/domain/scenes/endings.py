"""Endings other than an opinion."""

from chalicelib.domain import endings, intake
from chalicelib.domain.case import BUREAU, Actor
from tests.domain import county
from tests.domain.county import BUREAU_CLERK, HOUSING_CLERK, HOUSING_HEAD, MARCH
from tests.domain.proposals import proposed, texts
from tests.domain.scenes.base import SECRET, Held, Scene, StagesSaid, scene

ACTIONS_SAID: dict[str, str] = {
    "propose_ending": "拟定结论",
    "return_proposal": "退回重拟",
    "decline": "不予受理",
    "divert": "导入法定途径",
    "transfer": "转有关机关",
    "not_take_again": "不再受理",
}
STAGES_SAID: StagesSaid = {
    "declined": ("不予受理", "不能受理，原因见告知书"),
    "diverted": ("已导入法定途径", "应由"),
    "transferred": ("已转有关机关", "已转有关机关依法处理"),
    "not_taken_again": ("不再受理", "不再受理，原因见告知书"),
}
READ_OTHERWISE: set[str] = set()
HELD: Held = {
    "ending": set(endings.GROUNDS_OF),
    "ground": set(endings.ENDING_OF),
    "route": set(intake.ROUTES),
}
ANOTHER_AT_THE_BUREAU = Actor(BUREAU, "bureau", "bureau2")
TOLD = {"explanation": SECRET, "where_to": SECRET, "limit_note": SECRET}


def scenes() -> dict[str, Scene]:
    """A scene for each step of this part."""
    fourth = {"by": HOUSING_CLERK, "on": MARCH[4]}
    head = {"by": HOUSING_HEAD, "on": MARCH[5]}
    led = proposed(said=TOLD)
    pending = proposed("pending_elsewhere", said=TOLD)
    again = proposed("rereviewed", said=TOLD, earlier=county.NUMBER, earlier_final=True)
    lawsuit = proposed("political_legal", case=county.registered(), by=ANOTHER_AT_THE_BUREAU, said=TOLD)
    by_bureau = {"by": BUREAU_CLERK, "on": MARCH[5]}
    return {
        "propose_ending": scene(endings.propose_ending, county.forwarded(), "arbitration", SECRET, SECRET, **fourth),
        "return_proposal": scene(endings.return_proposal, led, SECRET, **head),
        "decline": scene(endings.decline, pending, texts(pending, TOLD), SECRET, **head),
        "divert": scene(endings.divert, led, texts(led, TOLD), SECRET, **head),
        "transfer": scene(endings.transfer, lawsuit, texts(lawsuit, TOLD), SECRET, **by_bureau),
        "not_take_again": scene(endings.not_take_again, again, texts(again, TOLD), SECRET, **head),
    }
