"""The words of a bulk text (群发通知): written by people, so looked at before anybody gets them.

The invariant: what is shown before it is released is what is sent, to the letter; and it fits one segment, like every
other text.
"""

import re

from chalicelib.domain.errors import FieldError, FieldsInvalid
from chalicelib.notices.wording import SEGMENT, signed, units

FIELD = "/text"
HOW_TO_REFUSE = "不想再收请打{tel}。"
"""A text that nobody asked for says how to be spared the next."""
_ENDS, _CLOSES = "。！？；…", "）”"
_LINK = re.compile(r"https?:|www\.|\w\.(?:cn|com|net)\b", re.IGNORECASE)
_OF_A_PERSON = re.compile(r"\d{12}")
"""A case number or an identity number: nobody else's business."""


def worded(text: str, telephone: str) -> str:
    """What is handed to the sender, who puts the signature before it."""
    bare = text.strip()
    has_end = bare.rstrip(_CLOSES).endswith(tuple(_ENDS))
    return f"{bare}{'' if has_end else '。'}{HOW_TO_REFUSE.format(tel=telephone)}"


def as_received(text: str, telephone: str, signature: str) -> str:
    """What stands on the telephone."""
    return signed(worded(text, telephone), signature)


def check(text: str, telephone: str, signature: str) -> None:
    """Refuse what must not go out. Raises FieldsInvalid."""
    wrong = []
    too_many = units(as_received(text, telephone, signature)) - SEGMENT
    if too_many > 0:
        said = f"连同署名和退订办法不能超过{SEGMENT}个字，请删去{too_many}个字，以免分成几条发送"
        wrong.append(FieldError(FIELD, said, "too_long"))
    if "【" in text or "】" in text:
        wrong.append(FieldError(FIELD, "不要写【】，署名由系统加在最前面", "brackets"))
    if _LINK.search(text):
        wrong.append(FieldError(FIELD, "不要写网址，群众会当作诈骗短信", "link"))
    if _OF_A_PERSON.search(text):
        wrong.append(FieldError(FIELD, "不要写信访编号、身份证号，这条短信发给很多人", "personal"))
    if wrong:
        raise FieldsInvalid(wrong)
