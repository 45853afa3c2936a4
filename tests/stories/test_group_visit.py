"""Twelve people come to the window about one matter: two speak for them, eight more have signed, everybody is told."""

import pytest

from tests.stories.conftest import Petitioner, give_opinion, run_ways_out, sweep

FIRST, SECOND = "19900002001", "19900002002"
A_VISIT = {
    "channel": "visit",
    "received_on": "2024-03-04",
    "kind": "grievance",
    "title": "青溪镇河堤沙场噪声扰民",
    "text": "河堤外的沙场昼夜作业，我们青溪镇沿河三个组的住户整夜睡不着，已经反映过两次。",
    "claims": ["夜间停止作业", "公布噪声检测结果"],
    "petitioner": {"name": "罗长根", "phone": FIRST, "address": "青溪镇沿河村三组"},
    "representatives": [{"name": "罗长根", "phone": FIRST}, {"name": "沈秋菊", "phone": SECOND}],
    "joint_signers": [{"name": f"住户{number}", "phone": f"1990000{3000 + number}"} for number in range(1, 9)],
    "persons": 12,
    "level_skipping": True,
}


@pytest.mark.feature(7, 9, 97)
def test_a_group_visit_is_registered_warned_of_and_answered_to_all(client, world, staff, at_work):
    window = staff("window1")
    filed = window.post("/registrations", A_VISIT)
    number = filed["case_number"]
    assert [each["code"] for each in filed["warnings"]] == ["level_skipping"]
    assert filed["warnings"][0]["law"] == "第二十条第一款"
    run_ways_out(number)

    first, second = Petitioner(client, world, FIRST), Petitioner(client, world, SECOND)
    assert [len(each.texts()) for each in (first, second)] == [2, 2], "one telephone, one text, though he stands twice"
    assert filed["query_code"] in second.texts()[1]

    seen = staff("bureau1").get(f"/cases/{number}")
    assert seen["people"]["group_visit"] is True
    assert (seen["people"]["persons"], seen["people"]["signers"]) == (12, 8)
    assert seen["people"]["representatives"][1] == {"name": "沈秋菊", "phone": "199****2002"}
    assert len(seen["people"]["joint_signers"]) == 8

    unit = at_work("housing-clerk")
    staff("bureau2").step(number, "forward", {"to": "housing"})
    unit.step(number, "accept", {"track": "petition_procedure", "undertaker": "李工"})
    said = "已责令沙场自2026年12月1日起夜间停止作业，并由生态环境分局每周检测噪声。"
    answers = [{"claim": claim, "finding": "explain", "answer": said, "basis": ""} for claim in (1, 2)]
    give_opinion(at_work, number, {"facts": "经夜间检测，沙场噪声超过规定标准。", "answers": answers})
    unit.step(number, "serve", {"method": "online", "cause": "conduct"})
    for _ in range(2):
        run_ways_out(number)
        sweep()
    for each in (first, second, Petitioner(client, world, "19900003001"), Petitioner(client, world, "19900003008")):
        assert sum("已办结，处理意见书" in text for text in each.texts()) == 1
    assert not any("查询码是" in text for text in Petitioner(client, world, "19900003001").texts())


@pytest.mark.feature(97)
def test_a_representative_acts_and_a_signer_reads(client, world, staff):
    number = staff("window1").post("/registrations", A_VISIT)["case_number"]
    speaks = Petitioner(client, world, SECOND).signs_in()
    assert [row["case_number"] for row in speaks.get("/my/petitions")["items"]] == [number]
    seen = speaks.step(number, "supplement", {"text": "附上三月的录像。"})
    assert seen["timeline"][-1]["by"] == "信访代表"

    signed = Petitioner(client, world, "19900003008").signs_in()
    read = signed.get(f"/cases/{number}")
    assert read["title"] == A_VISIT["title"]
    assert read["petitioner"] == {"name": "", "phone": "", "address": "", "identity_number": ""}
    assert read["people"]["representatives"] == []
    assert read["next_steps"] == []
    signed.post(f"/cases/{number}/withdraw", {}, 404, If_Match='"2"')
    stranger = Petitioner(client, world, "19900009999").signs_in()
    assert stranger.call("GET", f"/cases/{number}").status_code == 404


def test_six_representatives_of_a_visit_are_refused_and_of_a_letter_are_not(staff):
    six = [{"name": f"代表{number}", "phone": f"1990000{4000 + number}"} for number in range(6)]
    window = staff("window1")
    refused = window.post("/registrations", A_VISIT | {"representatives": six}, 422)
    assert refused["law"] == "第二十条第三款"
    assert refused["errors"][0]["pointer"] == "/representatives"
    letter = {name: held for name, held in A_VISIT.items() if name not in ("persons", "level_skipping")}
    window.post("/registrations", letter | {"channel": "letter", "representatives": six})


def test_twelve_without_anybody_who_speaks_for_them_are_asked_to_elect_some(staff):
    filed = staff("window1").post("/registrations", A_VISIT | {"representatives": [], "level_skipping": False})
    assert [each["code"] for each in filed["warnings"]] == ["representatives_wanted"]


@pytest.mark.feature(97)
def test_a_neighbour_joins_online_and_is_counted(petitioner, client, world):
    number = petitioner.files(open_to_join=True)["case_number"]
    neighbour = Petitioner(client, world, "19900005001").signs_in()
    before = neighbour.get(f"/cases/{number}")
    assert (before["petitioner"]["name"], before["people"]["signers"]) == ("", 0)
    assert [step["action"] for step in before["next_steps"]] == ["join"]
    after = neighbour.step(number, "join", {"name": "邻居小许"})
    assert after["people"]["signers"] == 1
    assert after["next_steps"] == []
    assert [row["case_number"] for row in neighbour.get("/my/petitions")["items"]] == [number]
    neighbour.post(f"/cases/{number}/join", {"name": "邻居小许"}, 422, If_Match='"2"')
    petitioner.post(f"/cases/{number}/join", {"name": "周桂兰"}, 422, If_Match='"2"')
    assert petitioner.get(f"/cases/{number}")["people"]["signers"] == 1


def test_joining_twice_by_the_same_command_counts_once(petitioner, client, world):
    number = petitioner.files(open_to_join=True)["case_number"]
    neighbour = Petitioner(client, world, "19900005001").signs_in()
    headers = {"If_Match": '"1"', "Idempotency_Key": "join-once"}
    for _ in range(2):
        seen = neighbour.post(f"/cases/{number}/join", {"name": "小许"}, 200, **headers)
    assert (seen["people"]["signers"], seen["version"]) == (1, 2)


def test_what_is_not_open_nobody_joins(petitioner, client, world):
    number = petitioner.files()["case_number"]
    neighbour = Petitioner(client, world, "19900005001").signs_in()
    neighbour.post(f"/cases/{number}/join", {"name": "小许"}, 404, If_Match='"1"')
