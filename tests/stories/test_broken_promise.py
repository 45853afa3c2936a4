"""A unit promises to have something done by a day, and does not; who was promised says so, and it is done anew."""

from datetime import timedelta

import pytest

from chalicelib import clock
from tests.stories.conftest import HEARD, LOOKED, TICKED, run_ways_out, sweep

FACTS = "10月12日到青山镇灌渠现场查看，并向村委会和两户村民了解，渠道塌了三处，水过不去。"
VISIT = {"reached": True, "spoken_with": "信访人本人", "informed": True, "remark": "打电话问的，说渠还没有修。"}


def promising(by):
    answer = {
        "claim": 1,
        "finding": "support",
        "answer": "已安排修复灌渠三处塌方，修好以后通水，由我局工程科负责。",
        "basis": "《农田水利条例》第十九条",
    }
    promise = {"claim": 1, "what": "修好三处塌方并通水", "due": by.isoformat(), "responsible": "工程科"}
    return {"facts": FACTS, "answers": [answer], "commitments": [promise]}


def opinion(staff, number, draft):
    """Drafted, read, signed and served by the people of the unit, each signed in anew: sessions end."""
    clerk = staff("housing-clerk")
    clerk.step(number, "investigate", LOOKED)
    clerk.step(number, "draft_reply", draft)
    staff("housing-reader").step(number, "second_read", {"override_reason": "情况属实，先行答复"})
    staff("housing-head").step(number, "sign", {"checks": TICKED, "note": "同意，按期落实"})
    return clerk.step(number, "serve", {"method": "online", "cause": "facility"})


def promises(view):
    return [(each["org_name"], each["state_label"]) for each in view["duties"] if each["kind"] == "commitment"]


@pytest.mark.feature(44, 58, 66)
def test_a_promise_that_is_not_kept_is_asked_about_visited_and_redone(petitioner, staff, world, later):
    number = petitioner.files(title="灌渠塌了没人修", text="村里灌渠塌了，田里浇不上水。", claims=["修好灌渠"])[
        "case_number"
    ]
    staff("bureau1").step(number, "forward", {"to": "housing"})
    clerk = staff("housing-clerk")
    clerk.step(number, "accept", {"track": "petition_procedure", "undertaker": "赵工"})
    clerk.step(number, "hear_petitioner", HEARD)
    later(minutes=1)
    due = clock.today() + timedelta(days=20)
    served = opinion(staff, number, promising(due))
    assert promises(served) == [("青山县住房和城乡建设局", "承诺待落实")]
    assert promises(petitioner.get(f"/cases/{number}")) == [("青山县住房和城乡建设局", "承诺待落实")]
    early = petitioner.step(number, "confirm_commitment", {"kept": False, "text": "没有动"}, 422)
    assert early["law"] == "第三十二条第二款"

    later(days=20)
    sweep()
    run_ways_out(number)
    assert any("答应" in text and "办好没有" in text for text in petitioner.texts())

    later(days=1)
    petitioner.signs_in()
    sweep()
    told = petitioner.step(number, "confirm_commitment", {"kept": False, "text": "三处塌方只修了一处，水还是过不来。"})
    assert promises(told) == [("青山县住房和城乡建设局", "承诺没有落实")]
    assert told["solved_label"] == "未确认"
    run_ways_out(number)
    bureau = staff("bureau1")
    assert any("承诺的事没有落实" in each["text"] for each in bureau.get("/messages")["items"])
    assert sum("承诺的事没有落实" in text for _, text in world.sms) == 1
    assert "not_carried_out" in [each["code"] for each in bureau.get(f"/cases/{number}")["findings"]]

    unasked = bureau.step(number, "reopen", {"reason": "没有修好"}, 422)
    assert "请先回访" in unasked["detail"]
    answers = {"satisfied": "not_satisfied", "carried_out": "partly", "solved": False}
    visited = bureau.step(number, "revisit", VISIT | answers)
    assert (visited["solved"], visited["solved_label"]) == (False, "未解决")
    assert "spoken_with" not in str(petitioner.get(f"/cases/{number}")["timeline"])
    again = bureau.step(number, "reopen", {"reason": "回访得知三处塌方只修了一处。"})
    assert again["stage_label"] == "重新办理中"
    assert {each["limit"] for each in again["clocks"] if each["state"] == "running"} == {"redo_target", "commitment"}
    run_ways_out(number)
    assert any("正在重新办理" in text for text in petitioner.texts())
    assert petitioner.get(f"/cases/{number}")["timeline"][-1]["text"] == {"reason": "回访得知三处塌方只修了一处。"}

    later(minutes=1)
    clerk = staff("housing-clerk")
    assert "draft_reply" not in [step["action"] for step in clerk.get(f"/cases/{number}")["next_steps"]]
    later(minutes=1)
    redone = opinion(staff, number, promising(clock.today() + timedelta(days=10)))
    assert {each["limit"]: each["state"] for each in redone["clocks"]}["redo_target"] == "met"
    assert [state for _, state in promises(redone)] == ["由新的处理意见代替", "承诺待落实"]
    assert redone["solved_label"] == "未确认"

    later(days=5)
    proof = {"text": "三处塌方已全部修好，11月通水，附现场照片。"}
    staff("housing-clerk").step(number, "prove_commitment", proof)
    run_ways_out(number)
    petitioner.signs_in()
    kept = petitioner.step(number, "confirm_commitment", {"kept": True, "text": "水通了。"})
    assert [state for _, state in promises(kept)] == ["由新的处理意见代替", "承诺已落实"]
    done = petitioner.step(number, "rate", {"office": "satisfied", "unit": "basically", "solved": True})
    assert done["solved_label"] == "已解决（群众确认）"
