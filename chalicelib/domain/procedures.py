"""The procedures that cases follow: which table it is, the case says itself."""

from collections.abc import Mapping

from chalicelib.domain.case import Case
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Procedure, Step
from chalicelib.domain.tables.inspection import INSPECTION

PROCEDURES: Mapping[str, Procedure] = {each.name: each for each in (PETITION, INSPECTION)}


def of(case: Case) -> Procedure:
    """The procedure of a case."""
    return PROCEDURES[case.procedure]


def rows() -> dict[str, Step]:
    """Action -> its row, over all procedures; the first that has an action speaks for it."""
    found: dict[str, Step] = {}
    for procedure in PROCEDURES.values():
        for step in procedure.steps:
            found.setdefault(step.action, step)
    return found
