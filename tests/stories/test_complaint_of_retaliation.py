"""A petitioner was threatened because he petitioned: who reads that, and who learns nothing (第十八条第四款)."""

import pytest

from chalicelib.store import people
from tests.stories.conftest import run_ways_out, sweep

THREAT = "前天下午物业经理带人到我家，说再去反映就断水断电，住建局的人把我的电话给了他。"
A_COMPLAINT = {"kind": "retaliation", "against": "unit", "text": THREAT}


@pytest.mark.feature(20)
def test_the_unit_and_the_bureau_learn_nothing_and_the_government_answers(petitioner, staff, later):
    number = petitioner.files()["case_number"]
    bureau = staff("bureau1")
    bureau.step(number, "forward", {"to": "housing"})
    mine = petitioner.step(number, "complain", A_COMPLAINT)
    assert mine["duties"][0]["org_name"] == "青山县人民政府"
    assert THREAT in str(mine)
    run_ways_out(number)
    assert any("内容不会给被投诉的单位和人员看" in text for text in petitioner.texts())

    for other in (staff("housing-clerk"), staff("housing-head"), bureau, staff("joint1")):
        seen = other.get(f"/cases/{number}")
        assert seen["duties"] == []
        for betrayed in ("complain", "投诉", "断水", "M63", "retaliation", "S22b"):
            assert betrayed not in str(seen), betrayed
        assert "投诉" not in str(other.get("/messages"))

    supervisor = staff("supervisor1")
    assert [row["case_number"] for row in supervisor.get("/worklist")["items"]] == [number]
    assert "不得透露" in supervisor.get("/messages")["items"][0]["text"]
    assert THREAT in str(supervisor.get(f"/cases/{number}"))

    later(days=17)
    sweep()
    run_ways_out(number)
    bureau = staff("bureau1")
    late = [each for each in bureau.get(f"/cases/{number}")["timeline"] if each["event"] == "petition.overdue"]
    assert {each["limit"] for each in late} == {"inform"}
    assert "complaint" not in str(bureau.get("/watch?limit=50"))
    assert "complaint" not in str(bureau.get("/messages"))

    supervisor = staff("supervisor1")
    answer = {"result": "true", "text": "情况属实，已责成县住建局处理当事人，公安机关已告诫物业经理。"}
    supervisor.step(number, "answer_complaint", answer)
    order = {"kind": "special", "problem": "procedure", "demand": "核查信访人信息保护。", "due": late[0]["on"]}
    assert supervisor.step(number, "supervise", order, 422)["errors"][0]["pointer"] == "/due"
    run_ways_out(number)
    seen = petitioner.signs_in().get(f"/cases/{number}")
    assert "公安机关已告诫" in str(seen["timeline"][-1]["text"])
    assert any("投诉已有答复" in text for text in petitioner.texts())
    assert "公安机关" not in str(staff("housing-clerk").get(f"/cases/{number}"))


@pytest.mark.feature(20)
def test_despair_in_a_complaint_reaches_whoever_reads_it_at_once_and_nobody_else(petitioner, staff, world):
    number = petitioner.files()["case_number"]
    staff("bureau1").step(number, "forward", {"to": "housing"})
    petitioner.step(number, "complain", A_COMPLAINT | {"text": "他们逼得我不想活了。"})
    run_ways_out(number)
    warned = {to for to, text in world.sms if "紧急" in text}
    assert warned == {"+86" + people.load_user("supervisor1").phone}


def test_an_ordinary_complaint_is_the_bureaus_and_the_unit_still_does_not_read_it(petitioner, staff):
    number = petitioner.files()["case_number"]
    bureau = staff("bureau1")
    bureau.step(number, "forward", {"to": "housing"})
    complaint = {"kind": "attitude", "against": "unit", "text": "窗口的人说没空，把材料扔了出来。"}
    petitioner.step(number, "complain", complaint)
    again = petitioner.step(number, "complain", complaint, 422)
    assert "同样的投诉正在处理" in again["detail"]
    assert "扔了出来" in str(bureau.get(f"/cases/{number}"))
    assert "扔了出来" not in str(staff("housing-head").get(f"/cases/{number}"))
    view = bureau.step(number, "answer_complaint", {"result": "partly", "text": "已批评教育，本人愿当面道歉。"})
    assert [each["state_label"] for each in view["duties"]] == ["已答复"]


def test_a_complaint_about_the_bureau_is_not_read_by_the_bureau(petitioner, staff):
    number = petitioner.files()["case_number"]
    petitioner.step(number, "complain", {"kind": "delay", "against": "office", "text": "登记以后一直没有转。"})
    assert "一直没有转" not in str(staff("bureau1").get(f"/cases/{number}"))
    assert "一直没有转" in str(staff("leader1").get(f"/cases/{number}"))


def test_who_gave_up_is_still_heard_and_still_answered(petitioner, staff):
    number = petitioner.files()["case_number"]
    petitioner.step(number, "complain", {"kind": "retaliation", "against": "unit", "text": "被威胁，要我撤回。"})
    petitioner.step(number, "withdraw", {"reason": "不敢再提。"})
    supervisor = staff("supervisor1")
    assert [row["case_number"] for row in supervisor.get("/worklist")["items"]] == [number]
    petitioner.step(number, "complain", {"kind": "leak", "against": "office", "text": "登记的电话被外人知道。"})
    view = supervisor.step(number, "answer_complaint", {"result": "true", "text": "属实。", "duty": "complaint.1"})
    assert [each["state"] for each in view["duties"]] == ["answered", "open"]
