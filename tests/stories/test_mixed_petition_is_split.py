"""One letter, three things: a grievance, a suggestion, and an accusation. Each goes its own way, and none is lost."""

import pytest

from tests.stories.conftest import prepare, run_ways_out

MIXED = {
    "title": "老城区供暖问题和建议，另反映收好处费",
    "text": "去年冬天室温只有十二度。建议把老管网列入改造计划。另外供热科的人收了施工队的好处费。",
    "claims": ["退还去年一半供暖费", "把老管网列入改造计划", "查处收好处费的人"],
}
LEFT = {
    "title": "老城区供暖不达标",
    "text": "去年冬天室温只有十二度。建议把老管网列入改造计划。",
    "claims": ["退还去年一半供暖费", "把老管网列入改造计划"],
}
SECRET = "好处费"


@pytest.mark.feature(6)
def test_a_suggestion_goes_its_own_way_with_the_days_it_has_had(petitioner, staff, later):
    filed = petitioner.files(**LEFT)
    number = filed["case_number"]
    promised = {each["limit"]: each["due"] for each in filed["promises"]}
    later(days=5)
    petitioner.token = ""
    petitioner.signs_in()
    bureau = staff("bureau1")
    seen = bureau.step(number, "split", {"claims": ["2"], "kind": "suggestion", "title": "建议改造老管网"})
    assert seen["claims"] == LEFT["claims"][:1]
    part = seen["links"][0]["case_number"]
    assert seen["timeline"][-1]["into"] == part

    new = bureau.get(f"/cases/{part}")
    assert (new["kind"], new["claims"], new["received_on"]) == ("suggestion", LEFT["claims"][1:], seen["received_on"])
    assert {each["limit"]: each["due"] for each in new["clocks"]} == promised
    assert new["timeline"][0]["split_from"] == number
    run_ways_out(part)
    assert any(part in text and "查询码" in text for text in petitioner.texts())
    mine = {row["case_number"]: row for row in petitioner.get("/my/petitions")["items"]}
    assert set(mine) == {number, part}
    assert [each["relation"] for each in petitioner.get(f"/cases/{part}")["links"]] == ["split_from"]

    bureau.step(part, "accept", {"track": "suggestion", "undertaker": "王科"})
    bureau.step(number, "forward", {"to": "housing"})
    unit = staff("housing-clerk")
    unit.step(number, "accept", {"track": "petition_procedure", "undertaker": "李工"})
    prepare(unit, number)
    said = "已责令供热公司2026年12月31日前退还一半供暖费。"
    one = {"claim": 1, "finding": "support", "answer": said, "basis": "《供热条例》第二十条"}
    unit.step(number, "draft_reply", {"facts": "经查属实。", "answers": [one, one | {"claim": 2}]}, 422)
    unit.step(number, "draft_reply", {"facts": "经查属实。", "answers": [one]})
    body = {"claims": ["1"], "kind": "suggestion", "title": "再分一件"}
    version = unit.get(f"/cases/{number}")["version"]
    unit.post(f"/cases/{number}/split", body, 422, If_Match=f'"{version}"')


@pytest.mark.feature(6)
def test_an_accusation_is_cut_out_before_the_rest_goes_on(petitioner, staff):
    number = petitioner.files(**MIXED)["case_number"]
    bureau = staff("bureau1")
    version = bureau.get(f"/cases/{number}")["version"]
    body = {"claims": ["3"], "kind": "report_of_misconduct", "title": "收好处费"}
    refused = bureau.post(f"/cases/{number}/split", body, 422, If_Match=f'"{version}"')
    assert (refused["law"], "检举控告渠道" in refused["detail"]) == ("第三十条", True)

    seen = bureau.step(number, "cut_out", LEFT)
    assert (seen["title"], seen["claims"]) == (LEFT["title"], LEFT["claims"])
    assert seen["filed"]["claims"] == MIXED["claims"], "the office of registration keeps the whole"
    assert seen["timeline"][-1]["event"] == "petition.part_cut_out"
    assert bureau.get("/worklist")["items"][0]["title"] == LEFT["title"]

    bureau.step(number, "forward", {"to": "housing"})
    for user in ("housing-clerk", "housing-head", "leader1", "supervisor1"):
        person = staff(user)
        told = person.get(f"/cases/{number}")
        assert SECRET not in str(told)
        assert "petition.part_cut_out" not in [each["event"] for each in told["timeline"]]
        assert SECRET not in str(person.get("/worklist"))
        assert SECRET not in str(person.post("/search", {"number": number}, 200))
        assert SECRET not in str(person.get(f"/cases/{number}/candidates"))
    mine = petitioner.get(f"/cases/{number}")
    assert mine["title"] == LEFT["title"]
    assert mine["timeline"][1]["label"] == "其中检举控告的内容已移出，不随本件转送"


def test_what_is_split_off_after_a_cut_does_not_carry_the_accusation_along(petitioner, staff):
    number = petitioner.files(**MIXED)["case_number"]
    bureau = staff("bureau1")
    bureau.step(number, "cut_out", LEFT)
    seen = bureau.step(number, "split", {"claims": ["2"], "kind": "suggestion", "title": "建议改造老管网"})
    part = seen["links"][0]["case_number"]
    bureau.step(part, "forward", {"to": "housing"})
    assert SECRET not in str(staff("housing-clerk").get(f"/cases/{part}"))
    assert seen["filed"]["title"] == MIXED["title"]


def test_what_was_split_before_a_cut_is_not_read_in_the_history(petitioner, staff):
    number = petitioner.files(**MIXED)["case_number"]
    bureau = staff("bureau1")
    bureau.step(number, "split", {"claims": ["2"], "kind": "suggestion", "title": "建议改造老管网"})
    bureau.step(number, "cut_out", LEFT | {"claims": LEFT["claims"][:1]})
    bureau.step(number, "forward", {"to": "housing"})
    assert SECRET not in str(staff("housing-clerk").get(f"/cases/{number}"))


def test_a_split_sent_twice_makes_one_part(petitioner, staff):
    number = petitioner.files(**LEFT)["case_number"]
    bureau, headers = staff("bureau1"), {"If_Match": '"1"', "Idempotency_Key": "split-once"}
    body = {"claims": ["2"], "kind": "suggestion", "title": "建议改造老管网"}
    first, second = (bureau.post(f"/cases/{number}/split", body, 200, **headers) for _ in range(2))
    assert first == second
    assert len(petitioner.get("/my/petitions")["items"]) == 2


@pytest.mark.parametrize("claims", [[], ["3"], ["1", "2"], ["11"]])
def test_a_part_is_some_of_the_claims(petitioner, staff, claims):
    number = petitioner.files(**LEFT)["case_number"]
    body = {"claims": claims, "kind": "suggestion", "title": "建议改造老管网"}
    refused = staff("bureau1").post(f"/cases/{number}/split", body, 422, If_Match='"1"')
    assert refused["errors"][0]["pointer"].startswith("/claims")
