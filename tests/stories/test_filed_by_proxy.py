"""A son files for his mother: both are told, and when she does not want it, he is out at once."""

import pytest

from tests.stories.conftest import A_PETITION, Petitioner, run_ways_out

MOTHER, SON = "19900006001", "19900006002"
FOR_HIS_MOTHER = {"proxy": {"name": "何小军", "relation": "儿子"}, "name": "何秀英", "address": "青溪镇四组"}


@pytest.fixture
def son(client, world):
    """Who files for her."""
    return Petitioner(client, world, SON).signs_in()


@pytest.mark.feature(12)
def test_principal_and_proxy_are_told_and_both_may_look(son, client, world):
    filed = son.files(**FOR_HIS_MOTHER, phone=MOTHER)
    number = filed["case_number"]
    run_ways_out(number)
    mother = Petitioner(client, world, MOTHER)
    assert mother.texts()[0].split("】")[-1].startswith("有人代您反映了一件事")
    assert [len(each.texts()) for each in (mother, son)] == [3, 2]
    mother.signs_in()
    for each in (mother, son):
        assert [row["case_number"] for row in each.get("/my/petitions")["items"]] == [number]
        seen = each.get(f"/cases/{number}")
        assert (seen["petitioner"]["name"], seen["people"]["proxy"]["relation"]) == ("何秀英", "儿子")
    assert seen["timeline"][0]["by"] == "代理人"
    assert son.step(number, "supplement", {"text": "母亲的房产证复印件。"})["timeline"][-1]["by"] == "代理人"


@pytest.mark.feature(12)
def test_a_proxy_whom_his_principal_does_not_want_is_out_with_code_and_telephone(son, client, world):
    filed = son.files(**FOR_HIS_MOTHER, phone=MOTHER)
    number, code = filed["case_number"], filed["query_code"]
    mother = Petitioner(client, world, MOTHER).signs_in()
    assert "revoke_proxy" in [step["action"] for step in mother.get(f"/cases/{number}")["next_steps"]]
    assert "revoke_proxy" not in [step["action"] for step in son.get(f"/cases/{number}")["next_steps"]]
    son.post(f"/cases/{number}/revoke_proxy", {}, 403, If_Match='"1"')

    by_code = Petitioner(client, world, SON)
    by_code.token = by_code.post("/sessions", {"case_number": number, "query_code": code})["token"]
    by_code.get(f"/cases/{number}")

    mother.step(number, "revoke_proxy", {"reason": "我没有让他去说"})
    run_ways_out(number)
    for each in (son, by_code):
        assert each.call("GET", f"/cases/{number}").status_code == 404
    assert son.get("/my/petitions")["items"] == []
    assert son.texts() == []
    guest = Petitioner(client, world, "19900006009")
    guest.post("/track", {"case_number": number, "query_code": code}, 422)
    guest.post("/sessions", {"case_number": number, "query_code": code}, 422)
    new = mother.texts()[-1].split("新查询码")[1][:16]
    assert guest.post("/track", {"case_number": number, "query_code": new}, 200)["people"]["proxy"]["revoked"] is True


def test_a_session_by_query_code_does_not_prove_that_it_is_the_principal(son, client, world):
    filed = son.files(**FOR_HIS_MOTHER, phone=MOTHER)
    both = {"case_number": filed["case_number"], "query_code": filed["query_code"]}
    guest = Petitioner(client, world, "19900006009")
    guest.token = guest.post("/sessions", both)["token"]
    guest.post(f"/cases/{filed['case_number']}/revoke_proxy", {}, 403, If_Match='"1"')


@pytest.mark.feature(12)
def test_a_principal_without_a_telephone_is_told_by_a_person_and_calls_the_office(son, staff):
    number = son.files(**FOR_HIS_MOTHER)["case_number"]
    run_ways_out(number)
    bureau = staff("bureau1")
    assert any(
        number == each["case_number"] and "请人工告知" in each["text"] for each in bureau.get("/messages")["items"]
    )
    seen = bureau.step(number, "revoke_proxy", {"reason": "本人来电"})
    assert seen["people"]["proxy"]["revoked"] is True
    assert seen["timeline"][-1]["recorded_by_staff"] is True


def test_a_proxy_does_not_give_his_own_telephone_for_hers(son, petitioner):
    refused = son.post("/petitions", A_PETITION | FOR_HIS_MOTHER | {"phone": SON}, 422)
    assert refused["errors"][0]["pointer"] == "/phone"
    refused = petitioner.post("/petitions", A_PETITION | {"phone": MOTHER}, 422)
    assert refused["errors"][0]["code"] == "no_proxy"


@pytest.mark.feature(12)
def test_a_village_cadre_files_at_the_window_for_somebody_with_a_proxy(client, world, staff):
    letter = {
        "channel": "letter", "received_on": "2024-03-04", "kind": "consultation", "title": "咨询大病救助",
        "text": "想问大病救助怎样办理。", "helper": "村干部老李",
        "petitioner": {"name": "何秀英", "address": "青溪镇四组"},
        "proxy": {"name": "何小军", "phone": SON, "relation": "儿子"},
    }  # fmt: skip
    number = staff("window1").post("/registrations", letter)["case_number"]
    run_ways_out(number)
    son = Petitioner(client, world, SON).signs_in()
    assert len(son.texts()) == 2
    assert son.get(f"/cases/{number}")["people"]["proxy"]["name"] == "何小军"
