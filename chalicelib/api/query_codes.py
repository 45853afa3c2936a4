"""Number and query code together open a case: one check for everybody who comes with them."""

from hmac import compare_digest

from chalicelib.domain.case import INSPECTION, Case
from chalicelib.domain.numbers import is_case_number
from chalicelib.domain.people import code_version
from chalicelib.store import guard
from chalicelib.store.tenant import cases


def check(number: str, query_code: str, case: Case | None, *, report: bool = False) -> int:
    """The version of the code, or guard.CodeRefused unless it is the code of this petition or report.

    A wrong number, one that was never given out, one of a task of supervision (nobody outside has its code) and a wrong
    code are told alike, after the same comparison.
    """
    version = code_version(case.facts) if case else 1
    wanted = cases().query_code(number, version)
    exists = report or (case is not None and case.procedure != INSPECTION)
    if not (compare_digest(wanted.encode(), query_code.encode()) and exists and is_case_number(number)):
        raise guard.CodeRefused("编号或者查询码不正确，请对照短信或回执核对", "/query_code")
    return version
