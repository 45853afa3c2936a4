"""Case numbers survive a telephone line, query codes cannot be computed from outside."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.numbers import case_number, check_digit, in_threes, is_case_number, normalise, query_code

KEY = b"a key that only tests know"

elevens = st.from_regex(r"[0-9]{11}", fullmatch=True)


def dice(seed: int = 7) -> random.Random:
    return random.Random(seed)


@pytest.mark.parametrize(
    ("digits", "check"),
    # 0794 is the worked example of ISO/IEC 7064; the others are counted by hand.
    [("0794", "5"), ("0", "2"), ("1", "9"), ("00000000000", "2")],
)
def test_the_check_digit_is_the_one_of_iso_7064(digits: str, check: str) -> None:
    assert check_digit(digits) == check


@pytest.mark.parametrize("digits", ["", "12a4", "１２３", "12 4", "-1"])
def test_a_check_digit_needs_plain_digits(digits: str) -> None:
    with pytest.raises(ValueError, match="decimal digits"):
        check_digit(digits)


def test_a_case_number_has_the_year_nine_digits_and_a_check() -> None:
    assert case_number(2026, lambda below: 0) == "26000000000" + check_digit("26000000000")
    assert case_number(2026, lambda below: below - 1)[:11] == "26999999999"
    assert is_case_number(case_number(2031, dice().randrange))


@given(elevens, st.integers(0, 11), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(eleven: str, at: int, off_by: int) -> None:
    right = eleven + check_digit(eleven)
    wrong = right[:at] + str((int(right[at]) + off_by) % 10) + right[at + 1 :]
    assert is_case_number(right)
    assert not is_case_number(wrong)


def test_swapped_neighbours_are_found_in_98_of_100_cases() -> None:
    roll = dice()
    swapped, missed = 0, 0
    for _ in range(5000):
        right = case_number(2026, roll.randrange)
        for at in range(11):
            if right[at] != right[at + 1]:
                swapped += 1
                missed += is_case_number(right[:at] + right[at + 1] + right[at] + right[at + 2 :])
    assert missed / swapped < 0.02


@pytest.mark.parametrize("text", ["", "26", "26123456789", "2612345678901", "26123456789x", "２６００００００００００"])
def test_what_is_not_twelve_digits_is_no_case_number(text: str) -> None:
    assert not is_case_number(text)


@pytest.mark.parametrize(
    "written",
    [
        "261 442 725 098",
        "261-442-725-098",
        "２６１４４２７２５０９８",
        "　261442725098\n",
        "261—442–725－098",
        "261\u00a0442\u200b725\ufeff098",
    ],
)
def test_a_number_is_understood_as_people_write_it(written: str) -> None:
    assert normalise(written) == "261442725098"
    assert is_case_number(normalise(written))


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.from_regex(r"[0-9]{0,20}", fullmatch=True))
def test_a_number_read_in_threes_is_the_same_number(number: str) -> None:
    assert normalise(in_threes(number)) == number
    assert all(len(group) <= 3 for group in in_threes(number).split())


def test_a_number_is_read_in_threes() -> None:
    assert in_threes("261442725098") == "261 442 725 098"


@given(st.from_regex(r"[0-9]{12}", fullmatch=True), st.integers(1, 1000))
def test_a_query_code_is_sixteen_digits_and_always_the_same(case_id: str, version: int) -> None:
    code = query_code(KEY, case_id, version)
    assert len(code) == 16
    assert code.isascii()
    assert code.isdigit()
    assert code == query_code(KEY, case_id, version)


def test_a_query_code_never_changes_between_releases() -> None:
    assert query_code(KEY, "261442725098", 1) == "2827726364091460"


def test_another_key_case_or_version_gives_another_code() -> None:
    codes = {query_code(key, case, version) for key in (KEY, b"k") for case in ("1", "11") for version in (1, 11)}
    assert len(codes) == 8


def test_a_query_code_without_a_key_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a key"):
        query_code(b"", "261442725098", 1)


def test_the_digits_of_query_codes_are_evenly_spread() -> None:
    codes = [query_code(KEY, str(n), 1) for n in range(2000)]
    for at in range(16):
        counts = [sum(code[at] == digit for code in codes) for digit in "0123456789"]
        assert sum((count - 200) ** 2 / 200 for count in counts) < 40  # chi-squared, 9 degrees: beyond 1 in 100,000
