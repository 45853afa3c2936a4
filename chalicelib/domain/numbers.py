"""Case numbers and query codes: numbers that are read over the phone, typed on old handsets and never guessed.

Invariant: one wrong digit in a case number is told before anything is looked up.
"""

import hashlib
import hmac
import re
from collections.abc import Callable

_FULL_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
# What phones and word processors put between digits: every space, every dash, and the invisible
# characters that come along when a number is copied from a chat.
_BETWEEN = re.compile("[\\s\\u200b-\\u200f\\u2060\\ufeff\\u00ad\\-\\u2010-\\u2015\\u2212\\ufe58\\ufe63]+")


def case_number(year: int, random_below: Callable[[int], int]) -> str:
    """Two digits of the year, nine random ones, one check digit; random, so that nobody can count our cases."""
    eleven = f"{year % 100:02d}{random_below(10**9):09d}"
    return eleven + check_digit(eleven)


def check_digit(digits: str) -> str:
    """ISO 7064 MOD 11,10: finds every wrong digit, and 98 of 100 swapped neighbours."""
    if not re.fullmatch("[0-9]+", digits):
        raise ValueError("a check digit needs decimal digits only")
    product = 10
    for digit in digits:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def is_case_number(text: str) -> bool:
    """Twelve digits whose last one checks; the text must be normalised already."""
    return re.fullmatch("[0-9]{12}", text) is not None and check_digit(text[:11]) == text[11]


def normalise(text: str) -> str:
    """The number as a person may write it, made comparable: full-width forms to ASCII, no spaces or hyphens."""
    return _BETWEEN.sub("", text.translate(_FULL_WIDTH))


def in_threes(number: str) -> str:
    """The way a number is read out and printed: `260 123 456 789`."""
    return " ".join(number[at : at + 3] for at in range(0, len(number), 3))


def query_code(key: bytes, case_id: str, version: int) -> str:
    """Sixteen digits that only the holder of `key` can make: never stored, so it can be sent again and replaced.

    The whole digest is reduced: 256 bits over 10**16 leave a bias below 2**-200.
    """
    if not key:
        raise ValueError("a query code needs a key")
    digest = hmac.new(key, f"{case_id}|{version}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(digest, 'big') % 10**16:016d}"
