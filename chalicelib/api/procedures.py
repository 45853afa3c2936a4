"""The procedures by name: which table a case follows, the case says itself."""

from chalicelib.domain.case import Case
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Procedure, Step

PROCEDURES: dict[str, Procedure] = {each.name: each for each in (PETITION,)}


def of(case: Case) -> Procedure:
    """The procedure this case follows."""
    return PROCEDURES[case.procedure]


def rows() -> dict[str, Step]:
    """Action -> its row, over all procedures; the first that has an action speaks for it."""
    found: dict[str, Step] = {}
    for procedure in PROCEDURES.values():
        for step in procedure.steps:
            found.setdefault(step.action, step)
    return found
