"""An ending that somebody proposed, and what was said in it."""

from datetime import date
from typing import Any

from chalicelib.domain import endings
from chalicelib.domain.case import Actor, Case
from tests.domain import county
from tests.domain.county import HOUSING_CLERK, MARCH, RULES

SAID = {
    "explanation": "双方有劳动合同，属于劳动争议。",
    "where_to": "青山县劳动人事争议仲裁委员会，电话0736-6620001",
    "limit_note": "自知道权利被侵害之日起一年内申请。",
}


def proposed(
    ground: str = "arbitration",
    *,
    case: Case | None = None,
    by: Actor = HOUSING_CLERK,
    on: date = MARCH[4],
    said: dict[str, str] = SAID,
    **more: Any,
) -> Case:
    """A petition for which the unit's clerk proposed an ending on Wednesday the 4th."""
    return endings.propose_ending(
        case or county.forwarded(), ground, **said, **more, by=by, on=on, rules=RULES
    ).case  # what is said is sealed beside the case


def texts(case: Case, said: dict[str, str] = SAID) -> dict[int, dict[str, str]]:
    """What the file holds of it: the words of the proposal, by the number of its event."""
    return {case.facts["proposal"]["seq"]: said}
