"""Photos and papers of a case: what they may be, how many, by whom, and that no clock minds. March 2026."""

import pytest

from chalicelib.domain import materials, own_steps
from chalicelib.domain.case import Change
from chalicelib.domain.errors import DomainError, FieldsInvalid, NotYourStep, RuleBroken, WrongStage
from chalicelib.domain.materials import LARGEST, Material
from tests.domain import county
from tests.domain.county import CITIZEN, HOUSING_CLERK, MARCH, RULES, WATER_CLERK

JPEG, PNG, PDF = b"\xff\xd8\xff\xe0\x00\x10JFIF", b"\x89PNG\r\n\x1a\n\x00", b"%PDF-1.7\n"


def attached(case, content=JPEG, **named) -> Change:
    return materials.attach(
        case, Material("维修前", content), **({"by": CITIZEN, "on": MARCH[5], "rules": RULES} | named)
    )


@pytest.mark.feature(2, 102)
@pytest.mark.parametrize(("content", "media"), [(JPEG, "jpeg"), (PNG, "png"), (PDF, "pdf")])
def test_a_photo_or_a_pdf_is_known_by_its_first_bytes(content, media):
    (happened,) = attached(county.accepted(), content).happened
    facts = happened.event.facts()
    assert facts == {"number": 1, "size": len(content), "media": media}
    assert set(happened.event.text) == {"name", "digest"}, "name and digest are sealed"


@pytest.mark.parametrize(
    "content", [b"", b"MZ\x90\x00", b"<svg onload=alert(1)>", b"GIF89a", b"\xff\xd8", b" %PDF-1.7"]
)
def test_what_is_neither_is_refused_at_its_field(content):
    with pytest.raises(FieldsInvalid) as refused:
        Material("维修前", content)
    assert refused.value.fields[0].pointer == "/content"


def test_150_kilobytes_are_taken_and_one_byte_more_is_not():
    Material("维修前", JPEG + bytes(LARGEST - len(JPEG)))
    with pytest.raises(FieldsInvalid):
        Material("维修前", JPEG + bytes(LARGEST - len(JPEG) + 1))


@pytest.mark.feature(2)
def test_twenty_are_taken_of_both_sides_together_and_the_next_one_is_not():
    case = county.accepted()
    for _ in range(10):
        case = attached(case).case
        case = materials.attach_evidence(case, Material("维修后", PNG), by=HOUSING_CLERK, on=MARCH[5], rules=RULES).case
    assert case.facts["files"] == 20
    with pytest.raises(RuleBroken, match="最多上传20件"):
        attached(case)
    with pytest.raises(RuleBroken, match="最多上传20件"):
        materials.attach_evidence(case, Material("维修后", PNG), by=HOUSING_CLERK, on=MARCH[5], rules=RULES)


def test_no_clock_is_set_or_stopped_for_a_photo():
    case = county.accepted()
    assert attached(case).case.clocks == case.clocks


def test_each_side_has_its_own_step_and_another_unit_has_none():
    case = county.accepted()
    for by in (WATER_CLERK, CITIZEN):
        with pytest.raises(NotYourStep):
            materials.attach_evidence(case, Material("维修后", PNG), by=by, on=MARCH[5], rules=RULES)
    with pytest.raises(NotYourStep):
        attached(case, by=HOUSING_CLERK)


def test_after_an_answer_photos_may_still_be_added_but_not_to_what_was_withdrawn():
    assert attached(county.served(), on=MARCH[31]).case.facts["files"] == 1
    withdrawn = own_steps.withdraw(county.accepted(), by=CITIZEN, on=MARCH[5], rules=RULES).case
    with pytest.raises(WrongStage) as refused:
        attached(withdrawn)
    assert isinstance(refused.value, DomainError)
