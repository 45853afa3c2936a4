"""Somebody brings his matter again: it is registered, found, linked by a person, and charged to who had it first."""

import pytest

from tests.stories.conftest import A_PETITION, Petitioner

AGAIN = {
    "channel": "visit",
    "received_on": "2024-03-04",
    "kind": "grievance",
    "title": "小区公共停车位被物业占用收费",
    "text": "网上反映过，没有人来看，今天自己来一趟。",
    "petitioner": {"name": "周桂兰", "phone": "19900001234", "address": "青山县城关镇解放路12号"},
}


def another_person(client, world):
    return Petitioner(client, world, "19900007001").signs_in()


@pytest.mark.feature(6, 8)
def test_a_visit_after_an_online_petition_is_registered_and_linked_on_the_spot(petitioner, staff):
    first = petitioner.files()["case_number"]
    staff("bureau1").step(first, "forward", {"to": "housing"})
    window = staff("window1")
    filed = window.post("/registrations", AGAIN | {"earlier_case": first})
    assert (filed["stage"], filed["version"]) == ("registered", 1)

    seen = window.get(f"/cases/{filed['case_number']}")
    assert [(each["relation"], each["case_number"]) for each in seen["links"]] == [("visit_after_online", first)]
    before = window.get(f"/cases/{first}")
    assert [each["case_number"] for each in before["links"]] == [filed["case_number"]]
    assert before["timeline"][-1]["label"] == "关联"
    mine = petitioner.get(f"/cases/{first}")
    assert mine["links"] == []
    assert "petition.linked" not in [each["event"] for each in mine["timeline"]]


@pytest.mark.feature(6)
def test_the_repetition_is_charged_to_the_office_that_had_the_matter_first(petitioner, staff):
    """Registered today, but received a month ago: what counts is the receipt."""
    first = petitioner.files()["case_number"]
    staff("bureau1").step(first, "forward", {"to": "housing"})
    later = staff("window1").post("/registrations", AGAIN)["case_number"]
    bureau = staff("bureau2")
    seen = bureau.step(first, "link", {"other": later, "relation": "same_matter", "note": "两件诉求一致"})
    assert seen["repeat"] is True, "the letter was received in 2024, the online petition today"
    assert bureau.get(f"/cases/{later}")["repeat"] is False
    assert seen["charged_to_name"] == "青山县信访局"

    seen = bureau.step(first, "link", {"other": later, "relation": "new_facts"})
    assert (seen["repeat"], seen["charged_to"]) == (False, "")
    assert [each["relation"] for each in seen["links"]] == ["new_facts"]


def test_the_same_command_links_once_and_a_changed_one_is_told(petitioner, staff):
    one, two = (petitioner.files()["case_number"] for _ in range(2))
    bureau, headers = staff("bureau1"), {"If_Match": '"1"', "Idempotency_Key": "link-once"}
    body = {"other": two, "relation": "related"}
    for _ in range(2):
        assert bureau.post(f"/cases/{one}/link", body, 200, **headers)["version"] == 2
    assert bureau.get(f"/cases/{two}")["version"] == 2
    bureau.post(f"/cases/{one}/link", body | {"relation": "same_person"}, 422, **headers)
    bureau.post(f"/cases/{one}/link", body, 412, If_Match='"1"')


@pytest.mark.parametrize(("other", "pointer"), [("261234567890", "/other"), ("000", "/other")])
def test_a_number_that_leads_nowhere_is_told_at_its_field(petitioner, staff, other, pointer):
    number, bureau = petitioner.files()["case_number"], staff("bureau1")
    refused = bureau.post(f"/cases/{number}/link", {"other": other, "relation": "related"}, 422, If_Match='"1"')
    assert refused["errors"][0]["pointer"] == pointer


def test_what_a_unit_may_not_see_it_neither_links_nor_finds(petitioner, staff):
    mine, others = (petitioner.files()["case_number"] for _ in range(2))
    bureau = staff("bureau1")
    bureau.step(mine, "forward", {"to": "housing"})
    bureau.step(others, "forward", {"to": "market"})
    unit = staff("housing-clerk")
    unit.post(f"/cases/{mine}/link", {"other": others, "relation": "same_matter"}, 422, If_Match='"2"')
    assert [each["case_number"] for each in unit.post("/search", {"name": "周桂兰"}, 200)["items"]] == [mine]
    assert unit.post("/search", {"number": others}, 200)["items"] == []
    assert unit.get(f"/cases/{mine}/candidates")["items"] == []


@pytest.mark.feature(6)
def test_candidates_say_why_and_leave_the_judgement_to_a_person(petitioner, client, world, staff):
    again = petitioner.files()["case_number"]
    same_person = petitioner.files(title="学区划分不合理", claims=["重新划分学区"])["case_number"]
    neighbour = another_person(client, world)
    same_matter = neighbour.files(name="许文秀", title="小区停车位被物业占用收费")["case_number"]
    neighbour.files(name="许文秀", title="村口路灯不亮", claims=["修好路灯"])
    twice = petitioner.files(title="小区停车位又被物业占用")["case_number"]

    bureau = staff("bureau1")
    found = bureau.get(f"/cases/{again}/candidates")
    why = {each["case_number"]: [reason["reason"] for reason in each["reasons"]] for each in found["items"]}
    assert why == {
        twice: ["same_person", "same_matter"], same_matter: ["same_matter"], same_person: ["same_person"],
    }  # fmt: skip
    assert found["items"][0]["case_number"] == twice
    assert found["items"][0]["reasons"][0]["reason_label"] == "电话相同、姓名相同"
    assert found["looked_at"] == 4
    bureau.step(again, "link", {"other": twice, "relation": "same_matter"})
    assert bureau.get(f"/cases/{again}/candidates")["items"][0]["relation"] == "same_matter"


@pytest.mark.parametrize("by", [
    {"phone": "199 0000 1234"}, {"identity_number": "11010519491231002X"}, {"name": "周 桂兰"},
])  # fmt: skip
def test_a_matter_is_found_by_each_mark_of_its_petitioner(petitioner, staff, by):
    number = petitioner.files(identity_number="11010519491231002X")["case_number"]
    for user in ("bureau1", "window1", "leader1", "supervisor1", "joint1"):
        assert [each["case_number"] for each in staff(user).post("/search", by, 200)["items"]] == [number]
    assert staff("housing-clerk").post("/search", by, 200)["items"] == []
    assert staff("bureau2").post("/search", {"number": number}, 200)["items"][0]["title"] == A_PETITION["title"]


@pytest.mark.parametrize("body", [{}, {"name": "周桂兰", "phone": "19900001234"}, {"name": " "}, {"text": "停车"}])
def test_one_thing_is_looked_for_at_a_time(staff, body):
    staff("bureau1").post("/search", body, 422)


def test_what_is_looked_for_stands_in_no_log(petitioner, staff, caplog):
    petitioner.files()
    bureau = staff("bureau1")
    caplog.clear()
    bureau.post("/search", {"phone": "19900001234"}, 200)
    bureau.post("/search", {"name": "周桂兰"}, 200)
    told = [record for record in caplog.records if record.message == "searched"]
    assert [(record.by, record.found) for record in told] == [("phone", 1), ("name", 1)]
    assert "19900001234" not in str([vars(record) for record in caplog.records])
    assert "周桂兰" not in str([vars(record) for record in caplog.records])


def test_petitioners_and_administrators_do_not_search(petitioner, staff):
    petitioner.post("/search", {"name": "周桂兰"}, 404)
    staff("admin1").post("/search", {"name": "周桂兰"}, 404)
