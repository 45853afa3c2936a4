"""Photos and papers of a case: what may be attached, by whom, and how many.

The invariant: what a file is, its first bytes say, not who sends it; a case holds at most `MOST_FILES` of them.
"""

import hashlib
from dataclasses import field
from datetime import date

from chalicelib.domain.case import Actor, Case, Change
from chalicelib.domain.errors import FieldError, FieldsInvalid, RuleBroken
from chalicelib.domain.events.own import EvidenceAttached, MaterialAttached
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take
from chalicelib.domain.tables.own import MOST_FILES, has_room
from chalicelib.domain.values import value

LARGEST = 150 * 1024
KINDS = {"jpeg": "image/jpeg", "png": "image/png", "pdf": "application/pdf"}
_BEGINS = {"jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "pdf": b"%PDF-"}
LAW_OF_TRUTH, LAW_OF_INQUIRY = "第十九条第二款", "第二十八条第一款"


@value
class Material:
    """A file as it came."""

    name: str
    content: bytes
    media: str = field(init=False, default="")

    def __post_init__(self) -> None:
        """Raises FieldsInvalid for what is no photo and no PDF, or is too large."""
        if len(self.content) > LARGEST:
            raise FieldsInvalid([FieldError("/content", "文件太大，每件不能超过150KB", "too_large")])
        found = next((media for media, begins in _BEGINS.items() if self.content.startswith(begins)), "")
        if not found:
            raise FieldsInvalid([FieldError("/content", "只能上传照片（JPG、PNG）或者PDF", "not_a_choice")])
        object.__setattr__(self, "media", found)


def attach(case: Case, material: Material, *, by: Actor, on: date, rules: Rules) -> Change:
    """The petitioner adds a photo or a paper and answers for its truth (第十九条第二款); it stops no clock."""
    check(PETITION.step("attach"), case, by)
    number = _next(case, LAW_OF_TRUTH)
    event = MaterialAttached(number=number, size=len(material.content), media=material.media, text=_said(material))
    return take(PETITION, case.with_facts(files=number), "attach", event, by=by, on=on, rules=rules)


def attach_evidence(
    case: Case, material: Material, *, internal: bool = False, by: Actor, on: date, rules: Rules
) -> Change:
    """Who handles it adds what shows what was found or done (第二十八条第一款: 查明事实、分清责任).

    `internal`: of the file of the organ; the petitioner learns that something was added, and is not shown it.
    """
    check(PETITION.step("attach_evidence"), case, by)
    number = _next(case, LAW_OF_INQUIRY)
    event = EvidenceAttached(
        number=number, size=len(material.content), media=material.media, internal=internal, text=_said(material)
    )
    return take(PETITION, case.with_facts(files=number), "attach_evidence", event, by=by, on=on, rules=rules)


def _next(case: Case, law: str) -> int:
    if not has_room(case):
        raise RuleBroken(f"一件事项最多上传{MOST_FILES}件照片、材料，其他材料请送到窗口", law=law)
    return int(case.facts.get("files", 0)) + 1


def _said(material: Material) -> dict[str, str]:
    """Sealed, digest too: whoever has the same photo must not learn from the open record that it is in this case."""
    return {"name": material.name, "digest": hashlib.sha256(material.content).hexdigest()}
