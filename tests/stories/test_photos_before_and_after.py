"""A repair with photos: the petitioner shows what is broken, the unit what it mended; both can look, nobody else."""

import base64

import pytest

from chalicelib.store.tenant import cases
from tests.stories.conftest import Petitioner, run_ways_out

BEFORE, AFTER = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 500, b"\x89PNG\r\n\x1a\n" + b"mended" * 99
LEAK = {"title": "楼道水管漏水", "text": "三单元楼道水管漏水两个月，报修三次没人来。", "claims": ["修好水管"]}


def photo(name: str, content: bytes, **more: object) -> dict:
    return {"name": name, "content": base64.b64encode(content).decode(), **more}


def opened(person, number: str, file: int) -> tuple[str, str, bytes]:
    found = person.get(f"/cases/{number}/files/{file}")
    return found["name"], found["kind"], base64.b64decode(found["content"])


@pytest.fixture
def repaired(petitioner, staff):
    """A photo of each side, and one that the unit keeps to itself."""
    number = petitioner.files(**LEAK)["case_number"]
    petitioner.step(number, "attach", photo("维修前", BEFORE))
    staff("bureau1").step(number, "forward", {"to": "housing"})
    unit = staff("housing-clerk")
    unit.step(number, "accept", {"track": "petition_procedure", "undertaker": "李工"})
    unit.step(number, "attach_evidence", photo("维修后", AFTER))
    unit.step(number, "attach_evidence", photo("施工合同", b"%PDF-1.7 secret", internal=True))
    return number, unit


@pytest.mark.feature(2, 102)
def test_both_sides_see_the_photos_before_and_after(petitioner, repaired):
    number, unit = repaired
    seen = petitioner.get(f"/cases/{number}")
    assert [(each["name"], each["by_staff"]) for each in seen["files"]] == [("维修前", False), ("维修后", True)]
    assert opened(petitioner, number, 1) == ("维修前", "image/jpeg", BEFORE)
    assert opened(petitioner, number, 2) == ("维修后", "image/png", AFTER)
    assert opened(unit, number, 1)[2] == BEFORE
    assert opened(unit, number, 3) == ("施工合同", "application/pdf", b"%PDF-1.7 secret")
    assert "施工合同" not in str(seen)
    assert petitioner.call("GET", f"/cases/{number}/files/3").status_code == 404
    petitioner.step(number, "attach", photo("又漏了", BEFORE))
    run_ways_out(number)
    assert any("补充了材料" in each["text"] for each in unit.get("/messages")["items"])


@pytest.mark.parametrize("file", ["0", "4", "01", "x", "-1", "999999999999"])
def test_what_is_not_there_is_not_found(petitioner, repaired, file):
    assert petitioner.call("GET", f"/cases/{repaired[0]}/files/{file}").status_code == 404


def test_others_find_nothing(client, world, staff, repaired):
    stranger = Petitioner(client, world, "19900007002").signs_in()
    for person in (stranger, staff("water-clerk")):
        assert person.call("GET", f"/cases/{repaired[0]}/files/1").status_code == 404


def test_who_may_join_sees_no_photo(petitioner, client, world):
    number = petitioner.files(**LEAK, open_to_join=True)["case_number"]
    petitioner.step(number, "attach", photo("维修前", BEFORE))
    stranger = Petitioner(client, world, "19900007003").signs_in()
    assert stranger.get(f"/cases/{number}")["files"] == []
    assert stranger.call("GET", f"/cases/{number}/files/1").status_code == 404


def test_a_repeated_upload_is_one_and_what_is_stored_is_sealed(petitioner, world):
    number = petitioner.files(**LEAK)["case_number"]
    for _ in range(2):
        seen = petitioner.post(
            f"/cases/{number}/attach", photo("维修前", BEFORE), 200, If_Match='"1"', Idempotency_Key="photo-once"
        )
        assert (seen["version"], len(seen["files"])) == (2, 1)
    (item,) = [item for item in world.items("cases") if "FILE#" in str(item["pk"])]
    assert BEFORE[:64].hex() not in str(item)
    assert base64.b64encode(BEFORE[:63]).decode() not in str(item)
    assert len(cases().table.query(f"CASE#{number}").items) < 10, "reading a case does not read its photos"


@pytest.mark.parametrize(("content", "said"), [("####", "文件内容不完整"), ("aGVsbG8=", "只能上传照片"),
                                               ("/9j/" + "A" * 204_800, "不能超过")])  # fmt: skip
def test_what_is_no_photo_is_told_at_its_field(petitioner, content, said):
    number = petitioner.files(**LEAK)["case_number"]
    told = petitioner.step(number, "attach", {"name": "维修前", "content": content}, 422)
    assert told["errors"][0]["pointer"] == "/content"
    assert said in told["errors"][0]["message"]
    assert petitioner.get(f"/cases/{number}")["version"] == 1
