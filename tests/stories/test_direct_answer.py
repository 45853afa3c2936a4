"""日收日清: a question is answered on the day it came, an everyday matter too; what is not simple is forwarded."""

import pytest

from tests.stories.conftest import run_ways_out, sweep

PENSION = {
    "kind": "consultation",
    "title": "异地居住怎么做养老金资格认证",
    "text": "我跟女儿住在外省，腿脚不便，听说每年要做一次资格认证，想问能不能不回来办。",
    "claims": [],
}
WATER = {
    "title": "楼上水管爆了没人来关总阀",
    "text": "昨晚起楼上水管爆裂，水一直往下流，物业电话没人接，老人家里已经进水，请帮忙。",
    "claims": ["马上派人关总阀"],
}


@pytest.mark.feature(35, 38, 43)
def test_a_question_is_answered_the_same_day_and_the_answer_reaches_the_petitioner(petitioner, staff):
    number = petitioner.files(**PENSION)["case_number"]
    bureau = staff("bureau1")
    view = bureau.step(
        number,
        "answer_directly",
        {"answers": [{"claim": 1, "finding": "explain", "answer": "可以用手机刷脸认证，不用回来；附操作步骤。"}]},
    )
    assert (view["stage"], view["track"]) == ("replied", "consultation")
    assert [(target["target"], target["state"]) for target in view["targets"]] == [("same_day_target", "kept")]
    assert petitioner.get(f"/cases/{number}")["opinion"] is None
    bureau.step(number, "serve", {"method": "online"})
    run_ways_out(number)
    seen = petitioner.get(f"/cases/{number}")
    assert "不用回来" in seen["opinion"]["answers"][0]["answer"]
    assert any("已答复" in text for text in petitioner.texts())
    assert "rate" in [step["action"] for step in seen["next_steps"]]
    assert bureau.get("/worklist")["counts"]["total"] == 0


@pytest.mark.feature(38)
def test_an_everyday_matter_that_cannot_wait_is_answered_but_not_when_it_may_be_refused(petitioner, staff):
    number = petitioner.files(**WATER)["case_number"]
    bureau = staff("bureau1")
    said = {
        "answers": [
            {
                "claim": 1,
                "finding": "support",
                "answer": "供水公司十分钟前已关阀。",
                "basis": "《城市供水条例》第二十七条",
            }
        ]
    }
    refused = bureau.step(number, "answer_directly", said | {"excluded": ["may_be_refused"]}, 422)
    assert "诉求可能不予支持" in refused["detail"]
    view = bureau.step(number, "answer_directly", said)
    assert (view["stage"], view["track"]) == ("replied", "petition_procedure")
    assert bureau.step(number, "forward", {"to": "housing"}, 409)["code"] == "wrong_stage"


@pytest.mark.feature(39)
def test_a_letter_that_nobody_touched_is_marked_in_the_worklist(petitioner, staff, later):
    number = petitioner.files(**PENSION)["case_number"]
    assert [row["untouched"] for row in staff("bureau1").get("/worklist")["items"]] == [False]
    later(days=5)
    bureau = staff("bureau1")
    assert [row["untouched"] for row in bureau.get("/worklist")["items"]] == [True]
    bureau.step(number, "forward", {"to": "human-resources"})
    assert [row["untouched"] for row in staff("human-resources-clerk").get("/worklist")["items"]] == [False]
    sweep()


def test_a_window_and_a_department_do_not_answer_for_the_bureau(petitioner, staff):
    number = petitioner.files(**PENSION)["case_number"]
    said = {"answers": [{"claim": 1, "finding": "explain", "answer": "可以网上办理。"}]}
    assert staff("window1").step(number, "answer_directly", said, 403)["code"] == "not_your_step"
    assert staff("housing-clerk").call("GET", f"/cases/{number}").status_code == 404


def test_a_page_of_one_stage_is_full_although_others_stand_between(petitioner, staff):
    numbers = [petitioner.files(claims=[f"第{place}件"])["case_number"] for place in range(4)]
    bureau = staff("bureau1")
    for number in numbers[:2]:
        bureau.step(number, "forward", {"to": "housing"})
    shown = bureau.get("/worklist?stage=registered&limit=2")
    assert {row["case_number"] for row in shown["items"]} == set(numbers[2:])
    rest = bureau.get(f"/worklist?stage=registered&limit=2&cursor={shown['next_cursor'] or ''}")["items"]
    assert not shown["next_cursor"] or rest == []
