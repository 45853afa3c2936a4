"""征询: the bureau asks one department what it knows, hears from it in two working days, and answers itself."""

import pytest

from tests.stories.conftest import run_ways_out

SCHOOL = {
    "kind": "consultation",
    "title": "外来务工子女秋季入学要什么材料",
    "text": "我们夫妻在开发区上班，孩子今年上一年级，想问居住证没满一年能不能报名，要带哪些材料。",
    "claims": [],
}


@pytest.mark.feature(38)
def test_a_department_is_asked_and_the_bureau_answers(petitioner, staff):
    number = petitioner.files(**SCHOOL)["case_number"]
    bureau = staff("bureau1")
    asked = bureau.step(number, "consult", {"to": "education", "question": "居住证未满一年能否报名，需要哪些材料？"})
    assert [(duty["kind_label"], duty["state_label"]) for duty in asked["duties"]] == [("征询", "待回复")]
    assert asked["stage"] == "registered"
    assert bureau.step(number, "consult", {"to": "public-security", "question": "居住证何时满一年？"}, 422)
    run_ways_out(number)

    school = staff("education-clerk")
    assert [row["case_number"] for row in school.get("/worklist")["items"]] == [number]
    assert [row["untouched"] for row in school.get("/worklist")["items"]] == [False]
    assert "advise" in [step["action"] for step in school.get(f"/cases/{number}")["next_steps"]]
    school.step(number, "advise", {"advice": "可以报名，带居住证、劳动合同和孩子的户口本，7月1日起网上登记。"})
    assert school.get("/worklist")["counts"]["total"] == 0
    assert any("请据此答复群众" in each["text"] for each in bureau.get("/messages")["items"])

    said = [entry.get("text", {}) for entry in bureau.get(f"/cases/{number}")["timeline"]]
    assert {"advice": "可以报名，带居住证、劳动合同和孩子的户口本，7月1日起网上登记。"} in said
    answer = {"claim": 1, "finding": "explain", "answer": "可以报名，7月1日起网上登记，带居住证、劳动合同、户口本。"}
    bureau.step(number, "answer_directly", {"answers": [answer]})
    bureau.step(number, "serve", {"method": "online"})
    seen = petitioner.get(f"/cases/{number}")
    assert "居住证未满一年能否报名" not in str(seen)
    assert "petition.advice_asked" not in [entry["event"] for entry in seen["timeline"]]
    assert "7月1日起网上登记" in seen["opinion"]["answers"][0]["answer"]


def test_a_department_that_is_late_with_its_advice_stands_red_and_the_bureau_may_answer_without_it(
    petitioner, staff, later
):
    number = petitioner.files(**SCHOOL)["case_number"]
    staff("bureau1").step(number, "consult", {"to": "education", "question": "需要哪些材料？"})
    later(days=9)
    school = staff("education-clerk")
    assert school.get("/worklist")["counts"]["red"] == 1
    view = staff("bureau1").step(
        number,
        "answer_directly",
        {"answers": [{"claim": 1, "finding": "explain", "answer": "材料清单已经公布在网上。"}]},
    )
    assert [duty["state_label"] for duty in view["duties"]] == ["不再需要"]
    assert school.get("/worklist")["counts"]["total"] == 0
