"""Phones, identity numbers, names and words as people really type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.identity import (
    clean_text,
    identity_number,
    is_mobile,
    mask_identity_number,
    mask_name,
    mask_phone,
    normalise_phone,
)


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("13800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        (" 138 0013-8000 ", "13800138000"),
        ("+86 138 0013 8000", "13800138000"),
        ("＋８６－１３８００１３８０００", "13800138000"),
        ("008613800138000", "13800138000"),
        ("19912345678", "19912345678"),
        ("0571-88888888", "057188888888"),
        ("（0571）8888888", "05718888888"),
        ("010 12345678", "01012345678"),
        ("+86 10 1234 5678", "01012345678"),
        ("0086-571-88888888", "057188888888"),
    ],
)
def test_a_phone_is_understood_as_people_write_it(typed: str, phone: str) -> None:
    assert normalise_phone(typed) == phone
    assert is_mobile(phone) is not phone.startswith("0")


@pytest.mark.parametrize("nothing", ["", "0", "1390000111", "139000011112", "12000001111"])
def test_what_is_no_mobile_gets_no_text_message(nothing: str) -> None:
    assert not is_mobile(nothing)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12345",
        "12345678901",  # no mobile network begins with 12
        "1380013800",
        "138001380000",
        "013800138000",  # a 0 before a mobile number is an old habit, not an area code
        "88888888",  # a landline without its area code cannot be called back from elsewhere
        "+1 415 555 0100",
        "+852 2345 6789",
        "138O0138000",
        "٠١٢٣٤٥٦٧٨٩٠",
        "13800138000转5",
        "13800138000;DROP",
    ],
)
def test_anything_else_is_refused_in_chinese_without_repeating_it(typed: str) -> None:
    with pytest.raises(ValueError, match="电话号码不正确") as refused:
        normalise_phone(typed)
    assert not typed or typed not in str(refused.value)


@given(st.text(max_size=30))
def test_whatever_is_typed_ends_as_digits_or_as_a_value_error(typed: str) -> None:
    try:
        phone = normalise_phone(typed)
    except ValueError:
        return
    assert phone.isascii()
    assert phone.isdigit()
    assert normalise_phone(phone) == phone


@pytest.mark.parametrize(
    ("typed", "number"),
    # The numbers are the examples of GB 11643 and of its explanations; nobody has them.
    [
        ("11010519491231002X", "11010519491231002X"),
        ("11010519491231002x", "11010519491231002X"),
        ("１１０１０５１９４９１２３１００２ｘ", "11010519491231002X"),
        ("110105 19491231 002X", "11010519491231002X"),
        ("440524188001010014", None),  # right check digit, born in 1880
        ("440524198001010013", "440524198001010013"),
        ("110101200002290018", "110101200002290018"),  # 29 February 2000
    ],
)
def test_an_identity_number_is_checked_by_its_own_rules(typed: str, number: str | None) -> None:
    if number is None:
        with pytest.raises(ValueError, match="出生日期"):
            identity_number(typed)
    else:
        assert identity_number(typed) == number


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "18位"),
        ("110105491231002", "18位"),  # the 15 digits of before 1999 are no longer valid
        ("1101051949123100XX", "18位"),
        ("010105194912310020", "18位"),
        ("110105194912310021", "校验不通过"),
        ("110101200102290013", "出生日期"),  # there was no 29 February 2001
        ("110101200013010010", "出生日期"),
        ("110101000001010010", "出生日期"),
    ],
)
def test_a_wrong_identity_number_is_refused_in_chinese_without_repeating_it(typed: str, message: str) -> None:
    with pytest.raises(ValueError, match=message) as refused:
        identity_number(typed)
    assert not typed or typed not in str(refused.value)
    assert refused.value.__cause__ is None


def test_nobody_is_born_after_today() -> None:
    assert identity_number("110101200002290018", today=date(2000, 2, 29)) == "110101200002290018"
    with pytest.raises(ValueError, match="出生日期"):
        identity_number("110101200002290018", today=date(2000, 2, 28))


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_in_an_identity_number_is_found(at: int, off_by: int) -> None:
    right = "11010519491231002X"
    wrong = right[:at] + str((int(right[at]) + off_by) % 10) + right[at + 1 :]
    with pytest.raises(ValueError):
        identity_number(wrong)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("路灯坏了", "路灯坏了"),
        ("  　路灯坏了\n\n", "路灯坏了"),
        ("第一行\r\n第二行\r第三行\u2028第四行", "第一行\n第二行\n第三行\n第四行"),
        ("一\t二", "一\t二"),
        ("一\x07二\x1b[31m三\x9f", "一二[31m三"),
        ("e\u0301cole", "école"),
        ("e\x07\u0301", "é"),  # composed only after the control between is gone
        ("\ufeff正文", "正文"),
        ("退款\u202e001元", "退款001元"),
        ("👨‍👩‍👧 一家", "👨‍👩‍👧 一家"),  # the joiner belongs to the picture
        ("ئۇيغۇرچە", "ئۇيغۇرچە"),
        ("", ""),
    ],
)
def test_words_are_kept_and_controls_are_not(typed: str, kept: str) -> None:
    assert clean_text(typed, 100) == kept


@pytest.mark.parametrize("typed", ["a\0b", "\ud800", "好\udfff"])
def test_what_cannot_be_stored_is_refused_in_chinese(typed: str) -> None:
    with pytest.raises(ValueError, match="无法保存"):
        clean_text(typed, 100)


def test_a_rare_character_and_a_picture_count_as_one() -> None:
    assert clean_text("𠮷" * 30, 30) == "𠮷" * 30
    assert clean_text("😀" * 30, 30) == "😀" * 30
    with pytest.raises(ValueError, match="不能超过30字，现有31字"):
        clean_text("𠮷" * 31, 30)


def test_length_is_counted_on_what_is_stored() -> None:
    assert clean_text("  " + "e\u0301" * 10 + "  ", 10) == "é" * 10


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing(typed: str) -> None:
    try:
        once = clean_text(typed, 200)
    except ValueError:
        return
    assert clean_text(once, 200) == once
    assert once.encode("utf-8").decode("utf-8") == once


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812348000", "138****8000"),
        ("057188888123", "0571****123"),
        ("01012345678", "010****678"),
        ("12345", "*****"),
    ],
)
def test_a_phone_is_shown_so_that_its_owner_knows_it(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [("王小明", "王**"), ("李雷", "李*"), ("𠮷田", "𠮷*"), ("欧阳小明", "欧***"), ("王", "*"), ("", "")],
)
def test_of_a_name_only_the_first_character_is_shown(name: str, shown: str) -> None:
    assert mask_name(name) == shown


def test_of_an_identity_number_neither_birth_date_nor_county_is_shown() -> None:
    assert mask_identity_number("11010519491231002X") == "11**************2X"
    assert mask_identity_number("110105") == "******"
