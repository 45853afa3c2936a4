"""How a matter ends without an opinion: one person proposes it, another one confirms it."""

from typing import Any

from tests.stories.conftest import Person

NOT_OURS = {"ground": "not_our_competence", "where_to": "县人社局", "explanation": "不属本局职权"}
PENDING = {"ground": "pending_elsewhere", "explanation": "已由市信访局受理"}
ARBITRATION = {"ground": "arbitration", "where_to": "县劳动人事争议仲裁委员会", "explanation": "属于劳动争议"}


def ended(number: str, action: str, proposal: dict[str, Any], first: Person, second: Person) -> Any:
    """The case as it stands once the second person has confirmed it."""
    first.step(number, "propose_ending", proposal)
    return second.step(number, action, {"note": "同意"})
