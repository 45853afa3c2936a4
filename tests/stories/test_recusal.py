"""Somebody asks that the handler stands back: the head decides, the handler is out, a colleague goes on."""

import pytest

from chalicelib.store import people
from chalicelib.triggers.reaching import mobile_of
from tests.stories.conftest import run_ways_out

WHY = "经办人员是物业公司经理的哥哥，我信不过。"


@pytest.fixture
def at_work(staff):
    """Everybody who works for the county; each signs in once, because a one-time code counts once."""
    held = {}

    def person(user: str):
        if user not in held:
            held[user] = staff(user)
        return held[user]

    return person


@pytest.fixture
def case(petitioner, at_work):
    """A suggestion that the housing office handles."""
    number = petitioner.files(kind="suggestion")["case_number"]
    at_work("bureau1").step(number, "forward", {"to": "housing"})
    at_work("housing-clerk").step(number, "accept", {"track": "suggestion", "undertaker": "李工"})
    return number


@pytest.fixture
def colleague(world):
    """A second clerk of the housing office."""
    clerk = people.load_user("housing-clerk")
    assert clerk is not None
    secret = people.demo_totp_secret("housing-clerk2")
    people.put_user(
        people.User("housing-clerk2", "住建局另一经办员", "clerk", "housing", password=clerk.password, totp=secret)
    )


@pytest.mark.feature(20)
def test_a_petitioner_asks_the_head_grants_and_a_colleague_goes_on(petitioner, at_work, case, colleague):
    asked = petitioner.step(case, "ask_recusal", {"post": "undertaker", "reason": WHY})
    assert [(duty["kind_label"], duty["state_label"]) for duty in asked["duties"]] == [("回避申请", "等候决定")]
    head, handler = at_work("housing-head"), at_work("housing-clerk")
    run_ways_out(case)
    assert "申请回避" in head.get("/messages")["items"][0]["text"]
    seen = head.get(f"/cases/{case}")
    assert "decide_recusal" in [step["action"] for step in seen["next_steps"]]
    assert "decide_recusal" not in [step["action"] for step in handler.get(f"/cases/{case}")["next_steps"]]
    granted = {"granted": True, "users": ["housing-clerk"], "successor": "housing-clerk2"}
    head.step(case, "decide_recusal", granted)
    told = handler.step(case, "reply", reply(), 403)
    assert "您已经回避" in told["detail"]
    assert handler.get(f"/cases/{case}")["next_steps"] == []
    at_work("housing-clerk2").step(case, "reply", reply())
    run_ways_out(case)
    assert any("有关人员已回避" in text for text in petitioner.texts())


def test_a_refusal_is_told_with_its_reason(petitioner, at_work, case):
    petitioner.step(case, "ask_recusal", {"post": "undertaker", "reason": WHY})
    head = at_work("housing-head")
    head.step(case, "decide_recusal", {"granted": False}, 422)
    head.step(case, "decide_recusal", {"granted": False, "reason": "经核实，经办人员与该公司没有亲属关系。"})
    run_ways_out(case)
    entry = petitioner.get(f"/cases/{case}")["timeline"][-1]
    assert entry["text"] == {"reason": "经核实，经办人员与该公司没有亲属关系。"}
    assert any("没有同意" in text for text in petitioner.texts())


def test_of_the_head_the_county_leader_decides(petitioner, at_work, case):
    petitioner.step(case, "ask_recusal", {"post": "unit_head", "reason": "局长是开发商的股东。"})
    head, leader = at_work("housing-head"), at_work("leader1")
    head.step(case, "decide_recusal", {"granted": False, "reason": "没有此事"}, 403)
    leader.step(case, "decide_recusal", {"granted": True, "users": ["housing-head"]})
    head.step(case, "extend", {"days": 10, "reason": "需要鉴定"}, 403)


def test_staff_report_themselves_and_a_mistyped_account_is_told(petitioner, at_work, case):
    at_work("housing-clerk").step(case, "ask_recusal", {"post": "himself", "reason": "信访人是我的邻居。"})
    assert "邻居" not in str(petitioner.get(f"/cases/{case}"))
    head = at_work("housing-head")
    told = head.step(case, "decide_recusal", {"granted": True, "users": ["housing-clark"]}, 422)
    assert [each["pointer"] for each in told["errors"]] == ["/users/0"]
    head.step(case, "decide_recusal", {"granted": True, "users": ["housing-clerk"]})
    at_work("housing-clerk").step(case, "reply", reply(), 403)


def test_nobody_decides_about_himself(petitioner, at_work, case):
    petitioner.step(case, "ask_recusal", {"post": "undertaker", "reason": "负责人自己在办。"})
    told = at_work("housing-head").step(case, "decide_recusal", {"granted": True, "users": ["housing-head"]}, 403)
    assert "不能决定自己的回避" in told["detail"]


def test_whoever_stood_back_gets_no_message_about_the_case_any_more(petitioner, at_work, case, world):
    petitioner.step(case, "ask_recusal", {"post": "undertaker", "reason": WHY})
    at_work("housing-head").step(case, "decide_recusal", {"granted": True, "users": ["housing-clerk"]})
    clerk = people.load_user("housing-clerk").phone
    assert mobile_of("housing", "clerk") == clerk
    assert mobile_of("housing", "clerk", ("housing-clerk",)) not in (clerk, None, "")


def reply() -> dict:
    """An answer to both claims."""
    answers = [
        {
            "claim": 1,
            "finding": "support",
            "answer": "经查，物业多收停车费属实，已责令物业退还并公示标准。",
            "basis": "《物业管理条例》第五十一条",
        },
        {
            "claim": 2,
            "finding": "explain",
            "answer": "该车位属于人防工程，依照人民防空有关规定管理，不能恢复为公共车位。",
            "basis": "",
        },
    ]
    return {"facts": "经现场查看，物业自6月起收费。", "answers": answers}
