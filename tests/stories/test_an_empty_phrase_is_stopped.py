"""An answer that says nothing does not get out: the draft is flagged, and goes back or is let through with a reason."""

import pytest

from tests.stories.conftest import TICKED, prepare

EMPTY = {
    "facts": "已到安置小区查看，并向社区和三户居民了解情况。",
    "answers": [
        {"claim": 1, "finding": "explain", "answer": "您反映的问题我局高度重视，待进一步调查研究后处理，请耐心等待。"}
    ],
}
MENDED = {
    "facts": EMPTY["facts"],
    "answers": [
        {
            "claim": 1,
            "finding": "support",
            "answer": "电梯已报检，2026年12月20日前恢复运行，由我局物业科负责，联系人：王科长。",
            "basis": "《特种设备安全监察条例》第三十条",
        }
    ],
}


@pytest.fixture
def prepared(petitioner, at_work):
    """The lift of a new estate has stood still for months; the unit has heard and looked."""
    number = petitioner.files(title="安置房电梯停了三个月", text="六楼的老人下不来。", claims=["尽快修好电梯"])[
        "case_number"
    ]
    at_work("bureau1").step(number, "forward", {"to": "housing"})
    at_work("housing-clerk").step(number, "accept", {"track": "petition_procedure", "undertaker": "孙工"})
    prepare(at_work("housing-clerk"), number)
    return number


@pytest.mark.feature(53, 54)
def test_the_second_reader_stops_it_and_the_mended_answer_goes_out(prepared, at_work):
    clerk, reader, head = (at_work(f"housing-{post}") for post in ("clerk", "reader", "head"))
    flagged = clerk.step(prepared, "draft_reply", EMPTY)
    assert flagged["draft"]["flags"] == [{"code": "empty_phrase", "label": "套话空话"}]
    assert [each["code"] for each in flagged["checks"] if not each["passed"]] == ["quality", "no_brush_off"]
    stopped = reader.step(prepared, "second_read", {}, 422)
    assert (stopped["code"], stopped["law"]) == ("quality_gate", "第三十二条")
    assert stopped["errors"][0]["pointer"] == "/override_reason"
    reader.step(prepared, "return_draft", {"reason": "请写明哪天修好、由谁负责"})
    mended = clerk.step(prepared, "draft_reply", MENDED)
    assert mended["draft"]["flags"] == []
    reader.step(prepared, "second_read", {})
    given = head.step(prepared, "sign", {"checks": TICKED})
    assert given["timeline"][-1]["overridden"] is False


@pytest.mark.feature(42, 54)
def test_who_lets_it_through_says_why_and_it_is_kept(prepared, at_work):
    clerk, reader, head = (at_work(f"housing-{post}") for post in ("clerk", "reader", "head"))
    clerk.step(prepared, "draft_reply", EMPTY)
    read = reader.step(prepared, "second_read", {"override_reason": "检测机构报告下周才到，先行告知"})
    assert read["timeline"][-1]["text"]["override_reason"] == "检测机构报告下周才到，先行告知"
    refused = head.step(prepared, "sign", {"checks": TICKED}, 422)
    assert "质量关、不敷衍没有通过" in refused["errors"][0]["message"]
    given = head.step(prepared, "sign", {"checks": TICKED, "note": "报告到后补充答复"})
    entry = given["timeline"][-1]
    assert (entry["overridden"], entry["flags"], entry["failed"]) == (
        True,
        ["empty_phrase"],
        ["quality", "no_brush_off"],
    )
    failed = [each["label"] for each in given["checks"] if not each["passed"]]
    assert failed == ["质量关", "不敷衍"]


@pytest.mark.feature(54)
def test_a_suggestion_is_not_brushed_off_either(petitioner, at_work):
    number = petitioner.files(kind="suggestion", title="建议增设夜班公交", text="医院夜里没有车。", claims=[])[
        "case_number"
    ]
    clerk, head = at_work("housing-clerk"), at_work("housing-head")
    at_work("bureau1").step(number, "forward", {"to": "housing"})
    clerk.step(number, "accept", {"track": "suggestion", "undertaker": "孙工"})
    stopped = clerk.step(number, "reply", EMPTY, 422)
    assert (stopped["code"], stopped["errors"][0]["pointer"]) == ("quality_gate", "/answers/0/answer")
    assert "写明具体日期" in stopped["errors"][0]["message"]
    not_hers = clerk.step(number, "reply", EMPTY | {"override_reason": "先这样"}, 422)
    assert "单位负责人" in not_hers["detail"]
    given = head.step(number, "reply", EMPTY | {"override_reason": "公交公司方案下月才定"})
    assert given["timeline"][-1]["overridden"] is True


@pytest.mark.feature(57)
def test_a_grievance_is_not_answered_in_one_step(prepared, at_work):
    refused = at_work("housing-head").step(prepared, "reply", MENDED, 422)
    assert refused["law"] == "第三十一条第六项、第三十二条"
