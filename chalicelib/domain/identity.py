"""What a petitioner tells about himself: phone, identity number, name and words, checked and made comparable.

Invariant: a refusal is a ValueError whose Chinese message names the rule and never repeats what was typed,
because messages reach logs.
"""

import re
import unicodedata
from datetime import date

from chalicelib.domain.numbers import normalise

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2})[0-9]{7,8}")
_COUNTRY = re.compile(r"(?:\+|00)86")
_IDENTITY = re.compile(r"[1-9][0-9]{16}[0-9X]")
_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_CHECKS = "10X98765432"
_EARLIEST_BIRTH = date(1900, 1, 1)
_LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")
_KEPT_CONTROLS = frozenset("\n\t")
# Embeddings, overrides and isolates make a printed line read differently from what is stored.
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BYTE_ORDER_MARK = "\ufeff"


def normalise_phone(text: str) -> str:
    """A mainland mobile number, or a landline with its area code; digits only, without the country code.

    Raises ValueError with a Chinese message for anything else.
    """
    number = re.sub(r"[()]", "", normalise(text))
    if country := _COUNTRY.match(number):
        number = number[country.end() :]
        # Written for abroad, an area code loses its 0: +86 10 is 010 at home.
        if not number.startswith("0") and not _MOBILE.fullmatch(number):
            number = f"0{number}"
    if _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number):
        return number
    raise ValueError("电话号码不正确，请填写11位手机号码，或者带区号的固定电话号码")


def is_mobile(number: str) -> bool:
    """True for a mainland mobile, as `normalise_phone` writes it: nothing else gets a text message."""
    return _MOBILE.fullmatch(number) is not None


def identity_number(text: str, *, today: date | None = None) -> str:
    """An 18-digit citizen number whose check digit and birth date hold (GB 11643); born no later than `today`.

    Raises ValueError with a Chinese message for anything else.
    """
    number = normalise(text).upper()
    if not _IDENTITY.fullmatch(number):
        raise ValueError("身份证号码应为18位，最后一位可以是X")
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise ValueError("身份证号码中的出生日期不正确，请核对") from None
    if born < _EARLIEST_BIRTH or (today is not None and born > today):
        raise ValueError("身份证号码中的出生日期不正确，请核对")
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _IDENTITY_WEIGHTS, strict=True))
    if number[17] != _IDENTITY_CHECKS[total % 11]:
        raise ValueError("身份证号码校验不通过，请核对是否输错")
    return number


def clean_text(text: str, limit: int) -> str:
    """Words as they are stored: NFC, line ends as newline, no control characters, no blanks around, at most `limit`.

    Counted in code points, so that 𠮷 and 😀 are one each. Raises ValueError with a Chinese message
    for a text that is too long or that no database and no printer can hold.
    """
    if "\0" in text or any("\ud800" <= each <= "\udfff" for each in text):
        raise ValueError("文字中含有无法保存的字符，请删除后重试")
    # Controls go before composing: without them two halves of a letter may become neighbours.
    kept = "".join(each for each in _LINE_ENDS.sub("\n", text) if not _is_dropped(each))
    cleaned = unicodedata.normalize("NFC", kept).strip()
    if len(cleaned) > limit:
        raise ValueError(f"文字不能超过{limit}字，现有{len(cleaned)}字")
    return cleaned


def mask_phone(phone: str) -> str:
    """`138****8000`: enough to recognise one's own number, not enough to call it."""
    area = _LANDLINE.fullmatch(phone)
    if area:
        return f"{area[1]}****{phone[-3:]}"
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) == 11 else "*" * len(phone)


def mask_name(name: str) -> str:
    """The first character stays: 王小明 is shown as 王**."""
    return name[0] + "*" * (len(name) - 1) if len(name) > 1 else "*" * len(name)


def mask_identity_number(number: str) -> str:
    """Only province and last two characters stay; the birth date in the middle is personal data itself."""
    return f"{number[:2]}{'*' * 14}{number[-2:]}" if len(number) == 18 else "*" * len(number)


def _is_dropped(each: str) -> bool:
    if each in _KEPT_CONTROLS:
        return False
    return unicodedata.category(each) == "Cc" or each in _BIDI_CONTROLS or each == _BYTE_ORDER_MARK
