"""An opinion goes through three hands: every claim is answered, a second person reads it, the head signs it."""

import pytest

from tests.stories.conftest import HEARD, LOOKED, TICKED, run_ways_out

FACTS = "3月12日到青龙山采石场实测噪声，并向三户村民和矿方了解，夜间作业属实。"
ANSWERS = [
    {
        "claim": 1,
        "finding": "support",
        "answer": "已责令采石场停止夜间爆破，2026年12月31日前装好隔声屏障，由我局执法队负责验收。",
        "basis": "《中华人民共和国噪声污染防治法》第四十三条",
    },
    {
        "claim": 2,
        "finding": "not_support",
        "answer": "经鉴定，您家墙体裂缝由地基沉降引起，与爆破没有关系，不支持由采石场赔偿。",
        "basis": "《中华人民共和国民法典》第一千一百六十五条",
    },
]


@pytest.fixture
def accepted(petitioner, at_work):
    """A quarry works at night; the unit has taken the matter on."""
    number = petitioner.files(
        title="采石场夜里放炮", text="村后的采石场夜里放炮，墙也裂了。", claims=["夜里不准放炮", "赔偿墙体裂缝"]
    )["case_number"]
    at_work("bureau1").step(number, "forward", {"to": "housing"})
    at_work("housing-clerk").step(number, "accept", {"track": "petition_procedure", "undertaker": "赵工"})
    return number


def offered(person, number):
    return [step["action"] for step in person.get(f"/cases/{number}")["next_steps"]]


@pytest.mark.feature(34, 41, 42, 55, 57)
def test_an_opinion_is_drafted_read_and_signed(accepted, petitioner, at_work):
    clerk, reader, head = (at_work(f"housing-{post}") for post in ("clerk", "reader", "head"))
    gate = {each["code"]: each for each in clerk.get(f"/cases/{accepted}")["checks"]}
    assert gate["procedure"]["words"].startswith("还没有听取信访人陈述")
    assert "draft_reply" not in offered(clerk, accepted)
    early = clerk.step(accepted, "draft_reply", {"facts": FACTS, "answers": ANSWERS}, 422)
    assert early["law"] == "第三十一条第六项"

    clerk.step(accepted, "hear_petitioner", HEARD)
    clerk.step(accepted, "investigate", LOOKED)
    half = clerk.step(accepted, "draft_reply", {"facts": FACTS, "answers": ANSWERS[:1]}, 422)
    assert [each["message"] for each in half["errors"]] == ["第2项诉求没有答复"]

    promise = {"claim": 1, "what": "装好隔声屏障", "due": "2026-12-31", "responsible": "执法队"}
    clerk.step(accepted, "draft_reply", {"facts": FACTS, "answers": ANSWERS, "commitments": [promise]})
    assert "second_read" not in offered(clerk, accepted)
    clerk.step(accepted, "second_read", {}, 403)

    seen = reader.get(f"/cases/{accepted}")
    assert (seen["draft"]["state_label"], seen["draft"]["flags"]) == ("待核稿", [])
    assert seen["draft"]["answers"][1]["finding_label"] == "不予支持"
    assert "sign" not in offered(head, accepted)
    head.step(accepted, "sign", {"checks": TICKED}, 422)
    reader.step(accepted, "second_read", {"note": "数字已核对"})
    assert "sign" not in offered(reader, accepted)

    assert petitioner.get(f"/cases/{accepted}").get("draft") is None
    unticked = head.step(accepted, "sign", {"checks": TICKED[:3]}, 422)
    assert "不草办" in unticked["errors"][0]["message"]
    head.step(accepted, "sign", {"checks": TICKED})
    signed = next(each for each in clerk.get(f"/cases/{accepted}")["timeline"] if each["event"] == "petition.replied")
    hands = (signed["drafted_by"], signed["read_by"], signed["signed_by"])
    assert hands == ("housing-clerk", "housing-reader", "housing-head")
    assert all(each["passed"] for each in clerk.get(f"/cases/{accepted}")["checks"])

    clerk.step(accepted, "serve", {"method": "online", "cause": "conduct"})
    told = petitioner.get(f"/cases/{accepted}")
    assert [each["claim"] for each in told["opinion"]["answers"]] == [1, 2]
    assert told["opinion"]["commitments"] == [promise]


@pytest.mark.feature(57)
def test_what_is_between_the_hands_of_the_unit_is_not_the_petitioners(accepted, petitioner, at_work):
    clerk, reader, head = (at_work(f"housing-{post}") for post in ("clerk", "reader", "head"))
    clerk.step(accepted, "hear_petitioner", HEARD)
    clerk.step(accepted, "investigate", LOOKED)
    clerk.step(accepted, "draft_reply", {"facts": FACTS, "answers": ANSWERS})
    back = reader.step(accepted, "return_draft", {"reason": "裂缝的鉴定由谁作的，请写明"})
    assert back["draft"]["state_label"] == "已退改"
    run_ways_out(accepted)
    assert any("已退改" in each["text"] for each in clerk.get("/messages")["items"])
    clerk.step(accepted, "draft_reply", {"facts": FACTS, "answers": ANSWERS})
    reader.step(accepted, "second_read", {})
    head.step(accepted, "sign", {"checks": TICKED})
    seen = petitioner.get(f"/cases/{accepted}")
    assert {"draft", "checks"}.isdisjoint(seen)
    events = [each["event"] for each in seen["timeline"]]
    assert events[3:] == ["petition.heard", "petition.investigated", "petition.replied"]
    assert {"signed_by", "read_by", "drafted_by", "flags", "failed"}.isdisjoint(seen["timeline"][-1])
    assert "text" not in seen["timeline"][3]


@pytest.mark.feature(55)
def test_claims_confirmed_with_the_petitioner_are_the_ones_that_are_answered(accepted, petitioner, at_work):
    clerk = at_work("housing-clerk")
    claims = ["夜里不准放炮", "装好隔声屏障", "赔偿墙体裂缝"]
    clerk.step(accepted, "confirm_claims", {"claims": claims})
    assert petitioner.get(f"/cases/{accepted}")["claims"] == claims
    clerk.step(accepted, "hear_petitioner", HEARD)
    clerk.step(accepted, "investigate", LOOKED)
    refused = clerk.step(accepted, "draft_reply", {"facts": FACTS, "answers": ANSWERS}, 422)
    assert "第3项" in refused["errors"][0]["message"]


@pytest.mark.feature(98)
def test_a_service_codes_why_the_matter_arose(accepted, at_work):
    clerk, reader, head = (at_work(f"housing-{post}") for post in ("clerk", "reader", "head"))
    clerk.step(accepted, "hear_petitioner", HEARD)
    clerk.step(accepted, "investigate", LOOKED)
    clerk.step(accepted, "draft_reply", {"facts": FACTS, "answers": ANSWERS})
    reader.step(accepted, "second_read", {})
    head.step(accepted, "sign", {"checks": TICKED})
    refused = clerk.step(accepted, "serve", {"method": "online"}, 422)
    assert [each["pointer"] for each in refused["errors"]] == ["/cause"]
    done = clerk.step(accepted, "serve", {"method": "online", "cause": "facility"})
    assert done["timeline"][-1]["cause"] == "facility"
