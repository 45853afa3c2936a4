"""Somebody writes that he will jump: a person looks the same night, the county is told, and the matter goes on."""

import pytest

from chalicelib import clock
from tests.stories.conftest import run_ways_out

TODAY = clock.today().isoformat()


@pytest.mark.feature(67, 95)
def test_a_cry_for_help_reaches_people_at_once_and_is_followed_to_its_end(petitioner, staff):
    number = petitioner.files(
        title="拖欠工资八个月", text="工地欠我八个月工资，孩子上学没钱。今天再不给，我就从塔吊上跳楼，不想活了。"
    )["case_number"]
    bureau = staff("bureau1")
    run_ways_out(number)
    view = bureau.get(f"/cases/{number}")
    assert [n["recipient"] for n in view["notices"] if n["templates"] == ["S27"]] == ["head:bureau", "org:bureau"]
    assert "check_signal" in [step["action"] for step in view["next_steps"]]

    bureau.step(number, "check_signal", {"result": "major", "note": "已与本人通话并请派出所到场，人已下来。"})
    refused = bureau.step(number, "report_urgent", {"situation": "一人登塔吊讨薪", "measures": "已劝下"}, 422)
    assert refused["law"] == "第二十五条"
    for addressee in ("government", "joint_office", "upper_bureau", "national_bureau"):
        line = {"addressee": addressee, "person": "值班员", "told_on": TODAY, "told_at": "21:40", "how": "电话"}
        bureau.step(number, "tell_urgent", line)
    bureau.step(number, "report_urgent", {"situation": "一人登塔吊讨薪", "measures": "已劝下，项目部先垫付"})
    bureau.step(number, "take_measure", {"measure": "安排专人陪同", "taken_on": TODAY})
    bureau.step(number, "end_urgency", {"outcome": "工资已垫付，情绪稳定"})

    seen = petitioner.get(f"/cases/{number}")
    assert [each["event"] for each in seen["timeline"]] == ["petition.registered"], "how one is guarded is not shown"
    assert {clock["limit"] for clock in seen["clocks"]} == {"route"}
    bureau.step(number, "forward", {"to": "human-resources"})
