"""The procedures that cases follow, by the name each case carries."""

from collections.abc import Mapping

from chalicelib.domain.case import Case
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Procedure
from chalicelib.domain.report import PROCEDURE as REPORT

PROCEDURES: Mapping[str, Procedure] = {each.name: each for each in (PETITION, REPORT)}


def of(case: Case) -> Procedure:
    """The procedure of a case."""
    return PROCEDURES[case.procedure]
