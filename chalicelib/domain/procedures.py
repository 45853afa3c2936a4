"""The procedures that cases follow, by the name each case carries."""

from collections.abc import Mapping

from chalicelib.domain.case import Case
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Procedure

PROCEDURES: Mapping[str, Procedure] = {PETITION.name: PETITION}


def of(case: Case) -> Procedure:
    """The procedure of a case."""
    return PROCEDURES[case.procedure]
