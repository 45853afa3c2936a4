"""Number and query code together open a case: one check for everybody who comes with them."""

from hmac import compare_digest

from chalicelib.domain.numbers import is_case_number
from chalicelib.store import guard
from chalicelib.store.tenant import cases


def check(number: str, query_code: str, version: int, *, exists: bool) -> None:
    """Raise guard.CodeRefused unless this is the number's code in the version it is at.

    A wrong number, one that was never given out and a wrong code are told alike, after the same comparison.
    """
    wanted = cases().query_code(number, version)
    if not (compare_digest(wanted.encode(), query_code.encode()) and exists and is_case_number(number)):
        raise guard.CodeRefused("编号或者查询码不正确，请对照短信或回执核对", "/query_code")
